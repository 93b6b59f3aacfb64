"""A chart as a sheet to print: title and subtitle above; sources, snapshot and short code below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.picture_records.faults import UnreadablePictureError
from dashboard.picture_records.record import PictureRecord
from dashboard.picture_records.svg_files import put_in_svg
from dashboard.theme import FONT, Palette
from dashboard.typeface import measure_text, wrap_text
from etl import format_day

SHEET_WIDTH = 1000
NARROW_BELOW = 600
SIDE, TOP, BOTTOM = 24, 24, 20
LEADING = 1.35
# From the top of a line to the foot of its letters, in parts of the type size.
BASELINE = 1.02
TITLE_SIZE, SUBTITLE_SIZE, NOTE_SIZE = 22, 14, 12
ABOVE_PICTURE, BELOW_PICTURE, BETWEEN_NOTES = 14, 14, 6
BETWEEN_WORDS = 16
_ROOT = re.compile(r"<svg\b[^>]*>")


@dataclass(frozen=True)
class _Text:
    """Lines of one look, one under the other."""

    lines: Sequence[str]
    size: int
    color: str
    bold: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING

    def write(self, *, left: float, top: float, anchor: str = "start") -> str:
        look = f'font-size="{self.size}" fill="{self.color}" text-anchor="{anchor}"'
        if self.bold:
            look += ' font-weight="700"'
        baselines = (top + (place * LEADING + BASELINE) * self.size for place in range(len(self.lines)))
        return "".join(
            f'<text x="{left:g}" y="{baseline:.1f}" {look}>{escape(line)}</text>'
            for baseline, line in zip(baselines, self.lines, strict=True)
        )


def measure_inside(width: int = SHEET_WIDTH) -> int:
    """How wide the picture of a sheet is."""
    return width - 2 * SIDE


def compose_sheet(picture: str, record: PictureRecord, *, palette: Palette, width: int = SHEET_WIDTH) -> str:
    """One SVG file with the picture, all the words that say what it is, and the record.

    `picture` is an SVG of literal colours, as wide as measure_inside() says.
    Raises: UnreadablePictureError for a picture that does not state its height.
    """
    title = _set_text(record.title, size=TITLE_SIZE, color=palette.text, width=width, bold=True)
    subtitle = _set_text(record.subtitle, size=SUBTITLE_SIZE, color=palette.secondary, width=width)
    sources = _set_text(_format_sources(record), size=NOTE_SIZE, color=palette.secondary, width=width)
    picture_top = TOP + title.height + subtitle.height + ABOVE_PICTURE
    note_top = picture_top + read_size(picture, "height") + BELOW_PICTURE
    imprint_top = note_top + sources.height + BETWEEN_NOTES
    imprint, height = _write_imprint(record, palette=palette, width=width, top=imprint_top)
    parts = (
        f"<title>{escape(record.title)}</title><desc>{escape(record.description)}</desc>",
        f'<rect width="{width}" height="{height}" fill="{palette.paper}"/>',
        title.write(left=SIDE, top=TOP),
        subtitle.write(left=SIDE, top=TOP + title.height),
        f'<g transform="translate({SIDE} {picture_top:g})">{picture}</g>',
        sources.write(left=SIDE, top=note_top),
        imprint,
    )
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{escape(FONT)}" role="img">'
    return put_in_svg(f"{opening}{''.join(parts)}</svg>", record)


def read_size(picture: str, name: str) -> float:
    """The width or height in pixels that a picture states.

    Raises: UnreadablePictureError where it does not.
    """
    root = _ROOT.search(picture)
    found = re.search(rf"""\s{name}=["']([0-9.]+)(?:px)?["']""", root[0]) if root else None
    if found is None:
        raise UnreadablePictureError(f"its first element does not say its {name} in pixels")
    return float(found[1])


def _format_sources(record: PictureRecord) -> str:
    word = "Source" if len(record.sources) == 1 else "Sources"
    return f"{word}: {' · '.join(record.sources)}." if record.sources else ""


def _set_text(text: str, *, size: int, color: str, width: int, bold: bool = False) -> _Text:
    return _Text(wrap_text(text, width=measure_inside(width), size=size, bold=bold), size, color, bold)


def _write_imprint(record: PictureRecord, *, palette: Palette, width: int, top: float) -> tuple[str, int]:
    """The last line or two, from which anybody can find the picture again; and how high the sheet is."""
    is_whole = record.snapshot_id.startswith(record.as_of.isoformat())
    known = "" if is_whole else f", as known on {format_day(record.as_of)}"
    text = f"Footnoted · snapshot {record.snapshot_id}{known}"
    place = _set_text(text, size=NOTE_SIZE, color=palette.secondary, width=width)
    code = _set_text(record.code, size=NOTE_SIZE, color=palette.text, width=width, bold=True)
    taken = measure_text(text, size=NOTE_SIZE) + measure_text(record.code, size=NOTE_SIZE, bold=True)
    if taken + BETWEEN_WORDS <= measure_inside(width):
        code_top, written = top, code.write(left=width - SIDE, top=top, anchor="end")
    else:
        code_top = top + place.height
        written = code.write(left=SIDE, top=code_top)
    return place.write(left=SIDE, top=top) + written, round(code_top + code.height + BOTTOM)

"""A chart as a sheet to print: title and subtitle above, sources and snapshot below, its metadata inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.saved_pictures.image_metadata import ImageMetadata, write_sealed
from dashboard.theme import Palette
from dashboard.typeface import FONT_STACK, PICTURE_STYLE, wrap_text, write_font_inside
from etl import format_day

SHEET_WIDTH = 1000
NARROW_BELOW = 600
SIDE, TOP, BOTTOM = 24, 24, 20
LEADING = 1.35
# From the top of a line to the foot of its letters, in parts of the type size.
BASELINE = 1.0
TITLE_SIZE, SUBTITLE_SIZE, NOTE_SIZE = 22, 14, 12
ABOVE_PICTURE, BELOW_PICTURE, BETWEEN_NOTES = 14, 14, 6
SVG, RDF = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DUBLIN_CORE, OWN = "http://purl.org/dc/elements/1.1/", "urn:footnoted:picture"
_HEIGHT = re.compile(r"""<svg\b[^>]*\sheight="([0-9.]+)\"""")
# No XML file may hold these, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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

    def write(self, *, left: float, top: float) -> str:
        style = f'font-size="{self.size}" fill="{self.color}"'
        if self.bold:
            style += ' font-weight="700"'
        baselines = (top + (place * LEADING + BASELINE) * self.size for place in range(len(self.lines)))
        return "".join(
            f'<text x="{left:g}" y="{baseline:.1f}" {style}>{escape(line)}</text>'
            for baseline, line in zip(baselines, self.lines, strict=True)
        )


def measure_inside(width: int = SHEET_WIDTH) -> int:
    """How wide the picture of a sheet is."""
    return width - 2 * SIDE


def compose_sheet(
    picture: str, metadata: ImageMetadata, *, palette: Palette, width: int = SHEET_WIDTH
) -> str:
    """One SVG file: the metadata first, then the picture among all the text that says what it is.

    `picture` is an SVG of literal colours, as wide as measure_inside() says.
    """
    title = _set_text(metadata.title, size=TITLE_SIZE, color=palette.text, width=width, bold=True)
    subtitle = _set_text(metadata.subtitle, size=SUBTITLE_SIZE, color=palette.secondary, width=width)
    sources = _set_text(_format_sources(metadata), size=NOTE_SIZE, color=palette.secondary, width=width)
    picture_top = TOP + title.height + subtitle.height + ABOVE_PICTURE
    note_top = picture_top + _read_height(picture) + BELOW_PICTURE
    imprint = _set_text(_format_origin(metadata), size=NOTE_SIZE, color=palette.secondary, width=width)
    imprint_top = note_top + sources.height + BETWEEN_NOTES
    height = round(imprint_top + imprint.height + BOTTOM)
    parts = (
        write_metadata(metadata),
        f"<title>{escape(metadata.title)}</title><desc>{escape(metadata.description)}</desc>",
        f"<style>{write_font_inside()}</style>",
        f'<rect width="{width}" height="{height}" fill="{palette.paper}"/>',
        title.write(left=SIDE, top=TOP),
        subtitle.write(left=SIDE, top=TOP + title.height),
        f'<g transform="translate({SIDE} {picture_top:g})">{picture}</g>',
        sources.write(left=SIDE, top=note_top),
        imprint.write(left=SIDE, top=imprint_top),
    )
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    look = f'font-family="{escape(FONT_STACK)}" style="{PICTURE_STYLE}"'
    opening = f'<svg xmlns="{SVG}" {size} {look} role="img">'
    return f"{opening}{''.join(parts)}</svg>"


def write_metadata(metadata: ImageMetadata) -> str:
    """The <metadata> element of a picture: Dublin Core for those who know no more, and all that is ours."""
    core = {
        "title": metadata.title,
        "description": metadata.description,
        "source": "; ".join(metadata.sources),
        "identifier": metadata.address,
        "date": metadata.as_of.isoformat(),
        "relation": metadata.snapshot_id,
    }
    # Within JSON a letter that XML forbids may be spelled out.
    sealed = _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", write_sealed(metadata))
    said = "".join(f"<dc:{name}>{_escape(text)}</dc:{name}>" for name, text in core.items())
    return (
        f'<metadata><rdf:RDF xmlns:rdf="{RDF}" xmlns:dc="{DUBLIN_CORE}"><rdf:Description rdf:about="">'
        f'{said}</rdf:Description></rdf:RDF><record xmlns="{OWN}">{_escape(sealed)}</record>'
        "</metadata>"
    )


def _read_height(picture: str) -> float:
    found = _HEIGHT.match(picture)
    if found is None:
        raise ValueError("a picture whose first element does not state its height cannot be set on a sheet")
    return float(found[1])


def _format_sources(metadata: ImageMetadata) -> str:
    word = "Source" if len(metadata.sources) == 1 else "Sources"
    return f"{word}: {' · '.join(metadata.sources)}." if metadata.sources else ""


def _set_text(text: str, *, size: int, color: str, width: int, bold: bool = False) -> _Text:
    return _Text(wrap_text(text, width=measure_inside(width), size=size, bold=bold), size, color, bold)


def _format_origin(metadata: ImageMetadata) -> str:
    """The snapshot and the day from which anybody can find the picture again."""
    is_whole = metadata.snapshot_id.startswith(metadata.as_of.isoformat())
    known = "" if is_whole else f", as known on {format_day(metadata.as_of)}"
    return f"Footnoted · snapshot {metadata.snapshot_id}{known}"


def _escape(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text), quote=False)

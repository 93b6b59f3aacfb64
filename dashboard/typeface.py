"""The typeface of pages and charts: its font, how wide words set in it are, and the rectangles they fill."""

from __future__ import annotations

import base64
import json
import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from dashboard.asset_files import ASSETS, write_asset_address

FAMILY = "Footnoted Sans"
FONT_NAME = "fonts/footnoted-sans.woff2"
FONT_FILE = ASSETS / FONT_NAME
WIDTHS_FILE = FONT_FILE.with_name("widths.json")
# What is shown until the font has come, and for letters it lacks: usual faces made as narrow as ours is over
# English text, with its ascent and descent, so that no line moves. The last two are for machines that have
# nothing but letters for East Asia, or nothing but letters of one width.
STAND_INS = (
    ("Footnoted Stand-in", 0.936, ("Arial", "Liberation Sans", "Helvetica Neue", "Helvetica", "Roboto")),
    ("Footnoted Wide Stand-in", 0.816, ("DejaVu Sans", "Verdana")),
    ("Footnoted East Asian Stand-in", 0.9, ("Noto Sans CJK JP", "Noto Sans CJK SC", "WenQuanYi Micro Hei")),
    ("Footnoted Mono Stand-in", 0.69, ("DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono")),
)
ASCENT, DESCENT = 1.0, 0.326
# Editors of saved pictures that take no font out of a file may have the original.
FONT_STACK = ", ".join(
    [*(f"'{name}'" for name in (FAMILY, "Source Sans 3", *(name for name, _, _ in STAND_INS))), "sans-serif"]
)
# Within 0.1 s no other face is seen; later the stand-in is, and the font once it has come.
FONT_DISPLAY = "fallback"
# The letters that the font lacks are at most this wide in usual faces, those of full width a whole em.
LACKING_WIDTH, FULL_WIDTH = 0.75, 1.0
UNSEEN_CATEGORIES = frozenset({"Cf", "Mn", "Me"})
# Pictures take the advances of the font as they are: no pairs drawn together, no rounding to whole pixels.
PICTURE_STYLE = "font-variant-numeric:tabular-nums;font-kerning:none;text-rendering:geometricPrecision"
# A little more than the pictures set, so that two labels one above the other keep a hair of room.
LINE_HEIGHT = 1.32
LABEL_SIZE = 12


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, y counted downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, *, gap: float = 1.5) -> bool:
        """Whether the two lie over each other or nearer than the gap."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def measure_way(self, other: Box) -> float:
        """Pixels between the nearest places of the two; nothing where they meet."""
        across = max(0.0, self.left - other.right, other.left - self.right)
        down = max(0.0, self.top - other.bottom, other.top - self.bottom)
        return math.hypot(across, down)


def measure_text(text: str, *, size: float = LABEL_SIZE, bold: bool = False) -> float:
    """Pixels a line of text takes by the font's own advances; letters it lacks are rated as wide ones."""
    widths = read_widths(bold=bold)
    ems = sum(widths[character] if character in widths else _rate_lacking(character) for character in text)
    return ems * size


def wrap_text(text: str, *, width: float, size: int = LABEL_SIZE, bold: bool = False) -> list[str]:
    """The words of a text in lines no wider than so many pixels; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure_text(longer, size=size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=2)
def read_widths(*, bold: bool) -> dict[str, float]:
    """The advance of every character of the font, in parts of the type size."""
    table = json.loads(WIDTHS_FILE.read_text(encoding="utf-8"))
    em = table["units_per_em"]
    groups = table["bold" if bold else "regular"]
    return {character: int(units) / em for units, characters in groups.items() for character in characters}


def write_preload() -> str:
    """The element of a page's head by which the font comes with the styles, not after them."""
    address = write_asset_address(FONT_NAME)
    return f'<link rel="preload" href="{address}" as="font" type="font/woff2" crossorigin>'


def write_font_rules() -> str:
    """CSS that makes the served font and its stand-ins known to a page."""
    return _write_face(write_asset_address(FONT_NAME)) + "".join(
        f'@font-face{{font-family:"{name}";src:{",".join(f"local({json.dumps(face)})" for face in faces)};'
        f"size-adjust:{share:.1%};ascent-override:{ASCENT / share:.1%};"
        f"descent-override:{DESCENT / share:.1%};line-gap-override:0%}}"
        for name, share, faces in STAND_INS
    )


@lru_cache(maxsize=1)
def write_font_inside() -> str:
    """CSS that carries the font itself, for a file that is to look the same on any machine."""
    content = base64.b64encode(FONT_FILE.read_bytes()).decode()
    return _write_face(f"data:font/woff2;base64,{content}")


def _write_face(address: str) -> str:
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:400 700;font-display:{FONT_DISPLAY};'
        f'src:url("{address}") format("woff2")}}'
    )


def _rate_lacking(character: str) -> float:
    if unicodedata.category(character) in UNSEEN_CATEGORIES:
        return 0.0
    return FULL_WIDTH if unicodedata.east_asian_width(character) in "WF" else LACKING_WIDTH

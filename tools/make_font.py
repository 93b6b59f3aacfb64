# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools[woff]==4.68.0"]
# ///
"""Makes the shipped font and the table of its widths from Source Sans 3.

How to call it: dashboard/assets/fonts/README.md.

The licence reserves the name "Source" for the original, so this one, with fewer characters and two of
its own, has another.
"""

from __future__ import annotations

import io
import json
import math
import sys
import unicodedata
from array import array
from collections import defaultdict
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib import instancer
from fontTools.varLib.hvar import add_HVAR

FOLDER = Path(__file__).parents[1] / "dashboard" / "assets" / "fonts"
NAME, REGULAR, BOLD = "Footnoted Sans", 400, 700
# Latin of western Europe whole; beyond it the letters and signs that our wording and the area names use.
RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2015))
LETTERS = "ıŒœŠšŸŽžƒʼ"
SIGNS = "‘’“”„†‡•…‰€£₹™←↑→↓↗↘≈≠≤≥−■▪□●○◆◦▾▴▸◂✓"
OTHERS = "\u201a\u2039\u203a\u2044"
SPACES = "\u2002\u2003\u2007\u2009\u200a\u200b\u202f"
FEATURES = ["kern", "mark", "ccmp"]
UNUSED_TABLES = ["DSIG", "STAT", "MVAR", "BASE"]
COPYRIGHT, LICENCE, LICENCE_ADDRESS = 0, 13, 14
CROSS, RELOAD, WORD_JOINER = 0x2715, 0x21BB, 0x2060
# Browsers give signs of format no width, whatever the font says of them.
UNSEEN = "Cf"
SIGN_WIDTH = 620
# The middle of capitals and figures, on which signs stand.
MIDDLE = (SIGN_WIDTH / 2, 330.0)
CROSS_SCALE = 1.35
RELOAD_RADIUS, RELOAD_START, RELOAD_END, RELOAD_CURVES = 222.0, -28.0, -292.0, 8
# Of arrows in regular and bold.
RELOAD_STROKES = (66.0, 112.0)
# Across, up, and whether it lies on the curve.
Point = tuple[float, float, int]


def make_font(original: Path) -> TTFont:
    """The original cut to our characters and weights, with signs of our own drawn into it."""
    font = TTFont(original, lazy=False, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=FEATURES, notdef_outline=True)
    options.name_IDs = [COPYRIGHT, LICENCE, LICENCE_ADDRESS]
    options.drop_tables += UNUSED_TABLES
    subsetter = subset.Subsetter(options)
    characters = {code for first, last in RANGES for code in range(first, last + 1)}
    subsetter.populate(unicodes=characters | set(map(ord, LETTERS + SIGNS + OTHERS + SPACES)))
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(_reopen(font), {"wght": (REGULAR, BOLD)})
    _add_cross(font)
    _add_reload(font)
    for table in font["cmap"].tables:
        table.cmap[WORD_JOINER] = table.cmap[0x200B]
    add_HVAR(font)
    _name_font(font)
    return font


def read_widths(font: TTFont) -> dict[str, Any]:
    """Advance widths of regular and bold in units of the em, the characters of one width together."""
    found: dict[str, Any] = {"units_per_em": font["head"].unitsPerEm}
    for name, weight in (("regular", REGULAR), ("bold", BOLD)):
        static = instancer.instantiateVariableFont(_reopen(font), {"wght": weight})
        together = defaultdict(list)
        for code, glyph in sorted(static.getBestCmap().items()):
            if unicodedata.category(chr(code)) == UNSEEN:
                continue
            together[static["hmtx"][glyph][0]].append(chr(code))
        found[name] = {str(width): "".join(together[width]) for width in sorted(together)}
    return found


def _reopen(font: TTFont) -> TTFont:
    stored = io.BytesIO()
    font.save(stored)
    stored.seek(0)
    return TTFont(stored, lazy=False, recalcTimestamp=False)


def _add_cross(font: TTFont) -> None:
    """A multiplication sign, larger, is the mark of what is contradicted."""
    source = font.getBestCmap()[ord("×")]
    glyph = font["glyf"][source]
    coordinates = list(glyph.coordinates)
    (variation,) = font["gvar"].variations[source]
    variation.calcInferredDeltas([*coordinates, *[(0, 0)] * 4], glyph.endPtsOfContours)
    heavier = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(coordinates, variation.coordinates, strict=False)]
    centre = [(min(side) + max(side)) / 2 for side in zip(*coordinates, strict=True)]
    outlines = []
    for points in (coordinates, heavier):
        grown = [
            (
                MIDDLE[0] + CROSS_SCALE * (x - centre[0]),
                MIDDLE[1] + CROSS_SCALE * (y - centre[1]),
                glyph.flags[place] & 1,
            )
            for place, (x, y) in enumerate(points)
        ]
        ends = [0, *(end + 1 for end in glyph.endPtsOfContours)]
        outlines.append([grown[start:end] for start, end in pairwise(ends)])
    _add_glyph(font, CROSS, *outlines)


def _add_reload(font: TTFont) -> None:
    """An open circle with an arrow head, clockwise, is the mark of what is superseded."""
    _add_glyph(font, RELOAD, *(_outline_reload(stroke) for stroke in RELOAD_STROKES))


def _outline_reload(stroke: float) -> list[list[Point]]:
    """The arc, out along its outer side and back along its inner one, and the arrow head."""
    step = (RELOAD_END - RELOAD_START) / (2 * RELOAD_CURVES)
    angles = [RELOAD_START + step * place for place in range(2 * RELOAD_CURVES + 1)]
    stretch = 1 / math.cos(math.radians(step))

    def set_point(angle: float, distance: float, *, on: int = 1) -> Point:
        turned = math.radians(angle)
        return MIDDLE[0] + distance * math.cos(turned), MIDDLE[1] + distance * math.sin(turned), on

    sides = [
        [
            # Every other point is a control point, off the curve.
            set_point(angle, distance * stretch, on=0) if place % 2 else set_point(angle, distance)
            for place, angle in enumerate(angles)
        ]
        for distance in (RELOAD_RADIUS + stroke / 2, RELOAD_RADIUS - stroke / 2)
    ]
    half = 92 + stroke * 0.55
    # The head begins a little before the arc ends: no seam is seen between the two.
    foot = RELOAD_END + 4
    x, y, _ = set_point(foot, RELOAD_RADIUS)
    ahead = math.radians(foot - 90)
    tip = (x + 1.45 * half * math.cos(ahead), y + 1.45 * half * math.sin(ahead), 1)
    head = [set_point(foot, RELOAD_RADIUS + half), tip, set_point(foot, RELOAD_RADIUS - half)]
    return [[*sides[0], *reversed(sides[1])], head]


def _add_glyph(font: TTFont, code: int, regular: list[list[Point]], bold: list[list[Point]]) -> None:
    """A glyph of two weights: contours of points alike but for their places."""
    name = f"uni{code:04X}"
    light, heavy = ([point for contour in weight for point in contour] for weight in (regular, bold))
    glyph = Glyph()
    glyph.numberOfContours = len(regular)
    glyph.coordinates = GlyphCoordinates([(round(x), round(y)) for x, y, _ in light])
    glyph.flags = array("B", [on for _, _, on in light])
    glyph.endPtsOfContours = [end - 1 for end in accumulate(map(len, regular))]
    glyph.program = Program()
    glyph.program.fromBytecode(b"")
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (SIGN_WIDTH, glyph.xMin)
    for table in font["cmap"].tables:
        table.cmap[code] = name
    deltas = [
        (round(after[0]) - round(before[0]), round(after[1]) - round(before[1]))
        for before, after in zip(light, heavy, strict=True)
    ]
    # Four places more: the glyph keeps its width and height.
    unmoved = [(0, 0)] * 4
    font["gvar"].variations[name] = [TupleVariation({"wght": (0.0, 1.0, 1.0)}, [*deltas, *unmoved])]


def _name_font(font: TTFont) -> None:
    names = font["name"]
    for number, text in ((1, NAME), (2, "Regular"), (3, f"{NAME} variable"), (4, NAME), (6, "FootnotedSans")):
        names.setName(text, number, 3, 1, 0x409)


def main() -> None:
    """Writes the font and its widths; the first argument is the original font."""
    font = make_font(Path(sys.argv[1]))
    widths = json.dumps(read_widths(font), ensure_ascii=False, indent=1)
    (FOLDER / "widths.json").write_text(widths + "\n", encoding="utf-8")
    font.flavor = "woff2"
    font.save(FOLDER / "footnoted-sans.woff2")


if __name__ == "__main__":
    main()

"""Markers: the outlines that charts use, in plotly's proportions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.svg.elements import Attributes, Element, Ink, write_number
from dashboard.svg.support import refuse

OPEN, CIRCLE = "-open", "circle"
# Parts of the radius, as plotly draws them.
DIAMOND, LINE, CROSS_LONG, CROSS_SHORT = 1.3, 1.4, 1.2, 0.4
TRIANGLE_WIDE, TRIANGLE_HALF = 2 / 3**0.5, 0.5

Pen = Callable[[float, float, float], str]


@dataclass(frozen=True)
class MarkerStyle:
    """How one marker is drawn."""

    symbol: str
    size: float
    color: str
    line_color: str
    line_width: float
    opacity: float


def _polygon(*corners: tuple[float, float]) -> Pen:
    def draw(x: float, y: float, r: float) -> str:
        places = [f"{write_number(x + across * r)},{write_number(y + down * r)}" for across, down in corners]
        return f"M{'L'.join(places)}z"

    return draw


def _strokes(*pieces: tuple[float, float, float, float]) -> Pen:
    def draw(x: float, y: float, r: float) -> str:
        return "".join(
            f"M{write_number(x + x1 * r)},{write_number(y + y1 * r)}"
            f"L{write_number(x + x2 * r)},{write_number(y + y2 * r)}"
            for x1, y1, x2, y2 in pieces
        )

    return draw


# A cross turned by an eighth of a circle is an x.
_SLANT = 1 / 2**0.5
_ARM, _WAIST = CROSS_LONG, CROSS_SHORT
_CROSS = (
    (_ARM, _WAIST),
    (_WAIST, _WAIST),
    (_WAIST, _ARM),
    (-_WAIST, _ARM),
    (-_WAIST, _WAIST),
    (-_ARM, _WAIST),
    (-_ARM, -_WAIST),
    (-_WAIST, -_WAIST),
    (-_WAIST, -_ARM),
    (_WAIST, -_ARM),
    (_WAIST, -_WAIST),
    (_ARM, -_WAIST),
)
FILLED: dict[str, Pen] = {
    "square": _polygon((1, 1), (-1, 1), (-1, -1), (1, -1)),
    "diamond": _polygon((DIAMOND, 0), (0, -DIAMOND), (-DIAMOND, 0), (0, DIAMOND)),
    "cross": _polygon(*_CROSS),
    "x": _polygon(*(((x + y) * _SLANT, (y - x) * _SLANT) for x, y in _CROSS)),
    "triangle-up": _polygon((-TRIANGLE_WIDE, TRIANGLE_HALF), (TRIANGLE_WIDE, TRIANGLE_HALF), (0, -1)),
    "triangle-down": _polygon((-TRIANGLE_WIDE, -TRIANGLE_HALF), (TRIANGLE_WIDE, -TRIANGLE_HALF), (0, 1)),
    "triangle-left": _polygon((TRIANGLE_HALF, -TRIANGLE_WIDE), (TRIANGLE_HALF, TRIANGLE_WIDE), (-1, 0)),
    "triangle-right": _polygon((-TRIANGLE_HALF, -TRIANGLE_WIDE), (-TRIANGLE_HALF, TRIANGLE_WIDE), (1, 0)),
}
STROKED: dict[str, Pen] = {
    "line-ew": _strokes((-LINE, 0, LINE, 0)),
    "line-ns": _strokes((0, -LINE, 0, LINE)),
    "line-ne": _strokes((-1, 1, 1, -1)),
    "line-nw": _strokes((-1, -1, 1, 1)),
    "x-thin": _strokes((-1, -1, 1, 1), (-1, 1, 1, -1)),
    "cross-thin": _strokes((-LINE, 0, LINE, 0), (0, -LINE, 0, LINE)),
}


def draw_marker(inline_style: MarkerStyle, x: float, y: float, *, ink: Ink, where: str) -> Element | None:
    """One marker with its middle at a place; nothing for one without a size.

    Raises: UnsupportedFigureError for a symbol that is not drawn, and for one whose colour is absent.
    """
    radius, name = inline_style.size / 2, inline_style.symbol.removesuffix(OPEN)
    if radius <= 0:
        return None
    if name != CIRCLE and name not in FILLED and name not in STROKED:
        raise refuse(where, f"the symbol {inline_style.symbol!r} is not drawn")
    paint = _paint(
        inline_style, is_open=name != inline_style.symbol, is_stroked=name in STROKED, ink=ink, where=where
    )
    if inline_style.opacity != 1:
        paint = {**paint, "opacity": write_number(inline_style.opacity)}
    if name == CIRCLE:
        place = {"cx": write_number(x), "cy": write_number(y), "r": write_number(radius)}
        return Element("circle", {**place, **paint})
    pen = FILLED.get(name) or STROKED[name]
    return Element("path", {"d": pen(x, y, radius), **paint})


def _paint(inline_style: MarkerStyle, *, is_open: bool, is_stroked: bool, ink: Ink, where: str) -> Attributes:
    """Open markers and strokes are lines: these in the colour of the line, those in that of the marker."""
    is_line = is_open or is_stroked
    color, width = inline_style.line_color, inline_style.line_width
    if is_open:
        # Plotly draws an open marker without a width as a line of one pixel.
        color, width = inline_style.color, inline_style.line_width or 1.0
    if not (color if is_line else inline_style.color):
        raise refuse(where, f"the colour of the symbol {inline_style.symbol!r} is absent")
    if is_line and not width:
        raise refuse(where, f"the symbol {inline_style.symbol!r} needs the width of a line")
    fill = {} if is_line else ink.paint(inline_style.color)
    if not width:
        return fill
    return {**fill, **ink.paint(color, part="stroke"), "stroke-width": write_number(width)}

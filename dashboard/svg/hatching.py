"""Hatching: what is estimated or forecast is drawn with slanted lines, as plotly's patterns say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.svg.elements import write_element, write_number
from dashboard.svg.support import PATTERN, check_keys, choose, refuse
from dashboard.svg.traces import TraceRead

# How far the upright line of a hatching is turned.
TURNS = {"/": 45, "\\": -45, "|": 0, "-": 90}
# The same with a second line across the first.
CROSSED = {"x": 45, "+": 0}
# Plotly's defaults.
USUAL_SIZE, USUAL_SOLIDITY = 8.0, 0.3
REPLACE, OVERLAY = "replace", "overlay"


@dataclass(frozen=True)
class Hatching:
    """What a bar is filled with: its lines, and whether the bar's own colour lies behind them."""

    fill: str
    is_over: bool


def hatch(trace: TraceRead, colors: Sequence[str]) -> list[Hatching | None]:
    """The hatching of each bar, none where it has none.

    Raises: UnsupportedFigureError for a pattern that is not drawn.
    """
    pattern = (trace.part.get("marker") or {}).get("pattern") or {}
    where = f"{trace.where}.marker.pattern"
    check_keys(pattern, PATTERN, where=where)
    mode = choose(pattern, "fillmode", (REPLACE, OVERLAY), where=where, usual=REPLACE)
    if pattern.get("bgcolor"):
        raise refuse(f"{where}.bgcolor", "behind the lines lies the marker's colour, or nothing")
    shapes, fronts, sizes, parts = (
        trace.spread(pattern, name, usual=usual, within=".marker.pattern")
        for name, usual in (
            ("shape", ""),
            ("fgcolor", None),
            ("size", USUAL_SIZE),
            ("solidity", USUAL_SOLIDITY),
        )
    )
    found: list[Hatching | None] = []
    for shape, front, size, part, color in zip(shapes, fronts, sizes, parts, colors, strict=True):
        if not shape:
            found.append(None)
            continue
        if shape not in TURNS and shape not in CROSSED:
            raise refuse(f"{where}.shape", f"{shape!r} is not drawn, only {', '.join((*TURNS, *CROSSED))}")
        line = color if mode == REPLACE else front
        if not line:
            raise refuse(f"{where}.fgcolor", "the colour of the lines is absent")
        fill = _define(trace, shape=shape, color=line, size=float(size), solidity=float(part))
        found.append(Hatching(fill, mode == OVERLAY))
    return found


def _define(trace: TraceRead, *, shape: str, color: str, size: float, solidity: float) -> str:
    """Lines so thick that they cover the part of the area that solidity says."""
    side, half = write_number(size), write_number(size / 2)
    path = f"M{half},0V{side}" + (f"M0,{half}H{side}" if shape in CROSSED else "")
    stroke = trace.sheet.ink.paint(color, part="stroke")
    lines = write_element("path", {"d": path, **stroke, "stroke-width": write_number(size * solidity)})
    turn = TURNS.get(shape, CROSSED.get(shape, 0))
    turned = {"patternTransform": f"rotate({turn})"} if turn else {}
    # In pixels of the picture and not of the bar, so that stripes run on from bar to bar.
    box = {"width": side, "height": side, "patternUnits": "userSpaceOnUse"}
    return f"url(#{trace.sheet.define('pattern', {**box, **turned}, lines)})"

"""Bars: upright or level, exactly as long as their values, with clean gaps between neighbours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboard.svg.axes import Axis
from dashboard.svg.elements import Element, split_color, write_number, write_path
from dashboard.svg.hatching import Hatching, hatch
from dashboard.svg.mark_groups import Piece
from dashboard.svg.scales import CATEGORY
from dashboard.svg.sheet import Drawing
from dashboard.svg.support import BAR, FONT, MARKER, MARKER_LINE, Part, check_keys, choose, refuse, require
from dashboard.svg.targets import Slab
from dashboard.svg.traces import TraceRead, draw_errors, read_trace
from dashboard.svg.words import StyledText, read_font, read_markup
from dashboard.typeface import Box

UPRIGHT, LEVEL = "v", "h"
# Plotly's default.
USUAL_GAP = 0.2
# In pixels. Bars narrower than this keep their exact sides: rounding would show as bars of different widths.
ROUNDED_FROM = 14.0
# In pixels, between a bar's end and its words; plotly has three, and these stand a little freer.
TEXT_GAP = 4.0


@dataclass(frozen=True)
class Bar:
    """One bar: its pixels across and along, from what it stands on to its end, and how it is painted."""

    sides: tuple[float, float]
    foot: float
    end: float
    on_axis: bool
    color: str
    line_color: str
    line_width: float
    opacity: float


def draw_bars(part: Part, number: int, sheet: Drawing) -> tuple[list[Piece], list[StyledText]]:
    """A piece per bar, and the words on bars.

    Raises: UnsupportedFigureError for what is not drawn of bars.
    """
    trace = read_trace(part, number, sheet, known=BAR)
    upright = choose(part, "orientation", (UPRIGHT, LEVEL), where=trace.where, usual=UPRIGHT) == UPRIGHT
    bars = _read_bars(trace, upright=upright)
    places = [None if bar is None else _order((sum(bar.sides) / 2, bar.end), upright=upright) for bar in bars]
    errors = draw_errors(trace, places)
    hatches = hatch(trace, [bar.color if bar else "" for bar in bars])
    pieces = []
    for place, bar in enumerate(bars):
        if bar is None or not _is_in_sight(bar, trace, upright=upright):
            continue
        shapes = _draw_bar(bar, trace, upright=upright, hatching=hatches[place])
        box = _cut(_find_box(bar, upright=upright), trace.area)
        target = (Slab(box, upright),) if trace.is_mark else ()
        pieces.append(Piece((*shapes, *errors[place]), trace.row_ids[place], target))
    return pieces, _write_texts(trace, bars, upright=upright)


def _order(pair: tuple[float, float], *, upright: bool) -> tuple[float, float]:
    """A place across and along as x and y."""
    return pair if upright else (pair[1], pair[0])


def _read_bars(trace: TraceRead, *, upright: bool) -> list[Bar | None]:
    part, count = trace.part, trace.count
    across, along = (trace.x, trace.y) if upright else (trace.y, trace.x)
    positions, values = (part["x"], part["y"]) if upright else (part["y"], part["x"])
    marker = require(part, "marker", where=trace.where)
    check_keys(marker, MARKER, where=f"{trace.where}.marker")
    line = marker.get("line") or {}
    check_keys(line, MARKER_LINE, where=f"{trace.where}.marker.line")
    require(marker, "color", where=f"{trace.where}.marker")
    colors = trace.spread(marker, "color", usual="", within=".marker")
    opacities = trace.spread(marker, "opacity", usual=1, within=".marker")
    line_colors = trace.spread(line, "color", usual="#444", within=".marker.line")
    line_widths = trace.spread(line, "width", usual=0, within=".marker.line")
    bases = trace.spread(part, "base", usual=None)
    spans = _list_sides(trace, across, positions)
    bars: list[Bar | None] = []
    for place in range(count):
        if values[place] is None or positions[place] is None:
            bars.append(None)
            continue
        base = 0.0 if bases[place] is None else float(bases[place])
        foot, end = along.scale.locate(base), along.scale.locate(base + along.measure(values[place]))
        inline_style = (colors[place], line_colors[place], float(line_widths[place]), float(opacities[place]))
        bars.append(Bar(spans[place], foot, end, base == 0.0, *inline_style))
    return bars


def _list_sides(trace: TraceRead, across: Axis, positions: Sequence[Any]) -> list[tuple[float, float]]:
    """The pixels from side to side of every bar."""
    counted = [across.count(position) if position is not None else math.nan for position in positions]
    widths = trace.spread(trace.part, "width", usual=None)
    offsets = trace.spread(trace.part, "offset", usual=None)
    usual = _choose_width(trace, counted, across) if None in widths else 0.0
    sides = []
    for position, width, offset in zip(counted, widths, offsets, strict=True):
        wide = usual if width is None else across.measure(width)
        start = position - wide / 2 if offset is None else position + across.measure(offset)
        sides.append((across.scale.locate(start), across.scale.locate(start + wide)))
    return [(min(pair), max(pair)) for pair in sides]


def _choose_width(trace: TraceRead, counted: Sequence[float], across: Axis) -> float:
    """The distance between the nearest bars, less the gap."""
    places = sorted({place for place in counted if not math.isnan(place)})
    steps = [after - before for before, after in pairwise(places)]
    if not steps and across.kind != CATEGORY:
        raise refuse(f"{trace.where}.width", "it is absent, and one bar alone has no width of its own")
    gap = float(trace.sheet.layout.get("bargap", USUAL_GAP))
    return (1.0 if across.kind == CATEGORY else min(steps)) * (1 - gap)


def _find_box(bar: Bar, *, upright: bool) -> Box:
    low, high = min(bar.foot, bar.end), max(bar.foot, bar.end)
    (left, right) = bar.sides
    return Box(left, low, right, high) if upright else Box(low, left, high, right)


def _cut(box: Box, area: Box) -> Box:
    return Box(
        max(box.left, area.left),
        max(box.top, area.top),
        min(box.right, area.right),
        min(box.bottom, area.bottom),
    )


def _is_in_sight(bar: Bar, trace: TraceRead, *, upright: bool) -> bool:
    box = _cut(_find_box(bar, upright=upright), trace.area)
    # A bar of no height is drawn as a line: the least that a picture writes (`write_number`) is let through.
    return box.left < box.right + 0.01 and box.top < box.bottom + 0.01


def _draw_bar(bar: Bar, trace: TraceRead, *, upright: bool, hatching: Hatching | None) -> list[Element]:
    """A bar's area; a line in the colour of the paper is drawn as a gap, any other within the bar's sides."""
    ink = trace.sheet.ink
    has_line = bar.line_width > 0 and split_color(bar.line_color)[1] > 0
    is_gap = has_line and split_color(bar.line_color) == split_color(trace.sheet.paper)
    box = _round_box(bar, gap=bar.line_width if is_gap else 0.0, upright=upright)
    paint = {"fill": hatching.fill} if hatching and not hatching.is_over else {**ink.paint(bar.color)}
    if has_line and not is_gap:
        half = bar.line_width / 2
        box = Box(box.left + half, box.top + half, box.right - half, box.bottom - half)
        stroke = ink.paint(bar.line_color, part="stroke")
        paint = {**paint, **stroke, "stroke-width": write_number(bar.line_width)}
    opacity = bar.opacity * float(trace.part.get("opacity", 1))
    if opacity != 1:
        paint["opacity"] = write_number(opacity)
    if "fill" not in paint and trace.is_mark:
        paint["pointer-events"] = "all"
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    path = {"d": write_path(corners, closed=True)}
    clip = trace.sheet.clip(trace.area, box)
    shapes = [Element("path", {**path, **paint, **clip})]
    if hatching and hatching.is_over:
        shapes.append(Element("path", {**path, "fill": hatching.fill, **clip, "pointer-events": "none"}))
    return shapes


def _round_box(bar: Bar, *, gap: float, upright: bool) -> Box:
    """The bar on whole pixels, the gap taken from its far side and, in a stack, from its foot."""
    start, stop = bar.sides
    if stop - start >= ROUNDED_FROM:
        start, stop = float(round(start)), float(round(stop))
    # Half a pixel at the least, or a bar would be all gap.
    stop = max(stop - gap, start + 0.5)
    foot, end = _round_half(bar.foot), _round_half(bar.end)
    # A value that is there is never drawn as nothing.
    if foot == end and bar.foot != bar.end:
        end = foot + math.copysign(1.0, bar.end - bar.foot)
    if not bar.on_axis and abs(end - foot) > gap + 1:
        foot += math.copysign(gap, end - foot)
    low, high = min(foot, end), max(foot, end)
    return Box(start, low, stop, high) if upright else Box(low, start, high, stop)


def _round_half(pixel: float) -> float:
    """To half pixels: sharp on dense screens, and nearer to the value than whole ones."""
    return round(pixel * 2) / 2


def _write_texts(trace: TraceRead, bars: Sequence[Bar | None], *, upright: bool) -> list[StyledText]:
    part, where = trace.part, trace.where
    if part.get("text") is None:
        return []
    spots = trace.spread(part, "textposition", usual="none")
    texts = trace.spread(part, "text", usual="")
    check_keys(part.get("textfont", {}), FONT, where=f"{where}.textfont")
    size, color = read_font(part.get("textfont"), trace.sheet.layout["font"])
    choose(part, "textangle", (0, "auto"), where=where, usual="auto")
    hold = choose(part, "insidetextanchor", ("end", "middle", "start"), where=where, usual="end")
    words = []
    for bar, text, spot in zip(bars, texts, spots, strict=True):
        if bar is None or not text or spot == "none":
            continue
        if spot not in ("inside", "outside"):
            raise refuse(f"{where}.textposition", f"{spot!r} is not drawn on bars, only inside and outside")
        along, side = _place_text(bar, spot=spot, hold=hold, upright=upright)
        x, y = _order((sum(bar.sides) / 2, along), upright=upright)
        across, down = ("center", side) if upright else (side, "middle")
        words.append(StyledText(read_markup(str(text)), x, y, across, down, color, size))
    return words


def _place_text(bar: Bar, *, spot: str, hold: str, upright: bool) -> tuple[float, str]:
    """Where words lie along a bar, and which of their sides is held there."""
    # Which way the bar grows, in pixels: upwards is less.
    sign = 1.0 if bar.end > bar.foot else -1.0
    near, far = ("top", "bottom") if upright else ("left", "right")
    if spot == "outside":
        return bar.end + sign * TEXT_GAP, near if sign > 0 else far
    if hold == "middle":
        return (bar.foot + bar.end) / 2, "middle" if upright else "center"
    if hold == "start":
        return bar.foot + sign * TEXT_GAP, near if sign > 0 else far
    return bar.end - sign * TEXT_GAP, far if sign > 0 else near

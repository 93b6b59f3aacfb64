"""What is seen of an axis: its grid, its line, its ticks and their words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from dashboard.svg.axes import Axis, Frame
from dashboard.svg.elements import Element, Ink, write_number
from dashboard.svg.scales import CATEGORY, DATE
from dashboard.svg.support import FONT, Part, check_keys, choose, refuse, require
from dashboard.svg.words import StyledText, read_font, read_markup

NUMBER_FORMAT = re.compile(r"(\$?)(,?)(?:\.(\d+))?([df%])")
# In pixels: plotly's own length of a tick, and as much between it and its words.
TICK_LENGTH, TICK_GAP = 5.0, 5.0
# Below a tick words stand nearer, for a line of text has room of its own above the letters.
X_GAP = 3.0
# Between the words of two ticks: less, and two years read as one number.
WORD_GAP = 6.0
SIDES = {"x": ("bottom", "top"), "y": ("left", "right")}
MINUS = "\u2212"


@dataclass(frozen=True)
class Tick:
    """One tick: its pixel along the axis and its words."""

    place: float
    text: str


def list_ticks(axis: Axis) -> list[Tick]:
    """The ticks that lie on the axis.

    Raises: UnsupportedFigureError where an axis shows ticks and does not say which.
    """
    values = axis.layout.get("tickvals")
    if values is None:
        if axis.kind != CATEGORY:
            if any(axis.layout.get(key, True) for key in ("showgrid", "showticklabels")):
                raise refuse(axis.where, "tickvals is absent, and a picture chooses no ticks")
            return []
        values = list(axis.categories)
    texts = axis.layout.get("ticktext")
    if texts is None:
        texts = [_write_value(value, axis) for value in values]
    if len(texts) != len(values):
        raise refuse(f"{axis.where}.ticktext", f"{len(texts)} words for {len(values)} ticks")
    ticks = [Tick(axis.locate(value), str(text)) for value, text in zip(values, texts, strict=True)]
    return [tick for tick in ticks if axis.scale.holds(tick.place)]


def _write_value(value: Any, axis: Axis) -> str:
    form = axis.layout.get("tickformat", "")
    if axis.kind == DATE:
        day = date.fromisoformat(str(value)[:10])
        return day.strftime(form) if form else day.isoformat()
    if axis.kind == CATEGORY and not isinstance(value, (int, float)):
        return str(value)
    match = NUMBER_FORMAT.fullmatch(form)
    if form and not match:
        raise refuse(f"{axis.where}.tickformat", f"{form!r} is not drawn: give ticktext")
    if match is None:
        text = f"{value:.10g}"
    else:
        dollar, comma, places, kind = match.groups()
        text = (
            f"{dollar}{value:{comma}.{0 if kind == 'd' else int(places or 6)}{'f' if kind == 'd' else kind}}"
        )
    return text.replace("-", MINUS)


def draw_grid(axis: Axis, frame: Frame, *, ink: Ink) -> Iterator[Element]:
    """Hairlines across every area that the axis belongs to, and the one at zero where it is asked for.

    Raises: UnsupportedFigureError for lines without a colour.
    """
    layout = axis.layout
    if not axis.is_visible:
        return
    spans = _list_spans(axis, frame)
    if layout.get("showgrid", True):
        lines = [_cross(axis, tick.place, spans) for tick in list_ticks(axis)]
        if lines:
            color = require(layout, "gridcolor", where=axis.where)
            yield _draw_lines(lines, color, width=layout.get("gridwidth", 1), ink=ink)
    zero = axis.scale.locate(0.0)
    if layout.get("zeroline") and axis.kind != DATE and axis.scale.holds(zero):
        color = require(layout, "zerolinecolor", where=axis.where)
        yield _draw_lines([_cross(axis, zero, spans)], color, width=layout.get("zerolinewidth", 1), ink=ink)


def _list_spans(axis: Axis, frame: Frame) -> list[tuple[float, float]]:
    """The pixels that the axes across this one run over."""
    own = "xy".index(axis.name[0])
    names = dict.fromkeys(pair[1 - own] for pair in frame.pairs if pair[own] == axis.name)
    scales = [frame.axes[name].scale for name in (names or {axis.anchor: None})]
    return [(scale.low, scale.high) for scale in scales]


def _cross(axis: Axis, place: float, spans: list[tuple[float, float]]) -> str:
    """Lines through a place of the axis, in the middle of a row of pixels so that they are sharp."""
    at = write_number(math.floor(place) + 0.5)
    if axis.name.startswith("x"):
        return "".join(f"M{at},{write_number(low)}V{write_number(high)}" for low, high in spans)
    return "".join(f"M{write_number(low)},{at}H{write_number(high)}" for low, high in spans)


def _draw_lines(lines: list[str], color: str, *, width: float, ink: Ink) -> Element:
    stroke = ink.paint(color, part="stroke")
    thick = {} if width == 1 else {"stroke-width": write_number(width)}
    return Element("path", {"d": "".join(lines), **stroke, **thick})


def _find_edge(axis: Axis, frame: Frame) -> tuple[float, int]:
    """Where the axis stands, and in which direction its ticks point."""
    across = frame.find(axis.anchor, where=f"{axis.where}.anchor").scale
    usual, other = SIDES[axis.name[0]]
    side = choose(axis.layout, "side", (usual, other), where=axis.where, usual=usual)
    if axis.name.startswith("x"):
        return (across.high, 1) if side == usual else (across.low, -1)
    return (across.low, -1) if side == usual else (across.high, 1)


def draw_ticks(axis: Axis, frame: Frame, *, ink: Ink) -> Iterator[Element]:
    """The line of an axis and its ticks, where they are asked for.

    Raises: UnsupportedFigureError for lines without a colour.
    """
    layout = axis.layout
    if not axis.is_visible:
        return
    edge, sign = _find_edge(axis, frame)
    is_x = axis.name.startswith("x")
    # As in plotly an x axis with a colour has a line; a y axis only where its line is asked for.
    if layout.get("showline", is_x and "linecolor" in layout):
        color, at = require(layout, "linecolor", where=axis.where), write_number(math.floor(edge) + 0.5)
        low, high = write_number(axis.scale.low), write_number(axis.scale.high)
        path = f"M{low},{at}H{high}" if is_x else f"M{at},{low}V{high}"
        yield _draw_lines([path], color, width=layout.get("linewidth", 1), ink=ink)
    outward = choose(layout, "ticks", ("", "outside", "inside"), where=axis.where, usual="")
    if outward:
        reach = write_number(sign * _find_length(layout) * (1 if outward == "outside" else -1))
        marks = []
        for tick in list_ticks(axis):
            at, base = write_number(math.floor(tick.place) + 0.5), write_number(edge)
            marks.append(f"M{at},{base}v{reach}" if is_x else f"M{base},{at}h{reach}")
        color = layout.get("tickcolor") or require(layout, "linecolor", where=axis.where)
        if marks:
            yield _draw_lines(marks, color, width=layout.get("tickwidth", 1), ink=ink)


def _find_length(layout: Part) -> float:
    return float(layout.get("ticklen", TICK_LENGTH))


def list_tick_words(
    axis: Axis, frame: Frame, *, font: Part, placed: Sequence[StyledText] = ()
) -> list[StyledText]:
    """The words beside the ticks; of a part of the time only those that keep clear of words placed before."""
    layout = axis.layout
    if not axis.is_visible or layout.get("showticklabels") is False:
        return []
    check_keys(layout.get("tickfont", {}), FONT, where=f"{axis.where}.tickfont")
    size, color = read_font(layout.get("tickfont"), font)
    edge, sign = _find_edge(axis, frame)
    outside = _find_length(layout) if layout.get("ticks") == "outside" else 0.0
    if axis.name.startswith("x"):
        at, down = edge + sign * (outside + X_GAP), "top" if sign > 0 else "bottom"
        words = [
            StyledText(read_markup(tick.text), tick.place, at, "center", down, color, size)
            for tick in list_ticks(axis)
        ]
        return _thin(words, frame, placed) if frame.is_zoomed else words
    at, across = edge + sign * (outside + TICK_GAP), "left" if sign > 0 else "right"
    return [
        StyledText(read_markup(tick.text), at, tick.place, across, "middle", color, size)
        for tick in list_ticks(axis)
    ]


def _thin(words: list[StyledText], frame: Frame, placed: Sequence[StyledText]) -> list[StyledText]:
    """Every tick's words, or every other's and so on: a part of the time has ticks chosen for any width."""
    whole = [
        each
        for each in words
        if each.box.left >= 0
        and each.box.right <= frame.width
        # Boxes are the most that words may take, so a pixel of overlap is none.
        and not any(each.box.meets(other.box, gap=-1) for other in placed)
    ]
    for step in range(1, len(whole)):
        kept = whole[::step]
        if not any(one.box.meets(other.box, gap=WORD_GAP) for one, other in pairwise(kept)):
            return kept
    return whole[:1]

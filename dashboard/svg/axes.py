"""The axes of a figure: what kind each is, where it runs, and which stand across which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.svg.scales import CATEGORY, DATE, LINEAR, MILLISECONDS_A_DAY, AxisScale, is_day, read_place
from dashboard.svg.support import AXIS, Part, check_keys, choose, refuse, require
from dashboard.typeface import Box

AXIS_KEY = re.compile(r"([xy])axis([2-9]|[1-9]\d+)?")
NO_TYPE = "-"
# What the layout of a figure that shows a part of its time has in its `meta`.
ZOOMED = "zoomed"
# Something to stand on for a figure without values; nothing is drawn there.
EMPTY_RANGE = (0.0, 1.0)


@dataclass(frozen=True)
class Axis:
    """One axis: its letter and number as traces name it ("x2"), and the way from its values to pixels."""

    name: str
    layout: Part
    kind: str
    categories: Mapping[str, int]
    scale: AxisScale
    anchor: str

    @property
    def where(self) -> str:
        """The axis as a figure names it."""
        return f"layout.{name_key(self.name)}"

    @property
    def is_visible(self) -> bool:
        """Whether anything of the axis itself is drawn."""
        return self.layout.get("visible", True) is not False

    def count(self, value: Any) -> float:
        """A place as a number."""
        return read_place(value, kind=self.kind, categories=self.categories, where=self.where)

    def locate(self, value: Any) -> float:
        """The pixel of a place."""
        return self.scale.locate(self.count(value))

    def measure(self, length: float) -> float:
        """A length as the axis counts: plotly gives milliseconds on an axis of dates."""
        return length / MILLISECONDS_A_DAY if self.kind == DATE else float(length)


@dataclass(frozen=True)
class Frame:
    """The whole picture and its axes; `body` is what lies inside the margins."""

    width: float
    height: float
    body: Box
    axes: Mapping[str, Axis]
    pairs: tuple[tuple[str, str], ...]
    is_zoomed: bool = False

    def find(self, name: str, *, where: str) -> Axis:
        """An axis by its name.

        Raises: UnsupportedFigureError where the layout has none of that name.
        """
        if name not in self.axes:
            raise refuse(where, f"there is no layout.{name_key(name)}")
        return self.axes[name]

    def cover(self, x: Axis, y: Axis) -> Box:
        """The area that two axes span."""
        return Box(x.scale.low, y.scale.low, x.scale.high, y.scale.high)


def name_key(name: str) -> str:
    """The layout's key of an axis that traces call "x2"."""
    return f"{name[0]}axis{name[1:]}"


def read_frame(figure: Part, *, width: int) -> Frame:
    """The axes of a figure in a picture so many pixels wide.

    Raises: UnsupportedFigureError for an axis that is not drawn, or that has no range.
    """
    layout, traces = figure["layout"], figure["data"]
    height = float(require(layout, "height", where="layout"))
    margin = require(layout, "margin", where="layout")
    left, right, top, bottom = (float(require(margin, side, where="layout.margin")) for side in "lrtb")
    body = Box(left, top, width - right, height - bottom)
    if body.right <= body.left or body.bottom <= body.top:
        raise refuse("layout.margin", f"nothing is left of {width} x {height:g} pixels")
    pairs = _list_pairs(layout, traces)
    names = sorted({name for pair in pairs for name in pair} | set(_list_names(layout)))
    axes = {name: _read_axis(name, figure, pairs=pairs, body=body) for name in names}
    return Frame(float(width), height, body, axes, pairs, is_zoomed=ZOOMED in (layout.get("meta") or {}))


def _list_names(layout: Part) -> list[str]:
    matches = (AXIS_KEY.fullmatch(key) for key in layout)
    return [f"{match[1]}{match[2] or ''}" for match in matches if match]


def _list_pairs(layout: Part, traces: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    pairs = {(trace.get("xaxis", "x"), trace.get("yaxis", "y")): None for trace in traces}
    anchors = [(name, layout[name_key(name)].get("anchor")) for name in _list_names(layout)]
    for name, anchor in anchors:
        if anchor:
            pairs[(name, anchor) if name.startswith("x") else (anchor, name)] = None
    return tuple(pairs) or (("x", "y"),)


def _read_axis(name: str, figure: Part, *, pairs: Sequence[tuple[str, str]], body: Box) -> Axis:
    key, letter = name_key(name), name[0]
    layout = figure["layout"].get(key)
    if layout is None:
        raise refuse(f"layout.{key}", "a trace stands on this axis, and the layout says nothing of it")
    check_keys(layout, AXIS, where=f"layout.{key}")
    # The axis that traces put across it; of an axis without a trace, plotly's first.
    across = next((pair["yx".index(letter)] for pair in pairs if name in pair), "xy"["yx".index(letter)])
    anchor = layout.get("anchor") or across
    values = [value for value in _list_values(name, figure) if value is not None]
    model = figure["layout"].get(name_key(layout.get("matches", name)), {})
    said = [*values, *(layout.get("tickvals") or ()), *_give_range(layout, model)]
    kind = _choose_kind(layout, said, key=key)
    categories = _rank_categories(layout, values, key=key) if kind == CATEGORY else {}
    start, stop = _read_range(layout, model, kind=kind, categories=categories, key=key, is_empty=not values)
    first, last = _place_domain(layout, letter=letter, body=body, key=key)
    return Axis(name, layout, kind, categories, AxisScale(start, stop, first, last), anchor)


def _list_values(name: str, figure: Part) -> list[Any]:
    letter = name[0]
    traces = [trace for trace in figure["data"] if trace.get(f"{letter}axis", letter) == name]
    return [value for trace in traces for value in trace.get(letter) or ()]


def _give_range(layout: Part, model: Part) -> Sequence[Any]:
    given = layout.get("range") or model.get("range")
    return given if isinstance(given, (list, tuple)) else ()


def _choose_kind(layout: Part, values: Sequence[Any], *, key: str) -> str:
    kinds = (NO_TYPE, DATE, LINEAR, CATEGORY)
    kind: str = choose(layout, "type", kinds, where=f"layout.{key}", usual=NO_TYPE)
    if kind != NO_TYPE:
        return kind
    named = [value for value in values if isinstance(value, (str, date))]
    if not named:
        return LINEAR
    return DATE if all(is_day(value) for value in named) else CATEGORY


def _rank_categories(layout: Part, values: Sequence[Any], *, key: str) -> dict[str, int]:
    choose(layout, "categoryorder", ("trace", "array"), where=f"layout.{key}", usual="trace")
    names = dict.fromkeys([*(layout.get("categoryarray") or ()), *values])
    return {name: rank for rank, name in enumerate(names)}


def _read_range(
    layout: Part, model: Part, *, kind: str, categories: Mapping[str, int], key: str, is_empty: bool
) -> tuple[float, float]:
    where = f"layout.{key}"
    order = choose(layout, "autorange", (None, False, "reversed"), where=where, usual=None)
    given = _give_range(layout, model)
    if given:
        start, stop = (
            read_place(end, kind=LINEAR if kind == CATEGORY else kind, categories={}, where=f"{where}.range")
            for end in given
        )
    elif kind == CATEGORY:
        # Half a place on either side, as plotly has it: bars of names stand whole.
        start, stop = -0.5, len(categories) - 0.5
    elif is_empty:
        start, stop = EMPTY_RANGE
    else:
        raise refuse(where, "range is absent, and a picture guesses nothing")
    if start == stop:
        raise refuse(f"{where}.range", "it begins where it ends")
    return (stop, start) if order == "reversed" and not given else (start, stop)


def _place_domain(layout: Part, *, letter: str, body: Box, key: str) -> tuple[float, float]:
    start, stop = layout.get("domain") or (0.0, 1.0)
    if not 0 <= start < stop <= 1:
        raise refuse(f"layout.{key}.domain", f"{start} to {stop} does not run upwards within 0 to 1")
    if letter == "x":
        wide = body.right - body.left
        return body.left + start * wide, body.left + stop * wide
    high = body.bottom - body.top
    return body.bottom - start * high, body.bottom - stop * high

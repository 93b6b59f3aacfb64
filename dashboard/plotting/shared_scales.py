"""Two figures drawn to the same scales: what their axes span together, and a figure drawn to that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, groupby, pairwise
from typing import Any

from dashboard.plotting.labels import SIDES, Canvas, Extent, Label, list_widths, place_labels
from dashboard.plotting.time_chart import build_time_axis
from dashboard.plotting.traces import MILLISECONDS_A_DAY
from dashboard.svg import measure_words
from dashboard.theme import Theme
from dashboard.typeface import Box

Figure = Mapping[str, Any]
AXIS = re.compile(r"[xy]axis\d*")
WORDS = re.compile(r"(?:<b>(?P<bold>[^<]*)</b> ?)?(?P<plain>[^<]*)(?:<br>(?P<below>[^<]*))?")
RISES = {"bottom": "above", "top": "below"}
LEANS = {"left": "right", "right": "left"}
MARK_PIXELS = 5
# A line of type is set higher than its letters are.
LEADING = 1.5
NEAR = 1e-9


@dataclass(frozen=True)
class Scales:
    """What the axes of a figure span: days across, values upwards with the words beside some of them.

    `sides` are the pixels left and right of the axes, `height` those of the whole figure.
    """

    start: date
    stop: date
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    sides: tuple[int, int]
    height: int


def read_scales(figure: Figure) -> Scales | None:
    """The scales of a figure with one axis of time and one of values; None for any other figure."""
    layout = figure["layout"]
    if not figure["data"] or {key for key in layout if AXIS.fullmatch(key)} != {"xaxis", "yaxis"}:
        return None
    across, up = layout["xaxis"], layout["yaxis"]
    if across.get("type") != "date" or not across.get("range") or not _counts_upwards(up):
        return None
    start, stop = (_read_day(end) for end in across["range"])
    margin = layout["margin"]
    return Scales(
        start=start,
        stop=stop,
        low=float(up["range"][0]),
        high=float(up["range"][1]),
        ticks=tuple(zip(map(float, up["tickvals"]), map(str, up["ticktext"]), strict=True)),
        sides=(margin["l"], margin["r"]),
        height=round(layout["height"]),
    )


def have_same_axes(one: Figure, other: Figure) -> bool:
    """Whether the axes of two figures, whatever they measure, have the same ends."""
    ends = [
        {key: tuple(axis["range"]) for key, axis in figure["layout"].items() if _has_ends(key, axis)}
        for figure in (one, other)
    ]
    return bool(ends[0]) and ends[0] == ends[1]


def unite_scales(one: Scales | None, other: Scales | None) -> Scales | None:
    """Scales that hold both; None where one has none, or where a pixel could not mean the same in both."""
    if one is None or other is None or one.height != other.height:
        return None
    return Scales(
        start=min(one.start, other.start),
        stop=max(one.stop, other.stop),
        low=min(one.low, other.low),
        high=max(one.high, other.high),
        ticks=_merge_ticks(*sorted((one, other), key=lambda each: each.low - each.high)),
        sides=(max(one.sides[0], other.sides[0]), max(one.sides[1], other.sides[1])),
        height=one.height,
    )


def match_scales(figure: Figure, scales: Scales, *, theme: Theme) -> dict[str, Any]:
    """The figure drawn to wider scales, its labels placed anew; as it is where it has them or has none."""
    own = read_scales(figure)
    if own is None or own == scales:
        return dict(figure)
    layout = figure["layout"]
    margin = layout["margin"]
    canvas = Canvas(
        height=scales.height,
        margin=(*scales.sides, margin["t"], margin["b"]),
        x_range=(scales.start, scales.stop),
        y_range=(scales.low, scales.high),
        widths=list_widths(theme),
    )
    values, texts = zip(*scales.ticks, strict=True)
    changed = {
        "xaxis": {**layout["xaxis"], **build_time_axis(scales.start, scales.stop, narrow=theme.narrow)},
        "yaxis": {
            **layout["yaxis"],
            "range": [scales.low, scales.high],
            "tickvals": values,
            "ticktext": texts,
        },
        "margin": {**margin, "l": scales.sides[0], "r": scales.sides[1]},
    }
    return _label_anew({**figure, "layout": {**layout, **changed}}, canvas)


def _has_ends(key: str, axis: Any) -> bool:
    return AXIS.fullmatch(key) is not None and bool(axis.get("range"))


def _counts_upwards(axis: Mapping[str, Any]) -> bool:
    ends, ticks = axis.get("range"), axis.get("tickvals")
    if not ends or not ticks or not axis.get("ticktext"):
        return False
    return all(isinstance(value, int | float) for value in (*ends, *ticks)) and ends[0] < ends[1]


def _merge_ticks(wide: Scales, slim: Scales) -> tuple[tuple[float, str], ...]:
    """The ticks of the wider scale, and beyond them those of the other that keep its step."""
    values = [value for value, _ in wide.ticks]
    step = min((after - before for before, after in pairwise(values)), default=0.0)
    beyond = [
        (value, text)
        for value, text in slim.ticks
        if step and not min(values) <= value <= max(values) and _is_multiple(value - values[0], step)
    ]
    return tuple(sorted({**dict(beyond), **dict(wide.ticks)}.items()))


def _is_multiple(value: float, step: float) -> bool:
    return abs(value / step - round(value / step)) < NEAR


def _label_anew(figure: dict[str, Any], canvas: Canvas) -> dict[str, Any]:
    """Labels stand where there is room for them now; where there is too little, the last ones go."""
    notes = list(figure["layout"].get("annotations") or ())
    labels = [_read_label(note, paper=figure["layout"]["paper_bgcolor"]) for note in notes]
    kept = [note for note, label in zip(notes, labels, strict=True) if label is None]
    around = list(_list_extents(figure["data"], canvas))
    asked = [label for label in labels if label is not None]
    placed: dict[str, Any] = {}
    for is_optional in (False, True):
        several = [replace(label, optional=is_optional) for label in asked]
        annotations = [*kept, *place_labels(canvas, several, around=around)]
        placed = {**figure, "layout": {**figure["layout"], "annotations": annotations}}
        if not any(_has_overlap(placed, width=width) for width in canvas.widths):
            break
    return placed


def _read_label(note: Mapping[str, Any], *, paper: str) -> Label | None:
    """The label that an annotation was made of; None for words that belong just where they stand."""
    words = WORDS.fullmatch(note["text"])
    stands_free = note.get("xref", "x") == "x" and note.get("yref", "y") == "y" and "textangle" not in note
    if words is None or not stands_free or note["font"]["color"] == paper:
        return None
    rise, lean = RISES.get(note.get("yanchor", ""), ""), LEANS.get(note.get("xanchor", ""), "")
    side = " ".join(part for part in (rise, lean) if part) or SIDES[0]
    x = note["x"] if isinstance(note["x"], int | float) else _read_day(note["x"])
    bold, plain, below = (words[name] or "" for name in ("bold", "plain", "below"))
    sides = (side, *(each for each in SIDES if each != side))
    return Label(x, float(note["y"]), note["font"]["color"], bold, plain, below, sides=sides)


def _has_overlap(figure: Figure, *, width: int) -> bool:
    boxes = [
        Box(box.left, box.top + LEADING, box.right, box.bottom - LEADING)
        for _, box in measure_words(figure, width=width)
    ]
    return any(one.meets(other, gap=0) for one, other in combinations(boxes, 2))


def _list_extents(traces: Sequence[Mapping[str, Any]], canvas: Canvas) -> Iterator[Extent]:
    for trace in traces:
        if trace.get("type") == "bar":
            yield from _list_bars(trace)
        else:
            yield from _list_dots(trace, canvas)


def _list_bars(trace: Mapping[str, Any]) -> Iterator[Extent]:
    widths, bases = _repeat(trace.get("width", 0), trace), _repeat(trace.get("base", 0), trace)
    for x, y, width, base in zip(trace["x"], trace["y"], widths, bases, strict=True):
        if y is not None:
            start = _read_day(x)
            stop = start + timedelta(days=width / MILLISECONDS_A_DAY)
            yield Extent(start, stop, min(base, base + y), max(base, base + y))


def _list_dots(trace: Mapping[str, Any], canvas: Canvas) -> Iterator[Extent]:
    places = [
        None if y is None or x is None else (_read_day(x), float(y))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    mode = trace.get("mode", "lines")
    if "lines" in mode:
        yield from _list_pieces(places, trace.get("customdata") or range(len(places)))
    if "markers" in mode:
        days, values = _measure_mark(canvas)
        for place in places:
            if place:
                x, y = place
                yield Extent(x - days, x + days, y - values, y + values)


def _list_pieces(places: Sequence[tuple[date, float] | None], rows: Sequence[Any]) -> Iterator[Extent]:
    """The pieces of a line; where one row stays at one value they are one level."""
    known = [(row, *place) if place else None for row, place in zip(rows, places, strict=True)]
    for before, after in pairwise(known):
        if before and after and (before[0], before[2]) != (after[0], after[2]):
            yield Extent(before[1], after[1], min(before[2], after[2]), max(before[2], after[2]))
    for _, group in groupby(filter(None, known), key=lambda each: (each[0], each[2])):
        run = list(group)
        if len(run) > 1:
            value = run[0][2]
            yield Extent(run[0][1], run[-1][1], value, value, level=value)


def _measure_mark(canvas: Canvas) -> tuple[timedelta, float]:
    """Half of a mark in the units of the axes, on the narrowest screen."""
    start, stop = canvas.x_range
    left, right, top, bottom = canvas.margin
    inside = canvas.widths[0] - left - right
    span = stop - start if isinstance(start, date) and isinstance(stop, date) else timedelta()
    high = canvas.y_range[1] - canvas.y_range[0]
    return span * (MARK_PIXELS / inside), high * MARK_PIXELS / (canvas.height - top - bottom)


def _repeat(value: Any, trace: Mapping[str, Any]) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value] * len(trace["x"])


def _read_day(text: Any) -> date:
    return text if isinstance(text, date) else date.fromisoformat(str(text)[:10])

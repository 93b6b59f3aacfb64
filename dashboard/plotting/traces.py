"""Marks that several charts draw: bars as wide as their time, outlines, axes, and the figure without rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal, Protocol

from dashboard.plotting.labels import Canvas, Extent, Place
from dashboard.theme import Theme, build_layout
from dashboard.typeface import LABEL_SIZE, LINE_HEIGHT, measure_text, wrap_text

MILLISECONDS_A_DAY = 86_400_000
CLEAR = "rgba(0,0,0,0)"
HOVER = "%{hovertext}<extra></extra>"
# Round steps of an axis, in powers of ten: what readers count by.
TICK_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
# In pixels, between the words of a y axis and the axis.
TICK_GAP = 8
# One line of tick words with its tick.
BOTTOM_MARGIN = 28
# Three lines of a sentence that says why nothing is drawn.
EMPTY_HEIGHT = 120
# Larger than any dot of data: a claim is what the chart is about.
CLAIM_SIZE = 12
# In pixels and as the part that is inked: a narrow bar still shows stripes, and is neither filled nor empty.
HATCH_SIZE, HATCH_SOLIDITY = 6, 0.35

# Hollow: open to revision or unsure; hatched: worked out and not counted, or still to come.
Fill = Literal["solid", "hollow", "hatched"]


class Opening(Protocol):
    """Whatever opens the evidence of a row and says something when pointed at."""

    @property
    def row_id(self) -> str: ...
    @property
    def hover(self) -> str: ...


@dataclass(frozen=True)
class Span:
    """One value over the days it covers, how sure it is (`look`), and the interval it lies in, if known."""

    row_id: str
    start: date
    end: date
    value: float
    value_text: str
    period: str
    hover: str
    fill: Fill = "solid"
    low: float | None = None
    high: float | None = None

    @property
    def hollow(self) -> bool:
        """Whether only its outline is drawn."""
        return self.fill == "hollow"

    @property
    def stop(self) -> date:
        """The day after the last."""
        return self.end + timedelta(days=1)

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return self.start + (self.stop - self.start) // 2


@dataclass(frozen=True)
class ClaimMark:
    """A value that a document states, and what checking it gave, as a code and in words."""

    span: Span
    verdict: str
    verdict_text: str


def flip_span(span: Span) -> Span:
    """The same span drawn below zero: an amount that a chart turns down for room."""
    low = None if span.high is None else -span.high
    return replace(span, value=-span.value, low=low, high=None if span.low is None else -span.low)


def write_place(place: Place) -> str | float:
    """A place on an x axis as plotly reads it."""
    return place.isoformat() if isinstance(place, date) else place


def write_hover(value_text: str, period: str, *details: str) -> str:
    """What a reader sees on pointing at a mark: the value, its period, and a line per detail."""
    return "<br>".join([f"<b>{value_text}</b> \u00b7 {period}", *(detail for detail in details if detail)])


def draw_bars(
    spans: Sequence[Span], *, colors: Sequence[str], theme: Theme, **changes: Any
) -> dict[str, Any]:
    """A bar per span, exactly as wide as its time: filled, an outline only, or hatched within its outline."""
    pairs = list(zip(spans, colors, strict=True))
    solid = [span.fill == "solid" for span in spans]
    marker: dict[str, Any] = {
        "color": [CLEAR if span.hollow else color for span, color in pairs],
        "line": {
            "color": [theme.palette.paper if span.fill == "solid" else color for span, color in pairs],
            "width": [1 if each else 1.5 for each in solid],
        },
    }
    if any(span.fill == "hatched" for span in spans):
        # "replace": the stripes have the bar's own colour and nothing lies between them.
        shapes = ["/" if span.fill == "hatched" else "" for span in spans]
        kind = {"fillmode": "replace", "size": HATCH_SIZE, "solidity": HATCH_SOLIDITY}
        marker["pattern"] = {"shape": shapes, **kind}
    return {
        "type": "bar",
        "x": [span.start.isoformat() for span in spans],
        "y": [span.value for span in spans],
        "width": [(span.stop - span.start).days * MILLISECONDS_A_DAY for span in spans],
        "offset": 0,
        "marker": marker,
        "customdata": [span.row_id for span in spans],
        "hovertext": [span.hover for span in spans],
        "hovertemplate": HOVER,
        **changes,
    }


def draw_dots(
    places: Sequence[tuple[Place, float]],
    *,
    opens: Sequence[Opening],
    marker: dict[str, Any],
    **changes: Any,
) -> dict[str, Any]:
    """One mark per place, each opening a row."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [write_place(x) for x, _ in places],
        "y": [y for _, y in places],
        "marker": marker,
        "customdata": [each.row_id for each in opens],
        "hovertext": [each.hover for each in opens],
        "hovertemplate": HOVER,
        **changes,
    }


def build_dot_marker(spans: Sequence[Span], *, color: str, size: float, theme: Theme) -> dict[str, Any]:
    """A dot per span: filled, or a ring where the value is provisional, unsure, estimated or to come."""
    fills = [color if span.fill == "solid" else theme.palette.paper for span in spans]
    return {"color": fills, "size": size, "opacity": 1, "line": {"color": color, "width": 1.5}}


def draw_claim(mark: ClaimMark, *, days: Sequence[date], theme: Theme) -> dict[str, Any]:
    """A claim in amber, on each of these days: a dot where it is supported, else a diamond."""
    marker = {
        "symbol": "circle" if mark.verdict == "supported" else "diamond",
        "size": CLAIM_SIZE,
        "color": theme.palette.claim,
        "line": {"color": theme.palette.paper, "width": 1.5},
    }
    return draw_dots([(day, mark.span.value) for day in days], opens=[mark.span] * len(days), marker=marker)


def draw_outline(span: Span, *, color: str) -> dict[str, Any]:
    """The dotted outline of a bar over the span's own months, not filled: what lies behind stays visible."""
    roof = [(day, span.value) for day in (span.start, span.middle, span.stop)]
    corners = [(span.start, 0.0), *roof, (span.stop, 0.0)]
    line = {"color": color, "width": 1.5, "dash": "dot"}
    return draw_dots(corners, opens=[span] * len(corners), marker={}, mode="lines", line=line)


def draw_line(xs: Sequence[Place], ys: Sequence[float], *, color: str, **changes: Any) -> dict[str, Any]:
    """A line that only guides the eye and cannot be opened."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [write_place(x) for x in xs],
        "y": list(ys),
        "line": {"color": color, "width": 1, **changes},
        "hoverinfo": "skip",
    }


def choose_ticks(low: float, high: float, *, count: int = 5) -> list[float]:
    """Round values from low to high, zero among them where it lies between, about so many."""
    rough = (high - low) / count or 1.0
    scale = 10.0 ** math.floor(math.log10(rough))
    # Three quarters: one tick more than asked for is better than steps that are far too wide.
    step = next(scale * size for size in TICK_STEPS if scale * size >= rough * 0.75)
    # The billionth keeps a tick that a float puts just outside its end.
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def build_extents(spans: Sequence[Span]) -> list[Extent]:
    """The bars of spans, from zero to their values, as what labels keep clear of."""
    return [Extent(span.start, span.stop, min(0.0, span.value), max(0.0, span.value)) for span in spans]


def build_line_extents(places: Sequence[tuple[Place, float]]) -> list[Extent]:
    """A line through places, piece by piece, as what labels keep clear of."""
    extents = []
    for (start, before), (end, after) in pairwise(places):
        extents.append(Extent(start, end, min(before, after), max(before, after)))
    return extents


def choose_years(start: date, end: date, *, narrow: bool) -> list[date]:
    """First days of round years between two days, few enough for the width."""
    step = next(
        step for step in (1, 2, 4, 5, 10, 20) if (end.year - start.year) / step <= (5 if narrow else 8)
    )
    # Multiples of the step: the same years are named whatever part of the time is shown.
    years = range(start.year, end.year + 1)
    return [date(year, 1, 1) for year in years if year % step == 0 and start <= date(year, 1, 1) <= end]


def build_time_axis(canvas: Canvas, *, narrow: bool) -> dict[str, Any]:
    """An x axis of dates with a tick at the first day of round years."""
    start, end = canvas.x_range
    if not (isinstance(start, date) and isinstance(end, date)):
        raise TypeError(f"a time axis runs from day to day, not from {start!r} to {end!r}")
    years = choose_years(start, end, narrow=narrow)
    return {
        "type": "date",
        "range": [start.isoformat(), end.isoformat()],
        "tickvals": [year.isoformat() for year in years],
        "ticktext": [str(year.year) for year in years],
        "ticks": "outside",
        "ticklen": 4,
    }


def build_value_axis(canvas: Canvas, *, ticks: Sequence[float], texts: Sequence[str]) -> dict[str, Any]:
    """A y axis with these ticks in these words."""
    return {
        "range": list(canvas.y_range),
        "tickvals": list(ticks),
        "ticktext": list(texts),
        "rangemode": "normal",
    }


def place_rows(texts: Sequence[Sequence[str]], *, padding: int) -> tuple[list[float], float]:
    """Middles of rows as high as their lines of text, in pixels from the top, and their height together."""
    places, below = [], 0.0
    for lines in texts:
        height = len(lines) * LABEL_SIZE * LINE_HEIGHT + padding
        places.append(below + height / 2)
        below += height
    return places, below


def build_row_axis(height: float) -> dict[str, Any]:
    """A y axis of rows, the first at the top, one unit a pixel."""
    return {"range": [height, 0], "tickvals": [], "rangemode": "normal"}


def fit_left_margin(texts: Sequence[str]) -> int:
    """Pixels that the tick labels of a y axis need."""
    return math.ceil(max((measure_text(text) for text in texts), default=0.0)) + TICK_GAP


def build_margin(canvas: Canvas) -> dict[str, int]:
    """The canvas's margins as a layout has them."""
    return dict(zip("lrtb", canvas.margin, strict=True))


def build_empty_figure(sentence: str, *, theme: Theme) -> dict[str, Any]:
    """A figure that says why there is nothing to draw."""
    # Narrower than the narrowest picture, 343 and 540 pixels, less its margins.
    lines = wrap_text(sentence, width=300 if theme.narrow else 480, size=13)
    note = {
        "text": "<br>".join(lines),
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": 13, "color": theme.palette.secondary},
    }
    hidden = {"visible": False}
    return {
        "data": [],
        "layout": build_layout(theme, xaxis=hidden, yaxis=hidden, annotations=[note], height=EMPTY_HEIGHT),
    }


def draw_level(span: Span, theme: Theme) -> dict[str, Any]:
    """One value as a line across the time it covers, open to a click at both ends and in the middle."""
    places = [(day, span.value) for day in (span.start, span.middle, span.stop)]
    line = {"color": theme.palette.text, "width": 3}
    return draw_dots(places, opens=[span] * len(places), marker={}, mode="lines", line=line)

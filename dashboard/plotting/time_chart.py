"""Charts of values over time: their axes, ticks and margins, what labels keep clear of, and the figure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from dashboard.plotting.labels import Canvas, Extent, Label, Place, list_widths, place_labels
from dashboard.plotting.traces import Span, measure_reach
from dashboard.theme import Theme, build_layout
from dashboard.typeface import measure_text

# Round steps of an axis, in powers of ten: what readers count by.
TICK_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
# Of a step or of an axis: a float may put a tick so little outside the end that it stands at.
HAIR = 1e-9
# In pixels, between the words of a y axis and the axis.
TICK_GAP = 8
# One line of tick words with its tick.
BOTTOM_MARGIN = 28
# A shorter interval is no longer than a mark is thick: it would say nothing and look like a slip.
LEAST_PIXELS = 3.0


@dataclass(frozen=True)
class TimeChart:
    """Values over time: what both axes span, the ticks of the values, and pixels above and right of them.

    The left margin holds the words of all ticks, also of those beyond the values, which are not drawn.
    """

    theme: Theme
    height: int
    days: tuple[date, date]
    values: tuple[float, float]
    ticks: Sequence[float]
    write_tick: Callable[[float], str]
    top: int = 10
    right: int = 16

    @property
    def canvas(self) -> Canvas:
        """The area in which labels are placed."""
        left = fit_left_margin([self.write_tick(tick) for tick in self.ticks])
        margin = (left, self.right, self.top, BOTTOM_MARGIN)
        return Canvas(self.height, margin, self.days, self.values, list_widths(self.theme))

    def measure_pixels(self, pixels: float = LEAST_PIXELS) -> float:
        """How much of the value axis so many pixels are."""
        low, high = self.values
        return (high - low) * pixels / (self.height - self.top - BOTTOM_MARGIN)

    def build_figure(
        self,
        traces: Sequence[dict[str, Any]],
        *,
        labels: Sequence[Label] = (),
        around: Iterable[Extent] = (),
        notes: Sequence[dict[str, Any]] = (),
        **changes: Any,
    ) -> dict[str, Any]:
        """The figure of these traces: labels find a free spot around marks, notes stand where they say."""
        canvas = self.canvas
        highest = self.values[1] + HAIR * (self.values[1] - self.values[0])
        ticks = [tick for tick in self.ticks if tick <= highest]
        layout = build_layout(
            self.theme,
            height=self.height,
            margin=build_margin(canvas),
            xaxis=build_time_axis(*self.days, narrow=self.theme.narrow),
            yaxis={
                "range": list(self.values),
                "tickvals": ticks,
                "ticktext": [self.write_tick(tick) for tick in ticks],
                "rangemode": "normal",
            },
            annotations=[*notes, *place_labels(canvas, labels, around=around)],
            **changes,
        )
        return {"data": list(traces), "layout": layout}


def find_days(spans: Sequence[Span], *, before: int = 0, after: int = 0) -> tuple[date, date]:
    """From the first day of spans to the day after their last, and so many days more at either end."""
    start, stop = min(span.start for span in spans), max(span.stop for span in spans)
    return start - timedelta(days=before), stop + timedelta(days=after)


def choose_ticks(low: float, high: float, *, count: int = 5) -> list[float]:
    """Round values from low to high, zero among them where it lies between, about so many."""
    rough = (high - low) / count or 1.0
    scale = 10.0 ** math.floor(math.log10(rough))
    # Three quarters: one tick more than asked for is better than steps that are far too wide.
    step = next(scale * size for size in TICK_STEPS if scale * size >= rough * 0.75)
    first, last = math.ceil(low / step - HAIR), math.floor(high / step + HAIR)
    return [number * step for number in range(first, last + 1)]


def choose_years(start: date, end: date, *, narrow: bool) -> list[date]:
    """First days of round years between two days, few enough for the width."""
    step = next(
        step for step in (1, 2, 4, 5, 10, 20) if (end.year - start.year) / step <= (5 if narrow else 8)
    )
    # Multiples of the step: the same years are named whatever part of the time is shown.
    years = range(start.year, end.year + 1)
    return [date(year, 1, 1) for year in years if year % step == 0 and start <= date(year, 1, 1) <= end]


def build_time_axis(start: date, end: date, *, narrow: bool) -> dict[str, Any]:
    """An x axis of dates with a tick at the first day of round years."""
    years = choose_years(start, end, narrow=narrow)
    return {
        "type": "date",
        "range": [start.isoformat(), end.isoformat()],
        "tickvals": [year.isoformat() for year in years],
        "ticktext": [str(year.year) for year in years],
        "ticks": "outside",
        "ticklen": 4,
    }


def fit_left_margin(texts: Sequence[str]) -> int:
    """Pixels that the tick labels of a y axis need."""
    return math.ceil(max((measure_text(text) for text in texts), default=0.0)) + TICK_GAP


def build_margin(canvas: Canvas) -> dict[str, int]:
    """The canvas's margins as a layout has them."""
    return dict(zip("lrtb", canvas.margin, strict=True))


def label_span(
    span: Span, *, color: str, at: date | None = None, sides: tuple[str, ...], optional: bool = False
) -> Label:
    """The value of a span over its period, at its middle or another of its days."""
    place, below = (at or span.middle, span.value), span.period
    return Label(*place, color, span.value_text, below=below, sides=sides, optional=optional)


def build_extents(spans: Sequence[Span]) -> list[Extent]:
    """The bars of spans, from zero to their values, as what labels keep clear of."""
    return [Extent(span.start, span.stop, min(0.0, span.value), max(0.0, span.value)) for span in spans]


def build_line_extents(places: Sequence[tuple[Place, float]]) -> list[Extent]:
    """A line through places, piece by piece, as what labels keep clear of."""
    return [
        Extent(start, end, min(before, after), max(before, after))
        for (start, before), (end, after) in pairwise(places)
    ]


def build_series_extents(spans: Sequence[Span]) -> list[Extent]:
    """The line through the middles of spans."""
    return build_line_extents([(span.middle, span.value) for span in spans])


def build_interval_extents(spans: Sequence[Span], *, least: float) -> list[Extent]:
    """The intervals that are drawn, each a line in the middle of its span."""
    return [
        Extent(span.middle, span.middle, span.value - down, span.value + up)
        for span in spans
        for down, up in [measure_reach(span, least=least)]
        if down or up
    ]

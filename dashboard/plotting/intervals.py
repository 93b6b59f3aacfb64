"""Intervals of values: the thin lines that say how far each may reach, where that can be seen at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.plotting.labels import Canvas, Extent, Place
from dashboard.plotting.traces import Span, draw_line

# A shorter line is no longer than a mark is thick: it would say nothing and look like a slip.
LEAST_PIXELS = 3.0
THICKNESS = 1.5
BAND_OPACITY = 0.17


def measure_least(canvas: Canvas, *, pixels: float = LEAST_PIXELS) -> float:
    """How much of a canvas's y axis so many pixels are."""
    (low, high), (_, _, top, bottom) = canvas.y_range, canvas.margin
    return (high - low) * pixels / (canvas.height - top - bottom)


def has_interval(span: Span, *, least: float = 0.0) -> bool:
    """Whether a span's interval is known at both ends and wider than the least."""
    return span.low is not None and span.high is not None and span.high - span.low > least


def build_error_bars(spans: Sequence[Span], *, color: str, least: float) -> dict[str, Any]:
    """Plotly's `error_y` of a trace with a mark per span: zero where the interval is no wider than least.

    Without caps: plotly draws the cap of an interval of zero too.
    """
    reaches = [_measure_reach(span, least=least) for span in spans]
    return {
        "type": "data",
        "symmetric": False,
        "array": [up for _, up in reaches],
        "arrayminus": [down for down, _ in reaches],
        "color": color,
        "thickness": THICKNESS,
        "width": 0,
    }


def draw_band(
    lows: Sequence[tuple[Place, float]], highs: Sequence[tuple[Place, float]], *, color: str
) -> dict[str, Any]:
    """The area between a line of least and a line of greatest values, light enough to see what lies in it."""
    outline = [*lows, *reversed(highs)]
    area = draw_line([x for x, _ in outline], [y for _, y in outline], color=color, width=0)
    return {**area, "fill": "toself", "fillcolor": color, "opacity": BAND_OPACITY}


def build_interval_extents(spans: Sequence[Span], *, least: float) -> list[Extent]:
    """The intervals that are drawn, each a line in the middle of its span, as what labels keep clear of."""
    return [
        Extent(span.middle, span.middle, span.value - down, span.value + up)
        for span in spans
        for down, up in [_measure_reach(span, least=least)]
        if down or up
    ]


def _measure_reach(span: Span, *, least: float) -> tuple[float, float]:
    """How far the interval goes below and above the value; nothing where it would not be seen."""
    if span.low is None or span.high is None or not has_interval(span, least=least):
        return 0.0, 0.0
    return max(0.0, span.value - span.low), max(0.0, span.high - span.value)

"""The way from a known year to a target at constant growth, and the mark on it that opens that growth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.marks import Span, draw_dots, draw_line
from dashboard.theme import Theme


def find_path(known: Sequence[Span], targets: Sequence[Span]) -> list[tuple[date, float]]:
    """From the last known value over half of the way to the last target; nothing where an end is missing."""
    if not (known and targets):
        return []
    start, goal = known[-1], targets[-1]
    half = start.middle + (goal.middle - start.middle) // 2
    # Constant growth: half of the way in time is the geometric mean.
    return [(start.middle, start.value), (half, (start.value * goal.value) ** 0.5), (goal.middle, goal.value)]


def draw_path(path: list[tuple[date, float]], *, needed: Span, theme: Theme) -> list[dict[str, Any]]:
    """Dashed, since it is a calculation and not a series; the ring in its middle opens the growth needed."""
    color = theme.palette.secondary
    line = draw_line([day for day, _ in path], [value for _, value in path], color=color)
    line["line"].update({"dash": "dash", "width": 1.5, "shape": "spline"})
    marker = {"size": 8, "color": theme.palette.paper, "opacity": 1, "line": {"color": color, "width": 1.5}}
    return [line, draw_dots(path[1:2], opens=[needed], marker=marker)]

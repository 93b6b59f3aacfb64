"""Announced targets: passed already, or the way there at constant growth and the mark that opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.plotting.traces import Span, draw_dots, draw_level, draw_line
from dashboard.theme import Theme


@dataclass(frozen=True)
class Aim:
    """A target with the year that passed it, or else with the newest year and the growth needed from there.

    All three are missing where the growth needed from the newest year is not known.
    """

    target: Span
    passed: Span | None = None
    base: Span | None = None
    needed: Span | None = None

    @property
    def path(self) -> list[tuple[date, float]]:
        """From the newest year over half of the way to the target; nothing where there is none to go."""
        start, goal = self.base, self.target
        if start is None:
            return []
        half = start.middle + (goal.middle - start.middle) // 2
        # Constant growth: half of the way in time is the geometric mean.
        middle = (half, (start.value * goal.value) ** 0.5)
        return [(start.middle, start.value), middle, (goal.middle, goal.value)]

    @property
    def name(self) -> str:
        """What a label says below the target's value."""
        return f"target, {self.target.end.year}"

    def say(self) -> str:
        """The target in running text, with the year that passed it."""
        said = f"target of {self.target.value_text} for {self.target.end.year}"
        if self.passed is None:
            return said
        return f"{said} (already passed: {self.passed.value_text} in {self.passed.period})"


def find_aim(target: Span, *, years: Sequence[Span], needed: Mapping[tuple[str, ...], Span]) -> Aim:
    """Where a target stands by the newest of the known years.

    `needed` holds growth by the ids of the year and the target it was worked out from: what started from an
    older year is left out.
    """
    newest = years[-1] if years else None
    if newest is None:
        return Aim(target)
    if newest.value >= target.value:
        return Aim(target, passed=next(year for year in years if year.value >= target.value))
    growth = needed.get((newest.row_id, target.row_id))
    return Aim(target, base=newest, needed=growth) if growth else Aim(target)


def draw_aim(aim: Aim, theme: Theme) -> list[dict[str, Any]]:
    """The target as a line at its date, and the way there where there is one still to go."""
    way = draw_path(aim.path, needed=aim.needed, theme=theme) if aim.needed else []
    return [*way, draw_level(aim.target, theme)]


def draw_path(path: list[tuple[date, float]], *, needed: Span, theme: Theme) -> list[dict[str, Any]]:
    """Dashed, since it is a calculation and not a series; the ring in its middle opens the growth needed."""
    color = theme.palette.secondary
    line = draw_line([day for day, _ in path], [value for _, value in path], color=color)
    line["line"].update({"dash": "dash", "width": 1.5, "shape": "spline"})
    marker = {"size": 8, "color": theme.palette.paper, "opacity": 1, "line": {"color": color, "width": 1.5}}
    return [line, draw_dots(path[1:2], opens=[needed], marker=marker)]

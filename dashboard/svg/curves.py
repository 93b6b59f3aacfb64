"""Lines through points: straight, in steps or curved, and dashed as plotly dashes them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from dashboard.svg.elements import write_number, write_path
from dashboard.svg.support import refuse
from dashboard.typeface import Box

Place = tuple[float, float]
LINEAR, SPLINE = "linear", "spline"
STEPS = ("hv", "vh")
SHAPES = (LINEAR, SPLINE, *STEPS)
# Dashes in widths of the line, of which plotly takes at least three pixels.
DASHES = {
    "dot": (1, 1),
    "dash": (3, 3),
    "longdash": (5, 5),
    "dashdot": (3, 1, 1, 1),
    "longdashdot": (5, 1, 1, 1),
}
LEAST_DASH = 3.0
# In pixels off the straight way, over the length of it: less is not seen.
STRAIGHT = 0.01


def write_dashes(dash: str, width: float, *, where: str) -> str:
    """The dashes of a line so wide; nothing for one without a break.

    Raises: UnsupportedFigureError for dashes by another name.
    """
    if dash == "solid":
        return ""
    if dash not in DASHES:
        raise refuse(f"{where}.dash", f"{dash!r} is not drawn, only {', '.join(DASHES)}")
    return ",".join(write_number(part * max(LEAST_DASH, width)) for part in DASHES[dash])


def find_reach(runs: Sequence[Sequence[Place]]) -> Box:
    """The pixels that lines run through."""
    xs, ys = [x for run in runs for x, _ in run], [y for run in runs for _, y in run]
    return Box(min(xs), min(ys), max(xs), max(ys))


def split_runs(places: Sequence[Place | None]) -> list[list[Place]]:
    """The unbroken parts of a line: a gap stays a gap."""
    runs: list[list[Place]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def take_steps(run: Sequence[Place], shape: str) -> list[Place]:
    """The corners of a line whose shape is steps; its own points for any other."""
    if shape not in STEPS:
        return list(run)
    corners = [run[0]]
    for (x1, y1), (x2, y2) in pairwise(run):
        corners += [(x2, y1) if shape == "hv" else (x1, y2), (x2, y2)]
    return corners


def drop_straight(run: Sequence[Place]) -> list[Place]:
    """The run without points that lie straight between their neighbours."""
    kept = list(run[:1])
    for place, after in pairwise(run[1:]):
        (x1, y1), (x2, y2), (x3, y3) = kept[-1], place, after
        turn = (x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1)
        forward = (x2 - x1) * (x3 - x2) + (y2 - y1) * (y3 - y2)
        if abs(turn) > STRAIGHT * max(1.0, math.dist((x1, y1), (x3, y3))) or forward < 0:
            kept.append(place)
    return [*kept, *run[1:][-1:]]


def write_line(run: Sequence[Place], *, shape: str, smoothing: float = 1.0) -> str:
    """The path of one unbroken line."""
    if shape == SPLINE and len(run) > 2:
        return _write_spline(run, smoothing)
    return write_path(drop_straight(take_steps(run, shape)))


def _write_spline(run: Sequence[Place], smoothing: float) -> str:
    """Plotly's curve: Catmull and Rom's, centripetal, with parabolas at both ends."""
    tangents = [
        _find_tangents(before, here, after, smoothing)
        for before, here, after in zip(run, run[1:], run[2:], strict=False)
    ]
    parts = [f"M{_format_place(run[0])}Q{_format_place(tangents[0][0])} {_format_place(run[1])}"]
    for place in range(2, len(run) - 1):
        handles = f"{_format_place(tangents[place - 2][1])} {_format_place(tangents[place - 1][0])}"
        parts.append(f"C{handles} {_format_place(run[place])}")
    parts.append(f"Q{_format_place(tangents[-1][1])} {_format_place(run[-1])}")
    return "".join(parts)


def _find_tangents(before: Place, here: Place, after: Place, smoothing: float) -> tuple[Place, Place]:
    x1, y1 = before[0] - here[0], before[1] - here[1]
    x2, y2 = after[0] - here[0], after[1] - here[1]
    # The square root of the length: centripetal, so that no loop forms where points lie close.
    one, two = math.hypot(x1, y1) ** 0.5, math.hypot(x2, y2) ** 0.5
    across = (two * two * x1 - one * one * x2) * smoothing
    down = (two * two * y1 - one * one * y2) * smoothing
    first, second = 3 * two * (one + two), 3 * one * (one + two)
    back = (here[0] + (across / first if first else 0.0), here[1] + (down / first if first else 0.0))
    ahead = (here[0] - (across / second if second else 0.0), here[1] - (down / second if second else 0.0))
    return back, ahead


def _format_place(place: Place) -> str:
    return f"{write_number(place[0])},{write_number(place[1])}"

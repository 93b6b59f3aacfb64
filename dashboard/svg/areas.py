"""Areas that lines bound: down to zero, up to the line before, or closed in themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.svg.curves import SPLINE, Place, find_reach
from dashboard.svg.elements import Element, write_path
from dashboard.svg.support import choose, refuse, require
from dashboard.svg.traces import TraceRead
from dashboard.typeface import Box

NONE, TO_ZERO, TO_LINE, TO_SELF = "none", "tozeroy", "tonexty", "toself"


@dataclass(frozen=True)
class FilledArea:
    """An area as an element, and its outlines."""

    element: Element
    loops: list[list[Place]]


def draw_area(
    trace: TraceRead, runs: Sequence[list[Place]], *, before: Sequence[Place] | None
) -> FilledArea | None:
    """The area that a trace fills, none where it fills none.

    Raises: UnsupportedFigureError for an area that is not drawn.
    """
    fill = choose(trace.part, "fill", (NONE, TO_ZERO, TO_LINE, TO_SELF), where=trace.where, usual=NONE)
    if fill == NONE or not runs:
        return None
    if (trace.part.get("line") or {}).get("shape") == SPLINE:
        raise refuse(f"{trace.where}.fill", "no area is drawn under a curved line")
    loops = [list(run) for run in runs]
    if fill == TO_ZERO:
        zero = trace.y.scale.locate(0.0)
        loops = [[(run[0][0], zero), *run, (run[-1][0], zero)] for run in runs]
    if fill == TO_LINE:
        # Between lines with gaps, which part of one lies over which of the other is not said.
        if before is None or len(runs) > 1:
            raise refuse(f"{trace.where}.fill", "it needs one line without gaps, and one before it")
        loops = [[*runs[0], *reversed(before)]]
    attributes = {
        "d": "".join(write_path(loop, closed=True) for loop in loops),
        **trace.sheet.ink.paint(require(trace.part, "fillcolor", where=trace.where)),
        **trace.opacity,
        **trace.sheet.clip(trace.area, find_reach(loops)),
    }
    return FilledArea(Element("path", attributes), loops)


def touches(loop: Sequence[Place], box: Box) -> bool:
    """Whether a corner of a box or its middle lies within an outline."""
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    return any(_holds(loop, place) for place in (middle, *corners))


def _holds(loop: Sequence[Place], place: Place) -> bool:
    """Whether a line from a place to the right crosses an outline an odd number of times."""
    x, y = place
    crossings = 0
    for (x1, y1), (x2, y2) in zip(loop, [*loop[1:], loop[0]], strict=True):
        # Of each piece one end counts and the other does not, so that a corner is crossed once.
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossings += 1
    return crossings % 2 == 1

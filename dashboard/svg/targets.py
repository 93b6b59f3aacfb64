"""Where a reader may point to meet a mark: wider than what is seen, and never over a neighbour."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from dashboard.svg.elements import Attributes, Element, write_number, write_path
from dashboard.typeface import Box

# In pixels. Twice this is the least size of a target that WCAG 2.2 asks for (24).
DOT_RADIUS = 12.0
# Along a line a finger needs less across, for it may miss along it; below four nothing is met on purpose.
TRACK_WIDTH, LEAST_WIDTH = 14.0, 4.0
# Thin bars stand in rows, so each can have no more than its share of the room.
BAR_WIDTH = 8.0
# Less than this wider than what is seen is not worth an element.
WORTH = 0.4

Place = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """A marker: its middle, and how far it is itself seen and can be met."""

    x: float
    y: float
    seen: float


@dataclass(frozen=True)
class HitTrack:
    """A line through places, and what it is clipped by."""

    places: tuple[Place, ...]
    clip: str = ""

    @cached_property
    def box(self) -> Box:
        """The pixels it runs through."""
        xs, ys = [x for x, _ in self.places], [y for _, y in self.places]
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True)
class Slab:
    """A bar, and whether it stands upright."""

    box: Box
    upright: bool


Target = Dot | HitTrack | Slab


@dataclass(frozen=True)
class Owned:
    """A target and the row it opens."""

    row_id: str
    target: Target


def passes(track: HitTrack, dot: Dot, *, reach: float) -> bool:
    """Whether a line comes nearer to the middle of a dot than the reach."""
    box = track.box
    if not (box.left - reach < dot.x < box.right + reach and box.top - reach < dot.y < box.bottom + reach):
        return False
    return any(measure_way((dot.x, dot.y), piece) < reach for piece in pairwise(track.places))


def size_tracks(owned: Sequence[Owned]) -> dict[HitTrack, float]:
    """How wide each line is met: up to half the way to the next line of another row on either side."""
    tracks = [(each.row_id, each.target) for each in owned if isinstance(each.target, HitTrack)]
    widths = {track: TRACK_WIDTH for _, track in tracks}
    for place, (row_id, track) in enumerate(tracks):
        for other_id, other in tracks[place + 1 :]:
            if other_id == row_id or not track.box.meets(other.box, gap=TRACK_WIDTH):
                continue
            # Half the way on either side of each line, so the whole way between both.
            width = max(LEAST_WIDTH, measure_gap(track.places, other.places))
            widths[track], widths[other] = min(widths[track], width), min(widths[other], width)
    return widths


def measure_gap(one: Sequence[Place], other: Sequence[Place]) -> float:
    """The shortest way from one line to another, nothing where they cross."""
    return min(
        (_measure_pieces(piece, against) for piece in pairwise(one) for against in pairwise(other)),
        default=math.inf,
    )


def _measure_pieces(one: tuple[Place, Place], other: tuple[Place, Place]) -> float:
    if _cross(one, other):
        return 0.0
    ends = [measure_way(end, other) for end in one] + [measure_way(end, one) for end in other]
    return min(ends)


def measure_way(place: Place, piece: tuple[Place, Place]) -> float:
    """The shortest way from a place to a straight piece of line."""
    (x1, y1), (x2, y2) = piece
    across, down = x2 - x1, y2 - y1
    length = across * across + down * down
    part = ((place[0] - x1) * across + (place[1] - y1) * down) / length if length else 0.0
    part = max(0.0, min(1.0, part))
    return math.hypot(place[0] - x1 - part * across, place[1] - y1 - part * down)


def _cross(one: tuple[Place, Place], other: tuple[Place, Place]) -> bool:
    sides = [_find_side(one, end) for end in other]
    across = [_find_side(other, end) for end in one]
    return sides[0] * sides[1] < 0 and across[0] * across[1] < 0


def _find_side(piece: tuple[Place, Place], place: Place) -> float:
    (x1, y1), (x2, y2) = piece
    return (x2 - x1) * (place[1] - y1) - (y2 - y1) * (place[0] - x1)


def size_slabs(owned: Sequence[Owned]) -> dict[Slab, Box]:
    """The area in which each bar is met: at least so wide and high, as far as no other bar lies there."""
    slabs = [each.target for each in owned if isinstance(each.target, Slab)]
    stacks: dict[tuple[float, float], list[Slab]] = defaultdict(list)
    for slab in slabs:
        stacks[_find_along(slab)].append(slab)
    sides = _widen([*stacks])
    areas = {}
    for along, stack in stacks.items():
        ends = _widen([_find_reach(slab) for slab in stack])
        for slab in stack:
            (start, stop), (low, high) = sides[along], ends[_find_reach(slab)]
            areas[slab] = Box(start, low, stop, high) if slab.upright else Box(low, start, high, stop)
    return areas


def _find_along(slab: Slab) -> tuple[float, float]:
    box = slab.box
    return (box.left, box.right) if slab.upright else (box.top, box.bottom)


def _find_reach(slab: Slab) -> tuple[float, float]:
    box = slab.box
    return (box.top, box.bottom) if slab.upright else (box.left, box.right)


def _widen(spans: Sequence[tuple[float, float]]) -> dict[tuple[float, float], tuple[float, float]]:
    """Spans at least so wide, each by no more than half of the room that is free beside it."""
    ordered = sorted(set(spans))
    wider = {}
    for place, (start, stop) in enumerate(ordered):
        wanted = max(0.0, (BAR_WIDTH - (stop - start)) / 2)
        before = start - ordered[place - 1][1] if place else math.inf
        after = ordered[place + 1][0] - stop if place + 1 < len(ordered) else math.inf
        wider[(start, stop)] = (
            start - max(0.0, min(wanted, before / 2)),
            stop + max(0.0, min(wanted, after / 2)),
        )
    return wider


def draw_track(track: HitTrack, width: float) -> Element:
    """What is met along a line."""
    attributes: Attributes = {"class": "hit", "d": write_path(list(track.places))}
    attributes |= {"stroke-width": write_number(width), "pointer-events": "stroke", "clip-path": track.clip}
    return Element("path", attributes)


def draw_slab(slab: Slab, area: Box) -> Element | None:
    """What is met around a bar, if there is any."""
    box = slab.box
    wider = max(box.left - area.left, area.right - box.right, box.top - area.top, area.bottom - box.bottom)
    if wider < WORTH:
        return None
    corners = [
        (area.left, area.top),
        (area.right, area.top),
        (area.right, area.bottom),
        (area.left, area.bottom),
    ]
    path = write_path(corners, closed=True)
    return Element("path", {"class": "hit", "d": path, "pointer-events": "all"})

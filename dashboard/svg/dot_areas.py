"""Where dots are met: where no other dot is nearer, and so that lines between them keep their room."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dashboard.svg.elements import Element, write_number, write_path
from dashboard.svg.targets import DOT_RADIUS, TRACK_WIDTH, WORTH, Dot, HitTrack, Owned, Place, passes

# In pixels. Beside a line of another row, and where dots would leave nothing of that line: half of the full
# circle, and as much as a fine pointer needs.
RADIUS_BESIDE, LEAST_RADIUS = 6.0, 2.0
# The corners of a circle, as far as areas are cut out of one: an octagon is within a pixel of it at this
# size.
CIRCLE = tuple((math.cos(part * math.pi / 4), math.sin(part * math.pi / 4)) for part in range(8))
# In pixels: dots nearer than this cannot be told apart by eye.
SAME_PLACE = 0.75
# Lines are looked at every so many pixels: finer than the least radius.
STEP = 1.5

Tracks = Sequence[tuple[str, HitTrack]]


def size_dots(owned: Sequence[Owned]) -> dict[Owned, list[Place]]:
    """The area in which each dot is met: a circle, less what lies nearer to a dot of another row.

    Dots of several rows in one place share their circle like slices; where a line of another row passes,
    circles are smaller.
    """
    tracks = [(each.row_id, each.target) for each in owned if isinstance(each.target, HitTrack)]
    dots = {each: each.target for each in owned if isinstance(each.target, Dot)}
    cells: dict[tuple[int, int], list[Owned]] = defaultdict(list)
    for each, dot in dots.items():
        cells[_find_cell(dot)].append(each)
    areas = {}
    for each, radius in _choose_radii(dots, tracks).items():
        dot = dots[each]
        area = [(dot.x + across * radius, dot.y + down * radius) for across, down in CIRCLE]
        near = _list_near(dot, cells)
        same = [other for other in near if _measure_dots(dot, other[1]) <= SAME_PLACE]
        for row_id, other in near:
            if row_id != each.row_id and _measure_dots(dot, other) > SAME_PLACE:
                area = _keep_nearer(area, dot, other)
        areas[each] = _keep_slice(area, dot, rank=same.index((each.row_id, dot)), count=len(same))
    return areas


def _choose_radii(dots: Mapping[Owned, Dot], tracks: Tracks) -> dict[Owned, float]:
    """How far from its middle each dot is met at most."""
    radii = dict.fromkeys(dots, DOT_RADIUS)
    for row_id, track in tracks:
        for each, dot in dots.items():
            if each.row_id != row_id and passes(track, dot, reach=DOT_RADIUS + TRACK_WIDTH / 2):
                radii[each] = RADIUS_BESIDE
    for row_id, track in tracks:
        over = [
            each
            for each, dot in dots.items()
            if each.row_id != row_id and passes(track, dot, reach=radii[each])
        ]
        if over and _is_covered(track, [(dots[each], radii[each]) for each in over]):
            radii.update({each: max(LEAST_RADIUS, dots[each].seen) for each in over})
    return radii


def _is_covered(track: HitTrack, circles: Sequence[tuple[Dot, float]]) -> bool:
    """Whether every place of a line lies within one of the circles."""
    return all(
        any(math.hypot(dot.x - x, dot.y - y) < radius for dot, radius in circles)
        for (x1, y1), (x2, y2) in pairwise(track.places)
        for steps in [max(1, math.ceil(math.dist((x1, y1), (x2, y2)) / STEP))]
        for x, y in [(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1)]
    )


def _list_near(dot: Dot, cells: Mapping[tuple[int, int], list[Owned]]) -> list[tuple[str, Dot]]:
    """All dots whose circles may meet this one's, itself among them, in the order of their drawing."""
    column, line = _find_cell(dot)
    return [
        (each.row_id, each.target)
        # Cells are as wide as two circles, so whatever meets a dot lies in its own or in a neighbour.
        for across in (-1, 0, 1)
        for down in (-1, 0, 1)
        for each in cells.get((column + across, line + down), ())
        if isinstance(each.target, Dot) and _measure_dots(dot, each.target) < 2 * DOT_RADIUS
    ]


def _keep_slice(area: list[Place], dot: Dot, *, rank: int, count: int) -> list[Place]:
    """One of so many slices of an area, the first one at the left."""
    if count == 1:
        return area
    for side, turn in ((1, rank), (-1, rank + 1)):
        angle = math.pi / 2 + 2 * math.pi * turn / count
        # A place on the far side of the slice's edge, as if another dot lay there.
        away = Dot(dot.x + side * math.sin(angle), dot.y - side * math.cos(angle), 0.0)
        here = Dot(2 * dot.x - away.x, 2 * dot.y - away.y, 0.0)
        area = _keep_nearer(area, here, away)
    return area


def _measure_dots(one: Dot, other: Dot) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _keep_nearer(area: list[Place], dot: Dot, other: Dot) -> list[Place]:
    """The part of an area that lies nearer to a dot than to another one."""
    middle = ((dot.x + other.x) / 2, (dot.y + other.y) / 2)
    toward = (other.x - dot.x, other.y - dot.y)
    depths = [(x - middle[0]) * toward[0] + (y - middle[1]) * toward[1] for x, y in area]
    kept: list[Place] = []
    for number, (place, depth) in enumerate(zip(area, depths, strict=True)):
        before, depth_before = area[number - 1], depths[number - 1]
        if (depth <= 0) != (depth_before <= 0):
            part = depth_before / (depth_before - depth)
            kept.append(
                (before[0] + (place[0] - before[0]) * part, before[1] + (place[1] - before[1]) * part)
            )
        if depth <= 0:
            kept.append(place)
    return kept


def _find_cell(dot: Dot) -> tuple[int, int]:
    return math.floor(dot.x / (2 * DOT_RADIUS)), math.floor(dot.y / (2 * DOT_RADIUS))


def is_cut(area: Sequence[Place], dot: Dot) -> bool:
    """Whether an area is less than a circle around its dot."""
    ways = [math.dist((dot.x, dot.y), place) for place in area]
    return len(area) != len(CIRCLE) or max(ways) - min(ways) > WORTH


def draw_dot(dot: Dot, area: Sequence[Place]) -> Element | None:
    """What is met of a dot around what is seen of it, if there is any."""
    ways = [math.dist((dot.x, dot.y), place) for place in area]
    if max(ways, default=0.0) < dot.seen + WORTH:
        return None
    met = {"class": "hit", "pointer-events": "all"}
    if is_cut(area, dot):
        # Where it ends between two dots matters to a reader by half a pixel at most.
        corners = [(round(x, 1), round(y, 1)) for x, y in area]
        return Element("path", {"d": write_path(corners, closed=True), **met})
    place = {"cx": write_number(dot.x), "cy": write_number(dot.y), "r": write_number(max(ways))}
    return Element("circle", {**place, **met})

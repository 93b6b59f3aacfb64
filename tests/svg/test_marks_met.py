"""Where marks are met: wide enough for a finger, and nowhere nearer to another mark."""

import math
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.svg.dot_areas import SAME_PLACE, size_dots
from dashboard.svg.targets import (
    BAR_WIDTH,
    DOT_RADIUS,
    LEAST_WIDTH,
    TRACK_WIDTH,
    Dot,
    HitTrack,
    Owned,
    Slab,
    measure_gap,
    size_slabs,
    size_tracks,
)
from dashboard.theme import LIGHT
from dashboard.typeface import Box
from tests.svg.drawn import build_bars, build_dots, build_figure, draw_root, find_marks, find_shapes

places = st.tuples(st.integers(0, 120).map(float), st.integers(0, 120).map(float))
LINE = {"color": LIGHT.statistic, "width": 2}


def own_dots(found: list[tuple[float, float]]) -> list[Owned]:
    return [Owned(f"row-{number}", Dot(x, y, 4.0)) for number, (x, y) in enumerate(found)]


@given(st.lists(places, min_size=1, max_size=12, unique=True))
def test_a_dot_is_met_only_where_none_is_nearer(found: list[tuple[float, float]]) -> None:
    owned = own_dots(found)
    for each, area in size_dots(owned).items():
        own = each.target
        assert isinstance(own, Dot)
        for corner in area:
            ways = [math.dist(corner, place) for place in found]
            assert math.dist(corner, (own.x, own.y)) <= min(ways) + 1e-6
            assert min(ways) <= DOT_RADIUS + 1e-6


@given(places, st.integers(2, 6))
def test_dots_in_one_place_share_it_evenly(place: tuple[float, float], count: int) -> None:
    areas = list(size_dots(own_dots([place] * count)).values())
    sizes = [measure_area(area) for area in areas]
    assert len(areas) == count
    assert sum(sizes) == pytest.approx(measure_area(next(iter(size_dots(own_dots([place])).values()))))
    assert min(sizes) > 0.6 * max(sizes)


def measure_area(corners: list[tuple[float, float]]) -> float:
    pairs = zip(corners, [*corners[1:], *corners[:1]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def test_dots_nearer_than_can_be_seen_count_as_one_place() -> None:
    areas = list(size_dots(own_dots([(50.0, 50.0), (50.0 + SAME_PLACE / 2, 50.0)])).values())
    assert max(x for x, _ in areas[0]) <= 50.01
    assert min(x for x, _ in areas[1]) >= 50.0


def test_a_dot_alone_is_met_as_widely_as_a_finger_needs() -> None:
    root = draw_root(build_figure(build_dots([(5, 5)])))
    hit = find_shapes(root, "hit")[0]
    assert (hit.get("r"), hit.get("pointer-events")) == ("12", "all")


def test_what_is_seen_of_a_dot_beside_another_does_not_take_its_room() -> None:
    root = draw_root(build_figure(build_dots([(5, 5), (5.2, 5)])))
    assert [shape.get("pointer-events") for shape in find_shapes(root)] == ["none", "none"]
    assert len(find_shapes(root, "hit")) == 2


lines = st.lists(places, min_size=2, max_size=4, unique=True)


@given(st.lists(lines, min_size=1, max_size=6))
def test_lines_are_met_up_to_halfway_to_each_other(found: list[list[tuple[float, float]]]) -> None:
    tracks = [HitTrack(tuple(line)) for line in found]
    widths = size_tracks([Owned(f"row-{number}", track) for number, track in enumerate(tracks)])
    for number, one in enumerate(tracks):
        assert LEAST_WIDTH <= widths[one] <= TRACK_WIDTH
        for other in tracks[number + 1 :]:
            gap = measure_gap(one.places, other.places)
            assert gap < LEAST_WIDTH or (widths[one] + widths[other]) / 2 <= gap + 1e-6


def test_a_line_alone_is_met_as_widely_as_a_finger_needs() -> None:
    trace = build_dots([(0, 5), (10, 5)], mode="lines", line=LINE, customdata=["one"] * 2)
    hit = find_shapes(draw_root(build_figure(trace)), "hit")[0]
    assert (hit.get("stroke-width"), hit.get("pointer-events"), hit.get("stroke")) == ("14", "stroke", None)


def test_a_line_drawn_later_does_not_cover_dots_below_it() -> None:
    line = build_dots([(0, 5), (10, 5)], mode="lines", line=LINE, customdata=["line"] * 2)
    marks = find_marks(draw_root(build_figure(build_dots([(5, 5)]), line)))
    said = [
        (mark.get("data-point"), mark.get("role"), [part.get("class") for part in mark]) for mark in marks
    ]
    assert said == [
        ("line", None, ["hit"]),
        ("row-0", "button", ["shape", "hit"]),
        ("line", "button", ["shape"]),
    ]
    assert "pointer-events" not in marks[-1][0].attrib


def test_a_short_line_is_met_at_its_markers() -> None:
    trace = build_dots([(5, 5), (5.1, 5)], mode="lines+markers", line=LINE, customdata=["one"] * 2)
    hits = find_shapes(draw_root(build_figure(trace)), "hit")
    assert [hit.get("pointer-events") for hit in hits] == ["all", "all"]


@given(st.sets(st.integers(0, 60), min_size=1, max_size=12))
def test_thin_bars_beside_each_other_are_never_met_over_a_neighbour(starts: set[int]) -> None:
    slabs = [Slab(Box(start * 3.0, 50.0, start * 3.0 + 2, 90.0), upright=True) for start in sorted(starts)]
    areas = size_slabs([Owned(f"row-{number}", slab) for number, slab in enumerate(slabs)])
    for slab, after in pairwise(slabs):
        assert areas[slab].right <= areas[after].left
        assert areas[slab].right >= slab.box.right


@pytest.mark.parametrize("upright", [True, False], ids=("upright", "level"))
def test_a_thin_bar_in_a_stack_stays_thin_and_one_alone_is_widened(upright: bool) -> None:
    boxes = [Box(0, top, 30, top + 2) if upright else Box(top, 0, top + 2, 30) for top in (10, 12, 14)]
    stack = [Slab(box, upright=upright) for box in boxes]
    alone = Slab(Box(400, 400, 402, 402), upright=upright)
    areas = size_slabs([Owned(str(number), slab) for number, slab in enumerate([*stack, alone])])
    assert areas[stack[1]] == stack[1].box
    assert areas[alone].right - areas[alone].left == BAR_WIDTH
    assert areas[alone].bottom - areas[alone].top == BAR_WIDTH


def test_a_bar_wide_enough_is_its_own_target() -> None:
    root = draw_root(build_figure(build_bars([5])))
    assert find_shapes(root, "hit") == []
    assert find_shapes(root)[0].get("pointer-events") is None


@pytest.mark.parametrize("trace", [build_bars([5]), build_dots([(5, 5)])], ids=("bar", "dot"))
def test_a_name_with_signs_of_markup_is_read_back_whole(trace: dict[str, Any]) -> None:
    row = "a<b>&\"c'd"
    mark = find_marks(draw_root(build_figure({**trace, "customdata": [row]})))[0]
    assert mark.get("data-point") == row
    assert mark.get("aria-label") == f"the mark of {row}"
    assert re.fullmatch(r"\d{4}", mark.get("data-period", ""))

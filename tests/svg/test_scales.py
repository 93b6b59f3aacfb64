"""Places on axes in pixels."""

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.svg import UnsupportedFigureError
from dashboard.svg.axes import read_frame
from dashboard.svg.scales import CATEGORY, DATE, LINEAR, AxisScale, count_day, read_place
from dashboard.typeface import Box
from tests.svg.drawn import build_bars, build_dots, build_figure

numbers = st.floats(-1e12, 1e12)
pixels = st.floats(0, 4000)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def draw_scales(draw: st.DrawFn) -> AxisScale:
    start, stop, first, last = draw(numbers), draw(numbers), draw(pixels), draw(pixels)
    assume(abs(stop - start) > 1e-3 and abs(last - first) > 1)
    return AxisScale(start, stop, first, last)


@given(draw_scales())
def test_a_scale_begins_and_ends_where_it_should(scale: AxisScale) -> None:
    assert math.isclose(scale.locate(scale.start), scale.first)
    assert math.isclose(scale.locate(scale.stop), scale.last, abs_tol=1e-6)


@given(draw_scales(), st.lists(st.floats(0, 1), min_size=2, max_size=8))
def test_a_scale_keeps_the_order_and_stays_within_its_pixels(scale: AxisScale, parts: list[float]) -> None:
    places = [scale.start + part * (scale.stop - scale.start) for part in sorted(parts)]
    located = [scale.locate(place) for place in places]
    forward = scale.last > scale.first
    assert located == sorted(located, reverse=not forward)
    assert all(scale.holds(pixel, slack=1e-3) for pixel in located)


@given(days, days)
def test_days_are_as_far_apart_as_in_the_calendar(one: date, other: date) -> None:
    assert count_day(other.isoformat()) - count_day(one.isoformat()) == (other - one).days


def test_an_hour_is_part_of_its_day() -> None:
    assert count_day("2024-01-01T12:00:00") == count_day("2024-01-01") + 0.5


@given(st.integers(200, 1500), st.integers(100, 900), days, st.integers(1, 40_000))
def test_the_axes_of_a_figure_span_what_lies_within_its_margins(
    width: int, height: int, start: date, length: int
) -> None:
    time = {
        "type": "date",
        "range": [start.isoformat(), (start + timedelta(days=length)).isoformat()],
        "tickvals": [],
    }
    frame = read_frame(build_figure(build_dots([]), height=height, xaxis=time), width=width)
    x, y = frame.axes["x"], frame.axes["y"]
    assert (x.locate(time["range"][0]), x.locate(time["range"][1])) == (40, width - 20)
    assert (y.locate(0), y.locate(10)) == (height - 30, 10)


def test_axes_with_domains_share_the_room() -> None:
    figure = build_figure(
        build_dots([(5, 5)]),
        build_dots([(5, 5)], xaxis="x2", yaxis="y2"),
        xaxis={"domain": [0, 0.4]},
        xaxis2={"domain": [0.6, 1], "anchor": "y2", "range": [0, 10], "tickvals": []},
        yaxis2={"domain": [0.5, 1], "anchor": "x2", "range": [0, 10], "tickvals": []},
    )
    frame = read_frame(figure, width=300)
    assert frame.cover(frame.axes["x"], frame.axes["y"]) == Box(40, 10, 136, 170)
    assert frame.cover(frame.axes["x2"], frame.axes["y2"]) == Box(184, 10, 280, 90)


def test_an_axis_that_matches_another_has_its_range() -> None:
    other = {"matches": "y", "anchor": "x", "tickvals": []}
    figure = build_figure(build_dots([(5, 5)], yaxis="y2"), yaxis={"range": [0, 50]}, yaxis2=other)
    frame = read_frame(figure, width=300)
    assert frame.axes["y2"].locate(50) == frame.axes["y"].locate(50) == 10


@pytest.mark.parametrize(
    ("axis", "place"),
    [
        ({"range": None, "type": "category"}, {"a": 160 - 80, "b": 160, "c": 240}),
        ({"range": None, "type": "category", "autorange": "reversed"}, {"c": 160 - 80, "b": 160, "a": 240}),
        ({"range": None, "categoryorder": "array", "categoryarray": ["c", "b", "a"]}, {"c": 80, "b": 160}),
    ],
    ids=("in the order of the data", "reversed", "in an order of its own"),
)
def test_names_stand_side_by_side(axis: dict[str, Any], place: dict[str, float]) -> None:
    figure = build_figure(build_bars([1, 2, 3], x=["a", "b", "c"], offset=None, width=None), xaxis=axis)
    x = read_frame(figure, width=300).axes["x"]
    assert x.kind == CATEGORY
    assert {name: round(x.locate(name)) for name in place} == place


@pytest.mark.parametrize(
    ("value", "kind"),
    [("2024-01", DATE), (3, DATE), ("three", LINEAR), (True, LINEAR), ("unknown", CATEGORY), (None, LINEAR)],
)
def test_what_is_no_place_on_an_axis_is_refused(value: Any, kind: str) -> None:
    with pytest.raises(UnsupportedFigureError, match="no place on a"):
        read_place(value, kind=kind, categories={"known": 0}, where="layout.xaxis")


@pytest.mark.parametrize(
    "axis",
    [
        {"type": "log"},
        {"range": None},
        {"range": [3, 3]},
        {"autorange": True},
        {"domain": [0.5, 0.2]},
        {"rangebreaks": []},
    ],
    ids=str,
)
def test_an_axis_that_is_not_drawn_is_refused(axis: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedFigureError, match=r"layout\.xaxis"):
        read_frame(build_figure(build_dots([(1, 1)]), xaxis=axis), width=300)


def test_a_picture_narrower_than_its_margins_is_refused() -> None:
    with pytest.raises(UnsupportedFigureError, match="nothing is left"):
        read_frame(build_figure(build_dots([])), width=50)

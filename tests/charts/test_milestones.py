"""Milestones: days in order on a stretched axis, years apart, and rows as high as their words."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.milestones import TimeScale, choose_split, place_rows

DAYS = st.dates(date(1947, 1, 1), date(2040, 1, 1))


@given(days=st.lists(DAYS, min_size=2, max_size=12, unique=True))
def test_days_keep_their_order_between_the_ends(days: list[date]) -> None:
    ordered = sorted(days)
    scale = TimeScale(ordered[0], choose_split(days), ordered[-1])
    places = [scale.place(day) for day in ordered]
    assert all(before < after for before, after in pairwise(places))
    assert places[0] >= 0.0
    assert places[-1] <= 1.0


@given(days=st.lists(DAYS, min_size=1, max_size=12), apart=st.floats(0.02, 0.3))
def test_years_on_the_axis_stand_apart_and_clear_of_what_is_taken(days: list[date], apart: float) -> None:
    scale = TimeScale(min(days), min(choose_split(days), *days), max(days))
    places = sorted([*scale.list_years(apart=apart, taken=[-0.09]), -0.09])
    assert all(after - before >= apart - 1e-9 for before, after in pairwise(places))


@given(days=st.lists(DAYS, min_size=1, max_size=20))
def test_most_dates_lie_in_the_stretch(days: list[date]) -> None:
    split = choose_split(days)
    assert split.month == split.day == 1
    assert sum(day >= split for day in days) * 2 >= len(days)


def test_without_days_there_is_nothing_to_stretch() -> None:
    assert choose_split([]) == date.min


def test_rows_of_more_lines_are_higher_and_follow_each_other() -> None:
    places, height = place_rows([["one"], ["two", "lines"], ["one"]], padding=6)
    assert places == sorted(places)
    assert height - places[-1] == pytest.approx(places[0])
    assert places[1] - places[0] > places[0]

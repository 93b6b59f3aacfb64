"""Marks: as wide as their time, ticks round, rows as high as their words."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.marks import Span, choose_ticks, choose_years, draw_bars, draw_outline, place_rows
from dashboard.theme import Theme

DAYS = st.dates(date(1950, 1, 1), date(2050, 1, 1))


def build_span(start: date, end: date, *, value: float = 1.0, hollow: bool = False) -> Span:
    """A span of which only the days, the value and the filling matter."""
    return Span("row", start, end, value, "1", "then", "1 then", hollow)


@given(start=DAYS, days=st.integers(0, 4000))
def test_a_bar_starts_and_ends_with_its_period(start: date, days: int) -> None:
    span = build_span(start, start + timedelta(days=days))
    bar = draw_bars([span], colors=["#123456"], theme=Theme())
    assert bar["x"] == [start.isoformat()]
    assert bar["offset"] == 0
    assert timedelta(milliseconds=bar["width"][0]) == timedelta(days=days + 1)


def test_a_provisional_bar_is_an_outline_only() -> None:
    spans = [build_span(date(2022, 4, 1), date(2022, 8, 31), hollow=hollow) for hollow in (False, True)]
    marker = draw_bars(spans, colors=["#123456"] * 2, theme=Theme())["marker"]
    assert marker["color"] == ["#123456", "rgba(0,0,0,0)"]
    assert marker["line"]["color"] == [Theme().palette.paper, "#123456"]


def test_an_outline_covers_its_own_months_and_opens_everywhere() -> None:
    outline = draw_outline(build_span(date(2022, 4, 1), date(2022, 8, 31), value=18.2), color="#000000")
    assert outline["x"][0] == "2022-04-01"
    assert outline["x"][-1] == "2022-09-01"
    assert max(outline["y"]) == 18.2
    assert outline["customdata"] == ["row"] * len(outline["x"])


@given(low=st.floats(-1e6, 0), reach=st.floats(0.1, 1e12))
def test_ticks_are_within_the_values_and_hold_zero(low: float, reach: float) -> None:
    assume(low + reach > 0)
    ticks = choose_ticks(low, low + reach)
    assert 0.0 in ticks
    assert len(ticks) <= 9
    assert all(low - 1e-6 * reach <= tick <= low + reach * (1 + 1e-6) for tick in ticks)


@given(start=DAYS, years=st.integers(1, 80), narrow=st.booleans())
def test_years_on_an_axis_are_few_and_inside(start: date, years: int, narrow: bool) -> None:
    end = start + timedelta(days=365 * years)
    chosen = choose_years(start, end, narrow=narrow)
    assert len(chosen) <= (6 if narrow else 9)
    assert all(start <= day <= end for day in chosen)


def test_rows_of_more_lines_are_higher_and_follow_each_other() -> None:
    places, height = place_rows([["one"], ["two", "lines"], ["one"]], padding=6)
    assert places == sorted(places)
    assert height - places[-1] == pytest.approx(places[0])
    assert places[1] - places[0] > places[0]

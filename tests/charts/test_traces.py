"""Marks: as wide as their time, filled as far as they are sure, and with the interval they lie in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.plotting.traces import (
    Fill,
    Span,
    build_dot_marker,
    build_error_bars,
    draw_bars,
    draw_outline,
    flip_span,
    has_interval,
)
from dashboard.theme import Theme

DAYS = st.dates(date(1950, 1, 1), date(2050, 1, 1))


START, END = date(2022, 4, 1), date(2022, 8, 31)


def build_span(
    start: date = START,
    end: date = END,
    *,
    value: float = 1.0,
    fill: Fill = "solid",
    ends: tuple[float | None, float | None] = (None, None),
) -> Span:
    """A span of which only the days, the value, its interval and the filling matter."""
    return Span("row", start, end, value, "1", "then", "1 then", fill, *ends)


@given(start=DAYS, days=st.integers(0, 4000))
def test_a_bar_starts_and_ends_with_its_period(start: date, days: int) -> None:
    span = build_span(start, start + timedelta(days=days))
    bar = draw_bars([span], colors=["#123456"], theme=Theme())
    assert bar["x"] == [start.isoformat()]
    assert bar["offset"] == 0
    assert timedelta(milliseconds=bar["width"][0]) == timedelta(days=days + 1)


def test_a_provisional_bar_is_an_outline_only() -> None:
    spans = [build_span(fill="solid"), build_span(fill="hollow")]
    marker = draw_bars(spans, colors=["#123456"] * 2, theme=Theme())["marker"]
    assert marker["color"] == ["#123456", "rgba(0,0,0,0)"]
    assert marker["line"]["color"] == [Theme().palette.paper, "#123456"]
    assert "pattern" not in marker


def test_an_estimated_bar_is_hatched_within_an_outline_of_its_own_colour() -> None:
    spans = [build_span(fill="solid"), build_span(fill="hatched")]
    marker = draw_bars(spans, colors=["#123456"] * 2, theme=Theme())["marker"]
    assert marker["pattern"]["shape"] == ["", "/"]
    assert marker["color"] == ["#123456", "#123456"]
    assert marker["line"]["color"] == [Theme().palette.paper, "#123456"]


def test_only_a_certain_dot_is_filled() -> None:
    fills: tuple[Fill, ...] = ("solid", "hollow", "hatched")
    marker = build_dot_marker(
        [build_span(fill=fill) for fill in fills], color="#123456", size=8, theme=Theme()
    )
    assert marker["color"] == ["#123456", Theme().palette.paper, Theme().palette.paper]


FINITE = st.floats(-1e6, 1e6)


@given(value=FINITE, below=st.floats(0, 1e6), above=st.floats(0, 1e6), least=st.floats(0, 1e6))
def test_error_bars_reach_both_ends_or_are_not_drawn(
    value: float, below: float, above: float, least: float
) -> None:
    span = build_span(value=value, ends=(value - below, value + above))
    bars = build_error_bars([span], color="#000000", least=least)
    if has_interval(span, least=least):
        assert value - bars["arrayminus"][0] == pytest.approx(span.low)
        assert value + bars["array"][0] == pytest.approx(span.high)
    else:
        assert (bars["arrayminus"], bars["array"]) == ([0.0], [0.0])


@pytest.mark.parametrize("ends", [(None, None), (0.5, None), (None, 1.5)])
def test_an_interval_open_at_an_end_is_not_drawn(ends: tuple[float | None, float | None]) -> None:
    bars = build_error_bars([build_span(ends=ends)], color="#000000", least=0.0)
    assert (bars["arrayminus"], bars["array"]) == ([0.0], [0.0])


@given(low=FINITE, below=st.floats(0, 1e6), above=st.floats(0, 1e6))
def test_a_flipped_span_is_its_mirror_image(low: float, below: float, above: float) -> None:
    value, high = low + below, low + below + above
    flipped = flip_span(build_span(value=value, ends=(low, high)))
    assert (flipped.low, flipped.value, flipped.high) == (-high, -value, -low)


def test_what_is_not_known_of_an_interval_stays_unknown_when_flipped() -> None:
    flipped = flip_span(build_span(ends=(0.5, None)))
    assert (flipped.low, flipped.high) == (None, -0.5)


def test_an_outline_covers_its_own_months_and_opens_everywhere() -> None:
    outline = draw_outline(build_span(date(2022, 4, 1), date(2022, 8, 31), value=18.2), color="#000000")
    assert outline["x"][0] == "2022-04-01"
    assert outline["x"][-1] == "2022-09-01"
    assert max(outline["y"]) == 18.2
    assert outline["customdata"] == ["row"] * len(outline["x"])

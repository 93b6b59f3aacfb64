"""Charts of values over time: round ticks, few years, room for words, and labels clear of marks."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.plotting.labels import Label
from dashboard.plotting.time_chart import (
    LEAST_PIXELS,
    TimeChart,
    build_extents,
    choose_ticks,
    choose_years,
    find_days,
    fit_left_margin,
)
from dashboard.plotting.traces import Span, has_interval
from dashboard.theme import Theme

DAYS = st.dates(date(1950, 1, 1), date(2050, 1, 1))
# 400 pixels between the margins, one for each unit of the values.
CHART = TimeChart(
    Theme(),
    438,
    days=(date(2010, 1, 1), date(2020, 1, 1)),
    values=(0.0, 400.0),
    ticks=[0.0, 250.0, 500.0],
    write_tick=lambda tick: f"{tick:,.0f} tonnes",
)


def build_span(start: date, end: date, *, value: float = 1.0, high: float = 1.0) -> Span:
    """A span of which only the days, the value and the upper end of its interval matter."""
    return Span("row", start, end, value, "1", "then", "1 then", low=0.0, high=high)


def test_an_interval_thinner_than_three_pixels_is_hidden() -> None:
    least = CHART.measure_pixels()
    assert least == LEAST_PIXELS
    assert not has_interval(build_span(*CHART.days, high=LEAST_PIXELS), least=least)
    assert has_interval(build_span(*CHART.days, high=LEAST_PIXELS + 0.5), least=least)


def test_a_tick_beyond_the_values_is_not_drawn_but_has_room() -> None:
    layout = CHART.build_figure([])["layout"]
    assert layout["yaxis"]["tickvals"] == [0.0, 250.0]
    assert layout["yaxis"]["ticktext"] == ["0 tonnes", "250 tonnes"]
    wider = replace(CHART, ticks=[0.0, 250.0, 500_000.0])
    assert layout["margin"]["l"] == fit_left_margin(["500 tonnes"])
    assert wider.build_figure([])["layout"]["margin"]["l"] == fit_left_margin(["500,000 tonnes"])


def test_a_tick_that_a_float_puts_just_outside_its_end_is_drawn() -> None:
    above = 0.1 + 0.2
    layout = replace(CHART, values=(0.0, 0.3), ticks=[0.0, above]).build_figure([])["layout"]
    assert above > 0.3
    assert layout["yaxis"]["tickvals"] == [0.0, above]


def test_notes_stand_where_they_say_and_labels_clear_of_the_marks_around() -> None:
    bar = build_span(date(2012, 1, 1), date(2017, 12, 31), value=300.0)
    label = Label(bar.middle, bar.value, "#000000", "its value", sides=("below", "above"))
    note = {"text": "a note", "x": "2011-01-01", "y": 10.0}
    free, beside = (
        CHART.build_figure([], labels=[label], around=around, notes=[note])["layout"]["annotations"]
        for around in ([], build_extents([bar]))
    )
    assert free[0] == beside[0] == note
    assert (free[1]["yanchor"], beside[1]["yanchor"]) == ("top", "bottom")


@given(start=DAYS, days=st.integers(0, 4000), before=st.integers(0, 400), after=st.integers(0, 400))
def test_the_days_of_spans_run_to_the_day_after_the_last_and_as_far_on_as_is_asked(
    start: date, days: int, before: int, after: int
) -> None:
    later = build_span(start + timedelta(days=days), start + timedelta(days=days))
    found = find_days([later, build_span(start, start)], before=before, after=after)
    assert found == (start - timedelta(days=before), start + timedelta(days=days + 1 + after))


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

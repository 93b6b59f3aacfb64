"""Periods: names that read back, ends that follow starts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.periods import (
    Period,
    PeriodError,
    build_calendar_year,
    build_fiscal_year,
    build_month,
    build_quarter,
    build_window,
    count_years_between,
    format_period,
    read_day,
    read_fiscal_year,
    read_span,
    shorten_period,
)

YEARS = st.integers(1900, 2099)


@given(YEARS)
def test_a_fiscal_year_reads_back_from_its_own_name(year: int) -> None:
    period = build_fiscal_year(year)

    assert read_fiscal_year(period.label) == period


@given(YEARS)
def test_a_window_covers_five_whole_calendar_years(year: int) -> None:
    period = build_window(year)

    assert (period.start, period.end) == (date(year, 1, 1), date(year + 4, 12, 31))
    assert read_span(period.label) == (year, year + 4)


@given(YEARS, st.integers(1, 11))
def test_a_month_ends_the_day_before_the_next_begins(year: int, month: int) -> None:
    period = build_month(year, month)

    assert period.end is not None
    assert period.end + timedelta(days=1) == date(year, month + 1, 1)


@given(YEARS, st.integers(1, 3))
def test_a_quarter_is_three_whole_months_and_ends_the_day_before_the_next_begins(
    year: int, quarter: int
) -> None:
    period, following = build_quarter(year, quarter), build_quarter(year, quarter + 1)

    assert period.end is not None
    assert period.end + timedelta(days=1) == following.start
    assert (period.start, period.end) == (
        build_month(year, 3 * quarter - 2).start,
        build_month(year, 3 * quarter).end,
    )


def test_a_quarter_is_said_by_its_months() -> None:
    period = build_quarter(2000, 4)
    words = (period.start, period.end, period.basis, period.label)

    assert period.label == "2000-Q4"
    assert format_period(*words) == "October to December 2000 (3 months)"
    assert shorten_period(*words) == "Oct\u2013Dec 2000"


@given(st.dates(), st.dates())
def test_no_period_ends_before_it_starts(start: date, end: date) -> None:
    if end < start:
        with pytest.raises(PeriodError, match="before it starts"):
            Period(start, end, "day", "backwards")
    else:
        assert Period(start, end, "day", "forwards").end == end


@given(YEARS, st.integers(1, 40))
def test_years_between_two_calendar_years_are_their_difference(year: int, gap: int) -> None:
    assert count_years_between(build_calendar_year(year), build_calendar_year(year + gap)) == gap


@pytest.mark.parametrize("text", ["2009", "2013-09", "09-13", "2009 to 2013", "", "2009-9"])
def test_what_is_not_two_years_in_order_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        read_span(text)


def test_a_span_over_the_turn_of_the_century_is_read_forwards() -> None:
    assert read_span("1999-00") == (1999, 2000)


def test_two_years_that_do_not_follow_each_other_are_no_fiscal_year() -> None:
    with pytest.raises(PeriodError, match="must follow"):
        read_fiscal_year("2021-23")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [("2024-03-11", date(2024, 3, 11), "day"), ("2024-02", date(2024, 2, 29), "month")],
)
def test_a_month_counts_as_known_on_its_last_day(text: str, day: date, precision: str) -> None:
    assert read_day(text) == (day, precision)


@pytest.mark.parametrize("text", ["2024-13", "March 2024", "2024-02-30", "2024"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        read_day(text)


def test_periods_are_said_in_words() -> None:
    window, fiscal = build_window(2009), build_fiscal_year(2021)

    assert (
        format_period(window.start, window.end, window.basis, window.label) == "2009–13, five years together"
    )
    assert format_period(fiscal.start, fiscal.end, fiscal.basis, fiscal.label) == (
        "fiscal 2021–22 (April 2021 to March 2022)"
    )
    assert format_period(None, date(2022, 12, 31), "up_to_date", "../2022-12-31") == (
        "up to 31 December 2022, start not stated"
    )
    assert format_period(None, date(2025, 12, 31), "up_to_date", "../2025") == "by 2025, start not stated"
    assert (
        shorten_period(date(2022, 4, 1), date(2022, 12, 31), "part_year", "2022-04/2022-12") == "Apr–Dec 2022"
    )


@pytest.mark.parametrize(
    ("end", "label", "words"),
    [
        (date(2025, 12, 31), "../2025", "by 2025"),
        (date(2022, 12, 31), "../2022-12-31", "by the end of 2022"),
        (date(2023, 3, 31), "../2023-03-31", "by March 2023"),
    ],
)
def test_a_total_is_reached_by_what_the_text_says_and_no_other_day(end: date, label: str, words: str) -> None:
    assert shorten_period(None, end, "up_to_date", label) == words


def test_a_period_that_ends_in_another_year_or_century_is_said_with_both() -> None:
    months = (date(2022, 4, 1), date(2023, 1, 31))
    assert shorten_period(*months, "part_year", "2022-04/2023-01") == "Apr 2022–Jan 2023"
    window = (date(1998, 1, 1), date(2002, 12, 31))
    assert shorten_period(*window, "five_year_window", "1998-02") == "1998–2002"
    assert format_period(*window, "five_year_window", "1998-02") == "1998–2002, five years together"

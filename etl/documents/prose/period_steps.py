"""Period steps: the period before one, and the year by which a target is to be reached."""

from __future__ import annotations

from datetime import date

from etl.periods import (
    WINDOW_YEARS,
    Period,
    build_calendar_year,
    build_fiscal_year,
    build_month,
    build_part_year,
    build_target_year,
    build_window,
    find_month_end,
)

PRESENT = Period(None, None, "present", "")


def turn_into_target(period: Period | None) -> Period:
    """The year by which a target is to be reached, whatever words the text uses for it."""
    return PRESENT if period is None or period.end is None else build_target_year(period.end.year)


def step_back(period: Period) -> Period | None:
    """The period before one of the same kind; None where there is no such thing."""
    if period.start is None or period.end is None:
        return None
    year = period.start.year - 1
    if period.basis == "fiscal_year_in":
        return build_fiscal_year(year)
    if period.basis == "calendar_year":
        return build_calendar_year(year)
    if period.basis == "five_year_window":
        return build_window(period.start.year - WINDOW_YEARS)
    if period.basis == "month":
        return build_month(year, period.start.month)
    if period.basis == "part_year":
        start = date(year, period.start.month, period.start.day)
        return build_part_year(start, find_month_end(period.end.year - 1, period.end.month))
    return None

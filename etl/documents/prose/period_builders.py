"""Period builders: the period that each kind of wording makes of its years, and the one before another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from etl.documents.lexicon import Lexicon
from etl.periods import (
    WINDOW_YEARS,
    Period,
    PeriodError,
    build_calendar_year,
    build_fiscal_year,
    build_month,
    build_part_year,
    build_target_year,
    build_window,
    find_month_end,
)

# India's fiscal year runs from 1 April to 31 March.
APRIL, MARCH, DECEMBER = 4, 3, 12
MONTHS_IN_YEAR, MONTHS_IN_HALF, MONTHS_IN_QUARTER = 12, 6, 3
# In years. A longer one is the span of a history, "1947-2023", and no period of a figure.
LONGEST_SPAN = 12
DECADE = 10
PRESENT = Period(None, None, "present", "")
FISCAL_ENDS = "A fiscal year named by one year is taken as the one that ends in it."


@dataclass(frozen=True)
class Wording:
    """The words for months, counts and order in one language."""

    lexicon: Lexicon

    def read_month(self, name: str) -> int:
        """The number of a month from its name."""
        return self.lexicon.months[name.lower().rstrip(".")]

    def read_count(self, text: str) -> int:
        """A small count from digits or words."""
        return int(text) if text.isdecimal() else int(self.lexicon.values["numbers"][text.lower()])

    def read_order(self, text: str) -> int:
        """A place in an order from a digit or a word: 3, third, 3rd."""
        return int(text) if text.isdecimal() else int(self.lexicon.values["ordinals"][text.lower()])


@dataclass(frozen=True)
class Built:
    """What a wording means: a period, or the two years of a span, and what was inferred."""

    period: Period | None
    span: tuple[int, int] | None = None
    reading: str = ""


Build = Callable[[re.Match[str], Wording, date | None], Built | None]


def build_up_to(end: date) -> Period:
    """A total reached by a day, its start not said."""
    return Period(None, end, "up_to_date", f"../{end.isoformat()}")


def build_up_to_year(year: int) -> Period:
    """A total reached by a year, of which the text does not say whether its end is meant."""
    return Period(None, date(year, DECEMBER, 31), "up_to_date", f"../{year}")


def build_span(first: int, last: int) -> Period:
    """Some calendar years together, as they are printed."""
    # Five years are SIPRI's window; another number of years is kept as printed, for a misprint is a finding.
    if last - first + 1 == WINDOW_YEARS:
        return build_window(first)
    return Period(date(first, 1, 1), date(last, 12, 31), "five_year_window", f"{first}-{last % 100:02d}")


def build_months(first: date, last: date) -> Period:
    """Some months from the first day of one to the last day of another: a year where they are one."""
    end = find_month_end(last.year, last.month)
    length = (end.year - first.year) * MONTHS_IN_YEAR + end.month - first.month + 1
    if length == MONTHS_IN_YEAR and first.month == APRIL:
        return build_fiscal_year(first.year)
    if length == MONTHS_IN_YEAR and first.month == 1:
        return build_calendar_year(first.year)
    if length == 1:
        return build_month(first.year, first.month)
    # Months may run over the turn of one year, and of no more.
    if not 0 < length <= 2 * MONTHS_IN_YEAR:
        raise PeriodError(f"{length} months are no part of a year.")
    return build_part_year(first, end)


def find_fiscal_year(day: date) -> int:
    """The year in which the Indian fiscal year of a day starts."""
    return day.year if day.month >= APRIL else day.year - 1


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


def _read_fiscal(match: re.Match[str]) -> tuple[int, str]:
    groups = match.groupdict()
    if groups.get("first"):
        first, second = int(groups["first"]), groups["second"]
        last = int(second) if len(second) == len(groups["first"]) else first // 100 * 100 + int(second)
        last += 100 if last < first else 0
        # "2019-23" after "fiscal" is a window with the wrong word before it, and nothing is guessed.
        if last != first + 1:
            raise PeriodError(f"{match[0]!r} is not a fiscal year.")
        return first, ""
    if groups.get("end_year"):
        return int(groups["end_year"]) - 1, FISCAL_ENDS
    # "FY24": nobody abbreviates years of the last century so.
    return 2000 + int(groups["short_year"]) - 1, FISCAL_ENDS


def _find_stretch(match: re.Match[str], wording: Wording) -> tuple[int, int]:
    """First and last month within a year, counted from 1, of "first eight months" and its like."""
    groups = match.groupdict()
    if groups.get("count"):
        return 1, wording.read_count(groups["count"])
    half = groups.get("halfnumber") or ("1" if groups.get("half") else "")
    half = "2" if groups.get("h2") else half
    if half:
        return (1, MONTHS_IN_HALF) if half == "1" else (MONTHS_IN_HALF + 1, MONTHS_IN_YEAR)
    number = wording.read_order(groups.get("quarter") or groups.get("ordinal") or "")
    return (number - 1) * MONTHS_IN_QUARTER + 1, number * MONTHS_IN_QUARTER


def _add_months(year: int, month: int, added: int) -> date:
    months = year * MONTHS_IN_YEAR + month - 1 + added
    return date(months // MONTHS_IN_YEAR, months % MONTHS_IN_YEAR + 1, 1)


def _build_part_of_fiscal(match: re.Match[str], wording: Wording, _: date | None) -> Built:
    first_year, reading = _read_fiscal(match)
    groups = match.groupdict()
    if groups.get("month"):
        ends = [wording.read_month(groups[name]) for name in ("month", "month2")]
        first, last = (date(first_year + (month < APRIL), month, 1) for month in ends)
    else:
        start, end = _find_stretch(match, wording)
        first, last = (_add_months(first_year, APRIL, number - 1) for number in (start, end))
    return Built(build_months(first, last), reading=reading)


def _build_part_of_calendar(match: re.Match[str], wording: Wording, _: date | None) -> Built:
    groups = match.groupdict()
    year = int(groups["year"])
    if groups.get("month"):
        first, last = (wording.read_month(groups[name]) for name in ("month", "month2"))
        last_year = int(groups["year2"]) if groups.get("year2") else year
        # "April to January 2023" starts in the year before.
        first_year = year - 1 if not groups.get("year2") and last < first else year
        return Built(build_months(date(first_year, first, 1), date(last_year, last, 1)))
    first, last = _find_stretch(match, wording)
    return Built(build_months(date(year, first, 1), date(year, last, 1)))


def _build_months_to(match: re.Match[str], wording: Wording, _: date | None) -> Built:
    groups = match.groupdict()
    last = date(int(groups["year"]), wording.read_month(groups["month"]), 1)
    count = MONTHS_IN_YEAR if groups.get("twelve") else wording.read_count(groups["count"])
    return Built(build_months(_add_months(last.year, last.month, 1 - count), last))


def _build_fiscal_year(match: re.Match[str], _: Wording, __: date | None) -> Built:
    first, reading = _read_fiscal(match)
    return Built(build_fiscal_year(first), reading=reading)


def _build_calendar_year(match: re.Match[str], _: Wording, __: date | None) -> Built:
    return Built(build_calendar_year(int(match["year"])))


def _build_years_back(match: re.Match[str], _: Wording, day: date | None) -> Built | None:
    year = match.groupdict().get("year")
    if year:
        return Built(build_window(int(year) - WINDOW_YEARS + 1))
    if day is None:
        return None
    # The year of the text is not over: the last five are those before it.
    first = day.year - WINDOW_YEARS
    return Built(build_window(first), reading=f"The last five years are counted back from {day.year}.")


def _build_by_date(match: re.Match[str], wording: Wording, day: date | None) -> Built | None:
    groups = match.groupdict()
    if groups.get("first") or groups.get("end_year") or groups.get("short_year"):
        first, reading = _read_fiscal(match)
        return Built(build_up_to(date(first + 1, MARCH, 31)), reading=reading)
    if groups.get("month"):
        year, month = int(groups["year"]), wording.read_month(groups["month"])
        return Built(build_up_to(find_month_end(year, month)))
    if groups.get("year"):
        year = int(groups["year"])
        is_year_alone = groups.get("by") is not None
        return Built(build_up_to_year(year) if is_year_alone else build_up_to(date(year, DECEMBER, 31)))
    if day is None:
        return None
    # "This decade" ends with the year ten, as targets for 2030 are set.
    last = day.year // DECADE * DECADE + DECADE
    return Built(build_up_to_year(last), reading=f"The end of the decade is taken as {last}.")


def _build_span(match: re.Match[str], _: Wording, __: date | None) -> Built | None:
    groups = match.groupdict()
    first = int(groups["year"])
    last = int(groups["year2"]) if groups.get("year2") else first // 100 * 100 + int(groups["two_digits"])
    last += 100 if last < first and groups.get("two_digits") else 0
    if not 0 < last - first <= LONGEST_SPAN:
        return None
    # "2021-22" is a fiscal year; "2021 to 2022" is two calendar years.
    is_dashed = re.search(r"[-/]", match[0]) is not None
    if last == first + 1 and is_dashed:
        return Built(build_fiscal_year(first), (first, last))
    return Built(build_span(first, last), (first, last))


def _build_month(match: re.Match[str], wording: Wording, _: date | None) -> Built:
    return Built(build_month(int(match["year"]), wording.read_month(match["month"])))


def _build_months_alone(match: re.Match[str], wording: Wording, day: date | None) -> Built | None:
    if day is None:
        return None
    first, last = (wording.read_month(match[name]) for name in ("month", "month2"))
    end_year = day.year if last <= day.month else day.year - 1
    period = build_months(date(end_year - (first > last), first, 1), date(end_year, last, 1))
    return Built(period, reading=f"The months are taken as the last ones before {day.isoformat()}.")


def _build_month_alone(match: re.Match[str], wording: Wording, day: date | None) -> Built | None:
    if day is None:
        return None
    month = wording.read_month(match["month"])
    # The text speaks of what was: its own month may be meant, a later one cannot.
    year = day.year if month <= day.month else day.year - 1
    return Built(
        build_month(year, month), reading=f"The month is taken as the last one before {day.isoformat()}."
    )


def _build_relative_fiscal(back: int) -> Build:
    def build(_: re.Match[str], __: Wording, day: date | None) -> Built | None:
        if day is None:
            return None
        period = build_fiscal_year(find_fiscal_year(day) - back)
        return Built(
            period, reading=f"Counted from the text's day, {day.isoformat()}: fiscal {period.label}."
        )

    return build


def _build_relative_year(back: int) -> Build:
    def build(_: re.Match[str], __: Wording, day: date | None) -> Built | None:
        if day is None:
            return None
        year = day.year - back
        return Built(
            build_calendar_year(year), reading=f"Counted from the text's day, {day.isoformat()}: {year}."
        )

    return build


def _build_nothing(_: re.Match[str], __: Wording, ___: date | None) -> Built:
    return Built(None)


BUILDERS: dict[str, Build] = {
    "part_of_fiscal": _build_part_of_fiscal,
    "part_of_calendar": _build_part_of_calendar,
    "months_to": _build_months_to,
    "fiscal_year": _build_fiscal_year,
    "calendar_year": _build_calendar_year,
    "years_back": _build_years_back,
    "window_before": _build_nothing,
    "by_date": _build_by_date,
    "span": _build_span,
    "edition": _build_nothing,
    "same_period": _build_nothing,
    "date": _build_nothing,
    "month": _build_month,
    "months_alone": _build_months_alone,
    "month_alone": _build_month_alone,
    "last_fiscal_year": _build_relative_fiscal(1),
    "this_fiscal_year": _build_relative_fiscal(0),
    "year_before": _build_nothing,
    "on_year": _build_nothing,
    "last_year": _build_relative_year(1),
    "this_year": _build_relative_year(0),
    "now": _build_nothing,
    "year": _build_calendar_year,
}

"""Periods of time as statistics use them: what they are called, when they start and when they end."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from etl.errors import FootnotedError
from etl.formatting import MONTH_NAMES, format_day

WINDOW_YEARS = 5
MONTHS_IN_QUARTER = 3
# Regular parts of a year, which publishers add up to whole years themselves.
REGULAR_PARTS = frozenset({"quarter", "month"})
LONGEST_SPAN = 20
_SPAN = re.compile(r"(\d{4})[-\u2013](\d{2}|\d{4})", re.ASCII)


class PeriodError(FootnotedError):
    """A period that cannot be read, or that ends before it starts."""


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time and its basis; start, or start and end, are None where a text does not say them."""

    start: date | None
    end: date | None
    basis: str
    label: str

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise PeriodError(f"period {self.label!r} ends on {self.end}, before it starts on {self.start}.")


def build_calendar_year(year: int) -> Period:
    """1 January to 31 December."""
    return Period(date(year, 1, 1), date(year, 12, 31), "calendar_year", str(year))


def build_fiscal_year(first_year: int) -> Period:
    """1 April of the year to 31 March of the next, India's fiscal year."""
    label = f"{first_year}-{(first_year + 1) % 100:02d}"
    return Period(date(first_year, 4, 1), date(first_year + 1, 3, 31), "fiscal_year_in", label)


def build_window(first_year: int) -> Period:
    """Five calendar years from the first one on."""
    last = first_year + WINDOW_YEARS - 1
    return Period(
        date(first_year, 1, 1), date(last, 12, 31), "five_year_window", f"{first_year}-{last % 100:02d}"
    )


def build_quarter(year: int, quarter: int) -> Period:
    """Three calendar months; the first quarter begins on 1 January."""
    last = quarter * MONTHS_IN_QUARTER
    start = date(year, last - MONTHS_IN_QUARTER + 1, 1)
    return Period(start, find_month_end(year, last), "quarter", f"{year}-Q{quarter}")


def build_month(year: int, month: int) -> Period:
    """One calendar month."""
    return Period(date(year, month, 1), find_month_end(year, month), "month", f"{year}-{month:02d}")


def build_part_year(start: date, end: date) -> Period:
    """Some months of a year."""
    return Period(start, end, "part_year", f"{start:%Y-%m}/{end:%Y-%m}")


def build_target_year(year: int) -> Period:
    """The year by which a target is to be reached."""
    return Period(date(year, 1, 1), date(year, 12, 31), "target_year", str(year))


def find_month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def read_span(text: str) -> tuple[int, int]:
    """First and last year of "2009-13" or "2021-22", the second in two or four digits.

    Raises: PeriodError where the text is not two years in order.
    """
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise PeriodError(f"{text!r} is not two years such as 2009-13.")
    first, last_text = int(match[1]), match[2]
    last = int(last_text) if len(last_text) == 4 else first // 100 * 100 + int(last_text)
    if last < first and len(last_text) == 2:
        last += 100
    if not first <= last <= first + LONGEST_SPAN:
        raise PeriodError(f"{text!r} ends before it starts, or more than {LONGEST_SPAN} years later.")
    return first, last


def read_fiscal_year(text: str) -> Period:
    """A fiscal year from "2021-22".

    Raises: PeriodError where the two years do not follow each other.
    """
    first, last = read_span(text)
    if last != first + 1:
        raise PeriodError(f"{text!r} is not a fiscal year: the second year must follow the first.")
    return build_fiscal_year(first)


def read_day(text: str) -> tuple[date, str]:
    """A date and its precision from "2024-03-11" (day) or "2024-03" (month: its last day, known by then).

    Raises: PeriodError where the text is neither.
    """
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            return find_month_end(int(text[:4]), int(text[5:])), "month"
        return date.fromisoformat(text), "day"
    except ValueError as error:
        raise PeriodError(f"{text!r} is not a date such as 2024-03-11 or 2024-03.") from error


def count_years_between(start: Period, end: Period) -> float:
    """Years from the middle of one period to the middle of another, to a quarter of a year."""
    return round((_find_middle(end) - _find_middle(start)).days / 365.25 * 4) / 4


def format_period(start: date | None, end: date | None, basis: str, label: str | None) -> str:
    """A period in words: "April 2021 to March 2022", "2009–13, five years together"."""
    if basis == "present" or end is None:
        return "no period stated"
    if basis == "up_to_date":
        when = f"by {end.year}" if _names_year_alone(label) else f"up to {format_day(end)}"
        return f"{when}, start not stated"
    if start is None:
        raise PeriodError(f"a period of basis {basis!r} needs a start.")
    dashed = _dash_years(start, end, label)
    if basis == "five_year_window":
        return f"{dashed}, five years together"
    if basis == "fiscal_year_in":
        return f"fiscal {dashed} (April {start.year} to March {end.year})"
    if basis in {"calendar_year", "target_year"}:
        return f"calendar {start.year}" if basis == "calendar_year" else f"by {end.year}"
    if basis == "month":
        return f"{MONTH_NAMES[start.month]} {start.year}"
    if basis in {"part_year", "quarter"}:
        return _format_months(start, end)
    if basis == "day":
        return format_day(end)
    raise PeriodError(f"no words for the period basis {basis!r}.")


def shorten_period(start: date | None, end: date | None, basis: str, label: str | None) -> str:
    """A period as briefly as a chart label needs it: "2021–22", "Apr–Dec 2022", "2009–13"."""
    if basis == "present" or end is None:
        return "present"
    if basis == "up_to_date":
        if _names_year_alone(label):
            return f"by {end.year}"
        return f"by {'the end of' if end.month == 12 else MONTH_NAMES[end.month]} {end.year}"
    if basis in {"part_year", "quarter"} and start is not None:
        first = MONTH_NAMES[start.month][:3] + ("" if start.year == end.year else f" {start.year}")
        return f"{first}\u2013{MONTH_NAMES[end.month][:3]} {end.year}"
    if basis == "month" and start is not None:
        return f"{MONTH_NAMES[start.month][:3]} {start.year}"
    return _dash_years(start, end, label)


def _names_year_alone(label: str | None) -> bool:
    """Whether a total is reached "by 2025", which is not "by the end of 2025"."""
    return re.fullmatch(r"\.\./[0-9]{4}", label or "") is not None


def _dash_years(start: date | None, end: date, label: str | None) -> str:
    """Years from one to another as print has them: "2009–13", but "1998–2002"."""
    has_two = re.fullmatch(r"[0-9]{4}-[0-9]{2}", label or "")
    if has_two and start is not None and start.year // 100 != end.year // 100:
        return f"{start.year}\u2013{end.year}"
    return (label or "").replace("-", "\u2013")


def _format_months(start: date, end: date) -> str:
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    first = MONTH_NAMES[start.month] + ("" if start.year == end.year else f" {start.year}")
    return f"{first} to {MONTH_NAMES[end.month]} {end.year} ({months} months)"


def _find_middle(period: Period) -> date:
    if period.start is None or period.end is None:
        raise PeriodError(f"period {period.label!r} has no middle: its start or end is not known.")
    return period.start + timedelta(days=((period.end - period.start).days + 1) // 2)

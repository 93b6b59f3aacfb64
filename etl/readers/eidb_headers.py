"""What a heading of India's export and import data bank says: the column's role, period, status and unit."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.periods import (
    Period,
    build_calendar_year,
    build_fiscal_year,
    build_month,
    build_part_year,
    find_month_end,
)

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
# The scales that the data bank prints; "billion" is not among them, and one letter away from "million".
SCALES = {
    "million": Decimal(10) ** 6,
    "mn": Decimal(10) ** 6,
    "lakh": Decimal(10) ** 5,
    "lac": Decimal(10) ** 5,
    "crore": Decimal(10) ** 7,
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"((?:19|20)\d{2})"
_SPAN = re.compile(rf"\b{_YEAR}\s*[-\u2013]\s*({_YEAR[1:-1]}|\d{{2}})(?!\d)")
_INSIDE = re.compile(rf"\s*\(?\s*{_MONTH}\s*(?:-|\u2013|to)\s*{_MONTH}\s*\)?")
_FROM_TO = re.compile(
    rf"{_MONTH}[\s,'\u2019-]*(\d{{4}}|\d{{2}})\s+to\s+{_MONTH}[\s,'\u2019-]*(\d{{4}}|\d{{2}})(?!\d)"
)
_RUNNING = re.compile(rf"\b{_MONTH}\s*(?:-|\u2013|to)\s*{_MONTH}[\s,'\u2019-]*{_YEAR}(?!\d)")
_SINGLE = re.compile(rf"\b{_MONTH}[\s,'\u2019-]*{_YEAR}(?!\d)")
_FLAG = re.compile(r"\((p|r|f)\)")
_CURRENCY = r"(?P<{}>us\s*\$|usd|us\s+dollars?|rs\b\.?|inr|\u20b9|rupees)"
_SCALE = r"(?P<{}>million|mn|lakh|lac|crore)s?"
_CURRENCY_FIRST = re.compile(
    _CURRENCY.format("currency") + r"\.?\s*(?:in\s*)?\(?\s*" + _SCALE.format("scale") + r"\b"
)
_SCALE_FIRST = re.compile(
    r"\b" + _SCALE.format("scale") + r"\s*(?:of\s+)?" + _CURRENCY.format("currency") + r"\.?"
)
_BARE = re.compile(r"\bvalues?\s*(?:in\s*)?\(?\s*" + _CURRENCY.format("currency") + r"\.?\s*\)?\s*$")
_ROLES = {
    "number": re.compile(r"s(l|r)?\.? ?(no|n)?\.?"),
    "code": re.compile(r"(itc[ -]?)?\(?hs\)? ?codes?"),
    "commodity": re.compile(r"commodity( ?name| description)?|description"),
    "country": re.compile(r"country( ?/ ?region| name)?|country of (consignment|destination)"),
    "share": re.compile(r"% ?share"),
    "growth": re.compile(r"% ?growth"),
    "quantity_unit": re.compile(r"unit"),
    "quantity": re.compile(r"qty\.?|quantity"),
    "links": re.compile(r"hs ?code digit level option"),
}
# April to March.
FISCAL_START, FISCAL_END = 4, 3


@dataclass(frozen=True)
class Unit:
    """A currency, and how many of it one printed unit is."""

    currency: str
    scale: Decimal


@dataclass(frozen=True)
class Heading:
    """One column: what it holds, and for values of which period, with which status and unit."""

    role: str
    period: Period | None = None
    status: str = "A"
    flag: str | None = None
    unit: Unit | None = None


def read_heading(text: str) -> Heading | None:
    """What a heading says, or None where any part of it is not understood."""
    lowered = " ".join(text.lower().split())
    for role, pattern in _ROLES.items():
        if pattern.fullmatch(lowered):
            return Heading(role)
    flag, units = _FLAG.search(lowered), find_units(lowered)
    period, rest = _take_period(_FLAG.sub(" ", lowered))
    # A heading that is understood in part may hold something else than it seems.
    if period is None or len(units) > 1 or re.search(r"[a-z0-9]", _strip_known(rest)):
        return None
    marked = flag[1].upper() if flag else None
    status = "P" if period.basis == "part_year" or marked == "P" else "A"
    return Heading("value", period, status, marked, next(iter(units), None))


def find_units(text: str) -> set[Unit]:
    """Every currency and scale that a text names."""
    lowered = " ".join(text.lower().split())
    found = {*_CURRENCY_FIRST.finditer(lowered), *_SCALE_FIRST.finditer(lowered)}
    units = {Unit(_name_currency(match["currency"]), SCALES[match["scale"]]) for match in found}
    bare = _BARE.search(lowered)
    if bare and not units:
        units.add(Unit(_name_currency(bare["currency"]), Decimal(1)))
    return units


def _name_currency(text: str) -> str:
    return "USD" if text.startswith("us") else "INR"


def _strip_known(text: str) -> str:
    for pattern in (_CURRENCY_FIRST, _SCALE_FIRST, _BARE):
        text = pattern.sub(" ", text)
    return re.sub(r"\b(values?|in)\b", " ", text)


def _take_period(text: str) -> tuple[Period | None, str]:
    """The one period in a heading, and the heading without it."""
    for pattern, build in (
        (_SPAN, _build_fiscal),
        (_FROM_TO, _build_from_to),
        (_RUNNING, _build_running),
        (_SINGLE, _build_single),
    ):
        match = pattern.search(text)
        if match:
            period, taken = build(match, text[match.end() :])
            return period, text[: match.start()] + " " + text[match.end() + taken :]
    return None, text


def _build_fiscal(match: re.Match[str], after: str) -> tuple[Period | None, int]:
    first, second = int(match[1]), match[2]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    # 1999-2000 is printed "1999-00" as well as "1999-2000".
    if last % 100 != (first + 1) % 100 or last not in (first + 1, first - 99):
        return None, 0
    inside = _INSIDE.match(after)
    if not inside:
        return build_fiscal_year(first), 0
    months = [MONTHS[inside[part]] for part in (1, 2)]
    start, end = (date(first + (month < FISCAL_START), month, 1) for month in months)
    return _build_span(start, end), inside.end()


def _build_from_to(match: re.Match[str], _after: str) -> tuple[Period | None, int]:
    start, end = (date(_read_year(match[part + 1]), MONTHS[match[part]], 1) for part in (1, 3))
    return _build_span(start, end), 0


def _build_running(match: re.Match[str], _after: str) -> tuple[Period | None, int]:
    """Months of one year; where they run past its end, which year is printed is not said."""
    year = int(match[3])
    return _build_span(date(year, MONTHS[match[1]], 1), date(year, MONTHS[match[2]], 1)), 0


def _build_single(match: re.Match[str], _after: str) -> tuple[Period | None, int]:
    return build_month(int(match[2]), MONTHS[match[1]]), 0


def _build_span(start: date, end: date) -> Period | None:
    # Longer than a year is a range of a report and not the period of a column.
    if end < start or (end - start).days > 366:
        return None
    if (start.month, end.month, end.year) == (FISCAL_START, FISCAL_END, start.year + 1):
        return build_fiscal_year(start.year)
    if (start.month, end.month, end.year) == (1, 12, start.year):
        return build_calendar_year(start.year)
    if (start.month, start.year) == (end.month, end.year):
        return build_month(start.year, start.month)
    return build_part_year(start, find_month_end(end.year, end.month))


def _read_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)

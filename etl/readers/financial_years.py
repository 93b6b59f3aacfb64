"""Financial years as SIPRI writes them beside a country, such as "Till: 2001 Jul-Jun, 2002: Jul-Dec"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from etl.periods import (
    Period,
    PeriodError,
    build_calendar_year,
    build_fiscal_year,
    build_part_year,
    find_month_end,
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# First and last month.
CALENDAR, INDIAN = (1, 12), (4, 3)
_RULE = re.compile(
    r"(?:from:? (?P<first>\d{4}):?)? ?(?:till:? (?P<last>\d{4}):?)? ?(?:(?P<only>\d{4}):)? ?"
    r"(?P<start>[a-z]{3})[a-z]*\s?[-\u2013]\s?(?P<end>[a-z]{3})[a-z]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FinancialYears:
    """Which months a country's financial years have: rules of first and last year, first and last month."""

    rules: tuple[tuple[int, int, tuple[int, int]], ...]

    def find_period(self, year: int) -> Period:
        """The financial year that starts in a year.

        Raises: PeriodError where no rule, or more than one, speaks of that year.
        """
        found = [months for first, last, months in self.rules if first <= year <= last]
        # A gap or an overlap in SIPRI's words: nothing is chosen between two rules.
        if len(found) != 1:
            raise PeriodError(f"no single financial year is given for {year}.")
        if found[0] == CALENDAR:
            return build_calendar_year(year)
        if found[0] == INDIAN:
            return build_fiscal_year(year)
        start, end = found[0]
        # A year that ends in an earlier month than it starts in ends in the next calendar year.
        return build_part_year(date(year, start, 1), find_month_end(year + (end < start), end))


def read_financial_years(text: str) -> FinancialYears:
    """The rules in a cell; an empty one means calendar years.

    Raises: PeriodError where a part of it is not understood.
    """
    if not text.strip():
        return FinancialYears(((0, 9999, CALENDAR),))
    rules = []
    for part in text.strip().rstrip(".").split(","):
        match = _RULE.fullmatch(part.strip())
        months = match and (match["start"].lower(), match["end"].lower())
        if not match or not months or not set(months) <= set(MONTHS):
            raise PeriodError(f"{text!r} does not say which months a financial year has.")
        first, last = match["only"] or match["first"] or "0", match["only"] or match["last"] or "9999"
        rules.append((int(first), int(last), (MONTHS.index(months[0]) + 1, MONTHS.index(months[1]) + 1)))
    return FinancialYears(tuple(rules))

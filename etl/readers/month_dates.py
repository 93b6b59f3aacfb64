"""Months that a file writes as the first or last day of each: which part is the day, all its dates decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from etl.formatting import MONTH_NAMES
from etl.periods import PeriodError, find_month_end

YEAR_FIRST, DAY_FIRST, MONTH_FIRST = "year first", "day first", "month first"
# One date in twenty may be damaged; more that speak against the rest leave the order in doubt.
DOUBT = 20
# India's Department of Commerce leaves out June 2007 alone. A few more are borne, as an edition to come may
# lack its own; more than these mean a damaged file.
MONTHS_MISSING_AT_MOST = 6
_YEAR_FIRST = re.compile(r"((?:19|20)\d{2})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[ T]00:00(?::00)?)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d{2}|\d{2})(?: 0?0:00(?::00)?)?", re.ASCII)
_NAMED = re.compile(r"(?:(\d{1,2})[- ])?([A-Za-z]{3})[a-z]*[-, ]+((?:19|20)\d{2}|\d{2})", re.ASCII)
_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES) if name}


@dataclass
class MonthDates:
    """Reads the dates of one file in the order that it keeps throughout."""

    order: str
    _known: dict[str, tuple[int, int]] = field(default_factory=dict)

    def read(self, text: str) -> tuple[int, int]:
        """Year and month of a date.

        Raises: PeriodError where it is no date of this file's order, or neither first nor last of its month.
        """
        if text not in self._known:
            self._known[text] = self._read(text.strip())
        return self._known[text]

    def _read(self, text: str) -> tuple[int, int]:
        year, month, day = self._split(text)
        if not 1 <= month <= 12 or day not in (None, 1, find_month_end(year, month).day):
            raise PeriodError(f"{text!r} is not the first or last day of a month, {self.order}.")
        return year, month

    def _split(self, text: str) -> tuple[int, int, int | None]:
        named, first, last = (pattern.fullmatch(text) for pattern in (_NAMED, _YEAR_FIRST, _YEAR_LAST))
        if named and named[2].lower() in _NAMES:
            return _read_year(named[3]), _NAMES[named[2].lower()], int(named[1]) if named[1] else None
        if first:
            return int(first[1]), int(first[2]), int(first[3]) if first[3] else None
        if last and self.order != YEAR_FIRST:
            parts = (int(last[1]), int(last[3]))
            day, month = parts if self.order == DAY_FIRST else parts[::-1]
            return _read_year(last[4]), month, day
        raise PeriodError(f"{text!r} is not a month such as 2019-04-01.")


def decide_order(texts: Iterable[str]) -> MonthDates:
    """The reader for all dates of a file: months vary from 1 to 12 where their first days are always 1.

    Raises: PeriodError where day and month cannot be told apart.
    """
    votes = {DAY_FIRST: 0, MONTH_FIRST: 0}
    seen = 0
    for text in set(texts):
        match = _YEAR_LAST.fullmatch(text.strip())
        if match is None:
            continue
        seen += 1
        one, two, year = int(match[1]), int(match[3]), _read_year(match[4])
        day_first, month_first = _is_edge(year, two, one), _is_edge(year, one, two)
        # 1/1 fits both orders and 15/7 neither: only a date that fits one of them has a vote.
        if day_first != month_first:
            votes[DAY_FIRST if day_first else MONTH_FIRST] += 1
    low, high = sorted(votes.values())
    if low * DOUBT > high:
        problem = "the dates do not say which part is the day"
        raise PeriodError(
            f"{problem}: {votes[DAY_FIRST]} speak for the first, {votes[MONTH_FIRST]} for the second."
        )
    if not seen:
        return MonthDates(YEAR_FIRST)
    # First days of January alone read the same either way.
    return MonthDates(DAY_FIRST if votes[DAY_FIRST] > votes[MONTH_FIRST] else MONTH_FIRST)


def _is_edge(year: int, month: int, day: int) -> bool:
    """Whether these are the first or last day of a month."""
    return 1 <= month <= 12 and day in (1, find_month_end(year, month).day)


def _read_year(text: str) -> int:
    # Monthly series of the publishers at hand begin after 2000.
    return int(text) if len(text) == 4 else 2000 + int(text)


def find_missing_months(starts: pl.Series) -> list[str]:
    """What is wrong with the first days of a series' months, in their order: more gaps than are borne."""
    every = pl.date_range(starts[0], starts[-1], "1mo", eager=True)
    missing = sorted(set(every) - set(starts))
    shown = ", ".join(f"{month:%Y-%m}" for month in missing[:12])
    return [f"{len(missing)} months missing: {shown}"] if len(missing) > MONTHS_MISSING_AT_MOST else []

"""A time axis from 0 to 1 that gives most of its length to the years in which most happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# The years before the stretch share this part of the axis.
EARLY_PART = 0.32
# Of all dates, this part lies before the stretch.
EARLY_DATES = (2, 5)
ROUND_YEARS = 10


@dataclass(frozen=True)
class TimeScale:
    """From the first day to the last, stretched from the day of the split on."""

    first: date
    split: date
    last: date

    def place(self, day: date) -> float:
        """Where a day stands."""
        if day >= self.split:
            part = EARLY_PART if self.first < self.split else 0.0
            return part + (1 - part) * (day - self.split).days / max(1, (self.last - self.split).days)
        return EARLY_PART * (day - self.first).days / (self.split - self.first).days

    def list_years(self, *, apart: float, taken: Iterable[float] = ()) -> dict[float, str]:
        """Every year of the stretch and round years before it by their places, as far apart as is asked."""
        late = [date(year, 1, 1) for year in range(self.split.year, self.last.year + 1)]
        early = [date(year, 1, 1) for year in range(self.first.year, self.split.year)]
        ticks = dict.fromkeys(taken, "")
        for day in (*late, *(day for day in early if day.year % ROUND_YEARS == 0)):
            place = self.place(day) if self.first <= day <= self.last else None
            if place is not None and all(abs(place - other) >= apart for other in ticks):
                ticks[place] = str(day.year)
        return {place: words for place, words in ticks.items() if words}


def choose_split(days: Iterable[date]) -> date:
    """The first day of the latest year from which on the larger part of all dates lies."""
    ordered = sorted(days)
    part, of = EARLY_DATES
    return date(ordered[len(ordered) * part // of].year, 1, 1) if ordered else date.min

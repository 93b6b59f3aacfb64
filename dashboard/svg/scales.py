"""Places on axes: what stands in a figure (a day, a number, a name) as a number, and that in pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from dashboard.svg.support import refuse

MILLISECONDS_A_DAY = 86_400_000
SECONDS_A_DAY = 86_400
DATE, LINEAR, CATEGORY = "date", "linear", "category"


@dataclass(frozen=True)
class AxisScale:
    """A straight line from the numbers of an axis to pixels: `start` lies at `first`, `stop` at `last`."""

    start: float
    stop: float
    first: float
    last: float

    def locate(self, number: float) -> float:
        """The pixel of a number."""
        return self.first + (number - self.start) / (self.stop - self.start) * (self.last - self.first)

    @property
    def low(self) -> float:
        """The smaller pixel of its ends."""
        return min(self.first, self.last)

    @property
    def high(self) -> float:
        """The greater pixel of its ends."""
        return max(self.first, self.last)

    def holds(self, pixel: float, *, slack: float = 0.5) -> bool:
        """Whether a pixel lies between the ends."""
        return self.low - slack <= pixel <= self.high + slack


@lru_cache(maxsize=4096)
def count_day(text: str) -> float:
    """A day or moment in ISO form as a number of days.

    Raises: ValueError where it is neither.
    """
    # "2024-03-31" has ten signs; whatever is longer has a time.
    if len(text) <= 10:
        return float(date.fromisoformat(text).toordinal())
    moment = datetime.fromisoformat(text)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return moment.toordinal() + seconds / SECONDS_A_DAY


def read_place(value: Any, *, kind: str, categories: Mapping[str, int], where: str) -> float:
    """A place on an axis of a kind as a number: days, itself, or the rank of a category.

    Raises: UnsupportedFigureError for a value that is no place on such an axis.
    """
    # To Python a truth value is a number, too.
    if isinstance(value, (int, float)) and not isinstance(value, bool) and kind != DATE:
        return float(value)
    if kind == DATE and isinstance(value, (str, date)):
        try:
            return count_day(value if isinstance(value, str) else value.isoformat())
        except ValueError:
            pass
    if kind == CATEGORY and value in categories:
        return float(categories[value])
    raise refuse(where, f"{value!r} is no place on a {kind} axis")


def is_day(value: Any) -> bool:
    """Whether a value is a day or moment, as plotly would take it."""
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    try:
        count_day(value)
    except ValueError:
        return False
    return True

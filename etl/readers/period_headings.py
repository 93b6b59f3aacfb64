"""Years, quarters and months as the headings of a table's columns, which must follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from etl.errors import InputError, Place
from etl.formatting import MONTH_NAMES
from etl.periods import Period, build_calendar_year, build_month, build_quarter

EARLIEST, LATEST = 1900, 2100
_CODE = re.compile(r"(\d{4})(?:-?([QM])(\d{1,2}))?", re.ASCII)
_NAMED_MONTH = re.compile(r"([A-Z][a-z]{2})[a-z]* (\d{4})", re.ASCII)
_SHORT_NAMES = [name[:3] for name in MONTH_NAMES]
_MOST = {"Q": 4, "M": 12}


def read_period_code(text: str) -> Period | None:
    """A year (2019), quarter (2019Q1, 2019-Q1) or month (2019M01, 2019-M1, Jan 2019), or None."""
    named = _NAMED_MONTH.fullmatch(text)
    if named and named[1] in _SHORT_NAMES[1:] and EARLIEST <= int(named[2]) <= LATEST:
        return build_month(int(named[2]), _SHORT_NAMES.index(named[1]))
    match = _CODE.fullmatch(text)
    if match is None or not EARLIEST <= int(match[1]) <= LATEST:
        return None
    if match[2] is None:
        return build_calendar_year(int(match[1]))
    number = int(match[3])
    if not 1 <= number <= _MOST[match[2]]:
        return None
    return (build_quarter if match[2] == "Q" else build_month)(int(match[1]), number)


def check_sequence(periods: Iterable[Period], *, place: Place) -> None:
    """Whether periods of one kind follow each other.

    Names that changed places, or a column that was taken out, would move every value by a period.
    Raises: InputError naming the first two that do not.
    """
    for one, two in pairwise(periods):
        follows = one.end and two.start and two.start - one.end == timedelta(days=1)
        if one.basis != two.basis or not follows:
            raise InputError(
                place,
                problem=f"{two.label} does not follow {one.label}",
                remedy="Download the table with every year, quarter or month between the first and the last.",
            )

"""Days of publication as a page or a note states them: ISO dates, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


def read_day(text: str) -> date | None:
    """The day that an ISO date or moment starts with, as its own place on earth counts days."""
    found = _ISO_DAY.match(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def choose_day(stated: Iterable[str]) -> tuple[date | None, tuple[str, ...]]:
    """The one day stated; where several are, none, and a note that says so."""
    days = sorted({day for text in stated if (day := read_day(text)) is not None})
    if len(days) > 1:
        shown = ", ".join(day.isoformat() for day in days[:4])
        return None, (f"More than one day of publication is stated ({shown}), and none was taken.",)
    return (days[0] if days else None), ()

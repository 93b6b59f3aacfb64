"""Days, counts and lists as a reader says them, the same in every sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

# Not from the calendar module, whose names follow the machine's language.
MONTH_NAMES = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def format_day(day: date, precision: str = "day") -> str:
    """A date in words, as exactly as it is known: "5 December 2025", "December 2025", "2025".

    Of an edition that nothing dates: "unknown day, assumed 5 December 2025".
    """
    month = f"{MONTH_NAMES[day.month]} {day.year}"
    full = f"{day.day} {month}"
    return {"day": full, "month": month, "year": str(day.year), "assumed": f"unknown day, assumed {full}"}[
        precision
    ]


def format_count(number: int, one: str, *, many: str | None = None) -> str:
    """A count with its noun: "1 point", "1,024 points"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def join_words(words: Sequence[str]) -> str:
    """Words as a list in running text: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)

"""Counts, dates and lists as a reader says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

UNIT = re.compile(r"(?<=\d) (?=(?:bn|m|million|billion|per cent|%|kB|TIV|units?|points?)(?![\w-]))")
YEARS = re.compile(r"(?<=\d)\u2013(?=\d\d)")
SCALED_UNIT = re.compile(r"(?<=million) (?=TIV\b)")


def say_count(number: int, one: str, *, many: str | None = None) -> str:
    """A count with its noun: "1 point", "1,024 points"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say_day(day: date, *, precision: str = "day") -> str:
    """A date in words, as exactly as it is known: "5 December 2025", "December 2025"."""
    return f"{day:%B %Y}" if precision == "month" else f"{day.day} {day:%B %Y}"


def join_words(words: Sequence[str]) -> str:
    """Words as a list in running text: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def keep_together(text: str) -> str:
    """A sentence to be shown, whose lines end neither between a number and its unit nor inside "2021–25"."""
    whole_years = YEARS.sub("\u2060\u2013\u2060", text)
    return SCALED_UNIT.sub("\u00a0", UNIT.sub("\u00a0", whole_years))


def shorten_hash(digest: str) -> str:
    """The first twelve characters of a hash, enough to compare by eye."""
    return digest[:12]


def say_bytes(size: int) -> str:
    """A size in kilobytes: "12 kB"."""
    return f"{max(1, round(size / 1000)):,} kB"

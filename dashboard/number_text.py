"""Numbers, hashes and sizes as a page prints them."""

from __future__ import annotations

import re

UNIT = re.compile(r"(?<=\d) (?=(?:bn|m|million|billion|per cent|%|kB|TIV|units?|points?)(?![\w-]))")
YEARS = re.compile(r"(?<=\d)\u2013(?=\d\d)")
SCALED_UNIT = re.compile(r"(?<=million) (?=TIV\b)")


def keep_together(text: str) -> str:
    """A sentence to be shown, whose lines end neither between a number and its unit nor inside "2021–25"."""
    whole_years = YEARS.sub("\u2060\u2013\u2060", text)
    return SCALED_UNIT.sub("\u00a0", UNIT.sub("\u00a0", whole_years))


def shorten_hash(digest: str) -> str:
    """The first twelve characters of a hash, enough to compare by eye."""
    return digest[:12]


def format_bytes(size: int) -> str:
    """A size in kilobytes: "12 kB"."""
    return f"{max(1, round(size / 1000)):,} kB"

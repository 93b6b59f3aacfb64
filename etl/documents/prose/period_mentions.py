"""Periods in prose: "2009-13", "fiscal 2021-22", "April-December 2022", "by 2030", "last year"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from etl.documents.lexicon import Lexicon
from etl.documents.prose.period_builders import BUILDERS, Wording
from etl.periods import Period, PeriodError

# A period that speaks of the text's own day; it keeps a sentence from borrowing one.
_DURING = re.compile(r"\b(?:over|on)(?: the)? ?$", re.IGNORECASE)
NOW = "now"
BEFORE = "year_before"


@dataclass(frozen=True)
class PeriodMention:
    """One period as a sentence states it; `span` keeps two years that may be a window or two ends of a change.

    `kind` is the entry of the lexicon that found it; `period` is None for words that only say "now", or that need
    another period to count from.
    """

    start: int
    end: int
    kind: str
    period: Period | None
    span: tuple[int, int] | None
    is_baseline: bool
    reading: str


class PeriodFinder:
    """Finds periods with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        months = lexicon.months
        self._wording = Wording(months, lexicon.numbers, lexicon.entries["ordinals"])
        self._patterns = [
            (kind, re.compile(rf"(?<![\w.,/-])(?:{lexicon.write_pattern(phrase)})(?!\w)", re.IGNORECASE))
            for kind, phrases in lexicon.entries["periods"].items()
            for phrase in phrases
        ]
        befores = "|".join(
            lexicon.write_pattern(phrase)
            for phrase in lexicon.list_phrases("period_roles", "baseline_before")
        )
        self._baseline = re.compile(rf"(?<!\w)(?:{befores})(?: the| in| during| of)* ?$", re.IGNORECASE)

    def find(
        self, plain: str, *, published_on: date | None, taken: list[tuple[int, int]]
    ) -> list[PeriodMention]:
        """Every period of a sentence in order; a place is read once, by the entry that comes first."""
        found: list[PeriodMention] = []
        occupied = list(taken)
        for kind, pattern in self._patterns:
            for match in pattern.finditer(plain):
                start, end = match.span()
                if any(start < last and first < end for first, last in occupied):
                    continue
                mention = self._build(kind, match, published_on=published_on, plain=plain)
                if mention is not None:
                    occupied.append((start, end))
                    found.append(mention)
        return sorted(found, key=lambda mention: mention.start)

    def _build(
        self, kind: str, match: re.Match[str], *, published_on: date | None, plain: str
    ) -> PeriodMention | None:
        try:
            built = BUILDERS[kind](match, self._wording, published_on)
        except (PeriodError, ValueError):
            return None
        if built is None:
            return None
        before = plain[max(0, match.start() - 70) : match.start()]
        # "Over 2009-13" is a window in which something was so, not what it is measured from.
        is_window = (
            built.span is not None and built.period is not None and not match.group(0).startswith("from")
        )
        is_window = is_window and built.period.basis == "five_year_window" and bool(_DURING.search(before))
        is_baseline = kind == BEFORE or (not is_window and bool(self._baseline.search(before)))
        return PeriodMention(
            match.start(), match.end(), kind, built.period, built.span, is_baseline, built.reading
        )

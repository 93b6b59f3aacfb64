"""Periods in prose: "2009-13", "fiscal 2021-22", "April-December 2022", "by 2030", "last year"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from etl.documents.lexicon import Lexicon
from etl.documents.prose.period_builders import BUILDERS, Built, Wording
from etl.documents.prose.sentences import Places
from etl.periods import Period, PeriodError

# A period that speaks of the text's own day; it keeps a sentence from borrowing one.
NOW = "now"
BEFORE = "year_before"
WINDOW = "five_year_window"
# How much text before a period tells what it is for: the longest wording of a baseline in the lexicon,
# "compared with the", an amount of up to 40 characters, and "in".
NEAR = 70


@dataclass(frozen=True)
class PeriodMention:
    """One period as a sentence states it.

    `kind` is the list of the lexicon that found it; `period` is None for words that only say "now", or that
    need another period to count from. `span` keeps two years that may be a window or two ends of a change,
    and `has_ends` says that the words make them the latter: "from 2021 to 2024".
    """

    start: int
    end: int
    kind: str
    period: Period | None
    span: tuple[int, int] | None
    is_baseline: bool
    has_ends: bool
    reading: str


class PeriodFinder:
    """Finds periods with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._wording = Wording(lexicon)
        # "2019" in "10.2019" or "S-2019" is no year.
        whole = r"(?<![\w.,/-])(?:{})(?!\w)"
        self._patterns = [
            (
                kind,
                lexicon.compile(whole.replace("{}", lexicon.write_pattern(phrase)), used=f"periods.{kind}"),
            )
            for kind in lexicon.entries["periods"]
            for phrase in lexicon.list_phrases("periods", kind)
        ]
        befores, between, during = (
            lexicon.join_phrases("period_roles", name)
            for name in ("baseline_before", "baseline_between", "during")
        )
        self._baseline = lexicon.compile(rf"(?<!\w){befores}(?: {between})* ?$", used="period_roles")
        articles = lexicon.join_phrases("small_words", "articles")
        self._during = lexicon.compile(rf"\b{during}(?: {articles})? ?$", used="period_roles.during")
        self._from = lexicon.compile(lexicon.join_phrases("pairs", "from"), used="pairs.from")
        self._start = lexicon.compile(lexicon.join_phrases("pairs", "start"), used="pairs.start")

    def find(
        self, plain: str, *, published_on: date | None, taken: Iterable[tuple[int, int]]
    ) -> list[PeriodMention]:
        """Every period of a sentence in order; a place is read once, by the entry that comes first."""
        found: list[PeriodMention] = []
        places = Places(len(plain), taken)
        # Kinds in the order of the lexicon, the longest wordings first: "fiscal 2021-22" before "2021-22"
        # before "2021".
        for kind, pattern in self._patterns:
            for match in pattern.finditer(plain):
                built = self._build(kind, match, published_on) if places.is_free(*match.span()) else None
                if built is not None:
                    places.take(*match.span())
                    found.append(self._describe(kind, match, built, plain=plain))
        return sorted(found, key=lambda mention: mention.start)

    def _build(self, kind: str, match: re.Match[str], published_on: date | None) -> Built | None:
        try:
            return BUILDERS[kind](match, self._wording, published_on)
        except (PeriodError, ValueError):
            # Two years in the wrong order, or a month that there is not.
            return None

    def _describe(self, kind: str, match: re.Match[str], built: Built, *, plain: str) -> PeriodMention:
        before = plain[max(0, match.start() - NEAR) : match.start()]
        # "Over 2009-13" is a window in which something was so, not what it is measured from.
        is_window = built.span is not None and built.period is not None and built.period.basis == WINDOW
        is_during = is_window and not self._start.match(match[0]) and bool(self._during.search(before))
        return PeriodMention(
            *match.span(),
            kind,
            built.period,
            built.span,
            is_baseline=kind == BEFORE or (not is_during and bool(self._baseline.search(before))),
            has_ends=built.span is not None and self._from.match(match[0]) is not None,
            reading=built.reading,
        )

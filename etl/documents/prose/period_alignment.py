"""Period alignment: lists of figures beside lists of periods, read in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.documents.lexicon import Lexicon
from etl.documents.prose.binding import Scene
from etl.documents.prose.period_mentions import PeriodMention
from etl.documents.prose.period_steps import PRESENT
from etl.documents.prose.quantities import Quantity
from etl.periods import Period, build_calendar_year

# How far apart two figures are that make a pair, and how much text before one tells that it is the first.
OF_A_PAIR = 30
NEAR = 40
MOST_LISTED = 12


@dataclass(frozen=True)
class ChosenPeriod:
    """The period of a figure, what a change counts from, and how both were found."""

    period: Period | None
    baseline: Period | None = None
    mention: PeriodMention | None = None
    says_now: bool = False
    reading: str = ""


UNDATED = ChosenPeriod(PRESENT, says_now=True, reading="The text does not say for when this figure is.")


def take_mention(mention: PeriodMention) -> ChosenPeriod:
    """The period that a mention states."""
    return ChosenPeriod(mention.period, mention=mention, reading=mention.reading)


class PeriodAligner:
    """Aligns figures and periods with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        joined, within, from_, to, start = (
            lexicon.join_phrases("pairs", name) for name in ("joined", "within", "from", "to", "start")
        )
        articles = lexicon.join_phrases("small_words", "articles")
        self._listed = lexicon.compile(rf"[ ,]*{joined}?[ ]*{within}?[ ]*", used="pairs.joined")
        self._joined = lexicon.compile(rf" ?{joined} ?(?:{within} )?", used="pairs.joined")
        self._pair_start = lexicon.compile(rf"{from_} (?:{articles} )?$", used="pairs.from")
        self._between = lexicon.compile(
            rf"[ ,(]*(?:[\w.,%$]+ ){{0,3}}{to}[ -]*(?:\w+ ){{0,2}}", used="pairs.to"
        )
        self._says_from = lexicon.compile(rf"\b{start}(?: \w+){{0,2}} $", used="pairs.start")

    def align(self, scene: Scene, quantity: Quantity, usable: Sequence[PeriodMention]) -> ChosenPeriod | None:
        """The period of a figure that stands in a list or a pair; None where it stands in none."""
        return self._align_list(scene, quantity, usable) or self._align_pair(scene, quantity, usable)

    def find_two_ends(self, scene: Scene, usable: Sequence[PeriodMention]) -> ChosenPeriod | None:
        """The two periods of "between 2009-13 and 2019-23" as the ends of a change."""
        for first, second in pairwise(usable):
            before = scene.plain[max(0, first.start - NEAR) : first.start]
            if self._are_joined(scene, first, second) and self._pair_start.search(before):
                return ChosenPeriod(second.period, first.period, second, reading=second.reading)
        return None

    def _align_list(
        self, scene: Scene, quantity: Quantity, usable: Sequence[PeriodMention]
    ) -> ChosenPeriod | None:
        """As many figures as periods, one list after the other: "2021-22 and 2022-23: $13 bn, $49 bn"."""
        if not 1 < len(usable) <= MOST_LISTED:
            return None
        alike = [one for one in scene.quantities if one.unit == quantity.unit]
        if len(alike) != len(usable):
            return None
        is_apart = usable[-1].end <= alike[0].start or usable[0].start >= alike[-1].end
        gaps = (scene.plain[one.end : other.start] for one, other in pairwise(usable))
        if not is_apart or not all(self._listed.fullmatch(gap) for gap in gaps):
            return None
        return take_mention(usable[alike.index(quantity)])

    def _align_pair(
        self, scene: Scene, quantity: Quantity, usable: Sequence[PeriodMention]
    ) -> ChosenPeriod | None:
        """Two figures and two periods in one order: "from 76 to 36 per cent between 2009-13 and 2019-23"."""
        pair = self._find_pair(scene, quantity)
        if pair is None:
            return None
        first, second = pair
        outside = [one for one in usable if one.start >= second.end or one.end <= first.start]
        inside = [one for one in usable if first.end <= one.start < second.start]
        if inside or not outside:
            return None
        position = 0 if quantity is first else 1
        if len(outside) == 1:
            # "From $13 billion to $65.7 billion in 2023-24": the period is the second figure's alone.
            is_bare = position == 0 and outside[0].start >= second.end and self._opens_pair(scene, first)
            return _split_span(outside[0], position) or (UNDATED if is_bare else None)
        for one, other in pairwise(outside):
            if self._are_joined(scene, one, other):
                return take_mention((one, other)[position])
        return None

    def _find_pair(self, scene: Scene, quantity: Quantity) -> tuple[Quantity, Quantity] | None:
        for first, second in scene.list_pairs(quantity):
            is_near = second.start - first.end < OF_A_PAIR and first.unit == second.unit
            if is_near and self._between.fullmatch(scene.plain, first.end, second.start):
                return first, second
        return None

    def _are_joined(self, scene: Scene, one: PeriodMention, other: PeriodMention) -> bool:
        return self._joined.fullmatch(scene.plain, one.end, other.start) is not None

    def _opens_pair(self, scene: Scene, quantity: Quantity) -> bool:
        return bool(self._says_from.search(scene.plain[max(0, quantity.start - NEAR) : quantity.start]))


def _split_span(mention: PeriodMention, position: int) -> ChosenPeriod | None:
    """The ends of "between 2021 and 2024" for two figures; a window stays one."""
    if mention.span is None or not mention.has_ends:
        return None
    return ChosenPeriod(build_calendar_year(mention.span[position]), mention=mention)

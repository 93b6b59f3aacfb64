"""Period choice: which of a sentence's periods a figure is for, and what a change is measured from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from etl.documents.lexicon import Lexicon
from etl.documents.prose.binding import Mention, Scene, choose_nearest, keep_near
from etl.documents.prose.period_builders import PRESENT, step_back
from etl.documents.prose.period_mentions import BEFORE, NOW, PeriodMention
from etl.documents.prose.quantities import Quantity
from etl.periods import Period, build_calendar_year

WINDOW_BEFORE, SAME, ON_YEAR, BY_DATE = "window_before", "same_period", "on_year", "by_date"
RELATIVE = frozenset({BEFORE, WINDOW_BEFORE, NOW, SAME})
# Days and editions are when something happened or came out, not what a figure is for.
NO_PERIODS = frozenset({"date", "edition"})
# Characters of distance that a "now" and a year that only names a thing ("its 2019 edition") stand farther
# away: a real period in the same clause wins, one in the next does not.
NOW_IS_FARTHER, NAME_IS_FARTHER = 60, 60
# How far apart two figures are that make a pair: room for "per cent in 2009-13 to nearly".
OF_A_PAIR = 30
# Longer lists are tables, which are read as such; matching them gap by gap would take long on hostile texts.
MOST_LISTED = 12
# How much text before a figure or a period tells what it is for: a few words, "has since then grown".
NEAR = 40


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
        # One more on either side, and the order says nothing.
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
        # A period between the two is the first one's: the pair is read by nearness.
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


class PeriodChooser:
    """Chooses periods with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._aligner = PeriodAligner(lexicon)
        owners = lexicon.join_phrases("small_words", "owners")
        self._owned = lexicon.compile(rf"\b{owners} $", used="small_words.owners")
        since = lexicon.join_phrases("period_roles", "since")
        self._since = lexicon.compile(rf"\b{since} (?:\w+ ){{0,3}}$", used="period_roles.since")

    def choose(
        self,
        scene: Scene,
        quantity: Quantity,
        mentions: Sequence[PeriodMention],
        *,
        is_change: bool,
        recent: Period | None,
    ) -> ChosenPeriod:
        """The period of a figure; None where its sentence has none. `recent` is the one spoken of before."""
        dated = [one for one in keep_near(quantity, mentions) if one.kind not in NO_PERIODS]
        usable = [one for one in dated if one.period is not None]
        if is_change:
            return self._choose_for_change(scene, quantity, usable, dated, recent=recent)
        aligned = self._aligner.align(scene, quantity, usable)
        if aligned is not None:
            return aligned
        candidates = [one for one in dated if one.period is not None or one.kind in RELATIVE]
        # In "it is 40; it was 51 in 2016" the year is the second figure's, and the first one is left without.
        candidates = [one for one in candidates if not scene.is_apart(quantity, one)]
        chosen = choose_nearest(scene, quantity, candidates, extra=lambda one: self._count_extra(scene, one))
        return self._resolve(scene, quantity, chosen, usable, recent=recent)

    def _resolve(
        self,
        scene: Scene,
        quantity: Quantity,
        chosen: PeriodMention | None,
        usable: Sequence[PeriodMention],
        *,
        recent: Period | None,
    ) -> ChosenPeriod:
        if chosen is None:
            return ChosenPeriod(None)
        if chosen.kind == NOW:
            nearest = choose_nearest(scene, quantity, usable)
            # "Now at 36 per cent in 2019-23": a period of its own is said more exactly than "now".
            if nearest is not None and scene.is_own(quantity, nearest):
                return take_mention(nearest)
            return ChosenPeriod(PRESENT, says_now=True)
        if chosen.kind == SAME:
            return ChosenPeriod(recent, mention=chosen)
        if chosen.period is not None:
            return take_mention(chosen)
        anchor = choose_nearest(scene, quantity, usable)
        return _count_back(chosen, anchor.period if anchor else recent)

    def _count_extra(self, scene: Scene, mention: PeriodMention) -> float:
        if mention.kind == NOW:
            return NOW_IS_FARTHER
        is_name = mention.kind == "year" and self._owned.search(_cut_before(scene, mention)) is not None
        return NAME_IS_FARTHER if is_name else 0

    def _choose_for_change(
        self,
        scene: Scene,
        quantity: Quantity,
        usable: Sequence[PeriodMention],
        dated: Sequence[PeriodMention],
        *,
        recent: Period | None,
    ) -> ChosenPeriod:
        has_own = any(scene.is_own(quantity, one) for one in usable if not one.is_baseline)
        ends = self._aligner.find_two_ends(scene, usable) or _split_ends(usable)
        # A change with a period right after it has that one; the other one is its neighbour's.
        ends = ends or (None if has_own else _order_ends(usable))
        if ends is not None:
            return ends
        if self._since.search(_cut_before(scene, quantity)) and (usable or recent):
            # "Trade was $13 billion in 2021-22 and has since grown fivefold": from there to the present.
            start = choose_nearest(scene, quantity, usable)
            return ChosenPeriod(PRESENT, start.period if start else recent, start, says_now=True)
        # What is to be reached by a day is no period of a change that was.
        usable = [one for one in usable if one.kind != BY_DATE] or usable
        before = choose_nearest(scene, quantity, [one for one in usable if one.is_baseline])
        over = choose_nearest(scene, quantity, [one for one in usable if not one.is_baseline])
        if over is None and before is None:
            return ChosenPeriod(None)
        period = over.period if over is not None else recent
        baseline = before.period if before is not None else None
        # "Up 33 per cent on the year": the baseline is one step before the period.
        counts_back = any(one.kind in {BEFORE, WINDOW_BEFORE, ON_YEAR} for one in dated)
        if baseline is None and counts_back and period is not None:
            baseline = step_back(period)
        return ChosenPeriod(period, baseline, over or before, reading=over.reading if over else "")


def _cut_before(scene: Scene, mention: Mention) -> str:
    return scene.plain[max(0, mention.start - NEAR) : mention.start]


def _split_ends(usable: Sequence[PeriodMention]) -> ChosenPeriod | None:
    """The two years of "between 2021 and 2024" as the ends of a change."""
    for one in usable:
        if one.span is not None and one.has_ends:
            first, last = (build_calendar_year(year) for year in one.span)
            return ChosenPeriod(last, first, one)
    return None


def _order_ends(usable: Sequence[PeriodMention]) -> ChosenPeriod | None:
    """Two periods of one kind, neither named as what is counted from: a change runs from one to the other."""
    if len(usable) != 2 or any(one.is_baseline for one in usable):
        return None
    first, second = sorted(usable, key=lambda one: (one.period.end if one.period else None) or date.min)
    if first.period is None or second.period is None or first.period.basis != second.period.basis:
        return None
    if first.period == second.period:
        return None
    return ChosenPeriod(second.period, first.period, second, reading=second.reading)


def _count_back(chosen: PeriodMention, anchor: Period | None) -> ChosenPeriod:
    earlier = None if anchor is None else step_back(anchor)
    if earlier is None or anchor is None:
        return ChosenPeriod(None)
    reading = f"Counted back from {anchor.label}: {earlier.label}."
    return ChosenPeriod(earlier, mention=chosen, reading=reading)


def _split_span(mention: PeriodMention, position: int) -> ChosenPeriod | None:
    """The ends of "between 2021 and 2024" for two figures; a window stays one."""
    if mention.span is None or not mention.has_ends:
        return None
    return ChosenPeriod(build_calendar_year(mention.span[position]), mention=mention)

"""Period choice: which of a sentence's periods a figure is for, and what a change is measured from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.documents.lexicon import Lexicon
from etl.documents.prose.binding import Mention, Scene, choose_nearest, keep_near
from etl.documents.prose.period_alignment import ChosenPeriod, PeriodAligner, take_mention
from etl.documents.prose.period_mentions import BEFORE, NOW, PeriodMention
from etl.documents.prose.period_steps import PRESENT, step_back
from etl.documents.prose.quantities import Quantity
from etl.periods import Period, build_calendar_year

WINDOW_BEFORE, SAME, ON_YEAR, BY_DATE = "window_before", "same_period", "on_year", "by_date"
RELATIVE = frozenset({BEFORE, WINDOW_BEFORE, NOW, SAME})
# Days and editions are when something happened or came out, not what a figure is for.
NO_PERIODS = frozenset({"date", "edition"})
# Characters of distance that a "now" and a year that only names a thing stand farther away.
NOW_IS_FARTHER, NAME_IS_FARTHER = 60, 60
NEAR = 40


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

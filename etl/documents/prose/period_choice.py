"""Period choice: which of a sentence's periods a figure is for, and what a change is measured from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from etl.documents.prose.binding import Scene, choose_nearest
from etl.documents.prose.period_mentions import BEFORE, NOW, PeriodMention
from etl.documents.prose.quantities import Quantity
from etl.periods import (
    WINDOW_YEARS,
    Period,
    build_calendar_year,
    build_fiscal_year,
    build_target_year,
    build_window,
)

WINDOW_BEFORE, SAME = "window_before", "same_period"
RELATIVE = frozenset({BEFORE, WINDOW_BEFORE, NOW, SAME})
# Days and editions are when something happened or came out, not what a figure is for.
NO_PERIODS = frozenset({"date", "edition"})
OF_A_PAIR = 30
_LISTED = re.compile(r"[ ,]*(?:and|to)?[ ]*(?:in|for|over)?[ ]*", re.IGNORECASE)
PRESENT = Period(None, None, "present", "")
_JOINED = re.compile(r" ?(?:and|to|-|through) ?(?:in |by |the )?", re.IGNORECASE)
_ATTRIBUTIVE = re.compile(r"\b(?:a|an|the|its|their|his|\w+'s) $", re.IGNORECASE)
_SINCE = re.compile(r"\bsince (?:\w+ ){0,3}$", re.IGNORECASE)
_PAIR_START = re.compile(r"(?:between|from) (?:the )?$", re.IGNORECASE)
_PAIR_BETWEEN = re.compile(r"[ ,(]*(?:[\w.,%$]+ ){0,3}(?:to|and|-)[ -]*(?:\w+ ){0,2}", re.IGNORECASE)


@dataclass(frozen=True)
class ChosenPeriod:
    """The period of a figure, what a change counts from, and how both were found."""

    period: Period | None
    baseline: Period | None = None
    mention: PeriodMention | None = None
    says_now: bool = False
    reading: str = ""


UNDATED = ChosenPeriod(PRESENT, says_now=True, reading="The text does not say for when this figure is.")


def choose_period(
    scene: Scene,
    quantity: Quantity,
    mentions: Sequence[PeriodMention],
    *,
    is_change: bool,
    recent: Period | None,
) -> ChosenPeriod:
    """The period of a figure; None where its sentence states none. `recent` is the period spoken of before."""
    dated = [mention for mention in mentions if mention.kind not in NO_PERIODS]
    usable = [one for one in dated if one.period is not None]
    if is_change:
        return _choose_for_change(scene, quantity, usable, dated, recent)
    aligned = _align_list(scene, quantity, usable) or _align_pair(scene, quantity, usable)
    if aligned is not None:
        return aligned
    candidates = [one for one in dated if one.period is not None or one.kind in RELATIVE]
    chosen = choose_nearest(scene, quantity, candidates, extra=lambda one: _count_extra(scene, one))
    if chosen is None:
        return ChosenPeriod(None)
    if chosen.kind == NOW:
        nearest = choose_nearest(scene, quantity, usable)
        if nearest is not None and scene.is_own(quantity, nearest):
            return ChosenPeriod(nearest.period, mention=nearest, reading=nearest.reading)
        return ChosenPeriod(PRESENT, says_now=True)
    if chosen.kind == SAME:
        return ChosenPeriod(recent, mention=chosen)
    if chosen.period is None:
        others = [one for one in usable if one is not chosen]
        anchor = choose_nearest(scene, quantity, others)
        return _count_back(chosen, anchor.period if anchor else recent)
    return ChosenPeriod(chosen.period, mention=chosen, reading=chosen.reading)


def _count_extra(scene: Scene, mention: PeriodMention) -> float:
    if mention.kind == NOW:
        return 30
    is_attributive = mention.kind == "year" and _ATTRIBUTIVE.search(scene.plain[: mention.start]) is not None
    return 60 if is_attributive else 0


def turn_into_target(period: Period | None) -> Period:
    """The year by which a target is to be reached, whatever words the text uses for it."""
    return PRESENT if period is None or period.end is None else build_target_year(period.end.year)


def step_back(period: Period) -> Period | None:
    """The period before one of the same kind; None where there is no such thing."""
    if period.start is None or period.end is None:
        return None
    if period.basis == "fiscal_year_in":
        return build_fiscal_year(period.start.year - 1)
    if period.basis == "calendar_year":
        return build_calendar_year(period.start.year - 1)
    if period.basis == "five_year_window":
        return build_window(period.start.year - WINDOW_YEARS)
    if period.basis in {"part_year", "month"}:
        try:
            start, end = (day.replace(year=day.year - 1) for day in (period.start, period.end))
        except ValueError:
            start, end = period.start.replace(year=period.start.year - 1), date(period.end.year - 1, 2, 28)
        label = f"{start:%Y-%m}" if period.basis == "month" else f"{start:%Y-%m}/{end:%Y-%m}"
        return Period(start, end, period.basis, label)
    return None


def _count_back(chosen: PeriodMention, anchor: Period | None) -> ChosenPeriod:
    earlier = None if anchor is None else step_back(anchor)
    if earlier is None or anchor is None:
        return ChosenPeriod(None)
    reading = f"Counted back from {anchor.label}: {earlier.label}."
    return ChosenPeriod(earlier, mention=chosen, reading=reading)


def _choose_for_change(
    scene: Scene,
    quantity: Quantity,
    usable: Sequence[PeriodMention],
    dated: Sequence[PeriodMention],
    recent: Period | None,
) -> ChosenPeriod:
    for first, second in pairwise(usable):
        joined = _JOINED.fullmatch(scene.plain[first.end : second.start])
        if joined and _PAIR_START.search(scene.plain[: first.start]):
            return ChosenPeriod(second.period, first.period, second, reading=second.reading)
    ends = [
        one
        for one in usable
        if one.span and re.match(r"(?:between|from)", scene.plain[one.start :], re.IGNORECASE)
    ]
    if ends and ends[0].span is not None:
        first_year, last_year = ends[0].span
        return ChosenPeriod(build_calendar_year(last_year), build_calendar_year(first_year), ends[0])
    two_ends = _find_two_ends(usable)
    if two_ends is not None:
        earlier, later = two_ends
        return ChosenPeriod(later.period, earlier.period, later, reading=later.reading)
    if _SINCE.search(scene.plain[: quantity.start]) and (usable or recent):
        # "Trade was $13 billion in 2021-22 and has since grown fivefold": counted from there to the present.
        start = choose_nearest(scene, quantity, usable)
        return ChosenPeriod(PRESENT, start.period if start else recent, start, says_now=True)
    before = choose_nearest(scene, quantity, [one for one in usable if one.is_baseline])
    over = choose_nearest(scene, quantity, [one for one in usable if not one.is_baseline])
    if over is None and before is None:
        return ChosenPeriod(None)
    period = over.period if over is not None else recent
    baseline = before.period if before is not None else None
    if baseline is None and any(one.kind in {BEFORE, WINDOW_BEFORE} for one in dated) and period is not None:
        baseline = step_back(period)
    return ChosenPeriod(period, baseline, over or before, reading=over.reading if over else "")


def _find_two_ends(usable: Sequence[PeriodMention]) -> tuple[PeriodMention, PeriodMention] | None:
    """Two periods of one kind, neither named as what is counted from: a change runs from one to the other."""
    if len(usable) != 2 or any(one.is_baseline for one in usable):
        return None
    first, second = sorted(usable, key=lambda one: (one.period.end if one.period else None) or date.min)
    if first.period is None or second.period is None or first.period.basis != second.period.basis:
        return None
    return (first, second) if first.period != second.period else None


def _align_pair(scene: Scene, quantity: Quantity, usable: Sequence[PeriodMention]) -> ChosenPeriod | None:
    """Two figures and two periods in the same order: "from 76 to 36 per cent between 2009-13 and 2019-23"."""
    pair = _find_pair(scene, quantity)
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
        is_first_bare = position == 0 and outside[0].start >= second.end and _says_from(scene, first)
        return _split_span(outside[0], position, scene) or (UNDATED if is_first_bare else None)
    for one, other in pairwise(outside):
        if _JOINED.fullmatch(scene.plain[one.end : other.start]):
            chosen = (one, other)[position]
            return ChosenPeriod(chosen.period, mention=chosen, reading=chosen.reading)
    return None


def _align_list(scene: Scene, quantity: Quantity, usable: Sequence[PeriodMention]) -> ChosenPeriod | None:
    """As many figures as periods, one list after the other: "2021-22 and 2022-23 were $13 bn and $49 bn"."""
    alike = [one for one in scene.quantities if one.unit == quantity.unit]
    if len(alike) < 2 or quantity not in alike:
        return None
    before = [one for one in usable if one.end <= alike[0].start]
    after = [one for one in usable if one.start >= alike[-1].end]
    listed = before if len(before) == len(usable) else after
    if len(listed) != len(alike) or len(listed) != len(usable):
        return None
    gaps = (scene.plain[one.end : other.start] for one, other in pairwise(listed))
    if not all(_LISTED.fullmatch(gap) for gap in gaps):
        return None
    chosen = listed[alike.index(quantity)]
    return ChosenPeriod(chosen.period, mention=chosen, reading=chosen.reading)


def _says_from(scene: Scene, quantity: Quantity) -> bool:
    return bool(re.search(r"\bfrom(?: \w+){0,2} $", scene.plain[: quantity.start], re.IGNORECASE))


def _split_span(mention: PeriodMention, position: int, scene: Scene) -> ChosenPeriod | None:
    """The ends of "between 2021 and 2024" for two figures; a window stays one."""
    says_between = re.match(r"(?:between|from)", scene.plain[mention.start :], re.IGNORECASE)
    if mention.span is None or not says_between:
        return None
    return ChosenPeriod(build_calendar_year(mention.span[position]), mention=mention)


def _find_pair(scene: Scene, quantity: Quantity) -> tuple[Quantity, Quantity] | None:
    for first, second in pairwise(scene.quantities):
        if quantity in (first, second) and first.unit == second.unit:
            between = scene.plain[first.end : second.start]
            if len(between) < OF_A_PAIR and _PAIR_BETWEEN.fullmatch(between):
                return first, second
    return None

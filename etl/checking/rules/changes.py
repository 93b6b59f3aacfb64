"""Changes: a figure of growth or decline held against what two periods' statistics make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.checking.rules.differences import (
    PERCENT,
    POINTS,
    TIMES,
    Change,
    fits_closely,
    format_change,
    keep_newest_changes,
    list_baselines,
    list_changed_periods,
    list_older_periods,
    pair_editions,
    shift_basis,
    write_change,
)
from etl.checking.series_index import SeriesIndex
from etl.formatting import format_day, join_words
from etl.judge.arithmetic import write_allowed
from etl.judge.closeness import AGREEMENTS, PRINTED_DIGIT
from etl.judge.references import Claim, Reference
from etl.judge.rulings import Ruling
from etl.judge.verdicts import rule_on_claim
from etl.judge.wording import join_sentences, quote
from etl.periods import Period


@dataclass(frozen=True)
class ChangeCase:
    """One claim of a change on one day, which way it goes, and every value of its series."""

    claim: Claim
    baseline: Period | None
    direction: str | None
    day: date
    printed_on: date
    series: tuple[Reference, ...]

    @property
    def known(self) -> list[Reference]:
        """Values that were out on the day, newest first."""
        return [one for one in self.series if one.known_from <= self.day]


def rule_on_change(
    claim: Claim,
    *,
    baseline: Period | None,
    direction: str | None = None,
    index: SeriesIndex,
    day: date,
    printed_on: date,
) -> Ruling:
    """How a claim of a change stands to what was known on a day; a fall may be printed as a size.

    `direction` is "a rise" or "a fall" where the words of the claim say which.
    """
    everything = index.book.list_known(claim.series, date.max)
    case = ChangeCase(_take_size(claim), baseline, direction, day, printed_on, tuple(everything))
    # As the text says it first, then what it may have meant: it is contradicted only where no reading holds.
    return (
        _hold_against_pair(case)
        or _hold_against_older_periods(case)
        or _hold_against_other_basis(case)
        or _hold_against_other_unit(case)
        or _hold_as_level(case, index)
        or _rule_against(case)
        or _state_absence(case)
    )


def list_changes(case: ChangeCase, known: Sequence[Reference], *, unit: str) -> Iterator[Change]:
    """The changes between the claimed periods by some editions, each voice by itself where it has both."""
    for span in list_changed_periods(case.claim, known, case.baseline):
        for base in list_baselines(span, case.baseline, known):
            yield from pair_editions(known, span, base, unit=unit)


def _hold_against_pair(case: ChangeCase) -> Ruling | None:
    claim = case.claim
    current = keep_newest_changes(list_changes(case, case.known, unit=claim.unit_measure))
    for agreement in AGREEMENTS:
        agreeing = [one for one in current if one.find_agreement(claim, case.direction) == agreement]
        if agreeing:
            holds = "holds" if agreement == PRINTED_DIGIT else "holds roughly"
            text = f"{quote(claim)} {holds}: {format_change(agreeing[0])}."
            return _rule("supported", agreement, claim, agreeing[:1], text)
    if not current:
        return None
    earlier = _find_by_editions(case, case.known)
    if earlier is None:
        return None
    newest = next((one for one in current if one.thing == earlier.thing), current[0])
    by = format_day(earlier.vintage)
    was = f"{quote(claim)} was right by the editions of {by}: {format_change(earlier)}."
    if newest.is_recomputed:
        text = f"{was} Worked out from newer data it is {format_change(newest)}."
        return _rule("superseded", "recomputed_since", claim, [earlier, newest], text)
    text = f"{was} Restated since, it is {format_change(newest)}."
    return _rule("superseded", "restated_by_publisher", claim, [earlier, newest], text)


def _find_by_editions(case: ChangeCase, references: Sequence[Reference]) -> Change | None:
    """The change on the newest day by whose editions the claim was right."""
    for day in sorted({one.vintage for one in references}, reverse=True):
        known = [one for one in references if one.vintage <= day]
        for change in list_changes(case, known, unit=case.claim.unit_measure):
            if change.find_agreement(case.claim, case.direction) is not None:
                return change
    return None


def _hold_against_older_periods(case: ChangeCase) -> Ruling | None:
    """A text that names no period may give the growth of an older one."""
    claim = case.claim
    if claim.period_basis != "present" or case.baseline is not None:
        return None
    changes = [
        change
        for span in list_older_periods(case.known)
        for change in pair_editions(case.known, span, span.go_back(), unit=claim.unit_measure)
    ]
    # To the last digit: among so many periods one would fall within a hedge by chance.
    once = next((change for change in changes if fits_closely(claim, change, case.direction)), None)
    if once is None:
        return None
    text = (
        f"{quote(claim)} names no period and fits an older one: {format_change(once)}. A newer one is out: "
        f"{format_change(changes[0])}."
    )
    return _rule("superseded", "newer_period_published", claim, [changes[0], once], text)


def _hold_against_other_basis(case: ChangeCase) -> Ruling | None:
    """The growth of a fiscal year printed for a calendar one or the reverse, or growth on the year before."""
    claim = case.claim
    others = list(shift_basis(claim, case.baseline))
    if case.baseline is not None:
        others.append((claim, None))
    for shifted, baseline in others:
        moved = replace(case, claim=shifted, baseline=baseline)
        for change in list_changes(moved, case.known, unit=claim.unit_measure):
            if fits_closely(claim, change, case.direction):
                meant = format_change(change)
                text = f"{quote(claim)} is the change of other periods than those named: {meant}."
                return _rule("not_comparable", "wrong_period_label", claim, [change], text)
    return None


def _hold_against_other_unit(case: ChangeCase) -> Ruling | None:
    """Percentage points printed as per cent, or the other way round."""
    claim = case.claim
    other = {PERCENT: POINTS, POINTS: PERCENT}.get(claim.unit_measure)
    if other is None:
        return None
    for change in list_changes(case, case.known, unit=other):
        if change.unit == other and fits_closely(claim, change, case.direction):
            text = f"{quote(claim)} fits in another unit: {format_change(change)}."
            return _rule("not_comparable", "wrong_unit", claim, [change], text)
    return None


def _hold_as_level(case: ChangeCase, index: SeriesIndex) -> Ruling | None:
    """A share that the words beside it take for a change: "was 40 per cent, a decline of 32 points"."""
    level = rule_on_claim(case.claim, book=index.book, as_of=case.day, printed_on=case.day)
    return level if level.reason == PRINTED_DIGIT else None


def _rule_against(case: ChangeCase) -> Ruling | None:
    claim = case.claim
    current = list(list_changes(case, case.known, unit=claim.unit_measure))
    if not current:
        return None
    # An author may know a figure before it is published here: that is no error.
    later = _find_by_editions(case, case.series)
    if later is not None:
        text = (
            f"By what was known on {format_day(case.day)} {quote(claim)} does not hold; by editions not yet "
            f"out then it does: {format_change(later)}."
        )
        return _rule("unresolved", "no_reference", claim, [later], text)
    if not _says_between_what(case):
        text = (
            f"The text does not say over which periods {quote(claim)} is meant: {format_change(current[0])}."
        )
        return _rule("unresolved", "no_reference", claim, current[:1], text)
    if not any(one.goes(case.direction) for one in current):
        text = f"{quote(claim)} is said of {case.direction}, and there was none: {format_change(current[0])}."
        return _rule("contradicted", "outside_printed_precision", claim, current[:1], text)
    # Sums change with every edition of what they are made of: a later one does not say what was printed then.
    if all(one.is_recomputed and one.known_from > case.printed_on for one in current):
        text = (
            f"{quote(claim)} was printed from an edition that is not held here. By the nearest, of "
            f"{format_day(current[-1].vintage)}, it is {format_change(current[-1])}."
        )
        return _rule("unresolved", "no_reference", claim, current[-1:], text)
    text = f"{quote(claim)} lies outside what the statistics allow: {format_change(current[0])}."
    return _rule("contradicted", "outside_printed_precision", claim, current[:1], text)


def _says_between_what(case: ChangeCase) -> bool:
    """Whether both periods are stated, or the year before is plainly meant: nobody says "threefold" of it."""
    claim = case.claim
    if claim.period_basis in {"present", "up_to_date"}:
        return False
    # A window may be compared with the one before or with one far back, a multiple with any year.
    is_yearly = claim.period_basis != "five_year_window" and claim.unit_measure != TIMES
    return case.baseline is not None or is_yearly


def _state_absence(case: ChangeCase) -> Ruling:
    claim = case.claim
    spans = list_changed_periods(claim, case.known, case.baseline)
    bases = [base for span in spans for base in list_baselines(span, case.baseline, case.known)]
    wanted = [span for span in (*spans, *bases) if not any(span.covers(one) for one in case.known)]
    lacking = join_words([span.name() for span in dict.fromkeys(wanted)]) if wanted else "the two periods"
    text = join_sentences(
        f"Nothing known on {format_day(case.day)} can be held against {quote(claim)}.",
        f"A change needs the values of two periods; none is held for {lacking}.",
    )
    return Ruling("unresolved", "no_reference", None, (), text, f"nothing to compute: no value for {lacking}")


def _take_size(claim: Claim) -> Claim:
    if claim.value >= 0:
        return claim
    low = None if claim.value_high is None else -claim.value_high
    high = None if claim.value_low is None else -claim.value_low
    return replace(claim, value=-claim.value, value_low=low, value_high=high)


def _rule(verdict: str, reason: str, claim: Claim, changes: Sequence[Change], text: str) -> Ruling:
    references = list(dict.fromkeys(one for change in changes for one in (change.after, change.before)))
    sums = "; ".join([*(write_change(change) for change in changes), write_allowed(claim)])
    return Ruling(verdict, reason, references[0], tuple(references), text, sums)

"""Rulings: what is said of a claim once a rule has found how it stands to its references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.formatting import format_day, join_words
from etl.judge.arithmetic import name_data, write_comparison
from etl.judge.closeness import PRINTED_DIGIT, CloseReading, find_agreement, read_closely
from etl.judge.references import STANDING_BASES, WHOLE_YEARS, Claim, Reference, SeriesBook, keep_newest
from etl.judge.wording import (
    format_claimed_period,
    format_editions,
    format_newest,
    format_reference,
    format_rough_reading,
    format_vintage,
    join_sentences,
    name_period,
    quote,
)
from etl.periods import REGULAR_PARTS

CANDIDATE_BASES = WHOLE_YEARS | {"part_year"}
SHORT_BASES = REGULAR_PARTS | {"part_year"}
# Periods of several years or months, of which two may share one end: a misprint of the other end.
LONG_BASES = frozenset({"five_year_window", "part_year"})
# A month is one of twelve and a window one of five: with fewer digits the like of them is soon found
# (test_a_month_is_a_neighbour_only_of_a_figure_of_three_digits).
DIGITS_TO_SINGLE_OUT = 3


@dataclass(frozen=True)
class Case:
    """One claim on one day: what was known then, newest first, and the day it was printed."""

    claim: Claim
    day: date
    printed_on: date
    near: tuple[Reference, ...]
    newest: Reference | None
    book: SeriesBook

    def list_same_unit(self) -> list[Reference]:
        """References near the claim's period in the claim's unit."""
        return [one for one in self.near if one.unit_measure == self.claim.unit_measure]

    def list_later_agreeing(self) -> list[Reference]:
        """References for the claimed period that agree and came out after the day, newest first."""
        claim = self.claim
        wanted = (claim.period_basis, claim.period_start, claim.period_end)
        is_open = claim.period_basis == "present"
        return [
            one
            for one in self.book.list_later(claim, self.day)
            if (one.period_basis in STANDING_BASES if is_open else one.period == wanted)
            and find_agreement(claim, one) is not None
        ]

    def format_newest_after(self, reference: Reference) -> str:
        """What the newest period says, where it is newer than the reference."""
        return format_newest(self.newest, after=reference, day=self.day)


@dataclass(frozen=True)
class Ruling:
    """A verdict with its reason, the reference that decided and all it was held against."""

    verdict: str
    reason: str
    reference: Reference | None
    references: tuple[Reference, ...]
    explanation: str
    arithmetic: str
    newest: Reference | None = None


def list_current(references: Sequence[Reference]) -> list[Reference]:
    """Each publisher's newest data of each period, by their day, printed or worked out from what it printed.

    Publishers may differ without either having restated anything, and so may two prints of one day. They come
    newest first, and of one day the printed before the computed: a print of March stands before a register of
    the February before.
    """
    newest: dict[tuple[object, ...], Reference] = {}
    return [
        one
        for one in references
        if _is_alike(newest.setdefault((one.publisher, one.unit_measure, *one.period), one), one)
    ]


def rule_supported(case: Case, reference: Reference, references: Sequence[Reference]) -> Ruling:
    """The newest data agree."""
    agreement = find_agreement(case.claim, reference) or PRINTED_DIGIT
    holds = "holds" if agreement == PRINTED_DIGIT else "holds roughly"
    text = join_sentences(
        f"{quote(case.claim)} {holds} for {name_period(reference)}.",
        format_rough_reading(case.claim, reference, agreement),
        format_editions(references),
        case.format_newest_after(reference),
    )
    return _build_ruling(case, "supported", agreement, reference, references, text)


def rule_outdated(case: Case, once: Reference, references: Sequence[Reference]) -> Ruling:
    """An older edition agrees: its publisher has printed another value since, or its newest data give one."""
    own = [one for one in references if one.publisher == once.publisher]
    newer = own[: own.index(once)]
    printed = next((one for one in newer if one.derivation is None), None)
    if printed is None:
        return rule_recomputed(case, once, newer[0], references)
    text = join_sentences(
        f"{quote(case.claim)} was right for {name_period(once)} by the edition of {format_vintage(once)}; "
        f"the period has been restated since.",
        format_editions(references),
    )
    return _build_ruling(case, "superseded", "restated_by_publisher", printed, references, text)


def rule_recomputed(
    case: Case, once: Reference, newest: Reference, references: Sequence[Reference]
) -> Ruling:
    """No newer print differs, and what the publisher's newest data add up to does."""
    data = f"its {name_data(newest, book=case.book)} of {format_vintage(newest)}"
    now = f"now {format_reference(newest)} worked out from {data}"
    if once.derivation is None:
        stood = f"is as printed by {once.publisher} for {name_period(once)} in {format_vintage(once)}"
    else:
        older = f"{once.publisher}\u2019s {name_data(once, book=case.book)} of {format_vintage(once)}"
        stood = f"fits {name_period(once)} as worked out from {older}"
    text = join_sentences(f"{quote(case.claim)} {stood}, {now}.", format_editions(references))
    return _build_ruling(case, "superseded", "recomputed_since", newest, references, text)


def rule_edition_of_the_month(case: Case, edition: Reference) -> Ruling:
    """An edition of the very month agrees, and nobody recorded on which day of the month it came out."""
    agreement = find_agreement(case.claim, edition) or PRINTED_DIGIT
    text = join_sentences(
        f"{quote(case.claim)} is what the edition of {format_vintage(edition)} has for "
        f"{name_period(edition)}; on which day of that month it came out is not known.",
        format_rough_reading(case.claim, edition, agreement),
    )
    return _build_ruling(case, "supported", agreement, edition, [edition], text)


def rule_not_out_yet(case: Case, contradicted: Ruling, later: Reference) -> Ruling:
    """Every edition of its day is against it and a later one agrees: only the vintage differs."""
    references = (*contradicted.references, later)
    text = join_sentences(
        f"By what was known on {format_day(case.day)} {quote(case.claim)} does not hold for "
        f"{name_period(later)}; the edition of {format_vintage(later)}, not yet out then, agrees.",
        format_editions([one for one in references if one.period == later.period]),
    )
    return _build_ruling(case, "unresolved", "no_reference", later, references, text)


def rule_mislabelled(case: Case, exact: Sequence[Reference]) -> Ruling | None:
    """A neighbouring period has the printed value to its last digit: the label is wrong, not the figure."""
    claim = case.claim
    reading = read_closely(claim)
    fitting = [
        one
        for one in case.list_same_unit()
        if _is_neighbour(claim, one, reading) and claim.agrees_with(one) and reading.fits(one)
    ]
    if not fitting:
        return None
    neighbour = min(fitting, key=lambda one: _rank_neighbour(claim, one))
    instead = f", which has {format_reference(exact[0])}" if exact else ""
    text = (
        f"{quote(claim)} is the value of {name_period(neighbour)} ({format_reference(neighbour)}), "
        f"not of {format_claimed_period(claim)}{instead}."
    )
    reason = "part_year" if neighbour.period_basis in SHORT_BASES else "wrong_period_label"
    return _build_ruling(case, "not_comparable", reason, neighbour, [neighbour, *exact], text)


def rule_contradicted(case: Case, exact: Sequence[Reference]) -> Ruling:
    """Same period and basis, outside the interval in every edition."""
    text = join_sentences(
        f"{quote(case.claim)} for {name_period(exact[0])} lies outside what every edition allows.",
        format_editions(exact),
    )
    return _build_ruling(case, "contradicted", "outside_printed_precision", exact[0], exact, text)


def rule_year_found(case: Case, reference: Reference, candidates: Sequence[Reference]) -> Ruling:
    """A whole year that ends by the date agrees, though the text does not say that it means that year."""
    agreement = find_agreement(case.claim, reference) or PRINTED_DIGIT
    text = join_sentences(
        f"The text names no start; {name_period(reference)}, the whole year that ends by then, has "
        f"{format_reference(reference)}.",
        format_rough_reading(case.claim, reference, agreement),
    )
    others = [one for one in candidates if one is not reference]
    return _build_ruling(case, "supported", agreement, reference, [reference, *others], text)


def rule_year_not_found(case: Case, candidates: Sequence[Reference]) -> Ruling:
    """No year that ends by the date agrees: all of them are named, and the year that contains the date."""
    claim = case.claim
    year = claim.period_end.year if claim.period_end else None
    values = join_words([f"{name_period(one)} has {format_reference(one)}" for one in candidates])
    containing = next((one for one in case.list_same_unit() if _contains_end(claim, one)), None)
    later = ""
    if containing is not None:
        name, value = name_period(containing), format_reference(containing)
        later = f"{name}, which contains that date and ends later, has {value}."
    text = join_sentences(
        f"No published period that ends in {year} gives {quote(claim)}, and the text does not say which it "
        f"means: {values}.",
        f"{later[:1].upper()}{later[1:]}",
    )
    # The candidate that ends last decides what is shown; of two that end together, the whole year.
    last = candidates[-1]
    return _build_ruling(case, "not_comparable", "period_basis_differs", last, candidates, text)


def rule_overtaken(case: Case, once: Reference, newest: Sequence[Reference]) -> Ruling:
    """A text that speaks of its present gives what an older period or edition had."""
    latest = newest[0]
    if once.period == latest.period:
        return rule_outdated(case, once, newest)
    since = "since it was printed" if latest.known_from > case.printed_on else "by the day it was printed"
    text = (
        f"{quote(case.claim)} names no period and fits {name_period(once)} ({format_reference(once)}); "
        f"a newer period was out {since}: {name_period(latest)} has {format_reference(latest)}."
    )
    return _build_ruling(case, "superseded", "newer_period_published", latest, [latest, once], text)


def rule_never_so(case: Case, standing: Sequence[Reference]) -> Ruling:
    """No period that was over ever had the value: contradicted where there is one kind of period only."""
    latest = standing[0]
    # With two kinds of year the text may mean either
    # (test_a_claim_about_the_present_is_not_contradicted_by_two_kinds_of_year).
    if len({one.period_basis for one in standing}) == 1:
        text = join_sentences(
            f"{quote(case.claim)} names no period, and by what was known on {format_day(case.day)} none has "
            "it that was over when it was printed.",
            f"The newest of them, {name_period(latest)}, has {format_reference(latest)}.",
        )
        newest = [one for one in standing if one.period == latest.period]
        return _build_ruling(case, "contradicted", "outside_printed_precision", latest, newest, text)
    listed = keep_newest(
        [max(_pick(standing, basis), key=lambda one: one.period_end) for basis in _list_bases(standing)]
    )
    return rule_other_period(case, listed)


def rule_other_period(case: Case, listed: Sequence[Reference]) -> Ruling:
    """Only other periods are known: the difference is named."""
    claim = case.claim
    parts = [one.period_basis == "part_year" for one in listed]
    reason = "part_year" if claim.period_basis == "part_year" or all(parts) else "period_basis_differs"
    in_order = sorted(listed, key=lambda one: (one.period_end, one.period_start))
    values = join_words([f"{name_period(one)} has {format_reference(one)}" for one in in_order])
    text = (
        f"No published figure is for the period of {quote(claim)} ({format_claimed_period(claim)}): {values}."
    )
    return _build_ruling(case, "not_comparable", reason, listed[0], listed, text)


def _build_ruling(
    case: Case, verdict: str, reason: str, reference: Reference, references: Sequence[Reference], text: str
) -> Ruling:
    compared = [reference] if verdict == "supported" else references
    # In the order of time, so that the restating is seen.
    if reason in {"restated_by_publisher", "recomputed_since"}:
        compared = sorted(references, key=lambda one: one.vintage)
    sums = write_comparison(case.claim, compared, book=case.book)
    return Ruling(verdict, reason, reference, tuple(references), text, sums)


def _is_alike(newest: Reference, reference: Reference) -> bool:
    return (newest.vintage, newest.voice) == (reference.vintage, reference.voice)


def _is_neighbour(claim: Claim, reference: Reference, reading: CloseReading) -> bool:
    """Whether a slip of the label leads from one period to the other: another basis, or one end in common."""
    if claim.period_start is None or claim.period_end is None:
        return False
    bases = {claim.period_basis, reference.period_basis}
    if len(bases) == 1:
        starts, ends = claim.period_start == reference.period_start, claim.period_end == reference.period_end
        # One end in common and not both: two whole years side by side are no slip of a label but another
        # year.
        return claim.period_basis in LONG_BASES and starts != ends
    if reference.period_basis not in CANDIDATE_BASES | LONG_BASES | SHORT_BASES:
        return False
    is_common = reference.period_basis not in REGULAR_PARTS and "five_year_window" not in bases
    return is_common or reading.significant_digits >= DIGITS_TO_SINGLE_OUT


def _rank_neighbour(claim: Claim, reference: Reference) -> tuple[bool, bool]:
    """A whole year before a part of one; one that starts in the claimed year before one that ends in it."""
    start = claim.period_start
    return reference.period_basis in SHORT_BASES, start is None or reference.period_start.year != start.year


def _contains_end(claim: Claim, reference: Reference) -> bool:
    end = claim.period_end
    is_whole = reference.period_basis in WHOLE_YEARS
    return end is not None and is_whole and reference.period_start <= end < reference.period_end


def _list_bases(references: Sequence[Reference]) -> list[str]:
    return list(dict.fromkeys(one.period_basis for one in references))


def _pick(references: Sequence[Reference], basis: str) -> list[Reference]:
    return [one for one in references if one.period_basis == basis]

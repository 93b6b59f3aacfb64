"""Rules: how a claim can stand to its references, tried in order; the first that applies gives the ruling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from etl.formatting import format_day
from etl.judge.arithmetic import format_ratio, write_ratio
from etl.judge.closeness import AGREEMENTS, CUT_DIGIT, NON_ZERO_DIGIT, PRINTED_DIGIT, find_agreement
from etl.judge.references import STANDING_BASES, WHOLE_YEARS, Claim, Reference, keep_newest
from etl.judge.rulings import (
    CANDIDATE_BASES,
    Case,
    Ruling,
    list_current,
    rule_contradicted,
    rule_edition_of_the_month,
    rule_mislabelled,
    rule_never_so,
    rule_not_out_yet,
    rule_other_period,
    rule_outdated,
    rule_overtaken,
    rule_supported,
    rule_year_found,
    rule_year_not_found,
)
from etl.judge.wording import (
    format_claimed_period,
    format_reference,
    format_vintage,
    join_sentences,
    name_period,
    name_series,
    name_unit,
    quote,
)

# More periods in one sentence are not read; those that cover most of the claim's own come first.
MOST_LISTED = 6


def judge_case(case: Case) -> Ruling:
    """The ruling of the first rule that applies."""
    rulings = (rule(case) for rule in RULES)
    ruling = next((ruling for ruling in rulings if ruling is not None), None) or state_absence(case)
    # What already holds needs no later edition to hold.
    if ruling.verdict != "supported":
        ruling = consider_later_editions(case, ruling)
    return replace(ruling, newest=case.newest)


def consider_later_editions(case: Case, ruling: Ruling) -> Ruling:
    """An edition of that month may have been out; one of a later month takes the edge off a contradiction."""
    later = case.list_later_agreeing()
    for edition in later:
        # Many editions are dated by their month alone, so the one of that month may have been out on the day.
        is_of_month = (edition.vintage.year, edition.vintage.month) == (case.day.year, case.day.month)
        if is_of_month and edition.vintage_precision == "month":
            return rule_edition_of_the_month(case, edition)
    return rule_not_out_yet(case, ruling, later[-1]) if later and ruling.verdict == "contradicted" else ruling


def hold_against_same_period(case: Case) -> Ruling | None:
    """Same basis, dates and unit: the newest data decide, older editions tell whether it was once so."""
    claim = case.claim
    exact = [
        one
        for one in case.list_same_unit()
        if one.period == (claim.period_basis, claim.period_start, claim.period_end)
    ]
    if not exact:
        return None
    held = hold_against_editions(case, exact)
    return held or rule_mislabelled(case, exact) or rule_contradicted(case, exact)


def hold_against_editions(case: Case, exact: list[Reference]) -> Ruling | None:
    """One period by the newest data of each publisher, and by what each gave before, the most exact first.

    A figure of which a digit was cut comes after one that an older edition had to its last digit: what was
    printed as it was is no slip.
    """
    current = list_current(exact)
    for agreements, references, rule in (
        ((PRINTED_DIGIT, NON_ZERO_DIGIT), current, rule_supported),
        ((PRINTED_DIGIT,), exact, rule_outdated),
        ((CUT_DIGIT,), current, rule_supported),
        ((NON_ZERO_DIGIT, CUT_DIGIT), exact, rule_outdated),
    ):
        for agreement in agreements:
            agreeing = [one for one in references if find_agreement(case.claim, one) == agreement]
            if agreeing:
                # What was printed so, rather than what was worked out so for a while.
                return rule(
                    case, next((one for one in agreeing if one.derivation is None), agreeing[0]), exact
                )
    return None


def hold_against_year_reached(case: Case) -> Ruling | None:
    """A total reached by a date: whole years that end in that year can support it, none contradicts it."""
    claim = case.claim
    if claim.period_basis != "up_to_date" or claim.period_end is None:
        return None
    end = claim.period_end
    candidates = sorted(
        keep_newest(
            [
                one
                for one in case.list_same_unit()
                if one.period_basis in CANDIDATE_BASES
                and one.period_end.year == end.year
                and one.period_end <= end
            ]
        ),
        key=lambda one: (one.period_end, one.period_basis in WHOLE_YEARS, one.obs_id),
    )
    if not candidates:
        return None
    years = [one for one in candidates if one.period_basis in WHOLE_YEARS]
    for agreement in AGREEMENTS:
        agreeing = [one for one in years if find_agreement(claim, one) == agreement]
        if agreeing:
            return rule_year_found(case, agreeing[-1], candidates)
    # Never contradicted: the text did not say which year it means
    # (test_a_total_by_a_date_is_never_contradicted).
    return rule_year_not_found(case, candidates)


def hold_against_present(case: Case) -> Ruling | None:
    """No period stated: the newest period known decides, older ones tell whether it was once so."""
    claim = case.claim
    if claim.period_basis != "present":
        return None
    standing = sorted(
        (one for one in case.list_same_unit() if one.period_basis in STANDING_BASES),
        key=lambda one: (one.period_end, one.vintage, one.derivation is None),
        reverse=True,
    )
    if not standing:
        return None
    newest = [one for one in standing if one.period == standing[0].period]
    spoken_of = [one for one in standing if is_over(one, case.printed_on)]
    if not spoken_of:
        return rule_other_period(case, newest[:1])
    current = list_current(newest)
    for agreement in AGREEMENTS:
        agreeing = next((one for one in current if find_agreement(claim, one) == agreement), None)
        if agreeing is not None and agreeing in spoken_of:
            return rule_supported(case, agreeing, newest)
    is_still_so = any(find_agreement(claim, one) is not None for one in current)
    for agreement in AGREEMENTS:
        once = next((one for one in spoken_of if find_agreement(claim, one) == agreement), None)
        if once is not None and is_still_so:
            return rule_supported(case, once, [one for one in standing if one.period == once.period])
        if once is not None:
            return rule_overtaken(case, once, newest)
    return rule_never_so(case, spoken_of)


def hold_against_other_periods(case: Case) -> Ruling | None:
    """Same unit, but only other periods: name the difference, never contradict."""
    claim = case.claim
    bases = CANDIDATE_BASES | {"five_year_window", "day", claim.period_basis}
    others = [one for one in case.list_same_unit() if one.period_basis in bases]
    if not others:
        return None
    if claim.period_basis == "present":
        others = [max(others, key=lambda one: (one.period_end, one.vintage))]
    mislabelled = rule_mislabelled(case, ())
    if mislabelled is not None:
        return mislabelled
    return rule_other_period(case, order_by_overlap(claim, keep_newest(others))[:MOST_LISTED])


def hold_against_other_units(case: Case) -> Ruling | None:
    """The same thing in another unit: set beside each other, not against each other."""
    claim = case.claim
    others = [one for one in case.near if one.unit_measure != claim.unit_measure]
    if claim.period_basis == "present" and others:
        last = max(one.period_end for one in others)
        others = [one for one in others if one.period_end == last]
    if not others:
        return None
    listed = order_by_overlap(claim, keep_newest(others))[:MOST_LISTED]
    first = listed[0]
    sums = write_ratio(claim, first, book=case.book)
    return Ruling("not_comparable", "wrong_unit", None, tuple(listed), _format_other_unit(claim, first), sums)


def state_absence(case: Case) -> Ruling:
    """Nothing to hold it against: say what was looked for."""
    claim = case.claim
    looked_for = f"{name_series(claim)}, {format_claimed_period(claim)}"
    later = case.book.find_first_known_later(claim, case.day)
    details = []
    if case.newest is not None:
        name, value = name_period(case.newest), format_reference(case.newest)
        details.append(f"The newest period of it then known, {name}, has {value}.")
    if later is not None:
        details.append(
            f"The first such figure held here, for {name_period(later)}, is of {format_vintage(later)}."
        )
    if not details:
        details.append("The snapshot holds no such series.")
    nothing = f"Nothing known on {format_day(case.day)} can be held against {quote(claim)}."
    text = join_sentences(nothing, f"Looked for: {looked_for}.", *details)
    return Ruling(
        "unresolved", "no_reference", None, (), text, f"nothing to compute: no observation of {looked_for}"
    )


# From the same thing to ever less comparable ones: what fits better speaks first, and only the first and the
# third can contradict.
RULES: tuple[Callable[[Case], Ruling | None], ...] = (
    hold_against_same_period,
    hold_against_year_reached,
    hold_against_present,
    hold_against_other_periods,
    hold_against_other_units,
)


def is_over(reference: Reference, day: date) -> bool:
    """Whether a text of a day can speak of a period as its present: a target apart, it must be over."""
    return reference.period_end <= day or reference.period_basis == "target_year"


def order_by_overlap(claim: Claim, references: list[Reference]) -> list[Reference]:
    """References by how much of the claim's period they cover, whole years before parts, then the newest."""
    return sorted(
        references,
        key=lambda one: (
            -_count_shared_days(claim, one),
            one.period_basis == "part_year",
            -one.period_end.toordinal(),
            one.obs_id,
        ),
    )


def _count_shared_days(claim: Claim, reference: Reference) -> int:
    if claim.period_end is None:
        return 0
    start = claim.period_start or claim.period_end
    shared = (min(claim.period_end, reference.period_end) - max(start, reference.period_start)).days + 1
    return max(shared, 0)


def _format_other_unit(claim: Claim, reference: Reference) -> str:
    value, unit = format_reference(reference), name_unit(reference.unit_measure)
    if claim.unit_measure == "PERCENT":
        return (
            f"The text does not say of what {quote(claim)} is a part; in {unit} the figures of "
            f"{reference.speaker} give {value} for {name_period(reference)}."
        )
    is_weapon = claim.indicator.startswith("units_")
    where = f"the orders of {reference.time_period}" if is_weapon else name_period(reference)
    return (
        f"{quote(claim)} counts {name_unit(claim.unit_measure)} and the statistics count {unit}: "
        f"{reference.speaker} has {value} for {where}. "
        f"{format_ratio(claim, reference)}"
    ).strip()

"""Figures of other counts, and of editions that are not held: that ours differ contradicts nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from etl.judge.references import Claim, Reference
from etl.judge.rulings import Ruling
from etl.judge.wording import format_reference, join_sentences, name_period

# Budgets, alliances and institutes each have a definition of the first, and prices of their own; of crude oil
# the petroleum ministry and customs have each their own count.
COUNTED_DIFFERENTLY = {
    "military_expenditure": "military spending",
    "crude_oil_import_quantity": "the quantity of crude oil",
}
# By which names texts call a publisher whose figures they print.
CALLED = {
    "SIPRI": ("sipri", "stockholm international peace"),
    "India\u2019s Department of Commerce": ("commerce", "customs", "dgci"),
}
# SIPRI restates earlier years with every edition.
RESTATING = frozenset({"SIPRI"})
# SIPRI's 45 per cent for 2018-22 is 40.3 by its register since, an eighth less: twice that is beyond it.
RESTATED_PART = 0.25
# Editions come a year apart; what outlets print within a month of a text is of the one that it had.
SAME_EDITION = timedelta(days=31)


def allow_other_counts(claim: Claim, ruling: Ruling, *, printed_on: date, is_change: bool = False) -> Ruling:
    """The ruling, or none where the figure may be right by a count or an edition that is not held here."""
    if ruling.verdict != "contradicted" or not ruling.references:
        return ruling
    text = _find_other_count(claim, ruling) or _find_other_edition(
        claim, ruling, printed_on, is_change=is_change
    )
    if text is None:
        return ruling
    explanation = join_sentences(text, ruling.explanation)
    return replace(ruling, verdict="unresolved", reason="no_reference", explanation=explanation)


def _find_other_count(claim: Claim, ruling: Ruling) -> str | None:
    measure = COUNTED_DIFFERENTLY.get(claim.indicator)
    publishers = {one.publisher for one in ruling.references}
    names = [name for publisher in publishers for name in CALLED.get(publisher, (publisher.lower(),))]
    if measure is None or any(name in claim.said_by.lower() for name in names):
        return None
    counts = " and ".join(sorted(publishers))
    return (
        f"The text does not say whose figure this is, and {measure} is counted in several ways; by {counts}:"
    )


def _find_other_edition(claim: Claim, ruling: Ruling, printed_on: date, *, is_change: bool) -> str | None:
    held = ruling.references
    if any(one.publisher not in RESTATING or one.known_from <= printed_on + SAME_EDITION for one in held):
        return None
    is_near = any(_is_within_restatement(claim, one) for one in held)
    if claim.indicator not in COUNTED_DIFFERENTLY and (is_change or not is_near):
        return None
    nearest = min(held, key=lambda one: one.known_from)
    return (
        f"The edition that a text of {printed_on.isoformat()} had is not held here, and later ones restate "
        f"it; the nearest has {format_reference(nearest)} in {name_period(nearest)}."
    )


def _is_within_restatement(claim: Claim, one: Reference) -> bool:
    return abs(claim.value - one.obs_value) <= RESTATED_PART * abs(one.obs_value)

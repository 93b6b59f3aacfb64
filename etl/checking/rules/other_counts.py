"""Figures of other counts, and of editions that are not held: that ours differ contradicts nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from etl.documents.prose import FoundClaim
from etl.judge.references import Reference
from etl.judge.rulings import Ruling
from etl.judge.wording import format_reference, join_sentences, name_period

# Budgets, alliances and institutes each have a definition of it, and prices of their own.
COUNTED_DIFFERENTLY = {"military_expenditure": "military spending"}
# Publishers that restate earlier years with every edition, by the names that texts call them.
RESTATING = {"SIPRI": ("sipri", "stockholm international peace")}
# SIPRI's 45 per cent for 2018-22 is 40.3 by its register since, an eighth less: twice that is beyond it.
RESTATED_PART = 0.25


def allow_other_counts(found: FoundClaim, ruling: Ruling, *, printed_on: date) -> Ruling:
    """The ruling, or none where the figure may be right by a count or an edition that is not held here."""
    if ruling.verdict != "contradicted" or not ruling.references:
        return ruling
    text = _find_other_count(found, ruling) or _find_other_edition(found, ruling, printed_on)
    if text is None:
        return ruling
    return replace(
        ruling,
        verdict="unresolved",
        reason="no_reference",
        explanation=join_sentences(text, ruling.explanation),
    )


def _find_other_count(found: FoundClaim, ruling: Ruling) -> str | None:
    measure = COUNTED_DIFFERENTLY.get(found.indicator or "")
    publishers = {one.publisher for one in ruling.references}
    names = [name for publisher in publishers for name in RESTATING.get(publisher, (publisher.lower(),))]
    said = f"{found.attributed_to or ''} {found.sentence}".lower()
    if measure is None or any(name in said for name in names):
        return None
    counts = " and ".join(sorted(publishers))
    return (
        f"The sentence does not say whose figure this is, and {measure} is counted in many ways; by {counts}:"
    )


def _find_other_edition(found: FoundClaim, ruling: Ruling, printed_on: date) -> str | None:
    held = ruling.references
    if any(one.publisher not in RESTATING or one.known_from <= printed_on for one in held):
        return None
    is_near = any(_is_within_restatement(found, one) for one in held)
    if found.indicator not in COUNTED_DIFFERENTLY and (found.is_change or not is_near):
        return None
    nearest = min(held, key=lambda one: one.known_from)
    return (
        f"The edition that a text of {printed_on.isoformat()} had is not held here, and later ones restate "
        f"it; the nearest has {format_reference(nearest)} in {name_period(nearest)}."
    )


def _is_within_restatement(found: FoundClaim, one: Reference) -> bool:
    return abs(float(found.value) - one.obs_value) <= RESTATED_PART * abs(one.obs_value)

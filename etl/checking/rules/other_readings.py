"""Other readings: a figure by the other side's report of it, or with what its sentence leaves open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date

from etl.checking.series_index import SeriesIndex
from etl.documents.prose import ASSUMED, CARRIED, STATED, FoundClaim
from etl.formatting import join_words
from etl.judge.references import Claim, Reference
from etl.judge.rulings import Ruling
from etl.judge.verdicts import rule_on_claim
from etl.judge.wording import format_reference, join_sentences, name_period, name_series, quote
from etl.vocabulary.series_codes import ALL_COMMODITIES, CRUDE_OIL

SETTLED = frozenset({"supported", "superseded"})
# What a sentence does not say of its figure where a slot is not stated.
OPEN_SLOTS = {"measure": "what it is of", "parties": "whose it is", "period": "for when it is"}
# Slips that are readings of their own where the sentence leaves the measure open.
RIVALS = frozenset({"other_party", "other_measure", "wrong_year", "wrong_window"})
# What a sum of money in one article may be of; a reader takes the one that the text before it spoke of.
MEASURES = ("bilateral_trade", "imports", "exports", "crude_oil_imports")
Judge = Callable[[Claim], Ruling]


def rule_by_mirror(
    ruling: Ruling, mirror: Claim | None, *, index: SeriesIndex, day: date, printed_on: date
) -> Ruling:
    """The ruling, or one by the other side's figures where these fit or where there are no others."""
    if mirror is None or ruling.verdict in SETTLED:
        return ruling
    held = rule_on_claim(mirror, book=index.book, as_of=day, printed_on=printed_on)
    # A slip of the period is forgiven here, for the verdict is "not comparable" in any case.
    is_fitting = held.verdict in SETTLED or held.reason == "wrong_period_label"
    reference = held.reference
    if reference is None or not (is_fitting or ruling.verdict == "unresolved"):
        return ruling
    text = _explain(mirror, held, reference, ruling, index)
    references = (*held.references, *ruling.references)
    return Ruling(
        "not_comparable",
        "valuation_differs",
        reference,
        tuple(dict.fromkeys(references)),
        text,
        held.arithmetic,
        held.newest,
    )


def read_kindly(found: FoundClaim, claim: Claim, ruling: Ruling, *, judge: Judge) -> Ruling:
    """The ruling, or that on another reading where the text leaves one open and the first one fails.

    A figure whose sentence names neither its measure nor its period is never contradicted for the sake of an
    inference while another reading holds; that one is taken, and said.
    """
    if ruling.verdict != "contradicted" or not found.origins.list_slots(ASSUMED) + found.origins.list_slots(
        CARRIED
    ):
        return ruling
    for reading, text in _list_readings(found, claim):
        other = judge(reading)
        if other.verdict in {"supported", "superseded"}:
            return replace(other, explanation=join_sentences(text, other.explanation))
    return ruling


def leave_open(found: FoundClaim, ruling: Ruling, rivals: Collection[str] = ()) -> Ruling:
    """The ruling, or none where it would contradict a figure on a guess.

    What is assumed is a guess, and so is what is carried and has a rival: the figure fits another party,
    measure or period. `rivals` are such slips.
    """
    if ruling.verdict != "contradicted":
        return ruling
    assumed, carried = (found.origins.list_slots(how) for how in (ASSUMED, CARRIED))
    unsure = assumed or ([] if RIVALS.isdisjoint(rivals) else carried)
    if not unsure:
        return ruling
    text = (
        f"The sentence does not say {join_words([OPEN_SLOTS[slot] for slot in unsure])}, and another reading "
        "may be meant. As it was read:"
    )
    return replace(
        ruling,
        verdict="unresolved",
        reason="no_reference",
        explanation=join_sentences(text, ruling.explanation),
    )


def _explain(mirror: Claim, held: Ruling, reference: Reference, ruling: Ruling, index: SeriesIndex) -> str:
    reporter, other = index.name_owner(mirror.ref_area), index.name_owner(mirror.counterpart_area)
    flow = {
        "imports": f"{reporter} imports, valued with freight and insurance (CIF)",
        "exports": f"{reporter} exports, valued without freight and insurance (FOB)",
        "trade_balance": f"the balance by {reporter} figures",
    }[mirror.indicator]
    own = "does not fit" if ruling.verdict != "unresolved" else "is not held here"
    value = f"{format_reference(reference)} in {name_period(reference)} ({reference.speaker})"
    closing = "the two sides count the same goods at different borders"
    if held.verdict in SETTLED:
        return (
            f"What {other} side reports {own}; {quote(mirror)} is {flow}: {value}. It agrees with these, but "
            f"{closing}."
        )
    return f"What {other} side reports {own}; held beside it stand {flow}: {value}. {closing.capitalize()}."


def _list_readings(found: FoundClaim, claim: Claim) -> Iterator[tuple[Claim, str]]:
    if found.origins.measure.how != STATED and claim.indicator in MEASURES:
        for indicator in MEASURES:
            if indicator != claim.indicator:
                commodity = CRUDE_OIL if indicator == "crude_oil_imports" else ALL_COMMODITIES
                reading = replace(claim, indicator=indicator, commodity=commodity)
                text = f"The sentence does not say what {quote(claim)} is of; it fits {name_series(reading)}."
                yield reading, text
    if found.origins.period.how != STATED and claim.period_basis != "present":
        reading = replace(claim, time_period=None, period_start=None, period_end=None, period_basis="present")
        yield reading, f"The sentence does not say for when {quote(claim)} is."

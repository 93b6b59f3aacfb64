"""Mirrors: a flow held against what the other side reports of it, which is valued at another border."""

from __future__ import annotations

from datetime import date

from etl.checking.holdings import Holdings
from etl.judge.references import Claim, Reference
from etl.judge.rulings import Ruling
from etl.judge.verdicts import rule_on_claim
from etl.judge.wording import format_reference, name_period, quote

SETTLED = frozenset({"supported", "superseded"})


def rule_by_mirror(
    ruling: Ruling, mirror: Claim | None, *, holdings: Holdings, day: date, printed_on: date
) -> Ruling:
    """The ruling, or one by the other side's figures where these fit or where there are no others."""
    if mirror is None or ruling.verdict in SETTLED:
        return ruling
    held = rule_on_claim(mirror, book=holdings.book, as_of=day, printed_on=printed_on)
    is_fitting = held.verdict in SETTLED or held.reason == "wrong_period_label"
    reference = held.reference
    if reference is None or not (is_fitting or ruling.verdict == "unresolved"):
        return ruling
    text = _explain(mirror, held, reference, ruling, holdings)
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


def _explain(mirror: Claim, held: Ruling, reference: Reference, ruling: Ruling, holdings: Holdings) -> str:
    reporter, other = holdings.name_owner(mirror.ref_area), holdings.name_owner(mirror.counterpart_area)
    flow = {
        "imports": f"{reporter} imports, valued with freight and insurance (CIF)",
        "exports": f"{reporter} exports, valued without freight and insurance (FOB)",
        "trade_balance": f"the balance by {reporter} figures",
    }[mirror.indicator]
    own = "does not fit" if ruling.verdict != "unresolved" else "is not held here"
    value = f"{format_reference(reference)} in {name_period(reference)} ({reference.publisher})"
    closing = "the two sides count the same goods at different borders"
    if held.verdict in SETTLED:
        return (
            f"What {other} side reports {own}; {quote(mirror)} is {flow}: {value}. It agrees with these, but "
            f"{closing}."
        )
    return f"What {other} side reports {own}; held beside it stand {flow}: {value}. {closing.capitalize()}."

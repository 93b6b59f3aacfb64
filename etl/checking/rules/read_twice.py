"""Figures of one text that were read as the same thing: where one of them holds, the other was misread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from etl.checking.reports.report import CheckedClaim, CheckVerdict
from etl.documents.prose import CARRIED
from etl.judge.wording import join_sentences

SETTLED = frozenset({"supported", "superseded"})


def leave_what_was_read_twice(claims: Sequence[CheckedClaim]) -> tuple[CheckedClaim, ...]:
    """The claims, none of which is contradicted for saying another thing than one of them that holds.

    Two figures of a sentence for one measure, parties and period cannot both be meant so, and neither can one
    that takes some of that from another sentence: the words of a list, of "respectively" or of a table were
    then bound to the wrong one.
    """
    read_alike: dict[tuple[object, ...], list[CheckedClaim]] = defaultdict(list)
    for claim in claims:
        read_alike[_name_reading(claim)].append(claim)
    return tuple(_leave_open(claim, read_alike[_name_reading(claim)]) for claim in claims)


def _name_reading(claim: CheckedClaim) -> tuple[object, ...]:
    found = claim.found
    sides = (found.ref_area, found.counterpart_area, found.commodity)
    return (found.indicator, *sides, found.period, found.is_change, found.baseline, found.unit_measure)


def _leave_open(claim: CheckedClaim, alike: Sequence[CheckedClaim]) -> CheckedClaim:
    others = [one for one in alike if one.found.value != claim.found.value and _may_be_mixed_up(claim, one)]
    now = _leave_verdict(claim.now, [(one, one.now) for one in others])
    if claim.printing is None:
        return replace(claim, now=now)
    printing = _leave_verdict(claim.printing, [(one, one.printing or one.now) for one in others])
    return replace(claim, now=now, printing=printing)


def _may_be_mixed_up(claim: CheckedClaim, other: CheckedClaim) -> bool:
    # A sentence of its own that states all of it is meant as it stands.
    return claim.found.sentence == other.found.sentence or bool(claim.found.origins.list_slots(CARRIED))


def _leave_verdict(
    verdict: CheckVerdict, others: Sequence[tuple[CheckedClaim, CheckVerdict]]
) -> CheckVerdict:
    holding = next((one for one, judged in others if judged.verdict in SETTLED), None)
    if verdict.verdict != "contradicted" or holding is None:
        return verdict
    text = (
        f"The text says \u201c{holding.found.stated_as}\u201d of the same, which holds: what this figure is "
        "of may be read wrongly here. As it was read:"
    )
    explanation = join_sentences(text, verdict.explanation)
    return replace(verdict, verdict="unresolved", reason="no_reference", explanation=explanation)

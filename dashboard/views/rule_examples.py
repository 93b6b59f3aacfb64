"""An example from the data for each reason of a verdict and each slip: a claim, or a sentence for it.

A written sentence is made from a row of the snapshot and checked by the code that checks any text; it is
offered only where it gives what it is to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

import etl
from dashboard.views.claims import ClaimEntry, list_all_claims
from dashboard.views.written_sentences import BY_REASON, BY_SLIP, ExampleRows, Write
from etl import CheckedClaim, Snapshot

CACHED_LISTS = 8
# Enough to find one that fits; each takes some milliseconds.
MOST_TRIED = 12


@dataclass(frozen=True)
class RuleExample:
    """One figure that shows a rule: as printed, where, and what the judge says of it.

    `sentence` is set where it was written for this purpose, and `opens` is the row that it was made from;
    else `opens` is the claim.
    """

    stated_as: str
    about: str
    sentence: str | None
    published_on: date
    opens: str
    explanation: str
    arithmetic: str


@lru_cache(maxsize=CACHED_LISTS)
def list_reason_examples(snapshot: Snapshot, dossier_id: str) -> Mapping[str, RuleExample]:
    """An example of each reason that the dossier's data give one of: its claims first, then sentences."""
    claims = sorted(list_all_claims(snapshot, dossier_id), key=_rank)
    found: dict[str, RuleExample] = {}
    for entry in etl.list_codes("reason"):
        printed = (claim for claim in claims if claim.snapshot.reason == entry.label)
        claim = next(printed, None)
        example = (
            _show_printed(claim)
            if claim is not None
            else _write_example(snapshot, dossier_id, entry.code, write=BY_REASON.get(entry.code))
        )
        if example is not None:
            found[entry.code] = example
    return found


@lru_cache(maxsize=CACHED_LISTS)
def list_slip_examples(snapshot: Snapshot, dossier_id: str) -> Mapping[str, RuleExample]:
    """A sentence for each likely slip that the dossier's data allow one of."""
    written = {
        entry.code: _write_example(snapshot, dossier_id, entry.code, write=BY_SLIP.get(entry.code))
        for entry in etl.list_codes("slip")
    }
    return {code: example for code, example in written.items() if example is not None}


def _rank(claim: ClaimEntry) -> tuple[int, str]:
    topics = [entry.code for entry in etl.list_codes("topic")]
    return topics.index(claim.topic), claim.claim_id


def _show_printed(claim: ClaimEntry) -> RuleExample:
    return RuleExample(
        stated_as=claim.stated_as,
        about=f"{claim.title}, {claim.period}",
        sentence=None,
        published_on=claim.published_on,
        opens=claim.claim_id,
        explanation=claim.snapshot.explanation,
        arithmetic=claim.snapshot.arithmetic,
    )


def _write_example(
    snapshot: Snapshot, dossier_id: str, code: str, *, write: Write | None
) -> RuleExample | None:
    """The first written sentence that gives the reason or the slip, if there is one."""
    examples = ExampleRows(snapshot, snapshot.dossier(dossier_id))
    for written in islice(write(examples), MOST_TRIED) if write else ():
        report = etl.check_text(
            written.sentence, snapshot=snapshot, published_on=written.published_on, dossier=dossier_id
        )
        if len(report.claims) == 1 and _shows(report.claims[0], code):
            claim = report.claims[0]
            slips = [slip.sentence for slip in claim.slips if slip.code == code]
            return RuleExample(
                stated_as=claim.found.stated_as,
                about=snapshot.evidence(written.row_id).title,
                sentence=written.sentence,
                published_on=written.published_on,
                opens=written.row_id,
                explanation=slips[0] if slips else claim.now.explanation,
                arithmetic=claim.now.arithmetic,
            )
    return None


def _shows(claim: CheckedClaim, code: str) -> bool:
    return claim.now.reason == code or (bool(claim.slips) and claim.slips[0].code == code)

"""Inferences: a figure whose sentence leaves something open is read as the statistics bear it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from etl.documents.prose import FoundClaim
from etl.judge.references import Claim
from etl.judge.rulings import Ruling
from etl.judge.wording import join_sentences, name_series, quote

MEASURE, PERIOD = "measure", "period"
# What a sum of money in one article may be of; a reader takes the one that the text before it spoke of.
MEASURES = ("bilateral_trade", "imports", "exports", "crude_oil_imports")
Judge = Callable[[Claim], Ruling]


def read_kindly(found: FoundClaim, claim: Claim, ruling: Ruling, *, judge: Judge) -> Ruling:
    """The ruling, or that on another reading where the text leaves one open and the first one fails.

    A figure whose sentence names neither its measure nor its period is never contradicted for the sake of an
    inference while another reading holds; that one is taken, and said.
    """
    if ruling.verdict != "contradicted" or not found.inferred:
        return ruling
    for reading, words in _list_readings(found, claim):
        other = judge(reading)
        if other.verdict in {"supported", "superseded"}:
            return replace(other, explanation=join_sentences(words, other.explanation))
    return ruling


def _list_readings(found: FoundClaim, claim: Claim) -> Iterator[tuple[Claim, str]]:
    if MEASURE in found.inferred and claim.indicator in MEASURES:
        for indicator in MEASURES:
            if indicator != claim.indicator:
                commodity = "2709" if indicator == "crude_oil_imports" else "TOTAL"
                reading = replace(claim, indicator=indicator, commodity=commodity)
                text = f"The sentence does not say what {quote(claim)} is of; it fits {name_series(reading)}."
                yield reading, text
    if PERIOD in found.inferred and claim.period_basis != "present":
        reading = replace(claim, time_period=None, period_start=None, period_end=None, period_basis="present")
        yield reading, f"The sentence does not say for when {quote(claim)} is."

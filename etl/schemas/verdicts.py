"""Verdicts: what checking a claim against observations gave, as of a day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from etl.schemas.table import Table, described
from etl.vocabulary import REASONS, VERDICTS


class Verdicts(Table):
    """Two rows per claim: one for the day of printing, one for the snapshot's day."""

    _sort: ClassVar[tuple[str, ...]] = ("claim_id", "occasion")

    claim_id: str = described("claim that is judged", unit="id")
    as_of: date = described("day whose knowledge is used", unit="date")
    occasion: str = described("which day that is", unit="code", isin=["printing", "snapshot"])
    verdict: str = described("the verdict", unit="code", isin=VERDICTS.codes)
    reason: str = described("why", unit="code", isin=REASONS.codes)
    reference_value: float = described(
        "value it was held against", unit="unit_measure of the claim", nullable=True
    )
    reference_low: float = described(
        "least value the reference's own rounding allows", unit="unit_measure", nullable=True
    )
    reference_high: float = described("greatest value it allows", unit="unit_measure", nullable=True)
    difference: float = described("claimed value less reference value", unit="unit_measure", nullable=True)
    reference_ids: str = described("obs_ids it was held against, joined by ';'", unit="ids", nullable=True)
    reference_vintage: date = described("vintage of the reference", unit="date", nullable=True)
    newest_period: str = described(
        "newest period of the same series on that day", unit="period", nullable=True
    )
    newest_value: float = described("its value", unit="unit_measure", nullable=True)
    explanation: str = described("the verdict in words")
    arithmetic: str = described("the sums a reader can repeat")

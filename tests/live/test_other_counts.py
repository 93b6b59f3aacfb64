"""Measures that others count otherwise than the statistics that are held: they contradict nothing unasked."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

import etl


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("India\u2019s military expenditure was $64 billion in 2024, its budget says.", "unresolved"),
        ("India\u2019s military expenditure was $64 billion in 2024, SIPRI said.", "contradicted"),
        ("India\u2019s military expenditure was $86.1 billion in 2024, its budget says.", "supported"),
    ],
)
def test_a_sum_is_contradicted_only_where_it_is_said_to_be_of_the_same_count(
    text: str, verdict: str, live_snapshot: etl.Snapshot
) -> None:
    report = etl.check_text(text, snapshot=live_snapshot, published_on=date(2026, 6, 1))
    assert [claim.now.verdict for claim in report.claims] == [verdict]


def test_a_recorded_quantity_of_crude_oil_of_nobody_named_is_left_open(live_snapshot: etl.Snapshot) -> None:
    claims, verdicts = live_snapshot.claims().collect(), live_snapshot.verdicts().collect()
    weighed = claims.filter(pl.col("indicator") == "crude_oil_import_quantity")["claim_id"]
    assert len(weighed) > 0
    found = verdicts.filter(pl.col("claim_id").is_in(weighed.to_list()))
    assert "contradicted" not in found["verdict"].to_list()

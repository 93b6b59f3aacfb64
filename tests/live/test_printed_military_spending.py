"""Military spending, which others count otherwise than the statistics that are held."""

from __future__ import annotations

from datetime import date

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

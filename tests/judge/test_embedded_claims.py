"""The verdicts on the embedded documents: the figures a reader comes for."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import etl

EXPECTED = {
    "business-standard-2025-12-05.share-2009-13": "supported/within_printed_precision",
    "business-standard-2025-12-05.share-2019-23": "supported/within_printed_precision",
    "business-standard-2025-12-05.s400-ordered": "not_comparable/wrong_unit",
    "business-standard-2025-12-05.s400-pending": "not_comparable/wrong_unit",
    "business-standard-2025-12-05.s400-contract-value": "unresolved/no_reference",
    "reaffirm-defence-partnership.trade-2021-22": "supported/within_printed_precision",
    "reaffirm-defence-partnership.trade-end-2022": "not_comparable/period_basis_differs",
    "crf-23rd-annual-summit.trade-2025": "supported/within_last_nonzero_digit",
    "crf-23rd-annual-summit.trade-target-2030": "supported/within_printed_precision",
    "crf-23rd-annual-summit.export-share": "not_comparable/wrong_unit",
}


def find_verdict(snapshot: etl.Snapshot, claim_id: str) -> dict[str, Any]:
    rows = snapshot.verdicts().filter(pl.col("claim_id") == claim_id, pl.col("occasion") == "snapshot")
    return rows.collect().row(0, named=True)


@pytest.mark.parametrize(("claim_id", "ruling"), EXPECTED.items())
def test_a_claim_of_the_embedded_documents_gets_its_verdict(
    built_snapshot: etl.Snapshot, claim_id: str, ruling: str
) -> None:
    verdict = find_verdict(built_snapshot, claim_id)
    assert f"{verdict['verdict']}/{verdict['reason']}" == ruling


def test_the_share_of_2019_to_2023_shows_its_division(built_snapshot: etl.Snapshot) -> None:
    verdict = find_verdict(built_snapshot, "business-standard-2025-12-05.share-2019-23")
    assert verdict["arithmetic"] == (
        "5015 / 13856 = 36.2% in the 2026-02-12 register; printed 36, allowed 35.5 to 36.5"
    )
    assert (verdict["newest_period"], verdict["newest_value"]) == ("2021-25", 40)


def test_the_share_of_2009_to_2013_names_both_editions(built_snapshot: etl.Snapshot) -> None:
    verdict = find_verdict(built_snapshot, "business-standard-2025-12-05.share-2009-13")
    assert "75% in its edition of March 2014 and 76% in its edition of March 2019" in verdict["explanation"]
    assert round(verdict["reference_value"], 1) == 76.1


def test_the_trade_by_the_end_of_2022_is_held_against_four_periods(built_snapshot: etl.Snapshot) -> None:
    verdict = find_verdict(built_snapshot, "reaffirm-defence-partnership.trade-end-2022")
    assert len(verdict["reference_ids"].split(";")) == 4
    assert all(text in verdict["explanation"] for text in ("$13.12 bn", "$18.23 bn", "$35 bn", "$43.6 bn"))
    assert (
        "Fiscal 2022\u201323, which contains that date and ends later, has $49.4 bn" in verdict["explanation"]
    )


def test_the_target_of_2030_shows_the_growth_it_needs(built_snapshot: etl.Snapshot) -> None:
    verdict = find_verdict(built_snapshot, "crf-23rd-annual-summit.trade-target-2030")
    assert "(100 / 68.7) ^ (1 / 5.75) - 1 = 6.7% a year from fiscal 2024-25 to 2030" in verdict["arithmetic"]

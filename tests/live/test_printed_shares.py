"""Every share of India's arms imports that SIPRI printed, held against its newest data."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import etl
from etl.judge import judge_claims
from etl.periods import build_window
from tests.judge.frames import build_share_claim, name_ruling, tabulate_claims

HOLDS = "supported/within_printed_precision"
RECOMPUTED = "superseded/recomputed_since"
RESTATED = "superseded/restated_by_publisher"
# Supplier, first year of the window, month of the edition, share as printed: how it stands, by what value.
EXPECTED = {
    ("FRA", 2015, "2020-03", 12): (HOLDS, 11.9),
    ("FRA", 2018, "2023-03", 29): (RECOMPUTED, 30.6),
    ("FRA", 2019, "2024-03", 33): (RECOMPUTED, 32.2),
    ("FRA", 2021, "2026-03", 29): (HOLDS, 29.0),
    ("ISR", 2010, "2015-03", 7): (RECOMPUTED, 3.6),
    ("ISR", 2015, "2020-03", 14): (RECOMPUTED, 14.9),
    ("ISR", 2021, "2026-03", 15): (HOLDS, 15.0),
    ("RUS", 2006, "2011-03", 82): (RECOMPUTED, 75.3),
    ("RUS", 2007, "2012-03", 80): (RECOMPUTED, 75.0),
    ("RUS", 2009, "2014-03", 75): (RESTATED, 76.0),
    ("RUS", 2009, "2019-03", 76): (HOLDS, 76.1),
    ("RUS", 2010, "2015-03", 70): (RESTATED, 72.0),
    ("RUS", 2010, "2020-03", 72): (HOLDS, 71.9),
    ("RUS", 2010, "2025-03", 72): (HOLDS, 71.9),
    ("RUS", 2011, "2026-03", 70): (HOLDS, 70.0),
    ("RUS", 2012, "2017-02", 68): (RESTATED, 69.0),
    ("RUS", 2012, "2022-03", 69): (RECOMPUTED, 69.7),
    ("RUS", 2013, "2018-03", 62): (HOLDS, 61.8),
    ("RUS", 2013, "2023-03", 64): (RECOMPUTED, 61.8),
    ("RUS", 2014, "2019-03", 58): (HOLDS, 57.7),
    ("RUS", 2015, "2020-03", 56): (RESTATED, 55.0),
    ("RUS", 2015, "2025-03", 55): (HOLDS, 55.0),
    ("RUS", 2016, "2021-03", 49): (RESTATED, 51.0),
    ("RUS", 2016, "2026-03", 51): (HOLDS, 51.0),
    ("RUS", 2017, "2022-03", 46): (RECOMPUTED, 41.9),
    ("RUS", 2018, "2023-03", 45): (RECOMPUTED, 40.3),
    ("RUS", 2019, "2024-03", 36): (HOLDS, 36.2),
    ("RUS", 2020, "2025-03", 36): (HOLDS, 36.0),
    ("RUS", 2021, "2026-03", 40): (HOLDS, 40.0),
    ("USA", 2009, "2014-03", 7): (RECOMPUTED, 7.6),
    ("USA", 2010, "2015-03", 12): (RECOMPUTED, 12.9),
    ("USA", 2018, "2023-03", 11): (RECOMPUTED, 12.1),
    ("USA", 2019, "2024-03", 13): (HOLDS, 12.9),
}
# The day for which the table above was worked out by hand.
NEWEST = pl.date(2026, 3, 9)
CLAIMS = {
    "business-standard-2025-12-05.share-2009-13": HOLDS,
    "business-standard-2025-12-05.share-2019-23": HOLDS,
    "reaffirm-defence-partnership.trade-2021-22": HOLDS,
    "reaffirm-defence-partnership.trade-end-2022": "not_comparable/period_basis_differs",
    "crf-23rd-annual-summit.trade-2025": "supported/within_last_nonzero_digit",
}


@pytest.fixture(scope="module")
def observations(live_snapshot: etl.Snapshot) -> pl.DataFrame:
    """What was out by the day of the table."""
    return live_snapshot.observations().filter(pl.col("vintage") <= NEWEST).collect()


@pytest.fixture(scope="module")
def prints(observations: pl.DataFrame) -> list[dict[str, Any]]:
    """Every printed share of a supplier in India's arms imports."""
    is_printed = pl.col("derivation").is_null() & (pl.col("source_id") == "sipri_fact_sheets")
    shares = observations.filter(is_printed, indicator="arms_import_share", ref_area="IND")
    return shares.sort("counterpart_area", "period_start", "vintage").to_dicts()


def name_print(row: dict[str, Any]) -> tuple[str, int, str, int]:
    return (
        row["counterpart_area"],
        row["period_start"].year,
        f"{row['vintage']:%Y-%m}",
        int(row["obs_value"]),
    )


def judge_share(
    row: dict[str, Any], observations: pl.DataFrame, *, percent: float | None = None
) -> dict[str, Any]:
    value = row["obs_value"] if percent is None else percent
    window = build_window(row["period_start"].year)
    claim = build_share_claim(window, value, f"{value:g} per cent", counterpart_area=row["counterpart_area"])
    day = max(observations["vintage"])
    return judge_claims(tabulate_claims(claim), observations, as_of=day).row(0, named=True)


def test_every_printed_share_stands_as_the_newest_data_have_it(
    prints: list[dict[str, Any]], observations: pl.DataFrame
) -> None:
    stands = {}
    for row in prints:
        verdict = judge_share(row, observations)
        stands[name_print(row)] = (name_ruling(verdict), round(verdict["reference_value"], 1))
    assert stands == EXPECTED


def test_nothing_that_only_we_worked_out_is_called_restated_by_sipri(
    prints: list[dict[str, Any]], observations: pl.DataFrame
) -> None:
    verdicts = [judge_share(row, observations) for row in prints]
    recomputed = [one["explanation"] for one in verdicts if one["reason"] == "recomputed_since"]
    assert recomputed
    assert [words for words in recomputed if "restated" in words or "worked out from" not in words] == []


def test_forty_per_cent_does_not_hold_for_2019_to_2023(
    prints: list[dict[str, Any]], observations: pl.DataFrame
) -> None:
    row = next(one for one in prints if name_print(one) == ("RUS", 2019, "2024-03", 36))
    assert name_ruling(judge_share(row, observations, percent=40)) == "contradicted/outside_printed_precision"


def test_a_fall_does_not_support_a_rise(live_snapshot: etl.Snapshot) -> None:
    said = {"fell": "supported", "rose": "contradicted"}
    for verb, verdict in said.items():
        text = (
            f"Russia's share of India's arms imports {verb} by 40 percentage points from 2009-13 to 2019-23."
        )
        report = etl.check_text(text, snapshot=live_snapshot)
        assert [claim.now.verdict for claim in report.claims] == [verdict]


@pytest.mark.parametrize(("claim_id", "ruling"), CLAIMS.items())
def test_the_figures_a_reader_comes_for_stand_then_as_now(
    claim_id: str, ruling: str, live_snapshot: etl.Snapshot
) -> None:
    rows = live_snapshot.verdicts(claim_id=claim_id).collect().to_dicts()
    assert {row["occasion"]: name_ruling(row) for row in rows} == {"printing": ruling, "snapshot": ruling}

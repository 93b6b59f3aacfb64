"""India's trade with every partner: every carried figure against the facts, and partners against totals."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import etl
from tests.live.facts import Fact, read_facts

FLOWS = {"export": "exports", "import": "imports"}
# Partners that the facts leave without a code because it is not ISO's own for a country of today.
OTHER_CODES = {
    "UNSPECIFIED": "_X",
    "NETHERLANDANTIL": "ANT",
    "ST KITT N A": "KNA",
    "UNION OF SERBIA & MONTENEGRO": "SCG",
    "PANAMA C Z": "PCZ",
    "PACIFIC IS": "PCI",
}
Key = tuple[str, str, str]


def find_code(fact: Fact) -> str:
    """The partner's code."""
    return fact["partner"] or OTHER_CODES[fact["partner_as_printed"]]


@pytest.fixture(scope="module")
def carried(live_snapshot: etl.Snapshot) -> dict[Key, dict[str, object]]:
    """What the snapshot has, by flow, partner and fiscal year."""
    rows = live_snapshot.observations(source_id="india_moc_partners", derivation=None).collect().to_dicts()
    return {(row["indicator"], row["counterpart_area"], row["time_period"]): row for row in rows}


def test_every_partner_year_and_flow_is_carried_as_compiled(
    facts_folder: Path, carried: dict[Key, dict[str, object]]
) -> None:
    facts = {
        (
            FLOWS[row["flow"]],
            row["partner"] or OTHER_CODES[row["partner_as_printed"]],
            row["fiscal_year"],
        ): row
        for row in read_facts(facts_folder, "india_trade_by_partner_and_fiscal_year.csv")
    }
    totals = {
        (FLOWS[row["flow"]], "W00", row["fiscal_year"]): row
        for row in read_facts(facts_folder, "india_trade_world_totals_by_fiscal_year.csv")
    }

    wanted = {
        key: (float(row["value_usd_millions"]), row["obs_status"], date.fromisoformat(row["edition"]))
        for key, row in (facts | totals).items()
    }
    found = {
        key: (round(float(str(row["obs_value"])) / 1e6, 2), row["obs_status"], row["vintage"])
        for key, row in carried.items()
    }
    assert len(facts) > 7000
    assert found == wanted


def test_the_partners_add_up_to_the_printed_totals(facts_folder: Path) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in read_facts(facts_folder, "india_trade_by_partner_and_fiscal_year.csv"):
        sums[row["flow"], row["fiscal_year"]] += float(row["value_usd_millions"])
    totals = read_facts(facts_folder, "india_trade_world_totals_by_fiscal_year.csv")

    apart = [
        (row["flow"], row["fiscal_year"])
        for row in totals
        if abs(sums[row["flow"], row["fiscal_year"]] - float(row["value_usd_millions"])) > 0.005
    ]
    assert len(totals) == 32
    assert apart == []


def test_the_new_edition_of_trade_with_russia_is_served_and_its_totals_are_sums(
    facts_folder: Path, live_snapshot: etl.Snapshot
) -> None:
    rows = (
        live_snapshot.observations(
            source_id="india_moc_partners", counterpart_area="RUS", period_basis="fiscal_year_in"
        )
        .filter(pl.col("unit_measure") == "USD")
        .collect()
        .to_dicts()
    )
    found = {(row["indicator"], row["time_period"]): round(row["obs_value"] / 1e6, 2) for row in rows}

    for fact in read_facts(facts_folder, "india_russia_trade_by_fiscal_year_2026-06-10.csv"):
        year = fact["fiscal_year"]
        assert found["exports", year] == float(fact["india_exports_usd_millions"])
        assert found["imports", year] == float(fact["india_imports_usd_millions"])
        assert found["bilateral_trade", year] == float(fact["total_usd_millions"])


def test_the_fall_of_2025_26_is_known_now_and_was_not_in_december_2025(live_snapshot: etl.Snapshot) -> None:
    asked = {"ref_area": "IND", "counterpart_area": "RUS", "time_period": "2025-26"}
    growth = live_snapshot.observations(indicator="trade_growth", **asked).collect()["obs_value"]
    before = etl.open_snapshot(live_snapshot.folder, as_of=date(2025, 12, 5))

    assert [round(value, 1) for value in growth] == [-12.9]
    assert before.observations(**asked).collect().is_empty()
    known = before.observations(**{**asked, "time_period": "2024-25"}, indicator="bilateral_trade").collect()
    assert 68.7e9 in known["obs_value"].to_list()

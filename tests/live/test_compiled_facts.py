"""Figures compiled from reports and copies: each carried one against the facts, and what is not carried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import etl
from tests.live.facts import Fact, read_facts

SCALES = {
    "USD million": 1e6,
    "USD million (2023)": 1e6,
    "USD billion": 1e9,
    "EUR billion": 1e9,
    "INR crore": 1e7,
    "million tonnes": 1e6,
    "million barrels a day": 1e6,
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Compiled:
    """One file of facts, the sources that carry it, and its column of values with their scale."""

    file: str
    sources: tuple[str, ...]
    value: str
    scale: Callable[[Fact], float]
    days: tuple[str, str] = ("period_start", "period_end")


def find_scale(fact: Fact) -> float:
    return SCALES.get(fact["unit"], 1.0)


# In one file a sum, a flow and a balance may have one value.
KINDS = {
    "india_imports": "imports",
    "india_exports": "exports",
    "india_engineering_exports": "exports",
    "india_russia_trade_total": "bilateral_trade",
    "india_trade_deficit_with_russia": "trade_balance",
}
PRESS = ("reported_trade", "reported_crude", "reported_items", "india_moc_energy")
TRACKERS = (
    *("argus", "crea", "crea_kpler", "kpler", "opec_kpler", "ppac", "reuters", "reuters_tankers", "vortexa"),
)
FILES = (
    Compiled("crude_and_coal_imports_by_fiscal_year.csv", ("india_moc_energy",), "value", find_scale),
    Compiled("crude_imports_by_month_customs.csv", ("reported_crude",), "value", find_scale),
    Compiled("crude_tracker_indicators.csv", TRACKERS, "value", find_scale),
    Compiled("selected_items_in_trade_with_russia.csv", ("reported_items",), "value", find_scale),
    Compiled("trade_totals_as_reported.csv", ("reported_trade",), "value", find_scale),
    Compiled("military_expenditure.csv", ("sipri_military_spending",), "value", find_scale),
    Compiled(
        "composition_by_commodity.csv",
        ("india_moc_chapters", "reported_goods", "india_moc_energy", "india_moc_crude_suppliers"),
        "value_usd_millions",
        lambda _: 1e6,
    ),
    Compiled(
        "india_trade_top_chapters_by_partner_2025-26.csv",
        ("india_moc_chapters",),
        "value_usd_millions",
        lambda _: 1e6,
    ),
    Compiled(
        "india_trade_by_commodity_group_and_fiscal_year.csv",
        ("india_moc_groups",),
        "value_usd_millions",
        lambda _: 1e6,
    ),
    Compiled(
        "india_crude_by_supplier_and_fiscal_year.csv",
        ("india_moc_crude_suppliers",),
        "value_usd_millions",
        lambda _: 1e6,
    ),
    Compiled(
        "india_crude_by_supplier_and_fiscal_year.csv",
        ("india_moc_crude_suppliers",),
        "quantity_tonnes",
        lambda _: 1.0,
    ),
)


@pytest.mark.parametrize("compiled", FILES, ids=lambda entry: f"{entry.file}, {entry.value}")
def test_what_a_source_holds_are_the_facts_and_what_it_leaves_out_is_weak_or_no_statistic(
    compiled: Compiled, facts_folder: Path, live_snapshot: etl.Snapshot
) -> None:
    facts = [fact for fact in read_facts(facts_folder, compiled.file) if fact[compiled.value]]
    rows = live_snapshot.observations(source_id=list(compiled.sources), derivation=None).collect().to_dicts()
    held = {name_row(row) for row in rows}
    weak = {name_fact(fact, compiled) for fact in facts if fact.get("confidence") == "low"}
    sure = {name_fact(fact, compiled) for fact in facts if fact.get("confidence") != "low"}

    assert sure
    assert len(sure - held) <= LEFT_OUT.get(compiled.file, 0), sorted(sure - held)
    assert (weak - sure) & held == set()
    if compiled.file in ALONE:
        assert held - sure == set()


# Sources that hold rows of one file alone.
ALONE = (
    "crude_and_coal_imports_by_fiscal_year.csv",
    "crude_imports_by_month_customs.csv",
    "crude_tracker_indicators.csv",
    "selected_items_in_trade_with_russia.csv",
    "military_expenditure.csv",
)
# Figures of persons and of outlets that name no publisher are claims, and some have no day or no series here.
LEFT_OUT = {
    "crude_imports_by_month_customs.csv": 10,
    "crude_tracker_indicators.csv": 8,
    "selected_items_in_trade_with_russia.csv": 5,
    "trade_totals_as_reported.csv": 28,
}


def name_row(row: Row) -> tuple[str, str, str, float, str]:
    days = (row["period_start"].isoformat(), row["period_end"].isoformat())
    kind = row["indicator"] if row["source_id"] == "reported_trade" else ""
    return (kind, *days, float(f"{abs(row['obs_value']):.6g}"), row["obs_status"])


def name_fact(fact: Fact, compiled: Compiled) -> tuple[str, str, str, float, str]:
    value = float(fact[compiled.value]) * compiled.scale(fact)
    return (
        KINDS.get(fact.get("indicator", ""), ""),
        fact[compiled.days[0]],
        fact[compiled.days[1]],
        float(f"{abs(value):.6g}"),
        fact["obs_status"],
    )


def test_each_report_is_named_with_its_day_and_address(
    facts_folder: Path, live_snapshot: etl.Snapshot
) -> None:
    reports = {
        (fact["reported_by"], fact["reported_on"], fact["url"])
        for name in (
            "trade_totals_as_reported.csv",
            "crude_imports_by_month_customs.csv",
            "crude_tracker_indicators.csv",
            "selected_items_in_trade_with_russia.csv",
            "india_united_states.csv",
        )
        for fact in read_facts(facts_folder, name)
    }
    sources = ["reported_trade", "reported_crude", "reported_items", *TRACKERS]
    rows = live_snapshot.observations(source_id=sources, derivation=None).collect().to_dicts()

    assert rows
    said = {(row["as_reported_by"], row["reported_on"], row["reported_url"] or "") for row in rows}
    assert said - reports == set()


def test_shares_and_ranks_of_the_fact_sheets_are_those_compiled(
    facts_folder: Path, live_snapshot: etl.Snapshot
) -> None:
    facts = {
        (fact["window_start"], fact["window_end"], float(fact["value"]), fact["edition"][:4])
        for fact in read_facts(facts_folder, "sipri_fact_sheet_tables.csv")
        if fact["confidence"] != "low"
    }
    rows = live_snapshot.observations(source_id="sipri_fact_sheet_tables", unit_measure="PERCENT").collect()

    held = {
        (
            str(row["period_start"].year),
            str(row["period_end"].year),
            row["obs_value"],
            str(row["vintage"].year),
        )
        for row in rows.to_dicts()
    }
    strays = {key for key in held - facts if (*key[:3], "2025") not in facts and key[3] == key[1]}
    assert rows.height > 200
    assert strays == set()


def test_suppliers_of_crude_and_groups_of_goods_add_up_to_what_is_printed(facts_folder: Path) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    printed: dict[tuple[str, str], float] = {}
    for fact in read_facts(facts_folder, "india_crude_by_supplier_and_fiscal_year.csv"):
        for value, total in (
            ("value_usd_millions", "all_suppliers_usd_millions"),
            ("quantity_tonnes", "all_suppliers_tonnes"),
        ):
            sums[value, fact["fiscal_year"]] += float(fact[value] or 0)
            printed[value, fact["fiscal_year"]] = float(fact[total])

    assert {key: abs(sums[key] - printed[key]) < 0.1 for key in printed} == dict.fromkeys(printed, True)
    assert len(printed) == 10


def test_chapters_and_partners_of_one_ministry_differ_only_where_it_is_said(
    live_snapshot: etl.Snapshot,
) -> None:
    def read(source_id: str, commodity: str) -> dict[tuple[str, str], float]:
        asked = {"source_id": source_id, "commodity": commodity, "time_period": "2025-26", "derivation": None}
        rows = live_snapshot.observations(**asked).collect().to_dicts()
        return {(row["indicator"], row["counterpart_area"]): row["obs_value"] / 1e6 for row in rows}

    chapters, partners = read("india_moc_chapters", "ALL_CHAPTERS"), read("india_moc_partners", "TOTAL")
    apart = {
        key: round(value - partners[key], 2)
        for key, value in chapters.items()
        if abs(value - partners[key]) > 0.08
    }
    assert len(chapters) == 24
    assert apart == {("imports", "USA"): 588.6, ("imports", "DEU"): 73.85}


def test_nothing_of_low_confidence_is_a_statistic_and_no_lower_bound_has_an_upper_end(
    live_snapshot: etl.Snapshot,
) -> None:
    rows = live_snapshot.observations().collect()

    assert rows.filter(confidence="low").is_empty()
    bounds = rows.filter(completeness="lower_bound")
    assert bounds.height > 100
    assert bounds["obs_high"].is_null().all()


def test_trackers_and_customs_never_share_an_indicator(live_snapshot: etl.Snapshot) -> None:
    tracked = live_snapshot.observations(source_id=list(TRACKERS)).collect()["indicator"].unique()
    customs = live_snapshot.observations(source_id=list(PRESS)).collect()["indicator"].unique()

    assert set(tracked) & set(customs) == set()


def test_every_observation_opens_its_drawer_with_a_title(live_snapshot: etl.Snapshot) -> None:
    rows = live_snapshot.observations(derivation=None).collect().unique(["indicator", "source_id"])

    titles = [live_snapshot.evidence(row_id).title for row_id in rows["obs_id"]]
    assert all(titles)
    assert len(titles) > 40

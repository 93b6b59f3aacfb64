"""Gaps between two reports of one flow are taken commodity by commodity."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from etl.periods import build_calendar_year, build_month
from etl.reconcile.assumptions import load_assumptions
from etl.reconcile.mirror_components import derive_mirror_components
from etl.reconcile.trade import derive_balances, derive_mirror_gaps, derive_totals, derive_yearly_sums
from etl.schemas import TABLES
from tests.conftest import DATASETS
from tests.judge.frames import build_observation

VINTAGE, YEAR = date(2023, 1, 31), build_calendar_year(2022)
CRUDE, COAL = "2709", "2701"


def build_table(*rows: dict[str, Any]) -> pl.DataFrame:
    """Observations as the table has them."""
    return pl.DataFrame(list(rows), schema=TABLES["observations"].list_columns(), orient="row")


def build_flow(commodity: str, *, bought: float, sold: float) -> list[dict[str, Any]]:
    """What the buyer and the seller report of one commodity."""
    buyer: dict[str, Any] = {"indicator": "imports", "valuation": "CIF", "commodity": commodity}
    seller: dict[str, Any] = {"indicator": "exports", "valuation": "FOB", "commodity": commodity}
    seller |= {"ref_area": "RUS", "counterpart_area": "IND"}
    return [
        build_observation(YEAR, bought, vintage=VINTAGE, **buyer),
        build_observation(YEAR, sold, vintage=VINTAGE, **seller),
    ]


def test_two_commodities_of_one_flow_have_a_gap_each() -> None:
    rows = [*build_flow(CRUDE, bought=90.0, sold=70.0), *build_flow(COAL, bought=8.0, sold=5.0)]

    gaps = derive_mirror_gaps(build_table(*rows))

    assert {row["commodity"]: row["obs_value"] for row in gaps} == {CRUDE: 20.0, COAL: 3.0}
    assert len({row["obs_id"] for row in gaps}) == 2


def test_one_commodity_is_never_held_against_another_or_the_total() -> None:
    crude, coal = build_flow(CRUDE, bought=90.0, sold=70.0), build_flow(COAL, bought=8.0, sold=5.0)
    total = build_flow("TOTAL", bought=200.0, sold=150.0)

    assert derive_mirror_gaps(build_table(crude[0], coal[1], total[1])) == []


def test_the_parts_of_a_gap_are_of_its_commodity() -> None:
    rows = [*build_flow(CRUDE, bought=106.0, sold=70.0), *build_flow(COAL, bought=53.0, sold=5.0)]
    gaps = derive_mirror_gaps(build_table(*rows))

    parts = derive_mirror_components(build_table(*rows, *gaps), assumptions=load_assumptions(DATASETS))

    freight = {row["commodity"]: row["obs_value"] for row in parts if row["indicator"].endswith("_valuation")}
    assert freight == {CRUDE: 6.0, COAL: 3.0}
    assert len({row["obs_id"] for row in parts}) == len(parts) == 8


def test_sums_balances_and_shares_keep_the_commodity_of_their_operands() -> None:
    months = [
        build_observation(
            build_month(2022, month), 1.0, vintage=VINTAGE, indicator="imports", freq="M", commodity=CRUDE
        )
        for month in range(1, 13)
    ]
    year = derive_yearly_sums(build_table(*months))
    exports = build_observation(YEAR, 5.0, vintage=VINTAGE, indicator="exports", commodity=CRUDE)
    totals = derive_totals(build_table(*year, exports))

    derived = [*year, *totals, *derive_balances(build_table(*year, exports, *totals))]

    assert {row["indicator"] for row in derived} >= {"imports", "bilateral_trade", "trade_balance"}
    assert "export_share" in {row["indicator"] for row in derived}
    assert {row["commodity"] for row in derived} == {CRUDE}

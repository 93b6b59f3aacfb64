"""Flows and totals that nobody printed: worked out from a stated balance, and only where one is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.chart_rows import choose_fill, format_doubt
from etl.periods import build_fiscal_year
from etl.provenance import RawFile
from etl.reconcile.trade_parts import derive_trade_parts
from etl.schemas import TABLES
from etl.snapshot.wording import write_sum
from etl.sources import india_moc_balances, india_moc_fiscal_years
from tests.etl.workbench import Workbench
from tests.judge.frames import build_observation

YEAR, DAY = build_fiscal_year(2030), date(2031, 6, 1)
BILLION = 1_000_000_000.0
Row = dict[str, Any]


def build_amount(indicator: str, value: float, *, half_width: float = 0.0, **other: Any) -> Row:
    """One amount of the year in billions, with how far it may be off."""
    ends = {"obs_low": (value - half_width) * BILLION, "obs_high": (value + half_width) * BILLION}
    return build_observation(YEAR, value * BILLION, vintage=DAY, indicator=indicator, **ends, **other)


def derive(*rows: Row) -> dict[str, Row]:
    """What follows, by indicator."""
    table = pl.DataFrame(list(rows), schema=TABLES["observations"].list_columns(), orient="row")
    return {row["indicator"]: row for row in derive_trade_parts(table)}


def test_both_flows_are_half_of_the_total_and_the_balance() -> None:
    total = build_amount("bilateral_trade", 20.0, half_width=0.1)
    balance = build_amount("trade_balance", -12.0, half_width=0.2)
    found = derive(total, balance)

    exports, imports = found["exports"], found["imports"]
    assert (exports["obs_value"], imports["obs_value"]) == (4 * BILLION, 16 * BILLION)
    assert exports["obs_low"] == pytest.approx(3.85 * BILLION)
    assert imports["obs_high"] == pytest.approx(16.15 * BILLION)
    assert found["export_share"]["obs_value"] == 20.0
    assert write_sum("half_of_total_less_balance", [balance, total], imports) == (
        "($20 bn \u2212 (\u2212$12 bn)) / 2 = $16 bn"
    )


def test_imports_and_a_deficit_give_exports_and_the_total() -> None:
    found = derive(build_amount("imports", 16.0), build_amount("trade_balance", -12.0))

    assert (found["exports"]["obs_value"], found["bilateral_trade"]["obs_value"]) == (
        4 * BILLION,
        20 * BILLION,
    )


@given(exports=st.integers(0, 10**7), imports=st.integers(0, 10**7))
def test_the_two_flows_add_up_to_the_total_and_differ_by_the_balance(exports: int, imports: int) -> None:
    total = build_observation(YEAR, float(exports + imports), vintage=DAY)
    balance = build_observation(YEAR, float(exports - imports), vintage=DAY, indicator="trade_balance")
    if not total["obs_value"]:
        return
    found = derive(total, balance)

    flows = [Decimal(found[name]["obs_value"]) for name in ("exports", "imports")]
    assert flows == [exports, imports]


@pytest.mark.parametrize("printed", ["exports", "imports"])
def test_nothing_is_worked_out_beside_a_total_of_which_a_flow_is_known(printed: str) -> None:
    rows = [build_amount("bilateral_trade", 20.0), build_amount("trade_balance", -12.0)]

    assert derive(*rows, build_amount(printed, 5.0)) == {}


def test_a_balance_that_was_itself_worked_out_gives_nothing_back() -> None:
    total = build_amount("bilateral_trade", 20.0)

    assert derive(total, build_amount("trade_balance", -12.0, derivation="exports_less_imports(a;b)")) == {}


def test_what_follows_from_a_balance_is_drawn_as_worked_out() -> None:
    found = derive(build_amount("bilateral_trade", 20.0), build_amount("trade_balance", -12.0))

    assert (choose_fill(found["exports"]), format_doubt(found["exports"])) == (
        "hatched",
        "worked out from the balance",
    )


def test_columns_that_nobody_printed_give_no_observation(workbench: Workbench) -> None:
    path = workbench.find_file("india_moc_fiscal_years")
    header, *rows = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    marked = [f"{header},worked_out", *(f"{row}," for row in rows)]
    marked[1] = f"{rows[0]},india_exports_usd_millions; total_usd_millions"
    content = ("\n".join(marked) + "\n").encode()
    workbench.write_bytes(path, content)
    assert india_moc_fiscal_years.matches(RawFile("any", content))

    year = rows[0].split(",")[0]
    own = {"source_id": "india_moc_fiscal_years", "time_period": year, "derivation": None}
    found = workbench.build().observations(**own).collect()
    assert found["indicator"].to_list() == ["imports"]

    workbench.replace_line(path, line=2, text=f"{rows[0]},exports")
    (refused,) = workbench.build().quarantine().collect().to_dicts()
    assert (refused["line"], refused["column"], refused["reason"]) == (2, "worked_out", "unknown_column")


def test_a_stated_balance_is_read_with_its_sign_and_its_outlet(workbench: Workbench) -> None:
    folder = workbench.datasets / "sources" / "india_moc_balances" / "2031-06-01"
    folder.mkdir(parents=True)
    path = folder / "balances.csv"
    header = ",".join(india_moc_balances.SOURCE.columns)
    path.write_text(
        f"{header}\n2030-31,Russia,-12000,50,A,Department,Gazette,2031-06-01,\n", encoding="utf-8"
    )
    months = workbench.datasets / "sources" / "india_moc_months" / "2020-02-29" / "trade_by_month.csv.toml"
    sidecar = months.read_text(encoding="utf-8").replace("india_moc_months", "india_moc_balances")
    sidecar = sidecar.replace("2020-02-29", "2031-06-01").replace('"month"', '"day"')
    path.with_name("balances.csv.toml").write_text(sidecar, encoding="utf-8")
    workbench.write_bytes(path, path.read_bytes())

    (row,) = workbench.build().observations(source_id="india_moc_balances").collect().to_dicts()
    assert (row["obs_value"], row["as_reported_by"]) == (-12 * BILLION, "Gazette")
    assert (row["known_from"], row["known_basis"], row["known_by"]) == (
        date(2031, 6, 1),
        "witness",
        "Gazette",
    )


def test_what_was_worked_out_on_a_day_stays_when_a_later_edition_prints_it() -> None:
    total = build_amount("bilateral_trade", 20.0)
    balance = build_amount("trade_balance", -12.0)
    later = date(2032, 6, 1)
    printed = build_amount("exports", 4.1) | {"known_from": later, "vintage": later, "obs_id": "later"}

    assert derive(total, balance, printed)["exports"]["obs_value"] == 4 * BILLION
    assert derive(total, balance, printed | {"known_from": DAY}) == {}

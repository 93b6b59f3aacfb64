"""Uncertainty travels: from what a publisher prints through every rule to what a reader is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

import etl
from etl.source_contract import find_half_width
from tests.etl.workbench import Workbench

MONTH = "imports.IND.RUS.month.2018-05.india_moc_months.2020-02-29"
CORRECTION = f"""
obs_id = "{MONTH}"
expect = 618510000.0
replace_with = 618540000.0
what = "a test"
why = "a test"
reported_to = ""
reported_on = ""
status = "open"
"""


def find_ends(snapshot: etl.Snapshot, obs_id: str) -> tuple[Any, Any, Any]:
    """Least value, value and greatest value of an observation."""
    (row,) = snapshot.observations(obs_id=obs_id).collect().to_dicts()
    return row["obs_low"], row["obs_value"], row["obs_high"]


def find_line(snapshot: etl.Snapshot, obs_id: str, label: str) -> str | None:
    """What the evidence of an observation says under a label."""
    return next((line.text for line in snapshot.evidence(obs_id).says if line.label == label), None)


def test_every_interval_holds_its_value(built_snapshot: etl.Snapshot) -> None:
    table = built_snapshot.table("observations")

    stray = table.filter(
        (pl.col("obs_low") > pl.col("obs_value")) | (pl.col("obs_high") < pl.col("obs_value"))
    )
    assert stray.is_empty()


def test_every_published_value_says_how_it_was_rounded(built_snapshot: etl.Snapshot) -> None:
    printed = built_snapshot.table("observations").filter(
        pl.col("derivation").is_null() & pl.col("obs_value").is_not_null()
    )

    assert printed["obs_low"].null_count() == printed["obs_high"].null_count() == 0


@pytest.mark.parametrize(
    "indicator",
    [
        "bilateral_trade",
        "trade_balance",
        "export_share",
        "trade_growth",
        "trade_growth_needed",
        "mirror_gap",
        "arms_import_volume",
        "arms_import_share",
        "arms_supplier_concentration",
    ],
)
def test_every_value_that_follows_from_rounded_ones_has_an_interval(
    built_snapshot: etl.Snapshot, indicator: str
) -> None:
    derived = built_snapshot.observations(indicator=indicator).collect().drop_nulls("derivation")

    assert derived.height
    assert (derived["obs_low"] < derived["obs_high"]).all()


@pytest.mark.parametrize(
    ("obs_id", "low", "high"),
    [
        # (5,015.00 - 0.025) / (13,856.43 + 0.025), and the other way round
        (
            "arms_import_share.IND.RUS.window.2019-23.sipri_tiv.2026-02-12",
            100 * 5014.975 / 13856.455,
            100 * 5015.025 / 13856.405,
        ),
        # whole millions: (13,815 - 2.5) / (18,150 + 2.5)
        (
            "arms_import_share.IND.RUS.window.2009-13.sipri_tiv.2022-04-22",
            100 * 13812.5 / 18152.5,
            100 * 13817.5 / 18147.5,
        ),
        # 49.4 bn within 0.3 bn, over 13,124.68 million within 0.01 million
        (
            "trade_growth.IND.RUS.fy.2022-23.india_moc_fiscal_years.2024-01-10",
            100 * (49_100 / 13_124.69 - 1),
            100 * (49_700 / 13_124.67 - 1),
        ),
        ("trade_balance.IND.RUS.fy.2024-25.india_moc_fiscal_years.2026-01-21", -59.0e9, -58.8e9),
        (
            "export_share.IND.RUS.fy.2024-25.india_moc_fiscal_years.2026-01-21",
            100 * 4_850 / 68_750,
            100 * 4_950 / 68_650,
        ),
        # twelve months of two decimals of a million, each way
        ("imports.IND.RUS.fy.2018-19.india_moc_months.2020-02-29", 5_840.44e6 - 60e3, 5_840.44e6 + 60e3),
        ("trade_target.IND.RUS.target.2030.trade_targets.2024-07-31", 100e9, 100e9),
    ],
)
def test_known_intervals_are_those_of_a_pencil(
    built_snapshot: etl.Snapshot, obs_id: str, low: float, high: float
) -> None:
    least, _, greatest = find_ends(built_snapshot, obs_id)

    assert least == pytest.approx(low, rel=1e-12)
    assert greatest == pytest.approx(high, rel=1e-12)


def test_a_share_of_a_sum_of_both_flows_takes_the_exports_into_the_sum(built_snapshot: etl.Snapshot) -> None:
    low, _, high = find_ends(built_snapshot, "export_share.IND.RUS.fy.2018-19.india_moc_months.2020-02-29")

    exports, imports, rounding = 2_389.46, 5_840.44, 0.06
    assert low == pytest.approx(100 * (exports - rounding) / (exports + imports), rel=1e-9)
    assert high == pytest.approx(100 * (exports + rounding) / (exports + imports), rel=1e-9)


@pytest.mark.parametrize(
    ("printed", "decimals", "half_width"),
    [("2141.41", None, "0.005"), ("1755", None, "0.5"), ("64.0", 2, "0.005"), ("7.125", 2, "0.0005")],
)
def test_a_printed_number_is_rounded_at_its_last_digit(
    printed: str, decimals: int | None, half_width: str
) -> None:
    assert find_half_width(Decimal(printed), decimals=decimals) == Decimal(half_width)


@pytest.mark.parametrize(
    ("obs_id", "half_width"),
    [
        ("exports.IND.RUS.cy.2017.imf_dots.2024-03-10", 5e3),
        ("exports.IND.RUS.cy.2010.imf_dots.2024-03-10", 0.5),
        ("imports.IND.RUS.month.2007-05.india_moc_months.2020-02-29", 5e3),
        ("crude_oil_imports.IND.RUS.2709.fy.2019-20.india_moc_crude.2022-10-31", 5e5),
        ("crude_oil_imports.IND.RUS.2709.fy.2018-19.india_moc_crude.2022-10-31", 5e3),
        ("arms_import_volume.IND.RUS.cy.2009.sipri_tiv.2022-04-22", 0.5),
        ("arms_import_volume.IND.RUS.cy.2009.sipri_tiv.2026-02-12", 0.005),
    ],
)
def test_each_publisher_rounds_in_its_own_way(
    built_snapshot: etl.Snapshot, obs_id: str, half_width: float
) -> None:
    low, value, high = find_ends(built_snapshot, obs_id)

    assert value - low == pytest.approx(half_width)
    assert high - value == pytest.approx(half_width)


def test_an_amount_is_never_rounded_from_less_than_nothing(workbench: Workbench) -> None:
    path = workbench.find_file("sipri_tiv", "2022-04-22")
    text = path.read_text(encoding="utf-8")
    workbench.write_bytes(path, text.replace(",Netherlands,2011,1.0", ",Netherlands,2011,0.0").encode())

    ends = find_ends(workbench.build(), "arms_import_volume.IND.NLD.cy.2011.sipri_tiv.2022-04-22")

    assert ends == (0.0, 0.0, 0.5)


def test_how_an_unknown_product_was_rounded_is_not_known_nor_are_its_windows(workbench: Workbench) -> None:
    path = workbench.find_file("sipri_tiv", "2026-02-12")
    text = path.read_text(encoding="utf-8").replace("trade register, one row", "yearbook, one row")
    workbench.write_bytes(path, text.encode())

    rows = workbench.build().observations(source_id="sipri_tiv", vintage=date(2026, 2, 12)).collect()

    assert rows.height > 500
    assert rows["obs_low"].null_count() == rows["obs_high"].null_count() == rows.height


def test_a_corrected_value_has_no_interval_and_neither_has_what_follows_from_it(workbench: Workbench) -> None:
    (workbench.datasets / "corrections" / "a-month.toml").write_text(CORRECTION, encoding="utf-8")

    snapshot = workbench.build()

    for obs_id in (
        MONTH,
        "imports.IND.RUS.fy.2018-19.india_moc_months.2020-02-29",
        "trade_balance.IND.RUS.fy.2018-19.india_moc_months.2020-02-29",
        "export_share.IND.RUS.fy.2018-19.india_moc_months.2020-02-29",
    ):
        low, value, high = find_ends(snapshot, obs_id)
        assert (low, high) == (None, None), obs_id
        assert value


def test_orders_of_one_year_are_at_least_what_was_certainly_delivered(built_snapshot: etl.Snapshot) -> None:
    ordered = "units_ordered.IND.RUS.bm-9a52-smerch.cy.2007.sipri_deals.2025-03-13"
    (row,) = built_snapshot.observations(obs_id=ordered).collect().to_dicts()

    assert (row["obs_low"], row["obs_high"], row["obs_status"]) == (14.0, None, "U")
    assert find_line(built_snapshot, ordered, "What the inputs allow") == "14 units or more"


@pytest.mark.parametrize(
    ("obs_id", "label", "said"),
    [
        (
            "bilateral_trade.IND.RUS.fy.2024-25.india_moc_fiscal_years.2026-01-21",
            "Printed rounding allows",
            "$68.65 bn to $68.75 bn",
        ),
        (
            "trade_growth.IND.RUS.fy.2022-23.india_moc_fiscal_years.2024-01-10",
            "What the inputs allow",
            "274.1% to 278.7%",
        ),
        ("arms_import_share.IND.RUS.window.2019-23.sipri_tiv.2026-02-12", "What the inputs allow", None),
        (MONTH, "Printed rounding allows", None),
        ("trade_target.IND.RUS.target.2030.trade_targets.2024-07-31", "Printed rounding allows", None),
    ],
)
def test_an_interval_is_said_only_where_it_shows_at_the_precision_of_the_value(
    built_snapshot: etl.Snapshot, obs_id: str, label: str, said: str | None
) -> None:
    assert find_line(built_snapshot, obs_id, label) == said


def test_a_long_sum_of_squares_names_the_largest_and_counts_the_others(built_snapshot: etl.Snapshot) -> None:
    evidence = built_snapshot.evidence(
        "arms_supplier_concentration.IND.W00.window.2009-13.sipri_tiv.2026-02-12"
    )

    (working,) = evidence.workings
    assert working.sum_text == (
        "76.07² + 7.63² + 3.69² + 3.57² + 3.44² + 11 more squares (5.9 together) = 5,889 points"
    )
    assert len(working.operands) == 16


def test_deliveries_are_added_up_from_the_numbers_delivered(built_snapshot: etl.Snapshot) -> None:
    (working,) = built_snapshot.evidence(
        "units_delivered.IND.RUS.s-400-triumf.cy.2018.sipri_deals.2025-03-13"
    ).workings

    assert working.sum_text == "6 = 6 units"

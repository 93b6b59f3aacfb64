"""Numbers that a reader can check against the publishers."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

import etl


def find_share(snapshot: etl.Snapshot, window: str, vintage: date) -> float:
    """Russia's recomputed share of India's arms imports in one window of one vintage."""
    shares = snapshot.observations(
        indicator="arms_import_share",
        ref_area="IND",
        counterpart_area="RUS",
        time_period=window,
        source_id="sipri_tiv",
        vintage=vintage,
    ).collect()
    return float(shares["obs_value"].item())


@pytest.mark.parametrize(
    ("window", "vintage", "percent"),
    [
        ("2009-13", date(2022, 4, 22), 76.12),
        ("2009-13", date(2025, 1, 3), 75.93),
        ("2009-13", date(2026, 2, 12), 76.07),
        ("2014-18", date(2025, 1, 3), 57.73),
        ("2019-23", date(2025, 1, 3), 36.45),
        ("2019-23", date(2026, 2, 12), 36.19),
    ],
)
def test_recomputed_shares_are_the_known_ones(
    built_snapshot: etl.Snapshot, window: str, vintage: date, percent: float
) -> None:
    assert round(find_share(built_snapshot, window, vintage), 2) == percent


def test_no_window_is_recomputed_beyond_the_years_of_its_vintage(built_snapshot: etl.Snapshot) -> None:
    shares = built_snapshot.observations(indicator="arms_import_share", source_id="sipri_tiv").collect()

    last = shares.group_by("vintage").agg(pl.col("period_end").max().dt.year()).sort("vintage")["period_end"]
    assert last.to_list() == [2021, 2023, 2024]


def test_the_window_of_the_first_sum_is_13815_of_18150(built_snapshot: etl.Snapshot) -> None:
    evidence = built_snapshot.evidence("arms_import_share.IND.RUS.window.2009-13.sipri_tiv.2022-04-22")

    assert evidence.workings[0].sum_text == "13,815 / 18,150 = 76.1%"


@pytest.mark.parametrize(("year", "dollars"), [("2017-18", 10686.86e6), ("2018-19", 8229.90e6)])
def test_months_add_up_to_the_published_fiscal_years(
    built_snapshot: etl.Snapshot, year: str, dollars: float
) -> None:
    total = built_snapshot.observations(
        indicator="bilateral_trade", time_period=year, source_id="india_moc_months"
    ).collect()

    assert total["obs_value"].item() == pytest.approx(dollars, abs=5000)


def test_a_fiscal_year_that_lacks_a_month_is_not_summed(built_snapshot: etl.Snapshot) -> None:
    sums = built_snapshot.observations(
        indicator="imports", period_basis="fiscal_year_in", time_period="2007-08"
    )

    assert sums.collect().is_empty()


def test_calendar_2022_is_the_sum_of_both_flows_at_un_comtrade(built_snapshot: etl.Snapshot) -> None:
    total = built_snapshot.observations(indicator="bilateral_trade", source_id="un_comtrade").collect()

    assert total["obs_value"].item() == pytest.approx(43_555_421_467.337, abs=0.01)


def test_parts_that_were_not_collected_are_missing_and_not_zero(built_snapshot: etl.Snapshot) -> None:
    exports = built_snapshot.observations(indicator="exports", time_period="2019-20").collect()

    assert (exports["obs_value"].item(), exports["obs_status"].item()) == (None, "L")


def test_the_growth_needed_to_reach_100_billion_is_worked_out_from_the_newest_year(
    built_snapshot: etl.Snapshot,
) -> None:
    needed = (
        built_snapshot.observations(indicator="trade_growth_needed", time_period="2030")
        .collect()
        .sort("vintage")
    )

    assert needed["obs_value"].round(2).to_list() == [6.42, 6.75]
    assert "fy.2024-25" in needed["derivation"][-1]


def test_both_reports_of_one_flow_are_paired_for_2009_to_2019(built_snapshot: etl.Snapshot) -> None:
    gaps = built_snapshot.observations(indicator="mirror_gap").collect().sort("time_period")

    assert (gaps["time_period"][0], gaps["time_period"][-1]) == ("2009", "2019")


def test_the_register_counts_ten_s400_systems_ordered_and_four_pending(built_snapshot: etl.Snapshot) -> None:
    units = built_snapshot.observations(commodity="S-400 Triumf").collect()

    values = dict(zip(units["indicator"], units["obs_value"], strict=True))
    assert values == {"units_ordered": 10.0, "units_delivered": 6.0, "units_pending": 4.0}


def test_every_derived_value_names_operands_that_exist(built_snapshot: etl.Snapshot) -> None:
    known = {*built_snapshot.table("observations")["obs_id"], *built_snapshot.table("deals")["deal_id"]}
    derived = built_snapshot.observations().filter(pl.col("derivation").is_not_null()).collect()

    operands = {
        row_id for text in derived["derivation"] for row_id in text.partition("(")[2].rstrip(")").split(";")
    }
    assert operands <= known


def test_a_window_in_which_the_predecessor_state_delivered_is_marked_as_a_break(
    built_snapshot: etl.Snapshot,
) -> None:
    shares = built_snapshot.observations(
        indicator="arms_import_share", counterpart_area="RUS", source_id="sipri_tiv", obs_status="B"
    ).collect()

    assert shares["period_start"].dt.year().to_list() == [1990, 1991]

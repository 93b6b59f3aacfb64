"""The index of supplier concentration, worked out again with the standard library."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from typing import Any

import polars as pl
import pytest

import etl
from tests.conftest import DATASETS

INDEX = "arms_supplier_concentration"
REGISTER = "sources/sipri_tiv/2026-02-12/tiv_to_india_by_supplier.csv"


def add_up_by_supplier(first_year: int) -> dict[str, float]:
    """What each supplier delivered in five years by the newest register, `Total` among them."""
    delivered: dict[str, float] = defaultdict(float)
    with (DATASETS / REGISTER).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if first_year <= int(row["delivery_year"]) < first_year + 5:
                delivered[row["supplier"]] += float(row["tiv_millions"])
    return delivered


@pytest.mark.parametrize(("window", "first_year"), [("2009-13", 2009), ("2020-24", 2020)])
def test_the_index_is_the_sum_of_the_squared_shares(
    built_snapshot: etl.Snapshot, window: str, first_year: int
) -> None:
    delivered = add_up_by_supplier(first_year)
    total = delivered.pop("Total")

    row = find_index(built_snapshot, window, date(2026, 2, 12))

    assert row["obs_value"] == pytest.approx(sum((100 * one / total) ** 2 for one in delivered.values()))
    assert len(row["derivation"].split(";")) == len(delivered)


def test_the_index_of_2009_13_is_5889_points_and_that_of_2020_24_2647(built_snapshot: etl.Snapshot) -> None:
    first, last = (
        find_index(built_snapshot, window, date(2026, 2, 12))["obs_value"]
        for window in ("2009-13", "2020-24")
    )

    assert (round(first), round(last)) == (5889, 2647)


def test_every_window_of_every_vintage_has_one_index(built_snapshot: etl.Snapshot) -> None:
    table = built_snapshot.table("observations")
    shares = table.filter(
        (pl.col("indicator") == "arms_import_share") & pl.col("derivation").is_not_null()
    ).select("ref_area", "source_id", "vintage", "time_period")
    index = table.filter(pl.col("indicator") == INDEX)

    assert index.height == shares.unique().height
    assert index["obs_value"].is_between(0, 10_000).all()
    assert set(index["unit_measure"]) == {"HHI_POINTS"}
    assert set(index["counterpart_area"]) == {"W00"}


def test_shares_that_a_fact_sheet_prints_give_no_index(built_snapshot: etl.Snapshot) -> None:
    index = built_snapshot.observations(indicator=INDEX).collect()

    assert "sipri_fact_sheets" not in set(index["source_id"])


def test_a_window_in_which_soviet_union_and_russia_delivered_is_a_break_and_says_so(
    built_snapshot: etl.Snapshot,
) -> None:
    index = built_snapshot.observations(indicator=INDEX, ref_area="IND").collect().sort("period_start")

    broken = index.filter(obs_status="B")
    assert broken["time_period"].to_list() == ["1990-94", "1991-95"]
    assert broken["note"].str.contains("Soviet Union and Russia both delivered").all()
    assert not index.filter(obs_status="A")["note"].fill_null("").str.contains("Soviet").any()


def test_deliveries_by_nobody_named_leave_open_whose_they_were(built_snapshot: etl.Snapshot) -> None:
    row = find_index(built_snapshot, "2020-24", date(2026, 2, 12))

    assert "supplier is not known" in row["note"]
    assert row["obs_high"] - row["obs_value"] > 20 * (row["obs_value"] - row["obs_low"])


def find_index(snapshot: etl.Snapshot, window: str, vintage: date) -> dict[str, Any]:
    """The index of one window of one vintage."""
    (row,) = (
        snapshot.observations(indicator=INDEX, ref_area="IND", time_period=window, vintage=vintage)
        .collect()
        .to_dicts()
    )
    return row

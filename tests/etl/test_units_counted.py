"""Weapons counted from a register: what cannot be counted is said, not passed over."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reconcile.units_counted import derive_units
from etl.schemas import TABLES

SOURCE = "register"


def build_deals(*numbers: int | None, **other: Any) -> pl.DataFrame:
    """Orders of one weapon in one year, of these numbers."""
    columns = TABLES["deals"].list_columns()
    rows = [
        dict.fromkeys(columns)
        | {
            "deal_id": f"deal-{place}",
            "importer": "IND",
            "supplier": "RUS",
            "designation": "T-90S",
            "order_year": 2001,
            "order_year_uncertain": False,
            "number_ordered": number,
            "number_ordered_uncertain": False,
            "number_delivered": 0,
            "number_delivered_uncertain": False,
            "vintage": date(2025, 3, 13),
            "source_id": SOURCE,
            "source_file": "sources/register.csv",
            "source_sha256": "0" * 64,
            **other,
        }
        for place, number in enumerate(numbers)
    ]
    return pl.DataFrame(rows, schema=columns, orient="row")


def derive_notes(deals: pl.DataFrame) -> set[str]:
    """What the counts of the deals say beside their values."""
    return {row["note"] for row in derive_units(deals, publishers={SOURCE: "Publisher"})}


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((310, 347), "Orders of 2001."),
        ((310, None), "Orders of 2001; 1 more is left out, without a number in the register."),
        ((310, None, None), "Orders of 2001; 2 more are left out, without a number in the register."),
    ],
)
def test_a_count_says_how_many_orders_it_leaves_out(numbers: tuple[int | None, ...], said: str) -> None:
    assert derive_notes(build_deals(*numbers)) == {said}


def test_doubt_and_what_is_left_out_are_both_said() -> None:
    (note,) = derive_notes(build_deals(310, None, number_ordered_uncertain=True))

    assert "uncertain" in note
    assert "1 more is left out" in note


def test_orders_of_another_year_or_weapon_are_not_said_to_be_left_out() -> None:
    counted = build_deals(310)
    others = [build_deals(None, order_year=2006), build_deals(None, designation="T-72M1")]

    assert derive_notes(pl.concat([counted, *others])) == {"Orders of 2001."}


@given(numbers=st.lists(st.none() | st.integers(0, 500), max_size=6))
def test_what_is_counted_and_what_is_left_out_are_all_the_orders(numbers: list[int | None]) -> None:
    rows = derive_units(build_deals(*numbers), publishers={SOURCE: "Publisher"})
    known = [number for number in numbers if number is not None]

    ordered = [row for row in rows if row["indicator"] == "units_ordered"]
    assert len(ordered) == bool(known)
    for row in ordered:
        left_out = len(numbers) - len(known)
        assert row["obs_value"] == sum(known)
        assert len(row["derivation"].split(";")) == len(known)
        assert (f"{left_out} more" in row["note"]) == bool(left_out)

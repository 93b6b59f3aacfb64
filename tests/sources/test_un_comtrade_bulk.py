"""Comtrade's bulk files of eleven columns: read as observations and converted alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl
from tests.bulk.bulk_files import convert, read_flows
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back

HEADER = (
    "Year,Reporter Code,Trade Flow Code,Partner Code,Classification,Commodity Code,Quantity Unit Code,"
    "Supplementary Quantity,Netweight (kg),Value,Estimation Code"
)
ROWS = (
    "2011,699,1,0,H3,090240,8,1200,1200,8801,0",
    "2011,699,1,643,H3,090240,8,700,700,5500,6",
    "2011,699,2,643,H3,27,1,,,730011,0",
    "2011,699,3,643,H3,2709,8,,90,4400,4",
)


def write_sample() -> bytes:
    """A small file as the old site gave it."""
    return "".join(f"{line}\n" for line in (HEADER, *ROWS)).encode()


def test_a_row_is_dollars_of_a_year_with_flow_and_flag() -> None:
    rows = read_back(write_sample()).rows
    assert [(row["indicator"], row["counterpart_area"], row["commodity"]) for row in rows] == [
        ("imports", "W00", "090240"),
        ("imports", "RUS", "090240"),
        ("exports", "RUS", "27"),
        ("re_exports", "RUS", "2709"),
    ]
    assert [(row["obs_value"], row["valuation"]) for row in rows[:3]] == [
        (8801, "CIF"),
        (5500, "CIF"),
        (730011, "FOB"),
    ]
    assert "flag 6: both estimated" in rows[1]["note"]


def test_codes_get_back_their_zero_where_no_code_has_kept_its_own() -> None:
    eaten = write_sample().replace(b",090240,", b",90240,")
    assert [row["commodity"] for row in read_back(eaten).rows][:2] == ["090240", "090240"]
    mixed = write_sample().replace(b",090240,", b",90240,", 1)
    assert [reason for _, _, reason in read_back(mixed).reasons] == ["bad_commodity"]


def test_columns_in_another_order_are_refused() -> None:
    swapped = write_sample().replace(b"Netweight (kg),Value", b"Value,Netweight (kg)", 1)
    with pytest.raises(etl.InputError, match="not in Comtrade's order"):
        read_back(swapped)


def test_a_conversion_in_bulk_gives_the_same_flows(tmp_path: Path) -> None:
    path = tmp_path / "bulk.csv"
    path.write_bytes(write_sample().replace(b",090240,", b",90240,"))
    flows = read_flows(convert(path)).sort("line")
    assert flows.select("flow", "partner", "commodity", "value_usd", "estimation_flag").rows() == [
        ("M", "W00", "090240", 8801.0, "0"),
        ("M", "RUS", "090240", 5500.0, "6"),
        ("X", "RUS", "27", 730011.0, "0"),
        ("RX", "RUS", "2709", 4400.0, "4"),
    ]


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES

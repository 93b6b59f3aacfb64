"""Excerpts of BACI as observations: each value, missing quantity and eaten zero comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.provenance import RawFile
from etl.sources.baci import MOST_ROWS, find_release
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back

AREAS = {251: "FRA", 490: "XOA", 579: "NOR", 643: "RUS", 699: "IND", 757: "CHE", 842: "USA"}
Flow = tuple[int, int, int, int]


def write_baci(rows: Mapping[Flow, tuple[str, str]], *, has_zeros: bool = True) -> bytes:
    """Lines as CEPII writes them."""
    lines = ["t,i,j,k,v,q"]
    for (year, exporter, importer, product), (value, quantity) in rows.items():
        code = f"{product:06d}" if has_zeros else str(product)
        lines.append(f"{year},{exporter},{importer},{code},{value},{quantity}")
    return "\n".join(lines).encode() + b"\n"


def write_sample() -> bytes:
    """A file in the layout."""
    return write_baci(
        {
            (2021, 643, 699, 10121): ("48.217", "51.000"),
            (2022, 643, 699, 270900): ("25485321.917", "46120033.25"),
            (2022, 643, 699, 310210): ("1841.5", "NA"),
            (2022, 699, 643, 90240): ("131.003", ""),
            (2022, 842, 757, 880240): ("0.001", "0.5"),
            (2022, 251, 579, 220421): ("9120.75", "881.2"),
        }
    )


amounts = st.decimals(0, 10**9, places=3).map(lambda number: format(number, "f"))
tables = st.dictionaries(
    st.tuples(
        st.integers(1995, 2024),
        st.sampled_from(sorted(AREAS)),
        st.sampled_from(sorted(AREAS)),
        st.integers(10_000, 999_999),
    ),
    st.tuples(amounts, amounts | st.sampled_from(["", "NA"])),
    min_size=1,
    max_size=12,
)


@given(tables, st.booleans())
def test_every_flow_comes_back(rows: dict[Flow, tuple[str, str]], has_zeros: bool) -> None:
    back = read_back(write_baci(rows, has_zeros=has_zeros))
    assert (back.layout, back.rows_read, back.rejected) == ("baci", len(rows), ())
    found = {
        (row["time_period"], row["ref_area"], row["counterpart_area"], row["commodity"]): row["obs_value"]
        for row in back.rows
    }
    assert found == {
        (str(year), AREAS[exporter], AREAS[importer], f"{product:06d}"): float(Decimal(value) * 1000)
        for (year, exporter, importer, product), (value, _) in rows.items()
    }


def test_a_flow_is_exports_free_on_board_with_its_quantity() -> None:
    row = max(read_back(write_sample()).rows, key=lambda row: float(row["obs_value"]))
    assert (row["indicator"], row["valuation"], row["unit_measure"]) == ("exports", "FOB", "USD")
    assert (row["obs_value"], row["note"]) == (25_485_321_917, "quantity 46120033.25 tonnes")


def test_a_quantity_that_was_not_estimated_is_said_to_be_so() -> None:
    notes = [row["note"] for row in read_back(write_sample()).rows]
    assert notes.count("quantity not estimated") == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2022,13,699,010121,1,1", "unknown_area"),
        ("2022,0,699,010121,1,1", "not_one_area"),
        ("2022,643,699,0101,1,1", "not_hs6"),
        ("2022,643,699,10129,1,1", "not_hs6"),
        ("2022,643,699,010121,-1,1", "below_floor"),
        ("2022,643,699,010121,1,many", "not_a_number"),
        ("2022,643,699,010121,1", "wrong_field_count"),
    ],
)
def test_a_bad_row_is_set_aside(line: str, reason: str) -> None:
    back = read_back(write_sample() + line.encode() + b"\n")
    assert [(entry.line, entry.reason) for entry in back.rejected] == [(8, reason)]


def test_the_release_is_read_from_the_name_that_cepii_gave() -> None:
    release = find_release(RawFile("BACI_HS17_Y2022_V202401b.csv", b""))
    assert release is not None
    assert (release.day, release.precision) == (date(2024, 1, 1), "month")
    assert find_release(RawFile("flows.csv", b"")) is None


def test_a_whole_year_is_referred_to_bulk_conversion() -> None:
    content = b"t,i,j,k,v,q\n" + b"2022,643,699,270900,1,1\n" * (MOST_ROWS + 1)
    with pytest.raises(etl.InputError, match="footnoted convert"):
        read_back(content)


def test_exchanged_sides_are_refused() -> None:
    with pytest.raises(etl.InputError, match="stands behind j"):
        read_back(write_sample().replace(b"t,i,j", b"t,j,i"))


def test_no_damage_gives_a_silent_wrong_number() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES

"""BACI in bulk: every row comes back or is set aside, whatever the order of rows and the size of blocks."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import etl
from etl.bulk import convert_bulk
from tests.bulk.bulk_files import convert, find_lookups, read_bytes, read_flows, read_quarantine, write_baci

AREAS = {
    4: "AFG",
    36: "AUS",
    251: "FRA",
    490: "XOA",
    579: "NOR",
    643: "RUS",
    699: "IND",
    757: "CHE",
    842: "USA",
}
GOOD = [
    "2022,643,699,010121,48.217,51.000",
    "2022,643,699,270900,25485321.917,46120033.25",
    "2022,699,643,100630,1.5,NA",
    "2022,842,699,880240,0.001,",
]
Flow = tuple[int, int, int, int]
flows = st.dictionaries(
    st.tuples(
        st.integers(1995, 2024),
        st.sampled_from(sorted(AREAS)),
        st.sampled_from(sorted(AREAS)),
        st.integers(10_000, 999_999),
    ),
    st.tuples(
        st.decimals(0, 10**9, places=3),
        st.none() | st.decimals(0, 10**9, places=3),
        st.sampled_from(["", "NA"]),
    ),
    min_size=1,
    max_size=40,
)


def write_lines(rows: dict[Flow, tuple[Decimal, Decimal | None, str]]) -> list[str]:
    """Lines as CEPII writes them."""
    return [
        f"{year},{exporter},{importer},{product:06d},{value:f},"
        + (missing if quantity is None else f"{quantity:f}")
        for (year, exporter, importer, product), (value, quantity, missing) in rows.items()
    ]


def list_flows(frame: pl.DataFrame) -> dict[Flow, tuple[float, float | None]]:
    """Flows by their key, with their areas checked."""
    found = {}
    for row in frame.to_dicts():
        assert (AREAS[row["exporter_code"]], AREAS[row["importer_code"]]) == (
            row["exporter"],
            row["importer"],
        )
        assert len(row["commodity"]) == 6
        key = (row["year"], row["exporter_code"], row["importer_code"], int(row["commodity"]))
        found[key] = (row["value_usd"], row["quantity_tonnes"])
    return found


@given(rows=flows, is_sorted=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_flow_comes_back_in_order(
    rows: dict[Flow, tuple[Decimal, Decimal | None, str]],
    is_sorted: bool,
    tmp_path_factory: pytest.TempPathFactory,
    small_blocks: None,
) -> None:
    rows = dict(sorted(rows.items())) if is_sorted else rows
    report = convert(write_baci(tmp_path_factory.mktemp("baci"), write_lines(rows)))
    assert (report.rows_accepted, report.quarantined) == (len(rows), {})
    frame = read_flows(report)
    assert list_flows(frame) == {
        key: (float(value * 1000), None if quantity is None else float(quantity))
        for key, (value, quantity, _) in rows.items()
    }
    order = frame.select("year", "exporter_code", "importer_code", "commodity").rows()
    assert order == sorted(order)


@given(rows=flows, seed=st.randoms(use_true_random=False))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_flow_knows_its_line(
    rows: dict[Flow, tuple[Decimal, Decimal | None, str]],
    seed: object,
    tmp_path_factory: pytest.TempPathFactory,
    small_blocks: None,
) -> None:
    lines = write_lines(rows)
    report = convert(write_baci(tmp_path_factory.mktemp("baci"), ["", *lines[:1], "", *lines[1:]]))
    for row in read_flows(report).to_dicts():
        line = ["", "", "", lines[0], "", *lines[1:]][row["line"]]
        assert line.startswith(
            f"{row['year']},{row['exporter_code']},{row['importer_code']},{row['commodity']},"
        )


@pytest.mark.parametrize(
    ("line", "column", "value", "reason"),
    [
        ("1850,643,699,010121,1.5,2", "t", "1850", "bad_year"),
        ("20x2,643,699,010121,1.5,2", "t", "20x2", "bad_year"),
        ("2022,9876,699,010121,1.5,2", "i", "9876", "unknown_area"),
        ("2022,643,13,010121,1.5,2", "j", "13", "unknown_area"),
        ("2022,643,0,010121,1.5,2", "j", "0", "unknown_area"),
        ("2022,643,,010121,1.5,2", "j", None, "unknown_area"),
        ("2022,643,699,0101,1.5,2", "k", "0101", "not_hs6"),
        ("2022,643,699,TOTAL,1.5,2", "k", "TOTAL", "not_hs6"),
        ("2022,643,699,+10121,1.5,2", "k", "+10121", "not_hs6"),
        ("2022,643,699,001012,1.5,2", "k", "001012", "not_hs6"),
        ("2022,643,699,0101210,1.5,2", "k", "0101210", "not_hs6"),
        ("2022,643,699,010121,-1.5,2", "v", "-1.5", "negative"),
        ("2022,643,699,010121,,2", "v", None, "empty_cell"),
        ("2022,643,699,010121,NA,2", "v", "NA", "not_a_number"),
        ("2022,643,699,010121,1.5.2,2", "v", "1.5.2", "not_a_number"),
        ("2022,643,699,010121,NaN,2", "v", "NaN", "not_finite"),
        ("2022,643,699,010121,inf,2", "v", "inf", "not_finite"),
        ("2022,643,699,010121,1e400,2", "v", "1e400", "not_finite"),
        ("2022,643,699,010121,1e16,2", "v", "1e16", "too_large"),
        ("2022,643,699,010121,1.5,-2", "q", "-2", "negative"),
        ("2022,643,699,010121,1.5,two", "q", "two", "not_a_number"),
        ("2022,643,699,010121,1.5,-inf", "q", "-inf", "not_finite"),
        ("2022,643,699,010121,1.5", None, None, "wrong_field_count"),
        ("2022,643,699,0101", None, None, "wrong_field_count"),
        ("2022,643,699,010121,1,500.25,2", None, None, "wrong_field_count"),
        ('2022,643,699,010121,1.5,"2', None, None, "broken_quoting"),
    ],
)
def test_a_bad_row_is_quarantined_with_its_line(
    line: str, column: str | None, value: str | None, reason: str, tmp_path: Path
) -> None:
    report = convert(write_baci(tmp_path, [*GOOD[:2], line, *GOOD[2:]]))
    (entry,) = read_quarantine(report).to_dicts()
    assert (entry["line"], entry["column"], entry["value"], entry["reason"]) == (4, column, value, reason)
    assert entry["row_text"] == line
    assert report.rows_accepted == len(GOOD)


def test_lines_are_counted_through_all_blocks(tmp_path: Path, small_blocks: None) -> None:
    lines = [f"2022,643,699,{code:06d},1,1" for code in range(10_000, 10_040)]
    lines[5], lines[20], lines[33] = "", "2022,13,699,010020,1,1", "2022,643,699,010033,oops,1"
    report = convert(write_baci(tmp_path, lines))
    good = [line for line, text in enumerate(lines, start=2) if text.endswith(",1,1") and ",13," not in text]
    assert read_flows(report)["line"].to_list() == good
    assert read_quarantine(report)["line"].to_list() == [22, 35]


def test_a_control_character_spoils_its_row_alone(tmp_path: Path) -> None:
    report = convert(write_baci(tmp_path, [*GOOD, "2022,842,699,8802\x0141,1,1"]))
    (entry,) = read_quarantine(report).to_dicts()
    assert (entry["line"], entry["reason"], report.rows_accepted) == (6, "not_hs6", 4)


def test_a_file_full_of_control_characters_is_refused(tmp_path: Path) -> None:
    every = "".join(map(chr, [*range(1, 9), *range(0x1C, 0x20)]))
    with pytest.raises(etl.InputError, match="control characters"):
        convert(write_baci(tmp_path, [*GOOD, f"2022,842,699,{every},1,1"]))


def test_a_repeated_row_is_kept_once(tmp_path: Path) -> None:
    report = convert(write_baci(tmp_path, [*GOOD, GOOD[1]]))
    (entry,) = read_quarantine(report).to_dicts()
    assert (entry["line"], entry["reason"], report.rows_accepted) == (6, "duplicate_key", 4)


def test_of_rows_that_contradict_each_other_none_is_kept(tmp_path: Path, small_blocks: None) -> None:
    report = convert(write_baci(tmp_path, [*GOOD, GOOD[1].replace("25485321.917", "1")]))
    assert read_quarantine(report)["line"].to_list() == [3, 6]
    assert "270900" not in read_flows(report)["commodity"]


def test_values_are_exact_thousands(tmp_path: Path) -> None:
    values = ["0.001", "0.0005", "1.0005", "25485321.917", "123456.789012", "1e3", "999999999999.999"]
    lines = [f"2022,643,699,0101{number:02d},{value},1" for number, value in enumerate(values)]
    found = read_flows(convert(write_baci(tmp_path, lines)))["value_usd"].to_list()
    assert found == [float(Decimal(value) * 1000) for value in values]


def test_zeros_that_a_spreadsheet_ate_are_given_back(tmp_path: Path) -> None:
    report = convert(write_baci(tmp_path, [line.replace(",010121,", ",10121,") for line in GOOD]))
    assert read_flows(report)["commodity"][0] == "010121"
    assert (report.codes_restored, report.rows_quarantined) == (1, 0)
    assert "1 product codes got back the leading zero" in str(report)


@pytest.mark.parametrize("place", [0, 4])
def test_a_short_code_beside_full_ones_is_no_eaten_zero(
    place: int, tmp_path: Path, small_blocks: None
) -> None:
    lines = GOOD.copy()
    lines.insert(place, "2022,4,36,10129,1.5,2")
    report = convert(write_baci(tmp_path, lines))
    (entry,) = read_quarantine(report).to_dicts()
    assert (entry["value"], entry["reason"], report.codes_restored) == ("10129", "not_hs6", 0)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_copy_with_quotes_and_row_names_reads_the_same(delimiter: str, tmp_path: Path) -> None:
    header = delimiter.join(f'"{name}"' for name in ("", *"tijkvq"))
    lines = [delimiter.join([f'"{n}"', *line.split(",")]) for n, line in enumerate(GOOD, start=1)]
    path = tmp_path / "again.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([header, *lines]).encode())
    plain = tmp_path / "plain"
    plain.mkdir()
    assert read_flows(convert(path)).equals(read_flows(convert(write_baci(plain, GOOD))))


def test_padded_numbers_and_a_spare_delimiter_are_read(tmp_path: Path) -> None:
    report = convert(write_baci(tmp_path, ["2022, 643, 699,010121,  48.217,       NA,", *GOOD[1:]]))
    assert report.rows_quarantined == 0
    assert read_flows(report).row(0, named=True)["value_usd"] == 48_217


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "baci.csv.gz"
    path.write_bytes(gzip.compress(write_baci(tmp_path, GOOD).read_bytes()))
    assert convert(path).rows_accepted == 4


def test_a_packed_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baci.csv.gz"
    path.write_bytes(gzip.compress(write_baci(tmp_path, GOOD * 500).read_bytes())[:-20])
    with pytest.raises(etl.InputError, match="damaged"):
        convert(path)
    assert not (tmp_path / "out").exists()


def test_two_conversions_give_the_same_bytes(tmp_path: Path, small_blocks: None) -> None:
    path = write_baci(tmp_path, [*GOOD[::-1], "2021,643,699,010121,oops,1", "2021,643,699,020110,3,1"])
    first = read_bytes(convert(path).out)
    assert read_bytes(convert(path).out) == first
    assert {name.split("/")[0] for name in first} >= {"year=2021", "year=2022", "manifest.json"}


def test_order_of_rows_makes_no_difference(tmp_path: Path, small_blocks: None) -> None:
    lines = [f"2022,643,699,{code:06d},{code}.5,1" for code in range(10_000, 10_060)]
    there = read_flows(convert(write_baci(tmp_path, lines))).drop("line")
    report = convert(write_baci(tmp_path, lines[::-1]))
    assert read_flows(report).drop("line").equals(there)
    assert not report.was_sorted


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.txt").write_text("precious")
    with pytest.raises(etl.InputError, match="other than an earlier conversion"):
        convert_bulk(write_baci(tmp_path, GOOD), out, lookups=find_lookups())
    assert (out / "thesis.txt").read_text() == "precious"


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\x00\x01", b"a,b,c\n1,2,3\n", b"t,i,j,k,v\n2022,4,8,010121,1\n"]
)
def test_what_is_no_bulk_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "something.csv"
    path.write_bytes(content)
    with pytest.raises(etl.InputError):
        convert(path)


def test_exchanged_sides_are_refused(tmp_path: Path) -> None:
    path = write_baci(tmp_path, GOOD)
    path.write_bytes(path.read_bytes().replace(b"t,i,j,k", b"t,j,i,k"))
    with pytest.raises(etl.InputError, match="stands behind j"):
        convert(path)


def test_a_file_without_one_good_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(etl.ExpectationError, match="2 unknown_area"):
        convert(write_baci(tmp_path, ["2022,13,14,010121,1,1", "2022,13,15,010121,1,1"]))
    assert list(tmp_path.glob("out*")) == []

"""SIPRI's TIV tables of the old site: real ones, ones written here and read back, and damaged ones."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import ExpectationError, InputError
from tests.sources.fuzz import CASES, Taken, count_outcomes, take_content

SUPPLIERS = {
    "Australia": "AUS",
    "Czechoslovakia": "CSK",
    "France": "FRA",
    "Russia": "RUS",
    "Soviet Union": "SUN",
    "unknown supplier(s)": "_X",
}
Cells = list[int | None]
ROWS: dict[str, Cells] = {
    "Australia": [None, 17, 0, None, 12],
    "France": [156, 73, None, 254, 224],
    "Soviet Union": [1010, 2020, None, None, None],
    "Russia": [None, None, 900, 1807, 0],
}


def write_table(
    rows: dict[str, Cells], *, title: str = "TIV of arms exports to India", first_year: int = 1990
) -> bytes:
    """A table as the old site wrote it, with totals that are right."""
    width = max(len(cells) for cells in rows.values())
    years = range(first_year, first_year + width)
    columns = [[cells[at] for cells in rows.values()] for at in range(width)]
    totals = [*map(add_cells, columns), add_cells([cell for cells in rows.values() for cell in cells])]
    lines = [
        [f'"{title}, {first_year}-{years[-1]}"'],
        ["Figures are volumes of deliveries, in millions."],
        ["Source: SIPRI Arms Transfers Database"],
        ["Generated: 22 April 2022"],
        [],
        ["", *map(str, years), "Total"],
        *([name, *map(write_cell, cells), write_cell(add_cells(cells))] for name, cells in rows.items()),
        [],
        ["Total", *map(write_cell, totals)],
    ]
    return "".join(",".join(line + [""] * (width + 2 - len(line))) + "\n" for line in lines).encode()


def write_sample() -> bytes:
    """A small table for the damage run."""
    return write_table(ROWS)


def add_cells(cells: Cells) -> int | None:
    """The sum, or nothing where nothing was delivered."""
    known = [cell for cell in cells if cell is not None]
    return sum(known) if known else None


def write_cell(cell: int | None) -> str:
    """An empty cell and a zero are not the same."""
    return "" if cell is None else str(cell)


def list_values(taken: Taken) -> dict[tuple[str, str, str, str], float]:
    """Values by importer, supplier, commodity and year."""
    return {
        (str(key[1]), str(key[2]), str(key[3]), str(key[5])): float(str(dict(entry.content)["obs_value"]))
        for key, entry in taken.entries.items()
    }


def test_each_cell_is_a_volume_of_importer_and_supplier() -> None:
    values = list_values(take_content(write_sample()))
    assert values["IND", "FRA", "TOTAL", "1990"] == 156
    assert values["IND", "RUS", "TOTAL", "1993"] == 1807
    assert values["IND", "W00", "TOTAL", "1990"] == 1166


def test_an_empty_cell_is_no_row_and_a_zero_is_one_with_its_meaning() -> None:
    entries = take_content(write_sample()).entries
    years = {key[5] for key in entries if key[2] == "AUS"}
    zero = dict(next(entry for key, entry in entries.items() if key[2] == "AUS" and key[5] == "1992").content)
    assert years == {"1991", "1992", "1994"}
    assert (zero["obs_value"], zero["obs_low"], zero["obs_high"]) == (0.0, 0.0, 0.5)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("TIV of arms exports to India", ("IND", "FRA")),
        ("TIV of arms imports to India", ("IND", "FRA")),
        ("TIV of arms exports from India", ("FRA", "IND")),
        ("TIV of arms exports to all", ("FRA", "W00")),
        ("TIV of arms exports from all", ("W00", "FRA")),
        ("TIV of arms exports from Soviet Union", ("FRA", "SUN")),
    ],
)
def test_the_title_says_who_is_importer_and_who_supplier(title: str, expected: tuple[str, str]) -> None:
    values = list_values(take_content(write_table(ROWS, title=title)))
    assert values[(*expected, "TOTAL", "1990")] == 156


def test_rows_of_weapon_categories_become_commodities() -> None:
    rows: dict[str, Cells] = {"Aircraft": [10, None, 5], "Ships": [None, 7, 0]}
    values = list_values(take_content(write_table(rows)))
    assert values["IND", "W00", "Ships", "1991"] == 7
    assert values["IND", "W00", "TOTAL", "1990"] == 10


@pytest.mark.parametrize(("separator", "line_end"), [(",", "\r\n"), (",", "\r"), (";", "\n"), (",", ",,,\n")])
def test_a_spreadsheets_way_of_saving_changes_nothing(separator: str, line_end: str) -> None:
    title, *lines = write_sample().decode().splitlines()
    title = title.replace(",,", separator * 2)
    saved = line_end.join([title, *(line.replace(",", separator) for line in lines), ""])
    assert list_values(take_content(saved.encode("utf-8-sig"))) == list_values(take_content(write_sample()))


def test_a_row_that_does_not_add_up_is_quarantined_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(write_sample().replace(b",12,29\n", b",12,99\n"))
    inspection = etl.inspect_file(path)
    (entry,) = inspection.rejected
    assert (entry.line, entry.reason, entry.value) == (7, "does_not_add_up", "99")
    assert inspection.rows_read == 5


def test_an_unknown_supplier_is_quarantined_and_the_total_kept() -> None:
    taken = take_content(write_sample().replace(b"Australia", b"Atlantis"))
    assert taken.rows_rejected == 1
    assert list_values(taken)["IND", "W00", "TOTAL", "1991"] == 2110


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"to India", b"to Atlantis", "names no known area"),
        (b'"TIV of arms exports to India, 1990-1994"', b"Table", "nothing says whose table"),
        (b"1990-1994", b"1990-2021", "the title says 1990 to 2021"),
        (b",1991,", b",1997,", "a year that is left out"),
        (b",1991,1992,", b",1992,1991,", "out of order"),
        (b"France,156,73,,254,224,707\n", b"", "years that do not"),
        (b"Total,1166,2110,900,2061,236,6473", b"", "one total row"),
    ],
)
def test_a_table_that_cannot_be_told_is_refused_with_the_reason(old: bytes, new: bytes, reason: str) -> None:
    sample = write_sample()
    assert old in sample
    with pytest.raises((InputError, ExpectationError), match=reason):
        take_content(sample.replace(old, new))


def test_two_tables_in_one_file_are_refused() -> None:
    with pytest.raises(InputError, match="second table"):
        take_content(write_sample() + write_sample())


cells = st.lists(st.one_of(st.none(), st.integers(0, 4000)), min_size=3, max_size=3)


@given(
    st.dictionaries(st.sampled_from(sorted(SUPPLIERS)), cells, min_size=1).filter(
        lambda rows: any(cell is not None for row in rows.values() for cell in row)
    )
)
def test_a_table_written_in_the_layout_is_read_back_whole(rows: dict[str, Cells]) -> None:
    values = list_values(take_content(write_table(rows), check_schema=False))
    expected = {
        ("IND", SUPPLIERS[name], "TOTAL", str(1990 + at)): cell
        for name, row in rows.items()
        for at, cell in enumerate(row)
        if cell is not None
    }
    assert {key: value for key, value in values.items() if key[1] != "W00"} == expected


def test_damage_gives_right_numbers_or_a_refusal() -> None:
    counts = count_outcomes(write_sample())
    assert sum(counts.values()) == CASES
    assert counts["refused"] > 0


REAL = {
    "TIV-Export-IND-1950-2021.csv": 19,
    "TIV-Export-RUS-1950-2021.csv": 108,
    "TIV-Export-USA-1950-2021.csv": 182,
    "TIV-Export-USR-1950-2021.csv": 77,
    "TIV-Import-All-1950-2021.csv": 261,
    "TIV-Import-IND-1950-2021.csv": 29,
    "TIV-Import-RUS-1950-2021.csv": 10,
    "TIV-Import-USR-1950-2021.csv": 9,
}


@pytest.mark.publisher_files
@pytest.mark.parametrize("name", REAL)
def test_every_row_of_a_real_table_is_accepted(publisher_files_folder: Path, name: str) -> None:
    inspection = etl.inspect_file(publisher_files_folder / "sipri_tiv_old" / name)
    assert inspection.source.layout == "sipri_tiv_tables"
    assert (inspection.rows_read, inspection.rows_rejected) == (REAL[name], 0)


@pytest.mark.publisher_files
def test_russia_delivered_13815_of_18150_to_india_in_2009_to_2013(publisher_files_folder: Path) -> None:
    rows = etl.read_file(publisher_files_folder / "sipri_tiv_old" / "TIV-Import-IND-1950-2021.csv")
    window = rows.filter(pl.col("time_period").is_in([str(year) for year in range(2009, 2014)]))
    sums = dict(window.group_by("counterpart_area").agg(pl.col("obs_value").sum()).iter_rows())
    assert (sums["RUS"], sums["W00"]) == (13815, 18150)


@pytest.mark.publisher_files
def test_one_delivery_is_the_same_in_the_importers_and_the_suppliers_table(
    publisher_files_folder: Path,
) -> None:
    folder = publisher_files_folder / "sipri_tiv_old"
    pair = (pl.col("ref_area") == "IND") & (pl.col("counterpart_area") == "SUN")
    imports = etl.read_file(folder / "TIV-Import-IND-1950-2021.csv").filter(pair).sort("time_period")
    exports = etl.read_file(folder / "TIV-Export-USR-1950-2021.csv").filter(pair).sort("time_period")
    assert imports["time_period"].to_list() == exports["time_period"].to_list()
    assert len(imports) > 30

"""SIPRI's table by region: every volume comes back to its region, and a lost line stops the file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back
from tests.sources.workbooks import Cell, write_workbook

TITLE = "Volume of exports of major arms by region broken down by suppliers 2001-2003"
YEARS = (2001, 2002, 2003)
Cells = list[int | None]
REGIONS: dict[str, dict[str, Cells]] = {
    "Africa": {
        "Belarus": [12, None, 30],
        "European Union**": [None, 0, None],
        "unknown supplier(s)": [None, 4, 1],
    },
    "COCOM": {"France": [700, None, None]},
    "NATO": {"France": [15, 16, 17], "United States": [210, 0, 190]},
}
CODES = {"Africa": "QRA", "COCOM": "QSC", "NATO": "QSO"}
SUPPLIERS = {
    "Belarus": "BLR",
    "European Union**": "XEU",
    "France": "FRA",
    "United States": "USA",
    "unknown supplier(s)": "_X",
}


def list_lines(regions: dict[str, dict[str, Cells]], *, title: str = TITLE) -> list[list[str]]:
    """The lines of a table, with totals and sums that are right."""
    lines = [[title], ["Figures are in millions."], ["Data generated: 13 Apr 2024 8:20:07 AM"], []]
    lines.append(["", "", *map(str, YEARS), "2001-2003", "% of regional total"])
    for region, suppliers in regions.items():
        totals = [sum(cells[at] or 0 for cells in suppliers.values()) for at in range(len(YEARS))]
        lines.append([region, "Regional total", *map(str, totals), str(sum(totals)), "100%"])
        for name, cells in suppliers.items():
            whole = sum(cell or 0 for cell in cells)
            shown = ["" if cell is None else str(cell) for cell in cells]
            lines.append(["", name, *shown, str(whole or ""), "1%"])
    return lines


def write_table(regions: dict[str, dict[str, Cells]], *, title: str = TITLE) -> bytes:
    """The table as the site gives it."""
    return "".join(",".join(cells) + "\n" for cells in list_lines(regions, title=title)).encode()


def write_sample() -> bytes:
    """A table in the site's layout."""
    return write_table(REGIONS)


cells = st.lists(st.one_of(st.none(), st.integers(0, 20_000)), min_size=3, max_size=3)
tables = st.dictionaries(
    st.sampled_from(sorted(CODES)),
    st.dictionaries(st.sampled_from(sorted(SUPPLIERS)), cells, min_size=1),
    min_size=1,
)


@given(tables)
def test_every_volume_comes_back_to_its_region_and_supplier(regions: dict[str, dict[str, Cells]]) -> None:
    back = read_back(write_table({region: regions[region] for region in sorted(regions)}))

    assert (back.layout, back.rejected) == ("sipri_regional", ())
    printed = {
        (CODES[region], SUPPLIERS[name], str(year)): value
        for region, suppliers in regions.items()
        for name, values in suppliers.items()
        for year, value in zip(YEARS, values, strict=True)
        if value is not None
    }
    found = {
        (row["ref_area"], row["counterpart_area"], row["time_period"]): row["obs_value"] for row in back.rows
    }
    assert {key: value for key, value in found.items() if key[1] != "W00"} == printed
    for (region, _, year), total in ((key, value) for key, value in found.items() if key[1] == "W00"):
        assert total == sum(value for key, value in printed.items() if (key[0], key[2]) == (region, year))


def test_the_group_is_not_the_organisation_and_a_group_that_was_gone_has_no_zero() -> None:
    back = read_back(write_sample())

    found = {(row["ref_area"], row["counterpart_area"], row["time_period"]): row for row in back.rows}
    assert (back.vintage.day.isoformat(), back.rejected) == ("2024-04-13", ())
    assert found["QSO", "USA", "2002"]["obs_high"] == 0.5
    assert ("QSC", "W00", "2001") in found
    assert ("QSC", "W00", "2002") not in found
    assert found["QRA", "XEU", "2002"]["obs_value"] == 0


def test_a_copy_of_a_spreadsheet_reads_the_same() -> None:
    values = [row["obs_value"] for row in read_back(write_sample()).rows]
    text = write_sample().decode()
    copies = [
        text.replace(",", ";").replace("\n", ";;\r\n").encode(),
        ("\ufeff" + text.replace("\n", ",\r\n")).encode(),
        write_workbook({"Table": [[_store(cell) for cell in line] for line in list_lines(REGIONS)]}),
    ]
    assert [[row["obs_value"] for row in read_back(copy).rows] for copy in copies] == [values] * 3


def _store(cell: str) -> Cell:
    return int(cell) if cell.isdigit() else cell or None


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (TITLE, "Volume of imports of major arms by region", "no title that says"),
        ("2001,2002,2003,", "2001,2003,2002,", "a year that is left out"),
        ("Figures are in millions.", ",Belarus,12,,30,42,1%", "a row above the header"),
        ("NATO,Regional total", "NATO,France", "first line is not its total"),
        ("NATO,Regional", "Africa,Regional", "stands twice"),
        (",Belarus,12,,30,42,1%\n", "", "add up to 12 in 2001"),
        ("COCOM,Regional total,700,0,0,700,100%\n", "", "add up to 12 in 2001"),
        ("Regional total,12,4,31,47", "Regional total,18,4,31,53", "add up to 18 in 2001"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(old: str, new: str, problem: str) -> None:
    text = write_sample().decode()
    assert old in text
    with pytest.raises((etl.InputError, etl.ExpectationError), match=problem):
        read_back(text.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        (",Belarus,12,,30,42", ",Belarusse,12,,30,42", (7, "name", "unknown_area")),
        (",Belarus,12,,30,42", ",Belarus,1.2.,,30,42", (7, "2001", "not_a_number")),
        (",Belarus,12,,30,42", ",Belarus,12,,30,44", (7, "2001-2003", "does_not_add_up")),
        (",Belarus,12,,30,42,1%", ",Belarus,12,,30", (7, None, "wrong_field_count")),
        ("NATO,", "NATOO,", (12, "region", "unknown_area")),
    ],
)
def test_a_row_that_cannot_be_meant_is_set_aside(old: str, new: str, entry: tuple[int, str, str]) -> None:
    text = write_sample().decode()
    assert old in text
    assert read_back(text.replace(old, new, 1).encode()).reasons[0] == entry


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES


@pytest.mark.publisher_files
def test_every_cell_of_the_real_table_is_read(publisher_files_folder: Path) -> None:
    (path,) = (publisher_files_folder / "sipri_regional").glob("*.csv")

    inspection = etl.inspect_file(path)

    lines = list(csv.reader(path.read_text(encoding="ascii").splitlines()))
    printed: dict[str, float] = {}
    for number, cells in enumerate(lines[11:], start=12):
        for year, cell in zip(range(1990, 2024), cells[2:36], strict=True):
            if cell:
                printed[f"line {number}, column {year}"] = float(cell)
    found = {row["source_locator"]: row["obs_value"] for row in inspection.rows.to_dicts()}
    idle = {place for place in printed.keys() - found.keys() if printed[place] == 0}
    assert (inspection.rows_rejected, inspection.rows["ref_area"].n_unique()) == (0, 43)
    assert {place: value for place, value in printed.items() if place not in idle} == found
    # Groups that had come to an end or not yet begun, such as COCOM since 1995.
    assert all(lines[int(place.split(",")[0].split()[1]) - 1][1] == "Regional total" for place in idle)
    africa = inspection.rows.filter(ref_area="QRA", counterpart_area="W00", time_period="1990")
    assert africa["obs_value"].to_list() == [1306]

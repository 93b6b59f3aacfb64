"""World Bank files, made up and real: each printed value comes back, an empty cell stays empty."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back
from tests.sources.sheet_cells import read_sheets
from tests.sources.workbooks import Cell, write_workbook

AREAS = {"ABW": "Aruba", "AFE": "Africa Eastern and Southern", "IND": "India", "RUS": "Russian Federation"}
NAME, CODE = "Urban population (% of total population)", "SP.URB.TOTL.IN.ZS"
Rows = dict[str, list[str]]


def write_wdi(rows: Rows, *, first_year: int = 2000, preamble: bool = True) -> bytes:
    """The bank's CSV: a byte order mark, quoted cells, a comma at each line's end."""
    years = [str(first_year + number) for number in range(max(len(cells) for cells in rows.values()))]
    lines = [["Country Name", "Country Code", "Indicator Name", "Indicator Code", *years]]
    lines += [[AREAS[area], area, NAME, CODE, *cells] for area, cells in rows.items()]
    stream = io.StringIO()
    if preamble:
        stream.write('"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-03-28",\n\n')
    for line in lines:
        stream.write("".join(f'"{cell}",' for cell in line) + "\n")
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def write_sample() -> bytes:
    """A file in the bank's layout."""
    return write_wdi(
        {
            "ABW": ["46.7", "46.339", "45.972", "", "44.875"],
            "AFE": ["14.5638104309121", "", "0", "15.34", "15.64"],
            "IND": ["27.667", "27.918", "28.244", "28.572", ""],
            "RUS": ["-1.5", "73.31", "73.28", "73.25", "73.22"],
        }
    )


def write_databank() -> bytes:
    """DataBank's export of the same, with years left out."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(
        ["Country Name", "Country Code", "Series Name", "Series Code", "1990 [YR1990]", "2000 [YR2000]"]
    )
    writer.writerow(["India", "IND", NAME, CODE, "25.547", ".."])
    writer.writerow(["Aruba", "ABW", NAME, CODE, "50.319", "46.717"])
    writer.writerows(
        [[], [], ["Data from database: World Development Indicators"], ["Last Updated: 06/28/2024"]]
    )
    return stream.getvalue().encode()


def write_databank_workbook() -> bytes:
    """DataBank's extract as a workbook, with its sheet of definitions."""
    head: list[list[Cell]] = [
        ["Country Name", "Country Code", "Series Name", "Series Code", "1990 [YR1990]", "2000 [YR2000]"],
        ["India", "IND", NAME, CODE, 25.547, ".."],
        ["Aruba", "ABW", NAME, CODE, 50.319, 0],
    ]
    origin: list[list[Cell]] = [
        ["Data from database: World Development Indicators"],
        ["Last Updated: 06/28/2024"],
    ]
    definitions: list[list[Cell]] = [["Code", "Indicator Name", "Long definition"], [CODE, NAME, "..."]]
    return write_workbook({"Data": [*head, [], [], [], *origin], "Series - Metadata": definitions})


def write_bank_workbook() -> bytes:
    """The bank's own download as a workbook: two lines on origin above the table, years without ornaments."""
    rows: list[list[Cell]] = [
        ["Data Source", "World Development Indicators"],
        ["Last Updated Date", "2024-03-28"],
        [],
        ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "1990", 1991, "1992"],
        ["India", "IND", NAME, CODE, 25.547, None, 26],
        ["Aruba", "ABW", NAME, CODE, None, -1.25, 0],
    ]
    countries: list[list[Cell]] = [["Country Code", "Region"], ["IND", "South Asia"]]
    return write_workbook({"Data": rows, "Metadata - Countries": countries})


cells = st.one_of(
    st.just(""), st.decimals(-(10**6), 10**14, places=4).map(lambda number: format(number, "f"))
)
tables = st.integers(1, 6).flatmap(
    lambda width: st.dictionaries(
        st.sampled_from(sorted(AREAS)), st.lists(cells, min_size=width, max_size=width), min_size=1
    )
)


@given(tables, st.booleans())
def test_every_cell_comes_back(rows: Rows, preamble: bool) -> None:
    back = read_back(write_wdi(rows, preamble=preamble))
    assert (back.layout, back.rows_read, back.rejected) == ("world_bank_wdi", len(rows), ())
    printed = {
        (area, str(2000 + number)): float(Decimal(cell))
        for area, row in rows.items()
        for number, cell in enumerate(row)
        if cell
    }
    assert {(row["ref_area"], row["time_period"]): row["obs_value"] for row in back.rows} == printed
    assert all(
        (row["commodity"], row["unit_measure"], row["note"]) == (CODE, "AS_NAMED", NAME) for row in back.rows
    )


def test_the_day_of_the_last_update_is_the_vintage() -> None:
    assert read_back(write_sample()).vintage.day == date(2024, 3, 28)


def test_a_copy_without_its_preamble_reads_the_same() -> None:
    bare = b"".join(write_sample().splitlines(keepends=True)[4:])
    assert [row["obs_value"] for row in read_back(bare).rows] == [
        row["obs_value"] for row in read_back(write_sample()).rows
    ]


def test_an_export_of_databank_is_read_and_its_last_lines_are_no_rows() -> None:
    back = read_back(write_databank())
    assert (back.rows_read, back.rejected, back.vintage.day) == (2, (), date(2024, 6, 28))
    assert {(row["ref_area"], row["time_period"]): row["obs_value"] for row in back.rows} == {
        ("IND", "1990"): 25.547,
        ("ABW", "1990"): 50.319,
        ("ABW", "2000"): 46.717,
    }


def test_a_workbook_of_databank_is_read_and_its_other_sheets_are_left_alone() -> None:
    back = read_back(write_databank_workbook())
    assert (back.layout, back.rejected, back.vintage.day) == ("world_bank_wdi", (), date(2024, 6, 28))
    assert {row["source_locator"]: row["obs_value"] for row in back.rows} == {
        "sheet Data, row 2, column 1990": 25.547,
        "sheet Data, row 3, column 1990": 50.319,
        "sheet Data, row 3, column 2000": 0,
    }


def test_the_banks_own_workbook_is_read_with_its_day() -> None:
    back = read_back(write_bank_workbook())
    assert (back.layout, back.rejected, back.vintage.day) == ("world_bank_wdi", (), date(2024, 3, 28))
    assert {(row["ref_area"], row["time_period"]): row["obs_value"] for row in back.rows} == {
        ("IND", "1990"): 25.547,
        ("IND", "1992"): 26,
        ("ABW", "1991"): -1.25,
        ("ABW", "1992"): 0,
    }


def test_two_sheets_with_the_table_are_refused() -> None:
    table: list[list[Cell]] = [
        ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "1990"],
        ["India", "IND", NAME, CODE, 25.547],
    ]
    with pytest.raises(etl.InputError, match="more than one sheet has this table"):
        read_back(write_workbook({"One": table, "Two": table}))


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        ("27.918", "27,918", "2001", "not_a_number"),
        ("27.918", "2.79E+12", "2001", "digits_lost"),
        ('"IND"', '"INQ"', "Country Code", "unknown_area"),
        ('"IND"', '"RUS"', "Country Name", "area_mismatch"),
        (
            f'"India","IND","{NAME}","{CODE}"',
            f'"India","IND","{NAME}","SP.URB.TOTL"',
            "Indicator Code",
            "series_mismatch",
        ),
        (
            f'"India","IND","{NAME}","{CODE}"',
            f'"India","IND","Urban land","{CODE}"',
            "Indicator Name",
            "series_mismatch",
        ),
    ],
)
def test_a_cell_that_cannot_be_meant_is_quarantined(old: str, new: str, column: str, reason: str) -> None:
    text = write_sample().decode()
    assert old in text
    assert read_back(text.replace(old, new).encode()).reasons == [(8, column, reason)]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"2004"', '"2005"', "without a gap"),
        ('"2003","2004"', '"2004","2003"', "in order"),
        ('"2004"', '"2003"', "stands twice"),
        ('"Indicator Code"', ',"Indicator Code"', "without a name"),
        ('"2004"', '"204"', "neither the bank's four nor years"),
    ],
)
def test_a_header_whose_years_are_not_whole_is_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(etl.InputError, match=problem):
        read_back(write_sample().decode().replace(old, new).encode())


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES


@pytest.mark.publisher_files
def test_a_real_download_is_read_whole(publisher_files_folder: Path) -> None:
    (path,) = (publisher_files_folder / "wdi").glob("*.csv")
    inspection = etl.inspect_file(path)
    assert (inspection.rows_read, inspection.rows_rejected) == (266, 0)
    assert inspection.file.sidecar.vintage == date(2024, 3, 28)
    found = {(row["ref_area"], row["time_period"]): row["obs_value"] for row in inspection.rows.to_dicts()}
    assert (found["ABW", "1960"], found["AFE", "1960"]) == (50.776, 14.5638104309121)
    assert ("ABW", "2023") not in found


@pytest.mark.publisher_files
def test_every_cell_of_a_real_workbook_is_read(publisher_files_folder: Path) -> None:
    path = publisher_files_folder / "worldbank_xlsx" / "DataBank_Ag_dev_India.xlsx"

    inspection = etl.inspect_file(path)

    cells = read_sheets(path)["Data"]
    years = {re.sub("[0-9]", "", place): text[:4] for place, text in cells.items() if "[YR" in text}
    printed = {
        (cells[f"D{line}"], years[column]): float(text)
        for place, text in cells.items()
        for column, line in [(re.sub("[0-9]", "", place), re.sub("[A-Z]", "", place))]
        if column in years and line != "1" and text != ".."
    }
    rows = inspection.rows.to_dicts()
    assert (inspection.rows_rejected, inspection.file.sidecar.vintage) == (0, date(2017, 2, 1))
    assert {(row["commodity"], row["time_period"]): row["obs_value"] for row in rows} == printed
    assert len(printed) > 1000


def test_a_cell_that_is_no_number_leaves_the_other_years_of_its_row() -> None:
    read = read_back(write_wdi({"IND": ["27.667", "27,918", "28.244"], "RUS": ["73.35", "73.31", "73.28"]}))
    assert [entry.value for entry in read.rejected] == ["27,918"]
    assert [row["time_period"] for row in read.rows if row["ref_area"] == "IND"] == ["2000", "2002"]
    assert read.rows_rejected == 0

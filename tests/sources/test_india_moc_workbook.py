"""Workbooks of India's Department of Commerce: every number of every sheet in its place, or a refusal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import ExpectationError, InputError
from etl.provenance import RawFile, Vintage, describe_download, format_sidecar
from etl.sources.india_moc_workbook import SOURCE
from tests.sources.fuzz import CASES, count_outcomes
from tests.sources.read_back import read_back
from tests.sources.workbooks import Cell, write_workbook

MILLION = 1_000_000
OIL = {"ALGERIA": 492.86, "CANADA": None, "IRAQ": 15114.21, "RUSSIA": 11412.15, "U S A": 4204.59, "TOGO": 0.0}
SUPPLIERS = ("IRAQ", "RUSSIA", "SAUDI ARAB", "U ARAB EMTS", "U S A", "KUWAIT", "NIGERIA", "BRAZIL")


def write_sheet(
    amounts: dict[str, float | None], heading: str, *, india: float = 319177.4
) -> list[list[Cell]]:
    """One sheet as the department sends it: numbered footers, NA for what was not reported."""
    rows: list[list[Cell]] = [["S.No.", "Country / Region", heading]]
    rows += [
        [number, name, "NA" if amount is None else amount]
        for number, (name, amount) in enumerate(amounts.items(), start=1)
    ]
    total = round(sum(amount or 0 for amount in amounts.values()), 2)
    footers = [("Total", total), ("India's Total Imports", india), ("%Share", round(total / india * 100, 4))]
    return rows + [
        [len(amounts) + number, name, amount] for number, (name, amount) in enumerate(footers, start=1)
    ]


def write_sheets() -> dict[str, list[list[Cell]]]:
    """A part of a year, and the year before it."""
    year: dict[str, float | None] = {
        name: None if amount is None else round(amount / 2, 2) for name, amount in OIL.items()
    }
    return {
        "2022-23": write_sheet(OIL, "2022-2023(Apr-Aug) (Million US$)"),
        "2021-22": write_sheet(year, "2021-2022 (Million US $)", india=613052.05),
    }


def write_sample() -> bytes:
    """A small workbook of two sheets."""
    return write_workbook(write_sheets())


def write_consignments() -> bytes:
    """A sheet of one commodity by country of consignment, with quantities, in single dollars."""
    rows: list[list[Cell]] = [
        [
            "S.No.",
            "Commodity",
            "Country of Consignment",
            "Unit",
            "Qty",
            "April, 21 To August, 21 Value(US $)",
        ],
        [1, "PETROLEUM: CRUDE", "IRAQ", "TON", "20876364", 10_512_345_678],
        [2, "PETROLEUM: CRUDE", "RUSSIA", "TON", "1737464", 881_951_027],
    ]
    return write_workbook({"NewData": rows})


def read_workbook_file(folder: Path, content: bytes, *, note: str = "") -> etl.Inspection:
    """A workbook from a file whose name says nothing, with a note in its sidecar if there is one."""
    path = folder / "download"
    path.write_bytes(content)
    if note:
        assert SOURCE.product is not None
        vintage = Vintage(date(2022, 11, 10), "day", "The day on which it was saved.")
        described = describe_download(
            RawFile("download", content), product=SOURCE.product, vintage=vintage, note=note
        )
        path.with_name("download.toml").write_bytes(format_sidecar(described.sidecar))
    return etl.inspect_file(path)


@pytest.mark.publisher_files
def test_the_real_workbook_of_crude_oil_gives_what_its_cells_hold(publisher_files_folder: Path) -> None:
    taken = etl.inspect_file(publisher_files_folder / "india_moc" / "HS 2709 Country wise Import in $.xlsx")
    russia = taken.rows.filter(counterpart_area="RUS").sort("period_start")
    assert [round(value / MILLION, 2) for value in russia["obs_value"]] == [
        1169.3,
        1180.91,
        1755.0,
        944.04,
        2470.91,
        11412.15,
    ]
    assert russia["obs_status"].to_list() == ["A"] * 5 + ["P"]
    assert (taken.rows_read, taken.rows_rejected) == (332, 0)


@pytest.mark.publisher_files
def test_the_real_workbook_of_consignments_gives_single_dollars(publisher_files_folder: Path) -> None:
    (path,) = (publisher_files_folder / "india_moc").glob("Directorate*.xls")
    taken = etl.inspect_file(path)
    (russia,) = taken.rows.filter(counterpart_area="RUS").to_dicts()
    assert (russia["obs_value"], russia["time_period"]) == (881951027, "2021-04/2021-08")
    assert (taken.rows_read, taken.rows_rejected, taken.rows["obs_value"].sum()) == (32, 0, 40185522661)


def test_a_workbook_is_known_whatever_its_file_is_called(tmp_path: Path) -> None:
    taken = read_workbook_file(tmp_path, write_sample())
    assert taken.source.layout == "india_moc_workbook"
    assert (taken.rows_read, taken.rows_rejected) == (18, 0)


def test_not_reported_and_zero_stay_different(tmp_path: Path) -> None:
    rows = read_workbook_file(tmp_path, write_sample()).rows.filter(time_period="2021-22")
    assert rows.filter(counterpart_area="CAN").select("obs_value", "obs_status").row(0) == (None, "M")
    assert rows.filter(counterpart_area="TGO").select("obs_value", "obs_status").row(0) == (0.0, "A")


def test_a_commodity_that_no_cell_names_stays_unnamed_and_says_so(tmp_path: Path) -> None:
    rows = read_workbook_file(tmp_path, write_sample()).rows.filter(counterpart_area="RUS")
    assert set(rows["commodity"]) == {"_X"}
    assert all("does not say" in note for note in rows["note"])


def test_the_sidecar_may_name_the_commodity(tmp_path: Path) -> None:
    rows = read_workbook_file(tmp_path, write_sample(), note="Imports under HS 2709.").rows
    russia = rows.filter(counterpart_area="RUS")
    assert set(russia["commodity"]) == {"2709"}
    assert set(russia["indicator"]) == {"crude_oil_imports"}


def test_every_value_names_its_sheet_and_cell(tmp_path: Path) -> None:
    rows = read_workbook_file(tmp_path, write_sample()).rows.filter(counterpart_area="RUS")
    assert set(rows["source_locator"]) == {"sheet 2022-23, cell C5", "sheet 2021-22, cell C5"}


def test_a_heading_of_consignment_means_imports_and_the_note_says_so(tmp_path: Path) -> None:
    (russia,) = (
        read_workbook_file(tmp_path, write_consignments()).rows.filter(counterpart_area="RUS").to_dicts()
    )
    assert (russia["indicator"], russia["commodity"], russia["obs_value"]) == (
        "imports",
        "PETROLEUM: CRUDE",
        881951027,
    )
    assert russia["note"] == "quantity 1737464 TON; taken for imports by its heading"


def test_a_workbook_of_the_present_site_is_read_with_the_codes_spreadsheets_shorten(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["TradeStat->Eidb->Export->Commodity-wise"],
        ["Report Generated on: 19/06/2026 -  Values in Rs Crore"],
        ["S.No.", "HSCode", "Commodity", "2024 - 2025", "%Share", "2025 - 2026", "%Share", "%Growth"],
        [1, 1, "LIVE ANIMALS.", 318.91, 0.0729, 253.63, 0.0574, -20.47],
        [2, 27, "MINERAL FUELS", 1000.0, 0.2285, 1100.0, 0.2490, 10],
        [
            "India's Total Export",
            "India's Total Export",
            "India's Total Export",
            437704.58,
            "",
            441745.86,
            "",
            0.92,
        ],
    ]
    found = read_workbook_file(tmp_path, write_workbook({"Sheet1": rows})).rows
    animals = found.filter(commodity="01", time_period="2025-26")
    assert animals.select("indicator", "unit_measure", "obs_value").row(0) == ("exports", "INR", 253.63e7)


def test_a_sheet_of_another_year_than_its_heading_is_refused(tmp_path: Path) -> None:
    sheets = {"2020-21": write_sheet(OIL, "2021-2022 (Million US $)")}
    with pytest.raises(InputError, match="another year than the sheet"):
        read_workbook_file(tmp_path, write_workbook(sheets))


def test_a_sheet_without_its_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unit of the values"):
        read_workbook_file(tmp_path, write_workbook({"A": write_sheet(OIL, "2021-2022")}))


def test_a_sheet_without_its_last_rows_is_refused_for_want_of_a_direction(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither exports nor imports"):
        read_workbook_file(tmp_path, write_workbook({"A": write_sheet(OIL, "2021-2022 (Million US $)")[:-2]}))


def test_the_rows_of_a_sheet_without_a_header_are_set_aside_not_lost(tmp_path: Path) -> None:
    sheets = write_sheets() | {"2020-21": write_sheet(OIL, "2020-2021 (Million US $)")[1:]}
    taken = read_workbook_file(tmp_path, write_workbook(sheets))
    assert {entry.reason for entry in taken.rejected} == {"no_table"}
    assert (taken.rows_read, taken.rows_rejected) == (27, 9)


def test_a_sheet_that_does_not_add_up_is_refused(tmp_path: Path) -> None:
    rows = write_sheet(OIL, "2021-2022 (Million US $)")
    rows[3][2] = 15004.21
    with pytest.raises(ExpectationError, match="parts that add up"):
        read_workbook_file(tmp_path, write_workbook({"A": rows}))


@given(
    amounts=st.dictionaries(
        st.sampled_from(SUPPLIERS),
        st.none() | st.integers(0, 9_999_999).map(lambda cents: cents / 100),
        min_size=1,
    ),
    first=st.integers(1997, 2030),
)
def test_what_is_written_as_a_sheet_is_read_back_whole(amounts: dict[str, float | None], first: int) -> None:
    sheet = write_sheet(amounts, f"{first}-{first + 1} (Million US$)", india=500_000_000.0)
    taken = read_back(write_workbook({"A": sheet}))
    listed = [row for row in taken.rows if row["counterpart_area"] != "W00"]
    places = {row["source_locator"]: row for row in listed}
    assert len(places) == len(listed) == len(amounts)
    for number, amount in enumerate(amounts.values(), start=2):
        row = places[f"sheet A, cell C{number}"]
        assert row["obs_status"] == ("M" if amount is None else "A")
        assert row["obs_value"] == (None if amount is None else pytest.approx(amount * MILLION))


def test_damaged_workbooks_are_refused_or_read_right() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES

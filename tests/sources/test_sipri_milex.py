"""SIPRI's military expenditure workbook: the real one, ones written here and read back, and damaged ones."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import ExpectationError, InputError
from tests.sources.fuzz import CASES, Taken, count_outcomes, take_content
from tests.sources.read_back import read_back
from tests.sources.workbooks import Cell, write_workbook

CURRENT, CONSTANT, SHARE = "Current US$", "Constant (2022) US$", "Share of GDP"
SPENDING = "Share of Govt. spending"
FINANCIAL, REGIONS = "Local currency financial years", "Regional totals"
Rows = dict[str, list[Cell]]
NAMES = {"Algeria": "DZA", "India": "IND", "Russia": "RUS", "USSR": "SUN", "Yemen, North": "XYN"}
CURRENT_ROWS: Rows = {
    "Algeria": [9112.5, 9145.8, "..."],
    "India": [76348.5, 79976.75, 83574.5],
    "Russia": [65907.5, 102366.5, 109454.25],
    "USSR": ["xxx", "xxx", "xxx"],
}
# Where each sheet below has its years and its rows.
FIRST_YEAR, FIRST_ROW, FIRST_COLUMN = 2021, 6, 3


def write_sheet(title: str, rows: Rows, *, notes: dict[str, str] | None = None) -> list[list[Cell]]:
    """A sheet of countries: title, a blank row, the header, a heading, and the countries."""
    years: list[Cell] = [FIRST_YEAR + at for at in range(max(len(cells) for cells in rows.values()))]
    return [
        [title],
        ["Marks and colours as SIPRI has them."],
        [],
        ["Country", "Notes", *years],
        ["Asia"],
        *([name, (notes or {}).get(name), *cells] for name, cells in rows.items()),
    ]


def write_financial(rows: dict[str, tuple[str, str, list[Cell]]]) -> list[list[Cell]]:
    """The sheet of financial years, with currency and months."""
    years: list[Cell] = [FIRST_YEAR + at for at in range(3)]
    header: list[Cell] = ["Country", "Currency", "Fiscal Year (Jan-Dec if not stated)", "Notes", *years]
    table: list[list[Cell]] = [
        [name, money, months, None, *cells] for name, (money, months, cells) in rows.items()
    ]
    return [["Military expenditure in local currency"], header, *table]


def write_book(
    sheets: dict[str, list[list[Cell]]] | None = None,
    *,
    current: Rows | None = None,
    colours: dict[tuple[str, int, int], str] | None = None,
) -> bytes:
    """A workbook with current and constant dollars and the footnotes, and whatever sheets are given."""
    rows = current or CURRENT_ROWS
    book: dict[str, list[list[Cell]]] = {
        CURRENT: write_sheet("In millions of US$ at current prices", rows, notes={"India": "\u2020"}),
        CONSTANT: write_sheet("In constant (2022) US$ m.", rows),
        **(sheets or {}),
        "Footnotes": [["Signs"], ["\u2020", "Without something"]],
    }
    return write_workbook(book, colours=colours)


def write_sample() -> bytes:
    """A small workbook for the damage run."""
    shares: Rows = {name: [0.021, 0.0225, "..."] for name in ("Algeria", "India", "Russia")}
    financial: dict[str, tuple[str, str, list[Cell]]] = {
        "India": ("Rupees", "Apr-Mar", [5.5e12, 5.7e12, 6.5e12])
    }
    colours = {(CURRENT, 7, 4): "blue", (CURRENT, 8, 5): "red"}
    sheets = {
        SHARE: write_sheet("Share of gross domestic product", shares),
        FINANCIAL: write_financial(financial),
    }
    return write_book(sheets, colours=colours)


def find_entries(taken: Taken) -> dict[tuple[str, str, str], dict[str, object]]:
    """What is known of each value by area, commodity and period."""
    return {
        (str(key[1]), str(key[3]), str(key[5])): dict(entry.content) for key, entry in taken.entries.items()
    }


def test_amounts_are_in_dollars_and_shares_in_per_cent() -> None:
    entries = find_entries(take_content(write_sample()))
    india = entries["IND", "TOTAL", "2021"]
    assert (india["obs_value"], india["unit_measure"], india["price_basis"]) == (76348.5e6, "USD", "current")
    share = entries["IND", "SHARE_OF_GDP", "2022"]
    assert (share["obs_value"], share["unit_measure"]) == (2.25, "PERCENT_OF_GDP")
    constant = entries["IND", "CONSTANT_PRICES", "2021"]
    assert (constant["unit_measure"], constant["price_basis"]) == ("USD_CONSTANT", "constant")


def test_the_two_marks_for_missing_stay_two() -> None:
    entries = find_entries(take_content(write_sample()))
    dots, crosses = entries["DZA", "TOTAL", "2023"], entries["SUN", "TOTAL", "2021"]
    assert (dots["obs_value"], dots["obs_status"]) == (None, "L")
    assert (crosses["obs_value"], crosses["obs_status"]) == (None, "M")


def test_colours_become_statuses_and_signs_become_notes(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(write_sample())
    rows = {row["obs_id"].rsplit(".", 2)[0]: row for row in etl.read_file(path).to_dicts()}
    assert rows["military_expenditure.IND.W00.cy.2022"]["obs_status"] == "E"
    assert rows["military_expenditure.RUS.W00.cy.2023"]["obs_status"] == "U"
    assert "Without something." in rows["military_expenditure.IND.W00.cy.2021"]["note"]
    assert rows["military_expenditure.IND.W00.cy.2021"]["source_locator"] == "sheet Current US$, cell C7"


def test_a_financial_year_has_its_own_months() -> None:
    rows: dict[str, tuple[str, str, list[Cell]]] = {
        "India": ("Rupees", "Apr-Mar", [5, 6, 7]),
        "Algeria": ("Dinar", "", [5, 6, 7]),
        "Russia": ("Roubles", "Till: 2021 Jul-Jun, 2022: Jul-Dec, From 2023: Jan-Dec", [5, 6, 7]),
        "USSR": ("Roubles", "It's complicated", [5, 6, 7]),
    }
    taken = take_content(write_book({FINANCIAL: write_financial(rows)}))
    found = {(key[1], key[4], key[5]) for key in taken.entries if key[3] == "FINANCIAL_YEAR"}
    assert {("IND", "fiscal_year_in", "2021-22"), ("DZA", "calendar_year", "2022")} <= found
    assert {part for area, basis, part in found if area == "RUS"} == {
        "2021-07/2022-06",
        "2022-07/2022-12",
        "2023",
    }
    assert taken.rows_rejected == 1


def test_regional_totals_are_billions_and_must_add_up_to_the_world() -> None:
    parts = ("Africa", "Americas", "Asia & Oceania", "Europe", "Middle East")
    rows: list[list[Cell]] = [[name, 10, 20, 30, 33] for name in parts]
    header: list[list[Cell]] = [
        ["US$ b., at constant 2022 prices"],
        ["Region", 2021, 2022, 2023, "2023 (current prices)"],
    ]
    entries = find_entries(
        take_content(write_book({REGIONS: [*header, ["World", 50, 100, 150, 165], *rows]}))
    )
    assert entries["W00", "CONSTANT_PRICES", "2022"]["obs_value"] == 100e9
    assert entries["W00", "TOTAL", "2023"]["obs_value"] == 165e9
    with pytest.raises(ExpectationError, match="parts of the world"):
        take_content(write_book({REGIONS: [*header, ["World", 50, 110, 150, 165], *rows]}))


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ({CURRENT: write_sheet("In US$", CURRENT_ROWS)}, "millions or billions"),
        (
            {CONSTANT: write_sheet("US$ m.", {"India": [1.0, 2.0, 3.0], "Russia": [1.0, 2.0, 3.0]})},
            "base year",
        ),
        (
            {CONSTANT: [["In constant (2022) US$ m."], ["Country", "Notes", "2O21", "2O22", 2023]]},
            "no header",
        ),
        ({"Cost of parades": write_sheet("US$ m.", CURRENT_ROWS)}, "no known measure"),
        ({SHARE: write_sheet("Share", {"India": [2.1, 2.2, 2.3]})}, "PERCENT_OF_GDP"),
    ],
)
def test_a_workbook_that_cannot_be_told_is_refused_with_the_reason(
    sheets: dict[str, list[list[Cell]]], reason: str
) -> None:
    with pytest.raises((InputError, ExpectationError), match=reason):
        take_content(write_book(sheets))


def test_an_error_in_a_cell_is_not_taken_for_an_empty_one() -> None:
    read = read_back(write_book(current=CURRENT_ROWS | {"Algeria": [9112.5, "#N/A", 5.0]}))
    assert {entry.value for entry in read.rejected} == {"#N/A"}
    years = {
        row["time_period"] for row in read.rows if row["ref_area"] == "DZA" and row["commodity"] == "TOTAL"
    }
    assert years == {"2021", "2023"}


def test_a_damaged_workbook_is_refused() -> None:
    content = write_sample()
    with pytest.raises(InputError):
        take_content(content[: len(content) // 2])


cells = st.lists(
    st.one_of(st.none(), st.floats(20, 90_000, allow_nan=False), st.sampled_from(["...", "xxx"])),
    min_size=3,
    max_size=3,
)


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), cells, min_size=1), st.data())
def test_a_workbook_written_in_the_layout_is_read_back_whole(rows: Rows, chosen: st.DataObject) -> None:
    book: Rows = {**rows, "Algeria": [100.0, 200.0, 300.0]}
    shades = chosen.draw(st.lists(st.sampled_from(["", "blue", "red"]), min_size=15, max_size=15))
    colours = {
        (CURRENT, FIRST_ROW + at // 3, FIRST_COLUMN + at % 3): shade
        for at, shade in enumerate(shades)
        if at // 3 < len(book)
    }
    taken = find_entries(take_content(write_book(current=book, colours=colours), check_schema=False))
    found = {
        key: (entry["obs_value"], entry["obs_status"]) for key, entry in taken.items() if key[1] == "TOTAL"
    }
    marks = {"...": (None, "L"), "xxx": (None, "M")}
    expected = {}
    for row, (name, values) in enumerate(book.items()):
        for at, value in enumerate(values):
            status = {"": "A", "blue": "E", "red": "U"}[colours[CURRENT, FIRST_ROW + row, FIRST_COLUMN + at]]
            known = (pytest.approx(float(value) * 1e6), status) if isinstance(value, float) else None
            if value is not None:
                expected[NAMES[name], "TOTAL", str(FIRST_YEAR + at)] = known or marks[str(value)]
    assert found == expected


def test_damage_gives_right_numbers_or_a_refusal() -> None:
    counts = count_outcomes(write_sample())
    assert sum(counts.values()) == CASES
    assert counts["refused"] > 0


@pytest.mark.publisher_files
def test_the_real_workbook_is_read_with_its_numbers_marks_and_colours(publisher_files_folder: Path) -> None:
    path = publisher_files_folder / "sipri_milex" / "SIPRI-Milex-data-1948-2023.xlsx"
    inspection = etl.inspect_file(path)
    assert inspection.source.layout == "sipri_milex"
    assert (inspection.rows_read, inspection.rows_rejected) == (1237, 4)
    assert {entry.reason for entry in inspection.rejected} == {"unknown_financial_year"}
    rows = inspection.rows
    india = rows.filter((pl.col("ref_area") == "IND") & (pl.col("time_period") == "2023"))
    values = dict(india.select("commodity", "obs_value").iter_rows())
    assert values["TOTAL"] == pytest.approx(83574.56884022866e6)
    assert values["SHARE_OF_GDP"] == pytest.approx(2.4430507647693795)
    assert values["PER_CAPITA"] == pytest.approx(58.49988159284899)
    soviet = rows.filter((pl.col("ref_area") == "SUN") & (pl.col("time_period") == "2023"))
    assert set(soviet["obs_status"]) == {"M"}
    counts = dict(rows.filter(pl.col("commodity") == "TOTAL").group_by("obs_status").len().iter_rows())
    assert (counts["M"], counts["L"], counts["E"] > 1900, counts["U"]) == (236, 4291, True, 180)


def test_a_cell_that_a_second_sheet_repeats_is_taken_once() -> None:
    repeated = write_sheet("In constant (2022) US$ m.", CURRENT_ROWS)
    repeated[3].append("2022 Current")
    for name, row in zip(CURRENT_ROWS, repeated[5:], strict=True):
        row.append(CURRENT_ROWS[name][1])
    taken = take_content(write_book({CONSTANT: repeated}))
    entries = find_entries(taken)
    assert taken.rows_rejected == 0
    assert entries["IND", "TOTAL", "2022"]["obs_value"] == 79976.75e6
    assert len([key for key in entries if key[0] == "IND"]) == 6


def test_two_cells_that_contradict_each_other_are_set_aside_alone() -> None:
    repeated = write_sheet("In constant (2022) US$ m.", CURRENT_ROWS)
    repeated[3].append("2022 Current")
    repeated[6].append(1.5)
    taken = take_content(write_book({CONSTANT: repeated}))
    entries = find_entries(taken)
    assert ("IND", "TOTAL", "2022") not in entries
    assert {("IND", "TOTAL", "2021"), ("IND", "CONSTANT_PRICES", "2022")} <= set(entries)


def test_a_share_of_spending_below_the_share_of_gdp_is_marked_and_one_far_below_set_aside() -> None:
    shares: Rows = {"Algeria": [0.06, 0.06, 0.06], "India": [0.025, 0.025, 0.025]}
    spending: Rows = {"Algeria": [0.00006, 0.12, 0.12], "India": [0.02, 0.09, 0.09]}
    sheets = {SHARE: write_sheet("Share of GDP", shares), SPENDING: write_sheet("Share", spending)}
    entries = find_entries(take_content(write_book(sheets)))
    commodity = "SHARE_OF_GOVERNMENT_SPENDING"
    assert ("DZA", commodity, "2021") not in entries
    assert entries["DZA", commodity, "2022"]["obs_status"] == "A"
    assert entries["IND", commodity, "2021"]["obs_status"] == "U"

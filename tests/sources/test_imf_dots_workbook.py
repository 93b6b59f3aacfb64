"""Direction of Trade workbooks, made up and real: numbers, estimates and gaps come back as they stand."""

from __future__ import annotations

import re
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

PARTNERS = {
    "Albania": "ALB",
    "Belgium-Luxembourg": "XBL",
    "China, P.R.: Mainland": "CHN",
    "Yugoslavia": "YUG",
}
EXPORTS, IMPORTS = "Exports, FOB to Partner Countries", "Imports, CIF from Partner Countries"
Rows = dict[str, list[Cell]]


def write_sheet(
    rows: Rows,
    *,
    title: str = EXPORTS,
    area: str = "India",
    unit: str = "US Dollars, Millions",
    periods: list[str] | None = None,
) -> list[list[Cell]]:
    """One sheet in the publisher's layout."""
    width = max(len(cells) for cells in rows.values())
    header: list[Cell] = [None, None, *(periods or [str(2001 + number) for number in range(width)])]
    head: list[list[Cell]] = [[], [None, title], [], [None, area], [None, unit], []]
    return [*head, header, *([None, partner, *cells] for partner, cells in rows.items())]


def write_sample() -> bytes:
    """A workbook in the publisher's layout."""
    rows: Rows = {
        "Albania": [0.5, "0.01 e", None, 2.25, 3],
        "China, P.R.: Mainland": [1041.25, 1970.5, "1,420.58 e", 5343.875, 7176.125],
        "Yugoslavia": [None, None, 0, 21.225, None],
    }
    return write_workbook({"Exports, FOB": write_sheet(rows)})


numbers = st.one_of(
    st.none(),
    st.decimals(0, 10**6, places=6).map(float),
    st.decimals(0, 10**6, places=2).map(lambda number: f"{number:,.2f} e"),
)
tables = st.integers(1, 5).flatmap(
    lambda width: st.dictionaries(
        st.sampled_from(sorted(PARTNERS)), st.lists(numbers, min_size=width, max_size=width), min_size=1
    )
)


@given(tables)
def test_every_cell_comes_back_and_estimates_are_marked(rows: Rows) -> None:
    back = read_back(write_workbook({"Exports, FOB": write_sheet(rows)}))
    assert (back.layout, back.rows_read, back.rejected) == ("imf_dots_workbook", len(rows), ())
    expected = {}
    for partner, row in rows.items():
        for year, cell in enumerate(row, start=2001):
            if cell is not None:
                number = Decimal(str(cell).removesuffix(" e").replace(",", "")) * 1_000_000
                status = "E" if isinstance(cell, str) else "A"
                expected[PARTNERS[partner], str(year)] = (float(number), status)
    assert {
        (row["counterpart_area"], row["time_period"]): (row["obs_value"], row["obs_status"])
        for row in back.rows
    } == expected


def test_a_place_is_a_sheet_and_a_cell() -> None:
    (row,) = read_back(write_workbook({"Exports, FOB": write_sheet({"Albania": [2.5]})})).rows
    assert row["source_locator"] == "sheet Exports, FOB, cell C8"


def test_imports_are_a_sheet_of_their_own() -> None:
    sheets = {
        "Exports, FOB": write_sheet({"Albania": [2.5]}),
        "Imports, CIF": write_sheet({"Albania": [4.5]}, title=IMPORTS),
    }
    rows = read_back(write_workbook(sheets)).rows
    assert sorted((row["indicator"], row["valuation"], row["obs_value"]) for row in rows) == [
        ("exports", "FOB", 2_500_000),
        ("imports", "CIF", 4_500_000),
    ]


def test_months_are_read_as_months() -> None:
    sheet = write_sheet({"Albania": [1, 2]}, periods=["2019M12", "2020M1"])
    rows = read_back(write_workbook({"Exports, FOB": sheet})).rows
    assert [row["time_period"] for row in rows] == ["2019-12", "2020-01"]


def test_quarters_are_read_as_quarters_and_groups_beside_countries() -> None:
    sheet = write_sheet(
        {"Emerging and Developing Asia": [1, 2], "India": [3, 4]}, periods=["2019Q4", "2020Q1"]
    )
    rows = read_back(write_workbook({"Exports, FOB": sheet})).rows
    assert {(row["counterpart_area"], row["time_period"], row["freq"], row["obs_value"]) for row in rows} == {
        ("QPD", "2019-Q4", "Q", 1e6),
        ("QPD", "2020-Q1", "Q", 2e6),
        ("IND", "2019-Q4", "Q", 3e6),
        ("IND", "2020-Q1", "Q", 4e6),
    }


@pytest.mark.parametrize("periods", [["2019Q4", "2020Q2"], ["2019Q4", "2020M1"], ["2019Q3", "2019Q5"]])
def test_quarters_that_do_not_follow_each_other_are_refused(periods: list[str]) -> None:
    sheet = write_sheet({"Albania": [1, 2]}, periods=periods)
    with pytest.raises(etl.InputError, match=r"does not follow|nor a quarter nor"):
        read_back(write_workbook({"Exports, FOB": sheet}))


def test_an_unknown_partner_is_quarantined_with_its_line() -> None:
    sheet = write_sheet({"Albania": [1], "Albanie": [2]})
    assert read_back(write_workbook({"Exports, FOB": sheet})).reasons == [(9, "partner", "unknown_area")]


def test_text_that_is_no_number_is_quarantined() -> None:
    sheet = write_sheet({"Albania": [1], "Yugoslavia": ["1,42 e"]})
    assert read_back(write_workbook({"Exports, FOB": sheet})).reasons == [
        (9, "sheet Exports, FOB, cell C9", "not_a_number")
    ]


@pytest.mark.parametrize(
    ("sheet", "problem"),
    [
        (write_sheet({"Albania": [1]}, unit="Euros, Millions"), "another unit"),
        (write_sheet({"Albania": [1]}, area="Indai"), "unknown area 'Indai'"),
        (write_sheet({"Albania": [1, 2]}, periods=["2001", "2003"]), "2003 does not follow 2001"),
        (
            write_sheet({"Albania": [1, 2]}, periods=["2001", "Q1"]),
            "neither a year nor a quarter nor a month",
        ),
    ],
)
def test_a_sheet_that_does_not_say_what_it_holds_is_refused(sheet: list[list[Cell]], problem: str) -> None:
    with pytest.raises(etl.InputError, match=problem):
        read_back(write_workbook({"Exports, FOB": sheet}))


def test_a_value_under_no_period_is_refused() -> None:
    sheet = write_sheet({"Albania": [1, 2]}, periods=["2001"])
    with pytest.raises(etl.InputError, match="a cell in a column without a period"):
        read_back(write_workbook({"Exports, FOB": sheet}))


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample()).values()) == CASES


@pytest.mark.publisher_files
def test_real_workbooks_are_read_whole(publisher_files_folder: Path) -> None:
    india = etl.inspect_file(publisher_files_folder / "imf_dots" / "India_Exports_to_Count.xlsx")
    russia = etl.inspect_file(publisher_files_folder / "imf_dots" / "Russia_Exports_to_Count.xlsx")
    assert (india.rows_read, india.rows_rejected, len(india.rows)) == (216, 0, 9458)
    assert (russia.rows_read, russia.rows_rejected, len(russia.rows)) == (210, 0, 4655)
    (to_russia,) = india.rows.filter(counterpart_area="RUS", time_period="2020").to_dicts()
    (to_india,) = russia.rows.filter(counterpart_area="IND", time_period="2020").to_dicts()
    assert (to_russia["obs_value"], to_india["obs_value"]) == (2_559_928_209, 5_957_996_507)
    (estimate,) = india.rows.filter(counterpart_area="ALB", time_period="1988").to_dicts()
    assert (estimate["obs_value"], estimate["obs_status"]) == (10_000, "E")


@pytest.mark.publisher_files
def test_every_cell_of_a_real_workbook_of_quarters_is_read(publisher_files_folder: Path) -> None:
    path = publisher_files_folder / "imf_dots" / "Exports_and_Imports_by_Areas_and_Co_quarterly.xlsx"

    inspection = etl.inspect_file(path)

    (cells,) = read_sheets(path).values()
    printed = {place: text for place, text in cells.items() if re.fullmatch(r"[0-9.E+-]+", text)}
    found = {row["source_locator"].rpartition(" ")[2]: row["obs_value"] for row in inspection.rows.to_dicts()}
    # The publisher lists one group twice, with the same numbers: the second time it is set aside.
    (twice,) = {entry.line for entry in inspection.rejected}
    expected = {place: text for place, text in printed.items() if re.sub("[A-Z]", "", place) != str(twice)}
    assert found == {place: pytest.approx(float(text) * 1e6) for place, text in expected.items()}
    assert cells["B201"] == cells["B88"] == "Emerging and Developing Europe"
    assert set(inspection.rows["freq"]) == {"Q"}


@pytest.mark.parametrize("text", ["585,848", "585,848 e", "585.848,25", "585\u00a0848", "585'848"])
def test_a_text_among_numbers_is_set_aside_and_the_row_stands(text: str) -> None:
    rows: Rows = {"Albania": [0.5, text, 0.25], "Yugoslavia": [585, 586, 587]}
    back = read_back(write_workbook({"Exports, FOB": write_sheet(rows)}))
    assert [(line, column) for line, column, _ in back.reasons] == [(8, "sheet Exports, FOB, cell D8")]
    assert (back.rows_read, back.rows_rejected, len(back.rows)) == (2, 0, 5)


@pytest.mark.parametrize("factor", [1000, 0.001])
def test_a_value_a_thousand_times_off_its_neighbours_is_set_aside_alone(factor: float) -> None:
    level: list[Cell] = [410.5, 402.25, 433.5 * factor, 417.75, 440.25]
    rows: Rows = {"Albania": level, "Yugoslavia": [0.001, 0.001, 2.5, 0.001, 0.002]}
    back = read_back(write_workbook({"Exports, FOB": write_sheet(rows)}))
    assert [(column, reason) for _, column, reason in back.reasons] == [
        ("sheet Exports, FOB, cell E8", "thousandfold")
    ]
    assert len(back.rows) == 9


def test_a_jump_that_is_not_a_thousandfold_stays() -> None:
    rows: Rows = {"Albania": [41.5, 40.25, 4335.5, 41.75, 44.25]}
    assert read_back(write_workbook({"Exports, FOB": write_sheet(rows)})).reasons == []

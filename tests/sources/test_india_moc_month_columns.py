"""Months of the data bank in a workbook: every cell comes back, for the trade that somebody said it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from tests.sources.fuzz import CASES, Taken, count_outcomes, take_content
from tests.sources.sheet_cells import read_sheets
from tests.sources.workbooks import Cell, write_workbook

SAID = {"flow": "exports", "partner": "CHINA P RP", "unit": "US$ million"}
HEADINGS = ("Feb\xa0 2019\xa0(F)", "Mar\xa0 2019\xa0(R)", "Apr\xa0 2019\xa0(P)")
GOODS = {1: "LIVE ANIMALS.", 3: "FISH.", 27: "MINERAL FUELS.", 98: "PROJECT GOODS."}
Rows = list[list[Cell]]


def write_months(
    rows: Rows,
    *,
    headings: tuple[str, ...] = HEADINGS,
    total: str = "Total exports",
    above: Rows | None = None,
) -> bytes:
    """A sheet of months by HS code, each row with the sum of its months behind it."""
    head: list[Cell] = ["S.No.", "HSCode", "Commodity", *headings, total]
    width = len(head)
    lines = [[number, *row][:width] for number, row in enumerate(rows, start=1)]
    return write_workbook({"Sheet1": [*(above or []), head, *lines], "Sheet2": []})


def add_up(code: int, *months: float | None) -> list[Cell]:
    """One row with the sum that a spreadsheet writes behind its months."""
    return [code, GOODS[code], *months, sum(month or 0 for month in months)]


def write_sample() -> bytes:
    """A sheet in the layout."""
    return write_months(
        [
            add_up(1, 0.2, 0.88, None),
            add_up(3, 79.49, 103.18, 102.18),
            add_up(27, 1210.5, 990.25, 870.11),
            add_up(98, 0, None, 0.04),
        ]
    )


def take_sample(content: bytes) -> Taken:
    """A file with what is said of it, read as `footnoted add --set` reads it."""
    return take_content(content, stated=SAID)


def read_months(folder: Path, content: bytes, **stated: str) -> etl.Inspection:
    """A file with what was said of it."""
    path = folder / "months.xlsx"
    path.write_bytes(content)
    return etl.inspect_file(path, stated=stated or SAID)


hundredths = st.one_of(st.none(), st.integers(0, 10**7).map(lambda cents: cents / 100))
lines = st.dictionaries(
    st.sampled_from(sorted(GOODS)), st.lists(hundredths, min_size=3, max_size=3), min_size=1
)


@given(lines)
def test_every_cell_comes_back_in_dollars(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[int, list[float | None]]
) -> None:
    content = write_months([add_up(code, *rows[code]) for code in sorted(rows)])

    inspection = read_months(tmp_path_factory.mktemp("months"), content)

    months = ("2019-02", "2019-03", "2019-04")
    assert (inspection.source.layout, inspection.rejected) == ("india_moc_month_columns", ())
    found = {(row["commodity"], row["time_period"]): row["obs_value"] for row in inspection.rows.to_dicts()}
    assert found == {
        (f"{code:02d}", month): pytest.approx(value * 1e6)
        for code, values in rows.items()
        for month, value in zip(months, values, strict=True)
        if value is not None
    }


def test_a_row_says_direction_partner_status_rounding_and_place(tmp_path: Path) -> None:
    rows = {row["source_locator"]: row for row in read_months(tmp_path, write_sample()).rows.to_dicts()}

    row = rows["sheet Sheet1, cell F3"]
    assert (row["indicator"], row["ref_area"], row["counterpart_area"]) == ("exports", "IND", "CHN")
    assert (row["valuation"], row["freq"], row["obs_status"]) == ("FOB", "M", "P")
    assert row["note"] == "FISH.; provisional"
    assert (row["obs_low"], row["obs_high"]) == (102_175_000, 102_185_000)
    assert rows["sheet Sheet1, cell D5"]["obs_value"] == 0
    assert "sheet Sheet1, cell E5" not in rows


def test_what_the_file_does_not_print_is_asked_and_never_taken_from_its_name(tmp_path: Path) -> None:
    path = tmp_path / "India exports to China in US$ million.xlsx"
    path.write_bytes(write_sample())

    for missing in SAID:
        said = {name: value for name, value in SAID.items() if name != missing}
        with pytest.raises(etl.InputError, match=f"does not say its {missing}. .*--set {missing}="):
            etl.inspect_file(path, stated=said)


def test_a_unit_above_the_table_need_not_be_said(tmp_path: Path) -> None:
    content = write_months([add_up(27, 5, 6, 7)], above=[["Values in Rs. Crore"]])

    rows = read_months(tmp_path, content, flow="exports", partner="China").rows

    assert set(rows["unit_measure"]) == {"INR"}
    assert rows["obs_value"].to_list() == [50_000_000, 60_000_000, 70_000_000]


def test_rows_of_countries_are_partners_of_the_goods_that_were_said(tmp_path: Path) -> None:
    head: list[Cell] = ["Country", *HEADINGS]
    content = write_workbook({"Sheet1": [head, ["RUSSIA", 1, 2, 3], ["U S A", 4, 5, 6], ["Total", 5, 7, 9]]})

    rows = read_months(tmp_path, content, flow="imports", commodity="2709", unit="US$ million").rows

    assert {(row["counterpart_area"], row["commodity"]) for row in rows.to_dicts()} == {
        ("RUS", "2709"),
        ("USA", "2709"),
    }
    assert set(rows["valuation"]) == {"CIF"}


FISH = add_up(3, 1, 2, 3)
GAP = (HEADINGS[0], "Apr 2019", "May 2019")


@pytest.mark.parametrize(
    ("content", "said", "problem"),
    [
        (write_sample(), {"flow": "imports"}, "the heading of the total says 'Total exports'"),
        (write_sample(), {"flow": "trade"}, "no direction of trade"),
        (write_sample(), {"partner": "Chine"}, "unknown area 'Chine'"),
        (write_sample(), {"unit": "million"}, "not one currency and scale"),
        (write_months([FISH], headings=GAP), {}, "2019-04 does not follow"),
        (write_months([FISH], total="Growth"), {}, "neither a label nor a month"),
        (write_months([FISH, [None, "Total", 1, 2, 4, 7]]), {}, "rows of 2019-04 that add up to 4"),
    ],
)
def test_a_file_that_contradicts_itself_or_what_was_said_is_refused(
    tmp_path: Path, content: bytes, said: dict[str, str], problem: str
) -> None:
    with pytest.raises((etl.InputError, etl.ExpectationError), match=problem):
        read_months(tmp_path, content, **{**SAID, **said})


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ([27, "MINERAL FUELS.", 1, 2, 3, 60], "total", "does_not_add_up"),
        ([27, "MINERAL FUELS.", "1.5.2", 2, 3, 6], "2019-02", "not_a_number"),
        ([27, "MINERAL FUELS.", "1 024,5", 2, 3, 6], "2019-02", "not_a_number"),
        (["27A", "MINERAL FUELS.", 1, 2, 3, 6], "code", "bad_commodity"),
    ],
)
def test_a_cell_that_cannot_be_meant_sets_its_row_aside(
    tmp_path: Path, row: list[Cell], column: str, reason: str
) -> None:
    content = write_months([add_up(3, 1, 2, 3), row, add_up(98, 1, 2, 3)])
    rejected = read_months(tmp_path, content).rejected
    assert [(entry.line, entry.column, entry.reason) for entry in rejected] == [(3, column, reason)]


def test_a_code_out_of_order_is_set_aside_in_a_list_that_keeps_order(tmp_path: Path) -> None:
    rows: Rows = [[code, "GOODS.", 1, 2, 3, 6] for code in range(1, 60)]
    rows[26][0] = 2

    (rejected,) = read_months(tmp_path, write_months(rows)).rejected

    assert (rejected.line, rejected.value, rejected.reason) == (28, "2", "bad_commodity")


def test_damaged_copies_give_the_right_numbers_or_a_refusal() -> None:
    assert sum(count_outcomes(write_sample(), take=take_sample).values()) == CASES


@pytest.mark.publisher_files
@pytest.mark.parametrize(("name", "flow"), [("IndChinaexports", "exports"), ("Indimports2019-20", "imports")])
def test_every_cell_of_a_real_workbook_is_read(publisher_files_folder: Path, name: str, flow: str) -> None:
    path = publisher_files_folder / "india_moc" / "tradestat_monthly_workbooks" / f"{name}.xlsx"

    inspection = etl.inspect_file(path, stated={**SAID, "flow": flow})

    cells = read_sheets(path)["Sheet1"]
    printed = {
        f"sheet Sheet1, cell {place}": (f"{int(cells[f'B{place[1:]}']):02d}", float(text) * 1e6)
        for place, text in cells.items()
        if re.fullmatch(r"[D-O](?!1$)\d+", place)
    }
    found = {row["source_locator"]: row for row in inspection.rows.to_dicts()}
    assert (inspection.rows_rejected, set(inspection.rows["indicator"])) == (0, {flow})
    assert found.keys() == printed.keys()
    for place, (code, value) in printed.items():
        assert (found[place]["commodity"], found[place]["obs_value"]) == (code, pytest.approx(value))
    assert cells["D1"].split() == ["Apr", "2019", "(F)"]
    assert found["sheet Sheet1, cell D3"]["time_period"] == "2019-04"
    assert {found[f"sheet Sheet1, cell {column}3"]["obs_status"] for column in "NO"} == {"P"}

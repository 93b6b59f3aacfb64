"""Files that would cost more than any publisher's: refused with a sentence, however they are made."""

from __future__ import annotations

import pytest

from etl.errors import InputError, UnrecognisedFileError
from etl.provenance import RawFile
from etl.readers.limits import DEEPEST_TABLES, MOST_RECORDS
from etl.readers.spreadsheets import read_workbook
from etl.readers.workbook_parts import NO_VALUE
from tests.sources.read_back import read_back
from tests.sources.workbooks import replace_sheet, write_workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def write_cells(cells: str) -> bytes:
    """A workbook whose one sheet has these cells in its first row, as XML."""
    sheet = f'<worksheet {MAIN}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    return replace_sheet(write_workbook({"Sheet1": [["text"]]}), sheet)


# Nested in each other, or in cells that never close: 40,000 levels took minutes.
@pytest.mark.parametrize("tags", ["<table><tr><td>", "<table><tbody><tr><th>", "<TABLE><tr><td><div>"])
def test_tables_nested_deeper_than_any_page_are_refused(tags: str) -> None:
    with pytest.raises(InputError, match="nested or spread out"):
        read_back(f"<html>{tags * 40_000}".encode())


def test_a_few_nested_tables_are_read_on() -> None:
    with pytest.raises(UnrecognisedFileError):
        read_back(f"<html>{'<table><tr><td>' * (DEEPEST_TABLES - 1)}".encode())


def test_cells_that_span_more_than_is_read_are_refused() -> None:
    row = f"<tr>{'<td colspan=60 rowspan=40>1</td>' * 2_000}</tr>"
    with pytest.raises(InputError, match="nested or spread out"):
        read_back(f"<table>{row * 40}</table>".encode())


@pytest.mark.parametrize("place", ["XFD1048576", "A9000000", "ZZZ1"])
def test_a_cell_far_away_is_refused(place: str) -> None:
    with pytest.raises(InputError):
        read_back(write_cells(f'<c r="A1"><v>1</v></c><c r="{place}"><v>1</v></c>'))


def test_errors_and_formulas_without_a_result_are_found_however_many_there_are() -> None:
    cells = [
        '<c r="A1" t="e"><v>#N/A</v></c>',
        '<c t="e" s="1" r="B1"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="C1"><f>A1+1</f></c>',
        '<c r="D1"><f t="shared" si="0"/><v></v></c>',
        '<c r="E1"><f>1+1</f><v>2</v></c>',
        *('<c t="e" r="F1"/>' for _ in range(100_000)),
    ]
    (sheet,) = read_workbook(RawFile("sample", write_cells("".join(cells)))).sheets
    assert sheet.rows[0][:5] == ("#N/A", "#DIV/0!", NO_VALUE, NO_VALUE, "2")


def test_an_answer_of_more_records_than_any_is_refused() -> None:
    records = ",".join(["{}"] * (MOST_RECORDS + 1))
    with pytest.raises(InputError, match="more than any answer"):
        read_back(f'{{"elapsedTime":"1","count":1,"data":[{records}]}}'.encode())

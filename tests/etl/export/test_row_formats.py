"""CSV, Parquet and XLSX hold what the tables hold, by the libraries that people read them with."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given
from polars.testing import assert_frame_equal

import etl
from etl.export.formats import xlsx_rows
from etl.schemas import TABLES
from tests.etl.export.cells import build_rows, read_csv, read_workbook, whole_rows

SPREADSHEET_DIGITS = 1e-15


def read_as_written(value: Any) -> Any:
    """A value as a workbook can hold it: no null, and every number a float."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, date) and value < xlsx_rows.FIRST_COUNTED_DAY:
        return value.isoformat()
    return float(value) if isinstance(value, int | float) else value


def assert_same_cells(found: list[list[Any]], rows: pl.DataFrame) -> None:
    """A sheet holds the rows, numbers to as many digits as a spreadsheet keeps."""
    assert found[0] == rows.columns
    assert len(found) == rows.height + 1
    for row, cells in zip(rows.iter_rows(), found[1:], strict=True):
        for value, cell in zip(map(read_as_written, row), cells, strict=True):
            same = pytest.approx(value, rel=SPREADSHEET_DIGITS) if isinstance(value, float) else value
            assert cell == same


@pytest.mark.parametrize("name", list(TABLES))
def test_a_workbook_holds_every_table(name: str, release: etl.Release) -> None:
    rows = release.table(name)

    assert_same_cells(read_workbook(etl.write_rows(rows, "xlsx")), rows)


@given(whole_rows)
def test_a_workbook_holds_any_rows(rows: pl.DataFrame) -> None:
    # A last row of nothing is no row to a spreadsheet.
    kept = pl.concat([rows, build_rows([("end", 1.0, 1, date(2000, 1, 1), True)])])

    assert_same_cells(read_workbook(etl.write_rows(kept, "xlsx")), kept)


@pytest.mark.parametrize("name", list(TABLES))
def test_duckdb_reads_every_table_out_of_parquet(name: str, exported: Path, release: etl.Release) -> None:
    found = duckdb.connect().execute("select * from read_parquet(?)", [f"{exported / name}.parquet"])

    assert [column[0] for column in found.description or ()] == release.table(name).columns
    assert found.fetchall() == release.table(name).rows()


def test_duckdb_reads_the_share_out_of_the_csv(exported: Path) -> None:
    query = "select round(obs_value, 1) from read_csv(?) where obs_id = ?"
    share = "arms_import_share.IND.RUS.window.2019-23.sipri_tiv.2026-02-12"

    found = duckdb.connect().execute(query, [f"{exported}/observations.csv", share])

    assert found.fetchall() == [(36.2,)]


@pytest.mark.parametrize("name", ["observations", "deals", "claims"])
def test_pandas_reads_parquet(name: str, exported: Path, release: etl.Release) -> None:
    pytest.importorskip("pyarrow", reason="pandas reads Parquet with pyarrow")
    pandas = pytest.importorskip("pandas")

    frame = pandas.read_parquet(exported / f"{name}.parquet")

    rows = release.table(name)
    assert list(frame.columns) == rows.columns
    numbers = [column for column, kind in rows.schema.items() if kind == pl.Float64]
    for column in numbers:
        assert frame[column].dropna().to_list() == rows[column].drop_nulls().to_list()


def test_pandas_reads_the_csv_with_the_same_values(exported: Path, release: etl.Release) -> None:
    pandas = pytest.importorskip("pandas")

    frame = pandas.read_csv(exported / "observations.csv")

    rows = release.table("observations")
    assert frame["obs_id"].to_list() == rows["obs_id"].to_list()
    values = rows["obs_value"].drop_nulls().to_list()
    assert frame["obs_value"].dropna().to_list() == pytest.approx(values, rel=SPREADSHEET_DIGITS)


@pytest.mark.parametrize("name", list(TABLES))
def test_csv_and_parquet_come_back_as_they_left(name: str, release: etl.Release) -> None:
    rows = release.table(name)

    assert_frame_equal(etl.restore_text(read_csv(etl.write_rows(rows, "csv"), rows)), rows)
    assert_frame_equal(pl.read_parquet(io.BytesIO(etl.write_rows(rows, "parquet"))), rows)


def test_a_text_longer_than_a_cell_is_refused_for_a_workbook() -> None:
    rows = pl.DataFrame({"note": ["x" * 32_768]})

    with pytest.raises(etl.ExportFormatError, match="column note: a text of 32768 characters"):
        etl.write_rows(rows, "xlsx")


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    rows = pl.DataFrame({"number": pl.zeros(1_048_576, eager=True)})

    with pytest.raises(etl.ExportFormatError, match="a sheet holds 1048575"):
        etl.write_rows(rows, "xlsx")


def test_points_of_a_chart_leave_with_licence_and_snapshot_in_every_row(
    built_snapshot: etl.Snapshot,
) -> None:
    ids = [
        "arms_import_share.IND.RUS.window.2019-23.sipri_tiv.2026-02-12",
        "imports.IND.RUS.cy.2022.un_comtrade.2023-01-31",
        "business-standard-2025-12-05.share-2019-23",
    ]
    rows = built_snapshot.find_rows(ids)

    assert rows["redistributable"].to_list() == [True, False, True]
    assert rows["licence"].null_count() == rows["snapshot_id"].null_count() == 0
    assert_same_cells(read_workbook(etl.write_rows(rows, "xlsx")), rows)

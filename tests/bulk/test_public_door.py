"""Bulk files through the public door: one call converts, one reads, and lookups come by themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

import etl
from tests.bulk.bulk_files import convert, read_flows, write_baci
from tests.conftest import DATASETS

LINES = ["2022,643,699,010121,48.217,51.000", "2022,643,757,270900,1,NA", "2023,699,643,270900,2,NA"]


def test_areas_are_known_without_lookups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_baci(tmp_path, LINES)
    expected = read_flows(convert(path))
    # Away from the checkout, as a notebook may be.
    monkeypatch.chdir(tmp_path)
    report = etl.convert_bulk(path, tmp_path / "flows")
    assert isinstance(report, etl.BulkReport)
    assert etl.scan_bulk(report.out).collect().equals(expected)


def test_a_query_names_areas_and_years(tmp_path: Path) -> None:
    report = etl.convert_bulk(write_baci(tmp_path, LINES), tmp_path / "flows")
    bought = pl.col("exporter") == "RUS", pl.col("importer") == "IND", pl.col("year") == 2022
    assert etl.scan_bulk(report.out).filter(*bought).collect()["value_usd"].to_list() == [48_217]


def test_areas_are_those_of_the_datasets_that_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "datasets"
    shutil.copytree(DATASETS / "lookups", folder / "lookups")
    codes = folder / "lookups" / "un_codes.csv"
    lines = codes.read_text("utf-8").splitlines(keepends=True)
    codes.write_text("".join(line for line in lines if not line.startswith("757,")), "utf-8")
    report = etl.convert_bulk(write_baci(tmp_path, LINES), tmp_path / "flows", datasets=folder)
    assert (report.rows_accepted, report.quarantined) == (2, {"unknown_area": 1})

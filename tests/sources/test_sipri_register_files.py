"""SIPRI's real registers: rows counted, shares known, and the damaged one refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import etl
from etl.errors import InputError
from etl.folders import find_datasets


@pytest.mark.publisher_files
@pytest.mark.parametrize(
    ("name", "rows", "rejoined", "to_india"),
    [("2024-10-13", 27_951, 2, 134), ("2025-03-13", 29_515, 4, 146)],
)
def test_every_row_of_a_real_register_is_accepted_and_broken_records_rejoined(
    publisher_files_folder: Path, name: str, rows: int, rejoined: int, to_india: int
) -> None:
    path = publisher_files_folder / "sipri_register" / f"trade-register_16col_generated-{name}.csv"
    inspection = etl.inspect_file(path)
    deals = inspection.rows
    assert (inspection.rows_read, inspection.rows_rejected, deals.height) == (rows, 0, rows)
    assert str(inspection.file.sidecar.vintage) == name
    assert deals.filter(pl.col("source_locator").str.contains("rejoined")).height == rejoined
    pair = (pl.col("importer") == "IND") & (pl.col("supplier") == "RUS")
    assert deals.filter(pair).height == to_india


@pytest.mark.publisher_files
def test_the_compiled_deals_are_those_of_the_real_register(publisher_files_folder: Path) -> None:
    real = etl.read_file(
        publisher_files_folder / "sipri_register" / "trade-register_16col_generated-2025-03-13.csv"
    )
    pair = (pl.col("importer") == "IND") & (pl.col("supplier") == "RUS")
    compiled = etl.read_file(next((find_datasets() / "sources" / "sipri_deals").rglob("*.csv")))
    columns = [
        "designation",
        "description",
        "category",
        "order_year",
        "order_year_uncertain",
        "number_ordered",
    ]
    columns += [
        "number_ordered_uncertain",
        "number_delivered",
        "number_delivered_uncertain",
        "delivery_years",
    ]
    columns += ["condition", "tiv_per_unit", "tiv_delivered"]
    both = [frame.select(columns).sort(columns) for frame in (real.filter(pair), compiled)]
    assert both[0].equals(both[1])


@pytest.mark.publisher_files
def test_the_damaged_register_is_refused_with_the_reason(publisher_files_folder: Path) -> None:
    path = publisher_files_folder / "sipri_register" / "trade-register_MOJIBAKE_edited_first400lines.csv"
    with pytest.raises(InputError, match=r"columns are missing.*letters are damaged"):
        etl.inspect_file(path)


@pytest.mark.publisher_files
def test_the_real_register_gives_russias_share_of_indias_imports(publisher_files_folder: Path) -> None:
    name = "trade-register_17col_generated-2025-01-03_2000-2030.csv"
    inspection = etl.inspect_file(publisher_files_folder / "sipri_register" / name)
    assert (inspection.rows_read, inspection.rows_rejected) == (20_480, 0)
    assert str(inspection.file.sidecar.vintage) == "2025-01-03"
    india = inspection.rows.filter(pl.col("ref_area") == "IND").with_columns(
        year=pl.col("time_period").cast(int)
    )
    shares = []
    for first in (2009, 2014, 2019):
        window = india.filter(pl.col("year").is_between(first, first + 4))
        sums = dict(window.group_by("counterpart_area").agg(pl.col("obs_value").sum()).iter_rows())
        shares.append(round(100 * sums["RUS"] / sums["W00"], 2))
    assert shares == [75.93, 57.73, 36.45]


@pytest.mark.publisher_files
@pytest.mark.parametrize("form", ["decoded.csv", "response.json"])
def test_every_row_of_a_real_answer_is_accepted(publisher_files_folder: Path, form: str) -> None:
    inspection = etl.inspect_file(
        publisher_files_folder / "sipri_api" / f"trade-register-csv_2000-2001_{form}"
    )
    assert (inspection.rows_read, inspection.rows_rejected, inspection.rows.height) == (1414, 0, 857)
    assert str(inspection.file.sidecar.vintage) == "2025-02-10"


@pytest.mark.publisher_files
def test_every_row_of_the_rich_text_register_is_accepted(publisher_files_folder: Path) -> None:
    inspection = etl.inspect_file(publisher_files_folder / "sipri_register_rtf" / "air_defence.rtf")
    assert (inspection.rows_read, inspection.rows_rejected, inspection.rows.height) == (713, 0, 713)
    assert str(inspection.file.sidecar.vintage) == "2024-02-18"
    pair = (pl.col("importer") == "AZE") & (pl.col("supplier") == "BLR")
    deal = inspection.rows.filter(pair).row(0, named=True)
    assert (deal["number_ordered"], deal["number_ordered_uncertain"], deal["number_delivered"]) == (
        2,
        True,
        2,
    )
    assert (deal["number_delivered_uncertain"], deal["delivery_years"]) == (False, "2013; 2014")

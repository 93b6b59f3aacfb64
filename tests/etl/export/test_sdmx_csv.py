"""SDMX-CSV: read by pysdmx, with the values of the snapshot and periods as SDMX writes them."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.export.formats import sdmx_csv

KEY = ["FREQ", "INDICATOR", "REF_AREA", "COUNTERPART_AREA", "COMMODITY", "PERIOD_BASIS", "SOURCE", "VINTAGE"]
DOUBLE_DIGITS = 1e-14


def read_lines(content: bytes) -> list[dict[str, str]]:
    """The message as rows of text."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def write_period(basis: str, start: date, end: date) -> str:
    """The period of one observation as SDMX writes it."""
    row = pl.DataFrame({"period_basis": [basis], "period_start": [start], "period_end": [end]})
    return str(row.select(sdmx_csv.write_period()).item())


def test_pysdmx_gives_back_the_same_values(exported: Path, built_snapshot: etl.Snapshot) -> None:
    pytest.importorskip("pyarrow", reason="pysdmx reads data with pyarrow: pysdmx[data]")
    io_of_pysdmx = pytest.importorskip("pysdmx.io")

    (dataset,) = io_of_pysdmx.read_sdmx(exported / "observations.sdmx.csv").data

    rows = etl.Release(built_snapshot).table("observations")
    found = dict(zip(dataset.data["OBS_ID"], dataset.data["OBS_VALUE"], strict=True))
    assert dataset.structure == "Dataflow=FOOTNOTED:OBSERVATIONS(1.0.0)"
    assert list(found) == rows["obs_id"].to_list()
    for obs_id, value in rows.select("obs_id", "obs_value").iter_rows():
        text = found[obs_id]
        assert (
            text in {"", "NaN"} if value is None else float(text) == pytest.approx(value, rel=DOUBLE_DIGITS)
        )


def test_the_message_says_the_values_to_the_last_digit(release: etl.Release) -> None:
    rows = release.table("observations")
    lines = read_lines(etl.write_rows(rows, "sdmx-csv"))

    values = [float(line["OBS_VALUE"]) if line["OBS_VALUE"] else None for line in lines]

    assert values == rows["obs_value"].to_list()
    assert [line["OBS_STATUS"] for line in lines] == rows["obs_status"].to_list()


def test_dimensions_and_period_name_one_observation_each(built_snapshot: etl.Snapshot) -> None:
    lines = read_lines(etl.write_rows(built_snapshot.table("observations"), "sdmx-csv"))

    keys = {tuple(line[name] for name in [*KEY, "TIME_PERIOD"]) for line in lines}

    assert len(keys) == len(lines)
    assert list(lines[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]


@pytest.mark.parametrize(
    ("basis", "start", "end", "period"),
    [
        ("calendar_year", date(2022, 1, 1), date(2022, 12, 31), "2022"),
        ("target_year", date(2030, 1, 1), date(2030, 12, 31), "2030"),
        ("fiscal_year_in", date(2021, 4, 1), date(2022, 3, 31), "2021-04-01/P1Y"),
        ("five_year_window", date(2019, 1, 1), date(2023, 12, 31), "2019-01-01/P5Y"),
        ("month", date(2022, 4, 1), date(2022, 4, 30), "2022-04"),
        ("quarter", date(2022, 10, 1), date(2022, 12, 31), "2022-Q4"),
        ("part_year", date(2022, 4, 1), date(2022, 8, 31), "2022-04-01/P5M"),
        ("part_year", date(2021, 4, 1), date(2022, 2, 28), "2021-04-01/P11M"),
        ("part_year", date(2022, 4, 1), date(2022, 8, 15), "2022-04-01/P137D"),
        ("day", date(2022, 4, 1), date(2022, 4, 1), "2022-04-01"),
    ],
)
def test_a_period_is_written_as_sdmx_writes_it(basis: str, start: date, end: date, period: str) -> None:
    assert write_period(basis, start, end) == period


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 3000))
def test_a_part_of_a_year_keeps_its_start_and_its_length(start: date, days: int) -> None:
    end = date.fromordinal(start.toordinal() + days)

    first, _, length = write_period("part_year", start, end).partition("/P")

    assert date.fromisoformat(first) == start
    if length.endswith("D"):
        assert int(length[:-1]) == days + 1
    else:
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        assert (int(length[:-1]), length[-1], start.day) == (months, "M", 1)


def test_rows_that_are_no_observations_are_refused(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.ExportFormatError, match="SDMX-CSV is for observations"):
        etl.write_rows(built_snapshot.table("claims"), "sdmx-csv")


def test_a_period_that_sdmx_cannot_write_is_refused(built_snapshot: etl.Snapshot) -> None:
    rows = built_snapshot.table("observations").head(1).with_columns(period_basis=pl.lit("present"))

    with pytest.raises(etl.ExportFormatError, match="the present of the text"):
        etl.write_rows(rows, "sdmx-csv")

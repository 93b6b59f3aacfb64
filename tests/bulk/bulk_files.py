"""Bulk files for tests: written in the publishers' layouts, with numbers of our own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl

from etl.bulk import BulkReport, convert_bulk, scan_bulk
from etl.countries import Lookups, load_lookups
from tests.conftest import DATASETS

BACI_HEADER = "t,i,j,k,v,q"
COMTRADE_NAMES = (
    "typeCode",
    "freqCode",
    "refPeriodId",
    "refYear",
    "refMonth",
    "period",
    "reporterCode",
    "flowCode",
    "partnerCode",
    "partner2Code",
    "classificationCode",
    "cmdCode",
    "customsCode",
    "mosCode",
    "motCode",
    "qtyUnitCode",
    "qty",
    "isQtyEstimated",
    "netWgt",
    "isNetWgtEstimated",
    "cifvalue",
    "fobvalue",
    "primaryValue",
    "legacyEstimationFlag",
    "isReported",
    "isAggregate",
)


@cache
def find_lookups() -> Lookups:
    """The project's own lookups, read once."""
    return load_lookups(DATASETS)


def write_baci(folder: Path, lines: Sequence[str], *, name: str = "BACI_HS17_Y2022_V202401.csv") -> Path:
    """A BACI file of these lines."""
    path = folder / name
    path.write_text("\n".join([BACI_HEADER, *lines]) + "\n", encoding="utf-8", newline="")
    return path


def write_comtrade(folder: Path, rows: Sequence[dict[str, str]], *, delimiter: str = ",") -> Path:
    """A bulk file of UN Comtrade: cells by their names, the others as in a plain annual row."""
    plain = {
        "typeCode": "C",
        "freqCode": "A",
        "partner2Code": "0",
        "classificationCode": "H6",
        "customsCode": "C00",
        "mosCode": "0",
        "motCode": "0",
        "isReported": "False",
    }
    path = folder / "comtrade.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COMTRADE_NAMES, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows({**plain, **row} for row in rows)
    return path


def convert(path: Path) -> BulkReport:
    """A file converted beside itself, its rows accounted for."""
    report = convert_bulk(path, path.parent / "out", lookups=find_lookups())
    assert report.rows_read == report.rows_accepted + report.rows_quarantined
    assert read_quarantine(report).height == report.rows_quarantined
    return report


def read_flows(report: BulkReport) -> pl.DataFrame:
    """All flows of a conversion, in the order in which they lie on disk."""
    return scan_bulk(report.out).collect()


def read_quarantine(report: BulkReport) -> pl.DataFrame:
    """The rows set aside."""
    return pl.read_csv(report.out / "quarantine.csv", infer_schema=False).with_columns(
        pl.col("line").cast(pl.Int64)
    )


def read_bytes(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

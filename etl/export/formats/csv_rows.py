"""CSV: UTF-8, a header, LF line ends, an empty cell for what is not known, formulas defused."""

from __future__ import annotations

import io

import polars as pl

from etl.export.format_contract import ExportFormat
from etl.export.formulas import defuse_rows

FORMAT = ExportFormat("csv", "csv", "text/csv; charset=utf-8", "CSV")


def write_rows(rows: pl.DataFrame) -> bytes:
    """The rows as CSV."""
    target = io.BytesIO()
    defuse_rows(rows).write_csv(target)
    return target.getvalue()

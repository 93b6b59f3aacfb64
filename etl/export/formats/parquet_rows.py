"""Parquet: typed columns, nulls as nulls, packed with zstd."""

from __future__ import annotations

import io

import polars as pl

from etl.export.format_contract import ExportFormat

FORMAT = ExportFormat("parquet", "parquet", "application/vnd.apache.parquet", "Parquet")


def write_rows(rows: pl.DataFrame) -> bytes:
    """The rows as Parquet."""
    target = io.BytesIO()
    rows.write_parquet(target, compression="zstd", statistics=True)
    return target.getvalue()

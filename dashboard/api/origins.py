"""Rows of tables as they leave: with where each comes from, and only the values that may be passed on."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import polars as pl

import etl
from dashboard.api.parameters import InColumn, Parameter
from dashboard.chart_cache import ChartCache
from dashboard.views.tables import find_table
from etl import Snapshot

DOSSIER = Parameter(
    "dossier", InColumn("dossiers", "dossier_id"), "only what the documents of this dossier state."
)


# As long as the chart cache that they belong to is kept, and no longer.
_cached: WeakKeyDictionary[ChartCache, dict[str, pl.DataFrame]] = WeakKeyDictionary()


def read_rows(chart_cache: ChartCache, table: str) -> pl.DataFrame:
    """A whole table as it leaves, in the order of the table; prepared once for each chart cache."""
    tables = _cached.setdefault(chart_cache, {})
    if table not in tables:
        tables[table] = prepare_rows(chart_cache.snapshot, table)
    return tables[table]


def prepare_rows(snapshot: Snapshot, table: str) -> pl.DataFrame:
    """A whole table as it leaves."""
    return etl.Release(snapshot).prepare(find_table(snapshot, table).collect(), table=table)


def find_dossier_documents(snapshot: Snapshot, dossier_id: str) -> pl.Expr:
    """Whether a row is of a document of a dossier."""
    documents = snapshot.documents(dossier=dossier_id).select("document_id").collect()["document_id"]
    return pl.col("document_id").is_in(documents.to_list())

"""Rows of tables as they leave: with where each comes from, and only the values that may be passed on."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import polars as pl

import etl
from dashboard.api.columns import SNAPSHOT_ID, Column, list_columns
from dashboard.api.parameters import InColumn, Parameter
from dashboard.gallery import Gallery
from dashboard.listings.tables import find_table
from etl import Snapshot

# What etl adds to the columns of a table.
ADDED = {
    column.name: column
    for column in (
        SNAPSHOT_ID,
        Column("licence", "String", "text", "terms under which the row may be used, in short"),
        Column(
            "redistributable",
            "Boolean",
            "boolean",
            "whether the value may be passed on: where not, it is left out and `note` says where it is",
        ),
        Column("document_id", "String", "id", "document that states the claim"),
        Column("document_title", "String", "text", "title of the document"),
        Column("published_on", "Date", "date", "day of its publication, or the inferred one"),
        Column("paragraph", "Int64", "count", "number of the non-empty line, from 1"),
        Column("verdict", "String", "code", "the verdict as known on the day that is shown"),
    )
}
DOSSIER = Parameter(
    "dossier", InColumn("dossiers", "dossier_id"), "only what the documents of this dossier state."
)


# As long as the gallery that they belong to is kept, and no longer.
_kept: WeakKeyDictionary[Gallery, dict[str, pl.DataFrame]] = WeakKeyDictionary()


def read_rows(gallery: Gallery, table: str) -> pl.DataFrame:
    """A whole table as it leaves, in the order of the table; prepared once for each gallery."""
    tables = _kept.setdefault(gallery, {})
    if table not in tables:
        tables[table] = prepare_rows(gallery.snapshot, table)
    return tables[table]


def prepare_rows(snapshot: Snapshot, table: str) -> pl.DataFrame:
    """A whole table as it leaves."""
    return etl.Release(snapshot).prepare(find_table(snapshot, table).collect(), table=table)


def list_row_columns(snapshot: Snapshot, table: str) -> tuple[Column, ...]:
    """The columns of a table's rows as they leave.

    Raises: KeyError for a column that neither the table's dictionary nor this module describes.
    """
    own = {column.name: column for column in list_columns(table)}
    return tuple(own[name] if name in own else ADDED[name] for name in prepare_rows(snapshot, table).columns)


def find_dossier_documents(snapshot: Snapshot, dossier_id: str) -> pl.Expr:
    """Whether a row is of a document of a dossier."""
    documents = snapshot.documents(dossier=dossier_id).select("document_id").collect()["document_id"]
    return pl.col("document_id").is_in(documents.to_list())

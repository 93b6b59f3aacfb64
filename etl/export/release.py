"""A release: the tables of a snapshot as they leave, each row with its place, licence and snapshot."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property

import polars as pl

from etl.errors import SchemaError
from etl.export.licence_gate import (
    FILE_OF_TABLE,
    Withheld,
    complete_columns,
    list_withheld,
    mark_rows,
    withhold_values,
)
from etl.schemas import TABLES, ColumnEntry
from etl.snapshot import Snapshot
from etl.snapshot.flat_rows import OWN_LICENCE

# What a release adds of its own, by column.
OWN = {
    "snapshot_id": ("String", "id", "snapshot the row was taken from"),
    "licence": ("String", "text", "terms under which the row may be used, in short"),
    "redistributable": (
        "Boolean",
        "boolean",
        "whether its value may be passed on under the terms in `licence`: where not, it is left out and the "
        "row says where it is published",
    ),
}
# What it takes from other tables: from which, from which column there, and in what words.
TAKEN = {
    "document_id": ("claims", "document_id", "document that states the claim"),
    "paragraph": ("claims", "paragraph", "number of the non-empty line, from 1"),
    "document_title": ("documents", "title", "title of the document"),
    "published_on": ("documents", "published_on", "day of its publication, or the inferred one"),
    "verdict": ("verdicts", "verdict", "what checking it gave, as known on the day that is shown"),
    "reason": ("verdicts", "reason", "why; of what is supported it tells whether only roughly"),
}
TERMS = ("licence", "redistributable", "snapshot_id")
DOCUMENT = ("document_title", "published_on")
ADDED: dict[str, tuple[str, ...]] = {
    "observations": TERMS,
    "deals": TERMS,
    "claims": (*DOCUMENT, "verdict", "reason", *TERMS),
    "verdicts": ("document_id", "paragraph", *DOCUMENT, *TERMS),
    "milestones": (*DOCUMENT, *TERMS),
    "quarantine": TERMS,
}


class Release:
    """The tables of one snapshot for taking away; behind the licence gate unless it is opened on purpose."""

    def __init__(self, snapshot: Snapshot, *, include_restricted: bool = False) -> None:
        self.snapshot = snapshot
        self.include_restricted = include_restricted
        self._tables: dict[str, pl.DataFrame] = {}

    def table(self, name: str) -> pl.DataFrame:
        """One whole table.

        Raises: SnapshotError for a table that no snapshot has.
        """
        if name not in self._tables:
            self._tables[name] = self.prepare(self.snapshot.table(name), table=name)
        return self._tables[name]

    def prepare(self, rows: pl.DataFrame, *, table: str) -> pl.DataFrame:
        """Rows of a table as they leave: with where they come from, and values only where these may leave.

        Columns: those of the table, and those that `describe_columns` adds.
        """
        rows = complete_columns(rows, table=table)
        if table in FILE_OF_TABLE:
            rows = mark_rows(rows, table=table, snapshot=self.snapshot)
            if not self.include_restricted:
                rows = withhold_values(rows, table=table, snapshot=self.snapshot)
        elif table in ADDED:
            rows = self._add_document(rows, table=table).with_columns(
                licence=pl.lit(OWN_LICENCE), redistributable=pl.lit(True)
            )
        rows = rows.with_columns(snapshot_id=pl.lit(self.snapshot.snapshot_id))
        return rows.select(entry.column for entry in describe_columns(table))

    @cached_property
    def withheld(self) -> tuple[Withheld, ...]:
        """The products whose rows leave without their values."""
        return () if self.include_restricted else list_withheld(self.snapshot)

    def _add_document(self, rows: pl.DataFrame, *, table: str) -> pl.DataFrame:
        if table == "verdicts":
            place = self.snapshot.table("claims").select("claim_id", "document_id", "paragraph")
            rows = rows.join(place, on="claim_id", how="left", maintain_order="left")
        if table == "claims":
            verdicts = self.snapshot.table("verdicts").filter(pl.col("occasion") == "snapshot")
            rows = rows.join(
                verdicts.select("claim_id", "verdict", "reason"),
                on="claim_id",
                how="left",
                maintain_order="left",
            )
        documents = self.snapshot.table("documents").select(
            "document_id", "published_on", document_title="title"
        )
        return rows.join(documents, on="document_id", how="left", maintain_order="left")


def describe_columns(table: str) -> list[ColumnEntry]:
    """The data dictionary of a table as it leaves: its columns, and those that say where rows come from.

    Raises: SchemaError for a table that no snapshot has.
    """
    if table not in TABLES:
        raise SchemaError(f"no table {table!r}. Known: {', '.join(TABLES)}.")
    return list(_describe_columns(table))


@cache
def _describe_columns(table: str) -> tuple[ColumnEntry, ...]:
    added = (_describe_added(table, name) for name in ADDED.get(table, ("snapshot_id",)))
    return (*TABLES[table].describe_columns(table), *added)


def _describe_added(table: str, name: str) -> ColumnEntry:
    if name in OWN:
        kind, unit, description = OWN[name]
        return ColumnEntry(table, name, kind, unit, False, description)
    origin, column, description = TAKEN[name]
    entry = next(entry for entry in TABLES[origin].describe_columns(origin) if entry.column == column)
    return replace(entry, table=table, column=name, description=description)

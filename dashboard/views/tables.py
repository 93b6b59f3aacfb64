"""The snapshot's own tables: sizes, sources, quarantine, dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

import etl
from dashboard.views.dossiers import select_observations
from etl import Dossier, Snapshot


@dataclass(frozen=True)
class ColumnWords:
    """One column of a table as the data dictionary has it."""

    column: str
    type: str
    unit: str
    nullable: bool
    description: str


@dataclass(frozen=True)
class TableEntry:
    """One table of the snapshot: its size and its columns."""

    table: str
    rows: int
    columns: tuple[ColumnWords, ...]


@dataclass(frozen=True)
class SourceEntry:
    """One file that the snapshot was built from."""

    source_id: str
    publisher: str
    product: str
    vintage: date
    vintage_precision: str
    file: str
    sha256: str
    url: str | None
    licence: str
    redistributable: bool
    extract: bool
    rows_read: int
    rows_accepted: int
    rows_quarantined: int
    note: str | None

    @property
    def may_travel(self) -> bool:
        """Whether its values leave with whole tables, by its terms or as a short extract."""
        return self.redistributable or self.extract


@dataclass(frozen=True)
class QuarantineEntry:
    """One rejected row."""

    file: str
    line: int
    column: str | None
    value: str | None
    problem: str
    remedy: str


class UnknownTableError(Exception):
    """A table name that the snapshot does not have."""


@lru_cache(maxsize=1)
def list_table_names() -> tuple[str, ...]:
    """Names of all tables, in the order of the data dictionary."""
    return tuple(dict.fromkeys(entry.table for entry in etl.describe_tables()))


def find_table(snapshot: Snapshot, name: str) -> pl.LazyFrame:
    """One whole table, as it was known on the snapshot's day.

    Raises: UnknownTableError where there is none of that name.
    """
    if name not in list_table_names():
        raise UnknownTableError(f"no table {name!r}. Known: {', '.join(list_table_names())}.")
    table: pl.LazyFrame = getattr(snapshot, name)()
    return table.filter(_is_known_file(snapshot)) if name in {"sources", "quarantine"} else table


def _is_known_file(snapshot: Snapshot) -> pl.Expr:
    """Files of editions out by then, and younger ones that hold rows older than themselves."""
    out = snapshot.sources().filter(pl.col("vintage") <= snapshot.as_of).select("file")
    held = pl.concat(
        [
            table.select(pl.col("source_file").alias("file"))
            for table in (snapshot.observations(), snapshot.deals())
        ]
    )
    return pl.col("file").is_in(pl.concat([out, held]).unique().collect()["file"].to_list())


def list_tables(snapshot: Snapshot) -> list[TableEntry]:
    """Every table with its rows and columns."""
    entries = etl.describe_tables()
    return [
        TableEntry(
            name,
            int(find_table(snapshot, name).select(pl.len()).collect().item()),
            tuple(
                ColumnWords(entry.column, entry.type, entry.unit, entry.nullable, entry.description)
                for entry in entries
                if entry.table == name
            ),
        )
        for name in list_table_names()
    ]


def list_sources(snapshot: Snapshot, dossier: Dossier) -> list[SourceEntry]:
    """Every file that holds figures of a dossier, by publisher and vintage."""
    names = list(SourceEntry.__dataclass_fields__)
    deals = snapshot.deals(importer=dossier.ref_area, supplier=dossier.counterpart_area)
    rows = [table.select("source_file") for table in (select_observations(snapshot, dossier), deals)]
    used = pl.concat(rows).unique().collect()["source_file"].to_list()
    frame = snapshot.sources(file=used).sort("publisher", "source_id", "vintage", "file").select(names)
    return [SourceEntry(**row) for row in frame.collect().to_dicts()]


def count_missing_rows(snapshot: Snapshot) -> dict[str, int]:
    """How many rows of each source's files lack something that was set aside, where any do."""
    sources = find_table(snapshot, "sources").group_by("source_id").agg(pl.col("rows_missing").sum())
    return dict(sources.filter(pl.col("rows_missing") > 0).sort("source_id").collect().iter_rows())


def list_quarantine(snapshot: Snapshot) -> list[QuarantineEntry]:
    """Every rejected row, by file and line."""
    names = list(QuarantineEntry.__dataclass_fields__)
    frame = find_table(snapshot, "quarantine").sort("file", "line", "column").select(names).collect()
    return [QuarantineEntry(**row) for row in frame.to_dicts()]

"""A snapshot opened for reading: its tables, its rows by id, and what stands behind each."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import SnapshotError, UnknownRowError
from etl.folders import find_snapshots
from etl.judge import find_disagreements, judge_documents
from etl.schemas import TABLES
from etl.snapshot.citations.build import cite_document, cite_rows, cite_snapshot
from etl.snapshot.citations.formats import Citation
from etl.snapshot.evidence import EvidenceIndex
from etl.snapshot.flat_rows import build_flat_rows
from etl.snapshot.footnotes import FootnoteList
from etl.snapshot.records import Dossier, Evidence, Footnote
from etl.snapshot.row_index import RowIndex
from etl.snapshot.store import check_snapshot, find_newest, read_manifest, read_table


def open_snapshot(path: Path | None = None, *, as_of: date | None = None) -> Snapshot:
    """The snapshot in a folder, or the newest one under it; by default the newest that was built here.

    `as_of` limits it to what was known on that day, judged again: figures known from that day or before, and
    older documents.
    Raises: SnapshotError where there is none, or it is damaged.
    """
    folder = path or find_snapshots()
    if not (folder / "manifest.json").exists():
        folder = find_newest(folder)
    return Snapshot(folder, as_of=as_of)


class Snapshot:
    """One immutable build; every answer is worked out once and kept."""

    def __init__(self, folder: Path, *, as_of: date | None = None) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = read_manifest(folder)
        self.snapshot_id: str = self.manifest["snapshot_id"]
        built_for = date.fromisoformat(self.manifest["as_of"])
        self.as_of = built_for if as_of is None else min(as_of, built_for)
        self._tables: dict[str, pl.DataFrame] = {}
        self._is_limited = self.as_of < built_for

    def check_files(self) -> None:
        """Hold every file to the manifest now, and not when its table is first asked for.

        Raises: SnapshotError naming the first that is missing, changed or of another version.
        """
        check_snapshot(self.folder)

    def table(self, name: str) -> pl.DataFrame:
        """One table as a frame.

        Raises: SnapshotError for a table that no snapshot has.
        """
        if name not in TABLES:
            raise SnapshotError(f"no table {name!r}. Tables: {', '.join(TABLES)}.")
        if name not in self._tables:
            self._tables[name] = self._limit(name) if self._is_limited else self._read(name)
        return self._tables[name]

    def observations(self, **filters: Any) -> pl.LazyFrame:
        """Observations; each filter is a column with the value, or the list of values, it may have."""
        return self._select("observations", filters)

    def claims(self, **filters: Any) -> pl.LazyFrame:
        """Claims, filtered like observations."""
        return self._select("claims", filters)

    def verdicts(self, **filters: Any) -> pl.LazyFrame:
        """Verdicts, filtered like observations."""
        return self._select("verdicts", filters)

    def documents(self, **filters: Any) -> pl.LazyFrame:
        """Documents, filtered like observations."""
        return self._select("documents", filters)

    def deals(self, **filters: Any) -> pl.LazyFrame:
        """Deals, filtered like observations."""
        return self._select("deals", filters)

    def milestones(self, **filters: Any) -> pl.LazyFrame:
        """Milestones, filtered like observations."""
        return self._select("milestones", filters)

    def disagreements(self, **filters: Any) -> pl.LazyFrame:
        """Disagreements between statements, filtered like observations."""
        return self._select("disagreements", filters)

    def sources(self, **filters: Any) -> pl.LazyFrame:
        """Source files, filtered like observations."""
        return self._select("sources", filters)

    def dossiers(self, **filters: Any) -> pl.LazyFrame:
        """Dossiers, filtered like observations."""
        return self._select("dossiers", filters)

    def areas(self, **filters: Any) -> pl.LazyFrame:
        """Areas and their names, filtered like observations."""
        return self._select("areas", filters)

    def quarantine(self, **filters: Any) -> pl.LazyFrame:
        """Rows set aside with the reason, filtered like observations."""
        return self._select("quarantine", filters)

    def dossier(self, dossier_id: str) -> Dossier:
        """One dossier.

        Raises: UnknownRowError where the snapshot has no such dossier.
        """
        rows = self.dossiers(dossier_id=dossier_id).collect().to_dicts()
        if not rows:
            known = ", ".join(self.table("dossiers")["dossier_id"])
            raise UnknownRowError(
                f"no dossier {dossier_id!r} in snapshot {self.snapshot_id}. Known: {known}."
            )
        return Dossier(**rows[0])

    def evidence(self, row_id: str) -> Evidence:
        """Everything behind one row: an observation, claim, deal or milestone.

        Raises: UnknownRowError where no row has this id.
        """
        return self._evidence_index.find(row_id)

    def find_rows(self, row_ids: list[str]) -> pl.DataFrame:
        """One flat row per id, with the value and where it comes from, for files that leave the house.

        Raises: UnknownRowError where no row has one of the ids.
        """
        return build_flat_rows(
            [self._index.find(row_id) for row_id in row_ids], evidence_index=self._evidence_index
        )

    def cite(self, row_id: str | None = None, *, link: str | None = None) -> Citation:
        """How to cite a row, or the whole snapshot; `link` is a permanent address of it, where there is one.

        Raises: UnknownRowError where no row has this id.
        """
        found = (
            cite_snapshot(self._index, as_of=self.as_of)
            if row_id is None
            else self.evidence(row_id).reference
        )
        return found.link(link)

    def cite_document(self, document_id: str, *, link: str | None = None) -> Citation:
        """How to cite a document.

        Raises: UnknownRowError where the snapshot has no such document.
        """
        return cite_document(self._index, document_id, as_of=self.as_of).link(link)

    def cite_rows(
        self, row_ids: list[str], *, number: str, title: str, note: str | None = None, link: str | None = None
    ) -> Citation:
        """How to cite rows drawn or listed together: `number` is your id of the chart or table.

        Raises: UnknownRowError where no row has one of the ids.
        """
        cited = cite_rows(self._index, row_ids, number=number, title=title, note=note, as_of=self.as_of)
        return cited.link(link)

    def list_footnotes(self) -> tuple[Footnote, ...]:
        """Documents and sources, numbered; the numbers hold for every page of this snapshot."""
        return self._footnotes.entries

    def number_footnotes(self, row_id: str) -> tuple[int, ...]:
        """The footnotes that one row rests on.

        Raises: UnknownRowError where no row has this id.
        """
        return self._index.number_footnotes(row_id)

    def __eq__(self, other: object) -> bool:
        """Two snapshots are the same when they hold the same build for the same day."""
        return isinstance(other, Snapshot) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __repr__(self) -> str:
        return f"Snapshot({self.snapshot_id!r}, as_of={self.as_of})"

    @property
    def _identity(self) -> tuple[str, date]:
        return self.snapshot_id, self.as_of

    @cached_property
    def _footnotes(self) -> FootnoteList:
        # A file may be younger than rows it holds: of a source with no edition out yet, all are named.
        is_out = pl.col("vintage") <= self.as_of
        editions = self.table("sources").filter(is_out | ~is_out.any().over("source_id"))
        read = self.observations(derivation=None).filter(pl.col("as_reported_by").is_not_null())
        outlets = (
            read.sort("vintage", "obs_id")
            .group_by("source_id")
            .agg(pl.col("as_reported_by").unique(maintain_order=True).reverse())
        )
        return FootnoteList(
            documents=self.table("documents"), sources=editions, outlets=dict(outlets.collect().iter_rows())
        )

    @cached_property
    def _evidence_index(self) -> EvidenceIndex:
        return EvidenceIndex(self._index, verdicts=self.table("verdicts").to_dicts(), as_of=self.as_of)

    @cached_property
    def _index(self) -> RowIndex:
        tables = {name: self.table(name) for name in TABLES}
        return RowIndex(tables, snapshot_id=self.snapshot_id, footnotes=self._footnotes)

    def _select(self, name: str, filters: dict[str, Any]) -> pl.LazyFrame:
        frame = self.table(name)
        unknown = set(filters) - set(frame.columns)
        if unknown:
            raise SnapshotError(f"table {name} has no column {', '.join(sorted(unknown))}.")
        selected = frame.lazy()
        for column, wanted in filters.items():
            several = isinstance(wanted, list | tuple | set | frozenset)
            selected = selected.filter(
                pl.col(column).is_in(list(wanted)) if several else pl.col(column).eq_missing(wanted)
            )
        return selected

    def _read(self, name: str) -> pl.DataFrame:
        return read_table(self.folder, name, sha256=self.manifest["tables"][name]["sha256"])

    def _limit(self, name: str) -> pl.DataFrame:
        """A table as it was known on the snapshot's day."""
        if name in {"observations", "deals"}:
            return self._read(name).filter(pl.col("known_from") <= self.as_of)
        if name == "documents":
            return self._read(name).filter(pl.col("published_on") <= self.as_of)
        if name in {"claims", "milestones"}:
            return self._read(name).filter(
                pl.col("document_id").is_in(self.table("documents")["document_id"].to_list())
            )
        if name == "verdicts":
            parts = (self.table(part) for part in ("claims", "documents", "observations"))
            return TABLES[name].check(judge_documents(*parts, as_of=self.as_of))
        if name == "disagreements":
            parts = (self.table(part) for part in ("claims", "milestones", "documents"))
            return TABLES[name].check(find_disagreements(*parts))
        return self._read(name)

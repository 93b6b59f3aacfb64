"""Documents with their milestones and disagreements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import polars as pl

from etl import Snapshot, format_day


class UnknownDocumentError(Exception):
    """A document id that the snapshot does not have."""


@dataclass(frozen=True)
class DocumentEntry:
    """The bibliographic record of a document and how much it states."""

    document_id: str
    title: str
    title_basis: str
    publisher: str | None
    author: str | None
    published_on: date
    published_on_precision: str
    published_on_basis: str
    language: str
    url: str | None
    kind: str
    text_sha256: str | None
    text_available: bool
    note: str | None
    claims: int
    milestones: int


@dataclass(frozen=True)
class MilestoneEntry:
    """One dated event as a document states it."""

    milestone_id: str
    title: str
    kind: str
    day: str
    date_text: str | None
    paragraph: int
    note: str | None


@dataclass(frozen=True)
class Disagreement:
    """Two documents, or two places of one, that state the same thing differently: a claim or a milestone."""

    about: str
    subject: str
    left_id: str
    left_says: str
    left_document_id: str
    left_document: str
    right_id: str
    right_says: str
    right_document_id: str
    right_document: str
    explanation: str


def list_documents(snapshot: Snapshot, dossier: str) -> list[DocumentEntry]:
    """The documents of a dossier, newest first."""
    claims = snapshot.claims().group_by("document_id").agg(claims=pl.len().cast(pl.Int64))
    milestones = snapshot.milestones().group_by("document_id").agg(milestones=pl.len().cast(pl.Int64))
    rows = (
        snapshot.documents()
        .filter(pl.col("dossier") == dossier)
        .join(claims, on="document_id", how="left")
        .join(milestones, on="document_id", how="left")
        .with_columns(pl.col("claims", "milestones").fill_null(0))
        .sort("published_on", "document_id", descending=[True, False])
        .select(entry.name for entry in fields(DocumentEntry))
        .collect()
        .to_dicts()
    )
    return [DocumentEntry(**row) for row in rows]


def find_document(snapshot: Snapshot, *, dossier: str, document_id: str) -> DocumentEntry:
    """One document by its id.

    Raises: UnknownDocumentError where the dossier has none.
    """
    for entry in list_documents(snapshot, dossier):
        if entry.document_id == document_id:
            return entry
    raise UnknownDocumentError(f"no document {document_id!r} in this snapshot.")


def list_milestones(snapshot: Snapshot, document_id: str) -> list[MilestoneEntry]:
    """The dated events of a document, in the order of its paragraphs."""
    rows = snapshot.milestones(document_id=document_id).sort("paragraph", "milestone_id").collect().to_dicts()
    kept = ("milestone_id", "title", "kind", "date_text", "paragraph", "note")
    return [MilestoneEntry(**{name: row[name] for name in kept}, day=_format_when(row)) for row in rows]


def list_disagreements(snapshot: Snapshot, dossier: str) -> list[Disagreement]:
    """Where statements about the same thing differ."""
    titles = {entry.document_id: entry.title for entry in list_documents(snapshot, dossier)}
    rows = snapshot.disagreements().sort("disagreement_id").collect().to_dicts()
    kept = (
        "about",
        "subject",
        "left_id",
        "left_says",
        "left_document_id",
        "right_id",
        "right_says",
        "right_document_id",
    )
    return [
        Disagreement(
            **{name: row[name] for name in kept},
            left_document=titles[row["left_document_id"]],
            right_document=titles[row["right_document_id"]],
            explanation=row["explanation"],
        )
        for row in rows
        if row["left_document_id"] in titles and row["right_document_id"] in titles
    ]


def _format_when(row: dict[str, Any]) -> str:
    day: date | None = row["happened_on"]
    precision = row["date_precision"]
    if day is None:
        return "undated"
    if precision == "year":
        return str(day.year)
    if precision == "fiscal_year":
        return f"fiscal {day.year}–{(day.year + 1) % 100:02d}"
    return format_day(day, precision=precision)


def write_note(entry: DocumentEntry, documents: Iterable[DocumentEntry]) -> str:
    """The note of a record, with the titles of the documents that it speaks of by their ids."""
    note = entry.note or ""
    for other in documents:
        note = note.replace(other.document_id, f"“{other.title}”")
    return note

"""The documents of a dossier and what they date, as lists for paper."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.footnotes import build_marks
from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.report.links import name_document
from dashboard.report.subject import ReportSubject
from dashboard.views.documents import DocumentEntry, MilestoneEntry, list_milestones, write_note
from etl import format_day


def build_document_sheet(subject: ReportSubject) -> Any:
    """One row per document, with what its record infers."""
    numbers = {note.key: note.number for note in subject.snapshot.list_footnotes()}
    columns = [
        Column("Document", kind="title"),
        Column("Publisher or author"),
        Column("Published"),
        Column("Claims", kind="number"),
        Column("Milestones", kind="number"),
    ]
    rows = [
        _build_document(entry, numbers[entry.document_id], note=write_note(entry, subject.documents))
        for entry in subject.documents
    ]
    return build_table(columns, rows=rows, caption="Documents of the dossier")


def build_milestone_sheet(subject: ReportSubject) -> Any:
    """One row per event that a document dates, in the order of the documents; none where there is none."""
    numbers = {note.key: note.number for note in subject.snapshot.list_footnotes()}
    rows = [
        _build_milestone(milestone, numbers[document.document_id])
        for document in subject.documents
        for milestone in list_milestones(subject.snapshot, document.document_id)
    ]
    columns = [Column("When", kind="opener"), Column("Event"), Column("Date as printed"), Column("Place")]
    return build_table(columns, rows=rows, caption="Events that documents date") if rows else None


def _build_document(entry: DocumentEntry, number: int, *, note: str) -> TableRow:
    day = format_day(entry.published_on, precision=entry.published_on_precision)
    name = html.A(entry.title, href=entry.url) if entry.url else entry.title
    described = " (described: it has no title)" if entry.title_basis == "described" else ""
    return TableRow(
        (
            [
                html.Span([name, " ", build_marks([number])], id=name_document(entry.document_id)),
                html.Span(described, className="minor"),
                html.P(note, className="minor") if note else None,
            ],
            entry.publisher or entry.author or "not stated",
            f"{day} (inferred)" if entry.published_on_basis == "inferred" else day,
            f"{entry.claims:,}",
            f"{entry.milestones:,}",
        )
    )


def _build_milestone(entry: MilestoneEntry, number: int) -> TableRow:
    return TableRow(
        (
            build_opener(entry.day, entry.milestone_id),
            entry.title,
            f"“{entry.date_text}”" if entry.date_text else "–",
            html.Span([build_marks([number]), f" ¶{entry.paragraph}"]),
        ),
        opens=entry.milestone_id,
    )

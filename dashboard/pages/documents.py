"""The documents, and one page for each with its claims and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from dash import html

import etl
from dashboard.address import Selection
from dashboard.chart_section import build_charts
from dashboard.components.document_text import build_absent_text, build_document_text, build_refused_text
from dashboard.components.marked_text import TextMark, name_mark
from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.components.verdict_chip import build_verdict_chip
from dashboard.number_text import shorten_hash
from dashboard.page_contract import Page, PageContext, UnknownPageError
from dashboard.views.claims import ClaimEntry, list_claims
from dashboard.views.documents import (
    DocumentEntry,
    MilestoneEntry,
    UnknownDocumentError,
    find_document,
    list_documents,
    list_milestones,
    write_note,
)
from dashboard.views.dossiers import find_dossier
from etl import DocumentText, TextRefusedError, format_count, format_day

PAGE = Page("/documents", "Documents", order=5, takes_rest=True, has_own_files=True)
LEAD = "The texts whose figures are checked. What a text does not state of itself is marked as inferred."
LANGUAGES = {"en": "English"}


def build_layout(context: PageContext, *, selection: Selection, rest: str) -> Any:
    """The list, or one document where the address names it.

    Raises: UnknownPageError for a document that the snapshot does not have.
    """
    if not rest:
        return _build_list(context, selection)
    try:
        dossier = find_dossier(context.snapshot, selection)
        entry = find_document(context.snapshot, dossier=dossier.dossier_id, document_id=rest)
    except UnknownDocumentError as error:
        raise UnknownPageError(str(error)) from error
    return _build_document(context, entry, selection)


def _build_list(context: PageContext, selection: Selection) -> Any:
    dossier = find_dossier(context.snapshot, selection)
    documents = list_documents(context.snapshot, dossier.dossier_id)
    columns = [
        Column("Document", kind="title"),
        Column("Publisher or author"),
        Column("Published"),
        Column("Claims", kind="number"),
        Column("Milestones", kind="number"),
    ]
    return html.Div(
        [
            html.H1(PAGE.title),
            html.P(LEAD, className="lead"),
            build_table(columns, rows=[_build_list_row(entry) for entry in documents], caption="Documents")
            if documents
            else html.P(f"No text about {dossier.title} is recorded in what is shown here."),
            build_charts(context, "documents", selection=selection),
        ]
    )


def _build_list_row(entry: DocumentEntry) -> TableRow:
    return TableRow(
        (
            [
                html.A(entry.title, href=f"/documents/{quote(entry.document_id)}"),
                html.Span(
                    " (described: it has no title)" if entry.title_basis == "described" else "",
                    className="minor",
                ),
            ],
            entry.publisher or entry.author or "not stated",
            _build_published(entry),
            f"{entry.claims:,}",
            f"{entry.milestones:,}",
        )
    )


def _build_published(entry: DocumentEntry) -> Any:
    day = format_day(entry.published_on, precision=entry.published_on_precision)
    inferred = [html.Br(), html.Span("inferred", className="minor")]
    return [
        html.Span(day, className="together"),
        *(inferred if entry.published_on_basis == "inferred" else []),
    ]


def _format_published(entry: DocumentEntry) -> str:
    day = format_day(entry.published_on, precision=entry.published_on_precision)
    return f"{day} (inferred)" if entry.published_on_basis == "inferred" else day


def _build_document(context: PageContext, entry: DocumentEntry, selection: Selection) -> Any:
    asked = replace(selection, document=entry.document_id, sort="document", verdict=None, topic=None)
    claims = list_claims(context.snapshot, asked) if entry.claims else []
    milestones = list_milestones(context.snapshot, entry.document_id)
    text = _open_text(context, entry)
    dossier = find_dossier(context.snapshot, selection)
    note = write_note(entry, list_documents(context.snapshot, dossier.dossier_id))
    return html.Div(
        [
            html.P(html.A("← All documents", href="/documents"), className="back"),
            html.H1(entry.title),
            _build_record(entry, text, note=note),
            html.H2(format_count(len(claims), "claim")),
            _build_claims(claims, text)
            if claims
            else html.P("The text states no figure that is checked here."),
            html.H2(format_count(len(milestones), "milestone")),
            _build_milestones(milestones) if milestones else html.P("The text dates no event."),
            html.H2("The text", id="text"),
            _build_text(entry, text, claims),
        ]
    )


def _open_text(context: PageContext, entry: DocumentEntry) -> DocumentText | TextRefusedError | None:
    """The text as it lies in datasets/texts/ at this moment; a refusal is told on the page."""
    try:
        return etl.open_document_text(context.snapshot, entry.document_id)
    except TextRefusedError as error:
        return error


def _build_text(
    entry: DocumentEntry, text: DocumentText | TextRefusedError | None, claims: Sequence[ClaimEntry]
) -> Any:
    if text is None:
        return build_absent_text(entry.document_id)
    if isinstance(text, TextRefusedError):
        return build_refused_text(text)
    marks = {
        claim.claim_id: TextMark(
            claim.claim_id,
            claim.snapshot.mark,
            etl.show_on_one_line(claim.stated_as),
            ", ".join(filter(None, (claim.title, claim.period))),
        )
        for claim in claims
    }
    return build_document_text(text, marks=marks)


def _build_record(entry: DocumentEntry, text: DocumentText | TextRefusedError | None, *, note: str) -> Any:
    lines = [
        (
            "Title",
            "as the text states it"
            if entry.title_basis == "stated"
            else "our description: the text has none",
        ),
        ("Publisher", entry.publisher or "not stated"),
        ("Author", entry.author or "not stated"),
        ("Published", _format_published(entry)),
        ("Kind", f"{entry.kind}, in {LANGUAGES.get(entry.language, entry.language)}"),
        ("Address", html.A(entry.url, href=entry.url) if entry.url else "not known"),
        ("Text", _format_text(entry, text)),
        ("What is inferred", note or "nothing"),
    ]
    pairs = [part for name, words in lines for part in (html.Dt(name), html.Dd(words))]
    return html.Dl(pairs, className="lines record")


def _format_text(entry: DocumentEntry, text: DocumentText | TextRefusedError | None) -> Any:
    if entry.text_sha256 is None:
        return "The text is not held, so that the places of its figures are not known."
    sha256 = html.Code(entry.text_sha256, className="long")
    if text is None:
        return ["The text is not kept here, only its hash: SHA-256 ", sha256]
    if isinstance(text, TextRefusedError):
        return [html.A("The file at hand cannot be read.", href="#text"), " Recorded: SHA-256 ", sha256]
    if text.is_as_recorded:
        return [html.A("At hand, as recorded", href="#text"), ": SHA-256 ", sha256]
    return [html.A("At hand, but not as recorded", href="#text"), ": the record is of SHA-256 ", sha256]


def _build_claims(claims: Sequence[ClaimEntry], text: DocumentText | TextRefusedError | None) -> Any:
    marked = (
        {place.claim_id for place in text.places if place.is_found}
        if isinstance(text, DocumentText)
        else set()
    )
    columns = [
        Column("Figure as printed", kind="opener"),
        Column("What it says"),
        Column("Place"),
        Column("When printed"),
        Column("Now"),
    ]
    return build_table(
        columns,
        rows=[_build_claim_row(claim, is_marked=claim.claim_id in marked) for claim in claims],
        caption="Claims of this document",
    )


def _build_claim_row(claim: ClaimEntry, *, is_marked: bool) -> TableRow:
    place = claim.place
    return TableRow(
        (
            build_opener(claim.stated_as, claim.claim_id),
            [html.Span(claim.title), html.Br(), html.Span(claim.period, className="minor")],
            [
                html.A(place, href=f"#{name_mark(claim.claim_id)}") if is_marked else place,
                html.Br(),
                html.Span(
                    ["SHA-256 ", html.Code(shorten_hash(claim.quote_sha256))],
                    className="minor",
                    title=f"SHA-256 of the fragment: {claim.quote_sha256}",
                ),
            ],
            build_verdict_chip(claim.printing.mark),
            build_verdict_chip(claim.snapshot.mark),
        ),
        opens=claim.claim_id,
    )


def _build_milestones(entries: Sequence[MilestoneEntry]) -> Any:
    columns = [Column("When", kind="opener"), Column("Event"), Column("Date as printed"), Column("Place")]
    rows = [
        TableRow(
            (
                build_opener(entry.day, entry.milestone_id),
                entry.title,
                f"“{entry.date_text}”" if entry.date_text else "–",
                f"¶{entry.paragraph}",
            ),
            opens=entry.milestone_id,
        )
        for entry in entries
    ]
    return build_table(columns, rows=rows, caption="Milestones of this document")

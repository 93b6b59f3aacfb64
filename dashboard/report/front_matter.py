"""The first page of a report: what it is, how to cite it, the key facts, the contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl
from dash import html

from dashboard.components.attributes import name_attributes
from dashboard.page_contract import NAME
from dashboard.pages.overview import build_key_facts as build_sentences
from dashboard.pages.overview import list_key_facts
from dashboard.report.chapters import Chapter
from dashboard.report.links import settle_links
from dashboard.report.subject import ReportSubject
from dashboard.views.claims import list_all_claims
from etl import Citation, format_count, format_day, join_words

EVERY_FIGURE = (
    "Every figure opens its source: click a mark in a chart or a value in a table. On paper the numbers in "
    "brackets lead to the list of sources at the end."
)


def format_day_shown(subject: ReportSubject) -> str:
    """Which day's knowledge is shown."""
    day = format_day(subject.snapshot.as_of)
    return f"as known on {day}" if subject.limit else day


def cite_report(subject: ReportSubject) -> Citation:
    """How to cite the whole file."""
    snapshot = subject.snapshot
    day = f", {format_day_shown(subject)}" if subject.limit else ""
    title = f"{subject.dossier.title}: trade and arms imports{day}. Report of snapshot {snapshot.snapshot_id}"
    link = subject.destinations.write_absolute("/")
    return replace(snapshot.cite(link=link), title=title)


def build_title(subject: ReportSubject) -> Any:
    """What the report is, of which day, and how to cite it."""
    snapshot = subject.snapshot
    lines: list[tuple[str, Any]] = [
        ("Shows", f"{format_day_shown(subject)[0].upper()}{format_day_shown(subject)[1:]}"),
        ("Snapshot", html.Code(snapshot.snapshot_id)),
        ("Holds", _format_contents(subject)),
        ("Cite as", cite_report(subject).text),
    ]
    site = subject.destinations.write_absolute("/")
    if site:
        lines.append(("Online", html.A(subject.destinations.site, href=site)))
    pairs = [part for name, words in lines for part in (html.Dt(name), html.Dd(words))]
    return html.Header(
        [
            html.P(f"{NAME}: a report", className="kicker"),
            html.H1(subject.dossier.title),
            html.P(f"{_format_what(subject)} {EVERY_FIGURE}", className="lead"),
            html.Dl(pairs, className="lines record"),
        ],
        className="title-block",
    )


def _format_what(subject: ReportSubject) -> str:
    """The dossier in a sentence or two; on an earlier day only what holds for it."""
    title = subject.dossier.title
    if subject.limit is None:
        rows = subject.snapshot.dossiers().filter(pl.col("dossier_id") == subject.dossier.dossier_id)
        return str(rows.collect()["summary"][0])
    documents = len(subject.documents)
    day = format_day(subject.limit)
    texts = f"{format_count(documents, 'text')} printed by {day} {'states' if documents == 1 else 'state'}"
    known = (
        f"What {texts} about {title}, held against the statistics published by then."
        if documents
        else f"What was published about {title} by {day}."
    )
    return f"{known} What came out later is left out, and claims are judged as of that day."


def _format_contents(subject: ReportSubject) -> str:
    drawn = subject.list_drawn()
    points = {point.row_id for chart in drawn for point in subject.select_view(chart).points}
    claims = len(list_all_claims(subject.snapshot, subject.dossier.dossier_id))
    counts = [f"{format_count(len(drawn), 'chart')} with {format_count(len(points), 'point')}"]
    if claims:
        documents = format_count(len(subject.documents), "document")
        counts.append(f"{format_count(claims, 'claim')} of {documents}, each checked")
    return join_words(counts)


def build_key_facts(subject: ReportSubject) -> Any:
    """The sentences of the first page, as they stand there; none where nothing is known of them."""
    known = list_key_facts(subject.snapshot, subject.dossier)
    if not known:
        return None
    facts = build_sentences(known)
    return html.Section(
        [html.H2("Key facts", id="facts-title"), settle_links(facts, subject.destinations)],
        className="facts",
        **name_attributes({"aria-labelledby": "facts-title"}),
    )


def build_contents(chapters: Sequence[Chapter]) -> Any:
    """The chapters and the charts in them."""
    entries = [
        html.Li(
            [
                html.A(chapter.title, href=f"#{chapter.anchor}"),
                html.Ul([html.Li(html.A(frame.name, href=f"#{frame.frame_id}")) for frame in chapter.frames])
                if chapter.frames
                else None,
            ]
        )
        for chapter in chapters
    ]
    return html.Nav(
        [html.H2("Contents", id="contents-title"), html.Ol(entries)],
        className="report-contents",
        **name_attributes({"aria-labelledby": "contents-title"}),
    )

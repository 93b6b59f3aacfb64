"""The chapters of a report: charts page by page, then claims, documents, methods, sources and licences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dash import html

from dashboard.chart_contract import ChartModule
from dashboard.chart_section import build_gaps, read_frame
from dashboard.components.chart_frame import (
    ChartFrame,
    FailedChart,
    build_caption,
    build_failed_frame,
    build_source_line,
    build_stage,
    build_table_twin,
)
from dashboard.components.edition_table import build_edition_table
from dashboard.page_contract import PageModule
from dashboard.pages import find_pages
from dashboard.pages.claims import DISAGREEMENTS, build_pairs
from dashboard.report.claim_sheet import build_claim_sheet
from dashboard.report.document_sheet import build_document_sheet, build_milestone_sheet
from dashboard.report.links import settle_links
from dashboard.report.subject import ReportSubject
from dashboard.views.claims import list_claims
from dashboard.views.documents import list_disagreements
from dashboard.views.editions import list_editions

DOCUMENTS, CLAIMS, REVISIONS = "documents", "claims", "revisions"
# The column on a screen, set smaller on paper so that two charts fit a page.
WIDE = 920
NO_CLAIMS = "No claim about {title} is recorded in what is shown here."


@dataclass(frozen=True)
class Chapter:
    """One chapter: its anchor, its heading, what stands in it, and the charts among that."""

    anchor: str
    title: str
    content: tuple[Any, ...]
    frames: tuple[ChartFrame | FailedChart, ...] = ()


def build_page_chapters(subject: ReportSubject) -> list[Chapter]:
    """A chapter for each page that shows charts, claims or documents; each chart stands in one of them."""
    placed: dict[str, list[ChartModule]] = {}
    for chart in subject.list_shown():
        placed.setdefault(_choose_page(chart), []).append(chart)
    return [
        _build_chapter(subject, page, key, placed.get(key, []))
        for page in find_pages()
        if (key := name_page(page)) in {CLAIMS, DOCUMENTS} or subject.chart_cache.list_charts(key)
    ]


def name_page(page: PageModule) -> str:
    """The name by which charts call a page."""
    return page.card.path.strip("/") or "overview"


def _choose_page(chart: ChartModule) -> str:
    """The first page that a chart names; one of what documents date stands with the documents."""
    pages = chart.card.pages
    return DOCUMENTS if DOCUMENTS in pages else pages[0]


def _build_chapter(
    subject: ReportSubject, page: PageModule, key: str, charts: Sequence[ChartModule]
) -> Chapter:
    context = replace(subject.context, is_phone=False)
    frames = tuple(read_frame(context, chart, subject.selection, width=WIDE) for chart in charts)
    shown = [_build_frame(frame, subject) for frame in frames]
    parts = [
        html.P(page.lead, className="lead") if page.lead else None,
        html.Div(shown, className="charts") if frames else None,
        *OWN_PARTS.get(key, _list_nothing)(subject),
        build_gaps(subject.context, key, selection=subject.selection),
    ]
    kept = tuple(part for part in parts if part is not None)
    return Chapter(f"part-{key}", page.card.title, kept, frames)


def _list_nothing(_subject: ReportSubject) -> list[Any]:
    return []


def _list_editions(subject: ReportSubject) -> list[Any]:
    editions = list_editions(subject.snapshot, subject.dossier)
    if not editions:
        return []
    table = build_edition_table(editions, caption="What each edition gives for each window")
    return [html.H3("Every edition, side by side"), settle_links(table, subject.destinations)]


def _list_claims(subject: ReportSubject) -> Any:
    claims = list_claims(subject.snapshot, subject.selection)
    if not claims:
        return [html.P(NO_CLAIMS.format(title=subject.dossier.title))]
    entries = list_disagreements(subject.snapshot, subject.dossier.dossier_id)
    pairs = [html.H3(DISAGREEMENTS), build_pairs(entries, heading=html.H4)] if entries else []
    return settle_links([build_claim_sheet(claims), *pairs], subject.destinations)


def _list_documents(subject: ReportSubject) -> Any:
    if not subject.documents:
        return [html.P(f"No text about {subject.dossier.title} is recorded in what is shown here.")]
    milestones = build_milestone_sheet(subject)
    return settle_links(
        [
            html.H3("The documents"),
            build_document_sheet(subject),
            *([html.H3("What they date"), milestones] if milestones is not None else []),
        ],
        subject.destinations,
    )


OWN_PARTS = {REVISIONS: _list_editions, CLAIMS: _list_claims, DOCUMENTS: _list_documents}


def _build_frame(frame: ChartFrame | FailedChart, subject: ReportSubject) -> Any:
    """A chart as pages frame it, without what only a server can give."""
    if isinstance(frame, FailedChart):
        return build_failed_frame(frame, heading=html.H3)
    along = html.Div([build_table_twin(frame, is_served=False)], className="take-along")
    foot = html.Div([build_source_line(frame), along], className="chart-foot")
    parts = [build_caption(frame, heading=html.H3), build_stage(frame, is_served=False), foot]
    return settle_links(html.Figure(parts, className="chart", id=frame.frame_id), subject.destinations)

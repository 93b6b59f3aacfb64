"""The chapters of a report: charts page by page, then claims, documents, methods, sources and licences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.chart_contract import ChartModule
from dashboard.chart_section import build_gaps, build_guarded_frame
from dashboard.components.chart_frame import ZOOM_KEYS
from dashboard.components.edition_table import build_edition_table
from dashboard.components.links import walk_parts
from dashboard.page_contract import PageModule
from dashboard.pages import find_pages
from dashboard.report.claim_sheet import build_claim_sheet
from dashboard.report.document_sheet import build_document_sheet, build_milestone_sheet
from dashboard.report.links import change_parts, lower_headings, settle_links
from dashboard.report.subject import ReportSubject
from dashboard.views.claims import list_claims
from dashboard.views.editions import list_editions

DOCUMENTS, CLAIMS, REVISIONS = "documents", "claims", "revisions"
# What the scripts of pages ask a server with.
SERVED = ("data-picture-of", "data-zooms")
# Of what stands below a chart to take along, its table needs no server.
TAKEN_ALONG, TABLE = "take-along", "folded"
NO_CLAIMS = "No claim about {title} is recorded in what is shown here."


@dataclass(frozen=True)
class Chapter:
    """One chapter: its anchor, its heading, what stands in it, and its charts by id and title."""

    anchor: str
    title: str
    content: tuple[Any, ...]
    charts: tuple[tuple[str, str], ...] = ()


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


def find_part(layout: Any, class_name: str) -> Any:
    """The first part of a page that has a class; none where there is none."""
    return next((part for part in walk_parts(layout) if getattr(part, "className", None) == class_name), None)


def _choose_page(chart: ChartModule) -> str:
    """The first page that a chart names; one of what documents date stands with the documents."""
    pages = chart.card.pages
    return DOCUMENTS if DOCUMENTS in pages else pages[0]


def _build_chapter(
    subject: ReportSubject, page: PageModule, key: str, charts: Sequence[ChartModule]
) -> Chapter:
    layout = page.build_layout(subject.context, selection=subject.selection, rest="")
    frames = [_build_frame(subject, chart) for chart in charts]
    parts = [
        settle_links(find_part(layout, "lead"), subject.destinations),
        html.Div(frames, className="charts") if frames else None,
        *OWN_PARTS.get(key, _list_nothing)(subject, layout),
        build_gaps(subject.context, key, selection=subject.selection),
    ]
    kept = tuple(lower_headings(part) for part in parts if part is not None)
    views = [(chart, subject.find_view(chart)) for chart in charts]
    titles = tuple((chart.card.chart_id, view.title if view else chart.usual_title) for chart, view in views)
    return Chapter(f"part-{key}", page.card.title, kept, titles)


def _list_nothing(_subject: ReportSubject, _layout: Any) -> list[Any]:
    return []


def _list_editions(subject: ReportSubject, _layout: Any) -> list[Any]:
    editions = list_editions(subject.snapshot, subject.dossier)
    if not editions:
        return []
    table = build_edition_table(editions, caption="What each edition gives for each window")
    return [html.H2("Every edition, side by side"), settle_links(table, subject.destinations)]


def _list_claims(subject: ReportSubject, layout: Any) -> Any:
    claims = list_claims(subject.snapshot, subject.selection)
    if not claims:
        return [html.P(NO_CLAIMS.format(title=subject.dossier.title))]
    pairs = find_part(layout, "pairs")
    disagreements = [html.H2("Where documents disagree"), pairs] if pairs is not None else []
    return settle_links([build_claim_sheet(claims), *disagreements], subject.destinations)


def _list_documents(subject: ReportSubject, _layout: Any) -> Any:
    if not subject.documents:
        return [html.P(f"No text about {subject.dossier.title} is recorded in what is shown here.")]
    milestones = build_milestone_sheet(subject)
    return settle_links(
        [
            html.H2("The documents"),
            build_document_sheet(subject),
            *([html.H2("What they date"), milestones] if milestones is not None else []),
        ],
        subject.destinations,
    )


OWN_PARTS = {REVISIONS: _list_editions, CLAIMS: _list_claims, DOCUMENTS: _list_documents}


def _build_frame(subject: ReportSubject, chart: ChartModule) -> Any:
    """A chart as pages frame it, without what only a server can give."""
    frame = build_guarded_frame(subject.context, chart, subject.selection)
    return settle_links(change_parts(frame, _stand_alone), subject.destinations)


def _stand_alone(part: Any) -> Any:
    """A part of a frame, without what needs a server."""
    class_name = getattr(part, "className", None)
    if class_name == "filters":
        return None
    if class_name == TAKEN_ALONG:
        part.children = [each for each in part.children if getattr(each, "className", None) == TABLE]
    if class_name == "stage":
        setattr(part, "aria-label", getattr(part, "aria-label").removesuffix(f" {ZOOM_KEYS}"))
    for name in SERVED:
        if hasattr(part, name):
            delattr(part, name)
    return part

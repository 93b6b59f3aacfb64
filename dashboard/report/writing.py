"""A report put together: its chapters, their pictures, and the evidence behind everything that opens."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.address import Selection
from dashboard.chart_cache import ChartCache, Viewport
from dashboard.chart_contract import ChartFaultError
from dashboard.components.attributes import name_attributes
from dashboard.components.evidence_drawer import build_drawer
from dashboard.components.footnotes import collect_numbers
from dashboard.components.links import walk_parts
from dashboard.components.markup import write_markup
from dashboard.page_contract import NAME
from dashboard.report.back_matter import build_back_matter
from dashboard.report.chapters import Chapter, build_page_chapters
from dashboard.report.evidence import carry_evidence, pack_texts
from dashboard.report.front_matter import build_contents, build_key_facts, build_title, format_day_shown
from dashboard.report.page_file import FileContent, write_file
from dashboard.report.subject import ReportSubject, find_subject
from dashboard.report.surroundings import build_bar, build_footer, build_notices

# The column on a screen, set smaller on paper so that two charts fit a page; and a phone.
WIDE, NARROW = Viewport(920), Viewport(343, is_narrow=True)
LOG = logging.getLogger(__name__)
EVIDENCE, PICTURES, TABLES = "packed-evidence", "packed-pictures", "packed-tables"


def write_report(chart_cache: ChartCache, *, selection: Selection, site: str | None = None) -> str:
    """A dossier as one self-contained HTML file; the same snapshot and selection give the same bytes.

    `site` is the address of a served dashboard for links that lead out of the file; without one they are
    plain words.
    Raises: SelectionError for a dossier that is not there, or a day on which nothing was known of it.
    """
    subject = find_subject(chart_cache, selection, site=site)
    facts, chapters = build_key_facts(subject), build_page_chapters(subject)
    shown = [facts, *(chapter.content for chapter in chapters)]
    carried = carry_evidence(subject, _list_opened(subject, shown), pages=_list_pages(subject))
    numbers = carried.footnotes | {number for part in walk_parts(shown) for number in collect_numbers(part)}
    every = [*chapters, *build_back_matter(subject, numbers=numbers)]
    content = [build_title(subject), facts, build_contents(every), *map(_build_section, every)]
    tables = _take_tables(content)
    day = format_day_shown(subject)
    return write_file(
        FileContent(
            title=f"{subject.dossier.title}, {day}: report · {NAME}",
            body=write_markup(
                _build_body(subject, content), insert=lambda part: _insert_picture(subject, part)
            ),
            running_title=f"{NAME} · {subject.dossier.title} · {day} · {subject.snapshot.snapshot_id}",
            packed={
                EVIDENCE: pack_texts(carried.articles),
                PICTURES: pack_texts(_draw_narrow(subject)),
                TABLES: pack_texts(tables),
            },
        )
    )


def name_report(chart_cache: ChartCache, *, selection: Selection) -> str:
    """The usual name of a report's file: its dossier, its snapshot and, where it is an earlier one, its day.

    Raises: SelectionError as write_report does.
    """
    subject = find_subject(chart_cache, selection, site=None)
    day = [f"as-of-{subject.limit.isoformat()}"] if subject.limit else []
    return ".".join([subject.dossier.dossier_id, subject.snapshot.snapshot_id, *day, "html"])


def _list_opened(subject: ReportSubject, shown: Any) -> Iterator[str]:
    """The rows that anything in the report opens."""
    for chart in subject.list_drawn():
        yield from (point.row_id for point in subject.select_view(chart).points)
    openers = (getattr(part, "data-point", None) for part in walk_parts(shown))
    yield from (str(row_id) for row_id in openers if row_id)


def _list_pages(subject: ReportSubject) -> dict[str, str]:
    """The page of a served dashboard on which each point is drawn."""
    pages: dict[str, str] = {}
    for chart in subject.list_drawn():
        name = chart.card.pages[-1]
        for point in subject.select_view(chart).points:
            pages.setdefault(point.row_id, "/" if name == "overview" else f"/{name}")
    return pages


def _take_tables(content: Any) -> dict[str, str]:
    """The tables that the browser builds, taken out of a layout by a number that stays in their place."""
    taken: dict[str, str] = {}
    for part in walk_parts(content):
        text = getattr(part, "data-table", None)
        if text is None:
            continue
        number = str(len(taken))
        taken[number] = text
        delattr(part, "data-table")
        setattr(part, "data-table-number", number)
    return taken


def _draw_narrow(subject: ReportSubject) -> dict[str, str]:
    """The pictures for a phone, by the ids of their charts."""
    pictures = {}
    for chart in subject.list_drawn():
        # The wide picture says where it fails.
        with suppress(ChartFaultError):
            pictures[chart.card.chart_id] = _draw(subject, chart.card.chart_id, NARROW)
    return pictures


def _draw(subject: ReportSubject, chart_id: str, format_: Viewport) -> str:
    return subject.chart_cache.draw_svg(chart_id, selection=subject.selection, format_=format_)


def _insert_picture(subject: ReportSubject, part: Component) -> str:
    chart_id = getattr(part, "data-chart", None)
    if chart_id is None:
        return ""
    try:
        return _draw(subject, str(chart_id), WIDE)
    except ChartFaultError as error:
        LOG.error("chart %s could not be drawn", chart_id, exc_info=error)
        return f"<p>{escape(str(error))}</p>"


def _build_section(chapter: Chapter) -> Any:
    heading = f"{chapter.anchor}-title"
    return html.Section(
        [html.H2(chapter.title, id=heading), *chapter.content],
        id=chapter.anchor,
        className="chapter",
        **name_attributes({"aria-labelledby": heading}),
    )


def _build_body(subject: ReportSubject, content: Sequence[Any]) -> list[Any]:
    return [
        html.A("Skip to the content", href="#page", className="skip-link"),
        build_bar(subject),
        html.Main([part for part in content if part is not None], id="page", tabIndex=-1),
        build_drawer(),
        build_footer(),
        *build_notices(subject),
    ]

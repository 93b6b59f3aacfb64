"""A report put together: its chapters, their pictures, and the evidence behind everything that opens."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.address import Selection, find_page_path
from dashboard.asset_files import PLOTLY_NAME, read_plotly
from dashboard.chart_cache import ChartCache, Viewport
from dashboard.components.attributes import name_attributes
from dashboard.components.chart_frame import ChartFrame, FailedChart, write_table
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
from dashboard.theme import SCHEMES, Theme

NARROW = Viewport(343, is_narrow=True)
EVIDENCE, PICTURES, TABLES = "packed-evidence", "packed-pictures", "packed-tables"
PLOTS = "packed-plots"


def write_report(chart_cache: ChartCache, *, selection: Selection, site: str | None = None) -> str:
    """A dossier as one self-contained HTML file; the same snapshot and selection give the same bytes.

    `site` is the address of a served dashboard for links that lead out of the file; without one they are
    plain words.
    Raises: SelectionError for a dossier that is not there, or a day on which nothing was known of it.
    """
    subject = find_subject(chart_cache, selection, site=site)
    facts, chapters = build_key_facts(subject), build_page_chapters(subject)
    shown = [facts, *(chapter.content for chapter in chapters)]
    carried = carry_evidence(subject, _list_opened(chapters, shown), pages=_list_pages(subject))
    numbers = carried.footnotes | {number for part in walk_parts(shown) for number in collect_numbers(part)}
    every = [*chapters, *build_back_matter(subject, numbers=numbers)]
    content = [build_title(subject), facts, build_contents(every), *map(_build_section, every)]
    frames = [frame for chapter in chapters for frame in chapter.frames]
    plotted = [frame for frame in frames if isinstance(frame, ChartFrame) and frame.is_plotted]
    day = format_day_shown(subject)
    return write_file(
        FileContent(
            title=f"{subject.dossier.title}, {day}: report · {NAME}",
            body=write_markup(_build_body(subject, content)),
            running_title=f"{NAME} · {subject.dossier.title} · {day} · {subject.snapshot.snapshot_id}",
            packed={
                EVIDENCE: pack_texts(carried.articles),
                PICTURES: pack_texts(_draw_narrow(subject, frames)),
                TABLES: pack_texts({frame.frame_id: write_table(frame) for frame in frames}),
                **({PLOTS: pack_texts(_draw_plots(subject, plotted))} if plotted else {}),
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


def _list_opened(chapters: Sequence[Chapter], shown: Any) -> Iterator[str]:
    """The rows that anything in the report opens."""
    yield from (point.row_id for chapter in chapters for frame in chapter.frames for point in frame.points)
    openers = (getattr(part, "data-point", None) for part in walk_parts(shown))
    yield from (str(row_id) for row_id in openers if row_id)


def _list_pages(subject: ReportSubject) -> dict[str, str]:
    """The page of a served dashboard on which each point is drawn."""
    pages: dict[str, str] = {}
    for chart in subject.list_drawn():
        path = find_page_path(chart.card.pages)
        for point in subject.select_view(chart).points:
            pages.setdefault(point.row_id, path)
    return pages


def _draw_narrow(subject: ReportSubject, frames: Sequence[ChartFrame | FailedChart]) -> dict[str, str]:
    """The pictures for a phone, by the ids of their charts."""
    draw, selection = subject.chart_cache.draw_svg, subject.selection
    ids = [frame.frame_id for frame in frames if isinstance(frame, ChartFrame) and not frame.is_plotted]
    return {chart_id: draw(chart_id, selection=selection, format_=NARROW) for chart_id in ids}


def _draw_plots(subject: ReportSubject, plotted: Sequence[ChartFrame]) -> dict[str, str]:
    """plotly.js, and the figures that it draws, by chart and by how the screen is."""
    draw, selection = subject.chart_cache.draw_figure, subject.selection
    figures = {
        f"{frame.frame_id} {scheme} {'narrow' if narrow else 'wide'}": json.dumps(
            draw(frame.frame_id, selection=selection, theme=Theme(scheme, narrow))
        )
        for frame in plotted
        for scheme in SCHEMES
        for narrow in (False, True)
    }
    return {PLOTLY_NAME: read_plotly(), **figures}


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

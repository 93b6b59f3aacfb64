"""One chart alone, for a frame on another site: live, or pinned to the snapshot it was taken from."""

from __future__ import annotations

import logging
from dataclasses import replace
from html import escape
from typing import Any

from dash import html
from flask import Flask, Response, request

from dashboard.address import (
    Selection,
    SelectionError,
    find_page_path,
    write_address,
    write_place,
    write_query,
)
from dashboard.asset_files import write_asset_address, write_scripts
from dashboard.chart_cache import ChartCache, Viewport
from dashboard.chart_contract import ChartModule
from dashboard.chart_section import build_fault, build_frame
from dashboard.components.evidence_drawer import build_drawer
from dashboard.components.footnotes import build_source_list, collect_numbers
from dashboard.components.links import walk_parts
from dashboard.components.markup import write_markup
from dashboard.page_contract import NAME, PageContext
from dashboard.routes.requested import NOT_HERE, read_day
from dashboard.snapshot_store import SnapshotStore
from dashboard.theme import SCHEMES, write_css_variables
from dashboard.typeface import write_font_rules, write_preload
from etl import format_day

LOG = logging.getLogger(__name__)
# What one chart needs: type, marks, tables, the drawer. Nothing of pages, menus or search.
STYLES = (
    "10-base.css",
    "20-charts.css",
    "30-tables.css",
    "40-citations.css",
    "40-drawer.css",
    "70-print.css",
)
# Any page may hold the frame, one opened from a disk too, which no frame-ancestors would match: what it shows
# is public, nobody is signed in, and nothing in it can be sent or changed.
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'none'"
)
USUAL_WIDTH = 700
# Parts of a chart's frame: where its folds are, and what stands there only where there are points.
TAKE_ALONG = "take-along"
FILLED = ("stage", "chart-foot")
PAGE = """<!DOCTYPE html>
<html lang="en" class="embed" {attributes}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><base target="_blank"><link rel="icon" href="data:,">
{preload}{styles}<style>{variables}</style>{scripts}</head>
<body>{content}</body></html>"""


def add_embed_route(server: Flask, *, store: SnapshotStore) -> None:
    """Adds /embed/<chart> to a server; `snapshot` in its query pins it."""

    @server.get("/embed/<chart_id>")
    def send_embed(chart_id: str) -> Response:
        try:
            selection, chart_cache = read_day(store)
            chart = chart_cache.find_chart(chart_id)
        except NOT_HERE as error:
            return _answer(_build_notice(str(error.args[0]), chart_id=chart_id), title=NAME, status=404)
        try:
            content = _build_content(store, chart_cache, chart=chart, selection=selection)
        except SelectionError as error:
            return _answer(_build_notice(str(error.args[0]), chart_id=chart_id), title=NAME, status=404)
        except Exception as error:
            LOG.exception("chart %s could not be shown", chart_id)
            failed = build_fault(chart_cache, chart, selection, error=error)
            return _answer(write_markup(html.Main(failed, id="page")), title=NAME, status=500)
        title = f"{chart_cache.select_view(chart_id, selection).title} · {NAME}"
        scheme = request.args.get("scheme")
        attributes = {
            "data-page": find_page_path(chart.card.pages),
            "data-pinned": selection.snapshot,
            "data-scheme": scheme if scheme in SCHEMES else None,
        }
        return _answer(content, title=title, attributes=attributes)


def _build_content(
    store: SnapshotStore, chart_cache: ChartCache, *, chart: ChartModule, selection: Selection
) -> str:
    chart_id = chart.card.chart_id
    context = PageContext(chart_cache.snapshot, chart_cache)
    frame = build_frame(context, chart, selection, pinned=selection.snapshot)
    _raise_title(frame)
    if not _has_points(chart_cache, chart_id, selection):
        _leave_words(frame)
    _add_sources(frame, chart_cache)
    _keep_inside(frame)
    format_ = Viewport(USUAL_WIDTH)

    def insert_picture(part: Any) -> str:
        is_stage = getattr(part, "data-chart", None) == chart_id
        return chart_cache.draw_svg(chart_id, selection=selection, format_=format_) if is_stage else ""

    parts = [html.Main(frame, id="page", tabIndex=-1), _build_line(store, chart_cache, chart_id, selection)]
    return write_markup([*parts, build_drawer()], insert=insert_picture)


def _raise_title(frame: Any) -> None:
    """Makes the chart's title the heading of the document, which has no other."""
    for part in walk_parts(frame):
        if isinstance(part, html.Figcaption):
            title, *parts = part.children
            part.children = [html.H1(title.children, id=title.id, className=title.className), *parts]


def _add_sources(frame: Any, chart_cache: ChartCache) -> None:
    """Adds the lines that the chart's marks lead to, folded: a browser unfolds what a link leads into."""
    used = collect_numbers(frame)
    section = build_source_list(note for note in chart_cache.snapshot.list_footnotes() if note.number in used)
    if section is None:
        return
    _, lines = section.children
    fold = html.Details([html.Summary("Sources"), lines], className="cite")
    for part in walk_parts(frame):
        if getattr(part, "className", None) == TAKE_ALONG:
            part.children = [*part.children, fold]


def _leave_words(frame: Any) -> None:
    """Takes away the picture, the table and the files of a chart that has nothing to draw."""
    frame.children = [part for part in frame.children if getattr(part, "className", None) not in FILLED]


def _keep_inside(frame: Any) -> None:
    """Lets links within the document, and to other choices of the chart, stay in the frame."""
    for part in walk_parts(frame):
        if str(getattr(part, "href", "")).startswith(("?", "#")):
            # Dash's components have no types for their properties.
            link: Any = part
            link.target = "_self"


def _build_line(store: SnapshotStore, chart_cache: ChartCache, chart_id: str, selection: Selection) -> Any:
    """Which snapshot this is, and the way to the page it comes from."""
    snapshot, served = chart_cache.snapshot, store.served.snapshot
    page = write_address(find_page_path(chart_cache.find_chart(chart_id).card.pages), write_place(selection))
    parts: list[Any] = [html.A(NAME, href=f"{page}#{chart_id}")]
    parts += [": every point opens its source. " if _has_points(chart_cache, chart_id, selection) else ". "]
    if selection.snapshot is None:
        parts += ["Live: snapshot ", html.Code(snapshot.snapshot_id), f" of {format_day(served.as_of)}."]
    else:
        parts += [
            "Pinned to snapshot ",
            html.Code(snapshot.snapshot_id),
            f" of {format_day(snapshot.as_of)}. ",
        ]
    if selection.snapshot not in (None, served.snapshot_id):
        live = f"/embed/{chart_id}?{write_query(replace(selection, snapshot=None, point=None))}"
        parts += [html.Strong("A newer one exists, "), html.Code(served.snapshot_id)]
        parts += [f" of {format_day(served.as_of)}: ", html.A("show it", href=live, target="_self"), "."]
    return html.Footer(html.P(parts, role="note"), className="embed-line")


def _has_points(chart_cache: ChartCache, chart_id: str, selection: Selection) -> bool:
    return bool(chart_cache.select_view(chart_id, selection).points)


def _build_notice(text: str, *, chart_id: str) -> str:
    live = html.A("Show the newest instead", href=f"/embed/{chart_id}", target="_self")
    return write_markup(html.Main([html.H1("This chart cannot be shown"), html.P(text), live], id="page"))


def _answer(
    content: str, *, title: str, status: int = 200, attributes: dict[str, str | None] | None = None
) -> Response:
    named = " ".join(f'{name}="{escape(text)}"' for name, text in (attributes or {}).items() if text)
    page = PAGE.format(
        attributes=named,
        title=escape(title),
        styles="".join(f'<link rel="stylesheet" href="{link}">' for link in map(write_asset_address, STYLES)),
        preload=write_preload(),
        variables=write_font_rules() + write_css_variables(),
        content=content,
        scripts=write_scripts("embed.js"),
    )
    return Response(page, status=status, headers={"Content-Security-Policy": POLICY})

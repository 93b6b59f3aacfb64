"""One chart alone, for a frame on another site: live, or pinned to the snapshot it was taken from."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from http import HTTPStatus
from typing import Any

from dash import html
from flask import Flask, Response, request

from dashboard.address import (
    Selection,
    find_page_path,
    write_address,
    write_place,
    write_query,
)
from dashboard.asset_files import write_asset_address, write_scripts
from dashboard.chart_cache import ChartCache
from dashboard.chart_contract import ChartModule
from dashboard.chart_section import read_frame
from dashboard.components.chart_frame import (
    ChartFrame,
    FailedChart,
    build_caption,
    build_choices,
    build_failed_frame,
    build_foot,
    build_stage,
)
from dashboard.components.evidence_drawer import build_drawer
from dashboard.components.footnotes import build_source_lines
from dashboard.components.markup import write_markup
from dashboard.page_contract import NAME, PageContext
from dashboard.routes.requested import NOT_HERE, read_day
from dashboard.snapshot_store import SnapshotStore
from dashboard.theme import SCHEMES, write_css_variables
from dashboard.typeface import write_font_rules, write_preload
from etl import format_day

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
USUAL_WIDTH = 700
# Links within the document, and to other choices of the chart, stay in the frame.
STAYS = "_self"
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
        content, status = _build_content(store, chart_cache, chart=chart, selection=selection)
        view = chart_cache.find_view(chart_id, selection)
        title = f"{view.title} · {NAME}" if view else NAME
        scheme = request.args.get("scheme")
        attributes = {
            "data-page": find_page_path(chart.card.pages),
            "data-pinned": selection.snapshot,
            "data-scheme": scheme if scheme in SCHEMES else None,
        }
        return _answer(content, title=title, status=status, attributes=attributes)


def _build_content(
    store: SnapshotStore, chart_cache: ChartCache, *, chart: ChartModule, selection: Selection
) -> tuple[str, HTTPStatus]:
    """What stands in the frame, or what says that the chart failed."""
    context = PageContext(chart_cache.snapshot, chart_cache, is_phone=False)
    frame = read_frame(
        context, chart, selection, pinned=selection.snapshot, width=USUAL_WIDTH, link_target=STAYS
    )
    if isinstance(frame, FailedChart):
        shown, status = build_failed_frame(frame, heading=html.H1), HTTPStatus.INTERNAL_SERVER_ERROR
    else:
        shown, status = _build_frame(frame, chart_cache), HTTPStatus.OK
    main = html.Main(shown, id="page", tabIndex=-1)
    line = _build_line(store, chart_cache, frame, selection=selection)
    return write_markup([main, line, build_drawer()]), status


def _build_frame(frame: ChartFrame, chart_cache: ChartCache) -> Any:
    """The chart, its title the heading of the document; of one that has nothing to draw, the words alone."""
    words = [build_caption(frame, heading=html.H1), *build_choices(frame)]
    foot = build_foot(frame, _build_sources(frame, chart_cache))
    return html.Figure(
        [*words, *([build_stage(frame), foot] if frame.points else [])],
        className="chart",
        id=frame.frame_id,
    )


def _build_sources(frame: ChartFrame, chart_cache: ChartCache) -> list[Any]:
    """The lines that the chart's marks lead to, folded: a browser unfolds what a link leads into."""
    used = {number for number, _ in frame.sources}
    lines = build_source_lines(note for note in chart_cache.snapshot.list_footnotes() if note.number in used)
    return [html.Details([html.Summary("Sources"), lines], className="cite")] if lines else []


def _build_line(
    store: SnapshotStore,
    chart_cache: ChartCache,
    frame: ChartFrame | FailedChart,
    *,
    selection: Selection,
) -> Any:
    """Which snapshot this is, and the way to the page it comes from."""
    snapshot, served, chart_id = chart_cache.snapshot, store.served.snapshot, frame.frame_id
    page = write_address(find_page_path(chart_cache.find_chart(chart_id).card.pages), write_place(selection))
    parts: list[Any] = [html.A(NAME, href=f"{page}#{chart_id}")]
    parts += [": every point opens its source. " if frame.points else ". "]
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

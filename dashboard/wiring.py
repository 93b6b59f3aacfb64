"""Callbacks: the address chooses the page, the screen colours the charts, a click opens its point."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, html, no_update

from dashboard.components.chart_frame import choose_height
from dashboard.components.footnotes import build_source_list, collect_numbers
from dashboard.gallery import Gallery
from dashboard.page_contract import PageContext, PageModule, UnknownPageError
from dashboard.pages import match_page
from dashboard.selection import Selection, SelectionError, read_selection
from dashboard.site_frame import NAME, build_banner, build_navigation
from dashboard.theme import Theme
from etl import Snapshot

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rooms:
    """What callbacks work with: one snapshot, its charts, and the pages."""

    snapshot: Snapshot
    gallery: Gallery
    pages: tuple[PageModule, ...]


def wire_callbacks(app: Dash, rooms: Rooms) -> None:
    """Everything that happens after the first answer."""
    _wire_browser(app)
    _wire_page(app, rooms)
    _wire_charts(app, rooms)


def build_page(rooms: Rooms, *, path: str, query: str, theme: Theme) -> tuple[Any, str, str]:
    """A page with its banner and source list, its title, and the path that the navigation marks."""
    try:
        selection = read_selection(dict(parse_qsl(query)))
        page, rest = match_page(rooms.pages, path)
        context = PageContext(rooms.snapshot, rooms.gallery, theme)
        layout = page.build_layout(context, selection=selection, rest=rest)
    except UnknownPageError:
        return (
            _build_notice("There is no such page", f"Nothing is kept at {path}."),
            f"Not found · {NAME}",
            "",
        )
    except SelectionError as error:
        return (
            _build_notice("The address asks for something that cannot be", str(error)),
            f"Not found · {NAME}",
            "",
        )
    used = collect_numbers(layout)
    notes = [note for note in rooms.snapshot.list_footnotes() if note.number in used]
    parts = [_choose_banner(selection, rooms.snapshot), layout, build_source_list(notes)]
    return [part for part in parts if part is not None], f"{page.card.title} · {NAME}", page.card.path


def _wire_browser(app: Dash) -> None:
    # Dash gives this method no types.
    register: Any = app.clientside_callback
    register(
        ClientsideFunction("footnoted", "boot"),
        Output("address", "data"),
        Output("screen", "data"),
        Input("boot", "id"),
    )
    register(ClientsideFunction("footnoted", "land"), Output("boot", "title"), Input("page-title", "data"))
    register(
        ClientsideFunction("footnoted", "openClicked"),
        Output({"type": "graph", "chart": MATCH}, "clickData"),
        Input({"type": "graph", "chart": MATCH}, "clickData"),
        prevent_initial_call=True,
    )


def _wire_page(app: Dash, rooms: Rooms) -> None:
    cards = [page.card for page in rooms.pages]

    @app.callback(
        Output("page", "children"),
        Output("page-title", "data"),
        Output("navigation", "children"),
        Input("address", "data"),
        State("screen", "data"),
        prevent_initial_call=True,
        on_error=_say_failure,
    )
    def show_page(address: dict[str, str], screen: dict[str, Any]) -> tuple[Any, str, Any]:
        children, title, path = build_page(
            rooms, path=address["path"], query=address["query"], theme=_read_theme(screen)
        )
        return children, title, build_navigation(cards, path)


def _wire_charts(app: Dash, rooms: Rooms) -> None:
    @app.callback(
        Output({"type": "graph", "chart": MATCH}, "figure"),
        Output({"type": "graph", "chart": MATCH}, "style"),
        Input("screen", "data"),
        State("address", "data"),
        State({"type": "graph", "chart": MATCH}, "id"),
        prevent_initial_call=True,
    )
    def redraw_chart(
        screen: dict[str, Any], address: dict[str, str], graph: dict[str, str]
    ) -> tuple[Any, Any]:
        if not ctx.triggered:
            return no_update, no_update
        theme = _read_theme(screen)
        selection = read_selection(dict(parse_qsl(address["query"])))
        chart = rooms.gallery.find_chart(graph["chart"])
        figure = rooms.gallery.draw_figure(graph["chart"], selection=selection, theme=theme)
        return figure, choose_height(chart.card, theme, figure)


def _say_failure(error: Exception) -> tuple[Any, str, Any]:
    LOG.error("a page could not be built", exc_info=error)
    words = "The server could not build it. Its log says why; the other pages may still work."
    return _build_notice("This page is missing", words), NAME, no_update


def _read_theme(screen: dict[str, Any]) -> Theme:
    return Theme(scheme="dark" if screen["scheme"] == "dark" else "light", narrow=bool(screen["narrow"]))


def _choose_banner(selection: Selection, snapshot: Snapshot) -> Any:
    if selection.snapshot in (None, snapshot.snapshot_id):
        return None
    return build_banner(str(selection.snapshot), snapshot.snapshot_id)


def _build_notice(title: str, words: str) -> Any:
    return html.Div(
        [html.H1(title), html.P(words, className="lead"), html.P(html.A("To the overview", href="/"))],
        className="notice",
    )

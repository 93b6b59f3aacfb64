"""Callbacks: the address chooses the page, which comes as HTML and is put in place by the browser itself."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dash import ClientsideFunction, Dash, Input, Output, html
from polars.exceptions import ColumnNotFoundError

from dashboard.address import (
    Selection,
    SelectionError,
    TooEarlyError,
    read_selection,
    write_address,
    write_place,
    write_query,
)
from dashboard.chart_cache import ChartCache
from dashboard.components.footnotes import build_source_list, collect_numbers
from dashboard.components.links import attach_place
from dashboard.components.markup import write_markup
from dashboard.page_contract import NAME, PageContext, PageModule, UnknownPageError
from dashboard.pages import match_page
from dashboard.site.frame import (
    Standpoint,
    build_absent_banner,
    build_day_banner,
    build_menus,
    build_navigation,
    build_pinned_banner,
)
from dashboard.snapshot_store import SnapshotStore
from dashboard.views.dossiers import find_dossier, list_dossiers
from dashboard.views.editions import KnownDay, list_days
from etl import Snapshot, SnapshotError, format_day

NOT_FOUND = "Not found"
# A snapshot does not change, and nor do its pages; each takes up to half a megabyte.
CACHED_PAGES = 64
TOO_OLD = (
    "The kept snapshot lacks what this page needs: an earlier version of the program built it, or its files "
    "were changed since."
)
LOG = logging.getLogger(__name__)
# What passes between the browser and the callbacks, each as the title of a part that nobody sees.
MESSAGES = ("boot", "address", "answer", "landed")
# What another page changes in the frame: parts and their properties.
CHANGED = (
    ("page", "children"),
    ("navigation", "children"),
    ("menus", "children"),
    ("site-name", "href"),
    ("footer-methods", "href"),
    ("footer-snapshot", "children"),
)


@dataclass(frozen=True)
class PageAnswer:
    """A page's title, and what its answer changes in the frame: by part and property."""

    title: str
    changes: Mapping[tuple[str, str], Any]


@dataclass(frozen=True)
class SiteContext:
    """What callbacks work with: one snapshot, its charts, the pages, and the snapshots that are kept."""

    snapshot: Snapshot
    chart_cache: ChartCache
    pages: tuple[PageModule, ...]
    store: SnapshotStore | None = None

    def enter(self, asked: Selection) -> tuple[SiteContext, Selection]:
        """The context of the snapshot asked for, or this one where it is not kept, and what is chosen."""
        store = self.store or SnapshotStore(self.chart_cache)
        entered = store.enter(asked)
        if entered.state != "kept":
            return self, entered.selection
        chart_cache = entered.chart_cache
        return SiteContext(chart_cache.snapshot, chart_cache, self.pages, store), entered.selection


def wire_callbacks(app: Dash, site_context: SiteContext) -> None:
    """Everything that happens after the first answer."""
    _wire_browser(app)
    _wire_page(app, site_context)


def build_messages() -> Any:
    """All that dash keeps: its messages, so that it has little to do before a page and between two."""
    return html.Div([html.Span(id=name) for name in MESSAGES], hidden=True)


def answer_page(site_context: SiteContext, *, path: str, query: str) -> PageAnswer:
    """What an address shows."""
    children, title, current = build_page(site_context, path=path, query=query)
    frame = build_frame(site_context, path=path, query=query, current=current)
    values = (children, *frame, _find_shown(site_context, query))
    return PageAnswer(title, dict(zip(CHANGED, values, strict=True)))


def build_page(site_context: SiteContext, *, path: str, query: str) -> tuple[Any, str, str]:
    """A page with its banners and source list, its title, and the path that the navigation marks."""
    there, selection = site_context, Selection()
    try:
        asked = read_selection(dict(parse_qsl(query)))
        there, selection = site_context.enter(asked)
        standpoint = find_standpoint(there, path=path, selection=selection)
        page, rest = match_page(site_context.pages, path)
        chart_cache = there.chart_cache.turn_back(standpoint.limit)
        context = PageContext(chart_cache.snapshot, chart_cache)
        layout = page.build_layout(context, selection=selection, rest=rest)
    except UnknownPageError:
        day = f" on {format_day(selection.as_of)}" if selection.as_of else ""
        return _refuse("There is no such page", f"Nothing is kept at {path}{day}.", write_place(selection))
    except SelectionError as error:
        is_early = isinstance(error, TooEarlyError)
        title = "Nothing was known yet" if is_early else "The address asks for something that cannot be"
        return _refuse(title, str(error), _find_safe_place(there, selection))
    except (SnapshotError, ColumnNotFoundError):
        if there is site_context:
            raise
        LOG.warning("snapshot %s has no page %s", there.snapshot.snapshot_id, path, exc_info=True)
        return _refuse("This page cannot be shown as it was kept", TOO_OLD, {})
    used = collect_numbers(layout)
    sources = build_source_list(note for note in chart_cache.snapshot.list_footnotes() if note.number in used)
    attach_place([layout, sources], write_place(standpoint.selection))
    banner = _choose_banner(asked, served=site_context.snapshot, shown=there.snapshot, path=path)
    parts = [banner, build_day_banner(standpoint), layout, sources]
    names = [page.card.title, *([standpoint.dossier.title] if selection.dossier else []), NAME]
    return [part for part in parts if part is not None], " · ".join(names), page.card.path


def find_standpoint(site_context: SiteContext, *, path: str, selection: Selection) -> Standpoint:
    """Where an address leads a reader.

    Raises: SelectionError for a dossier that is not there, or a day on which nothing was known about it.
    """
    dossier = find_dossier(site_context.snapshot, selection)
    days = list_days(site_context.snapshot, dossier)
    limit = selection.as_of if selection.as_of and selection.as_of < site_context.snapshot.as_of else None
    if limit and (not days or limit < days[-1].day):
        raise TooEarlyError(_format_too_early(limit, dossier.title, days))
    return Standpoint(
        path=path
        if any(path == page.card.path for page in site_context.pages)
        else _find_parent(site_context, path),
        selection=selection,
        dossier=dossier,
        dossiers=tuple(list_dossiers(site_context.snapshot)),
        newest=site_context.snapshot.as_of,
        limit=limit,
        days=days,
    )


def build_frame(
    site_context: SiteContext, *, path: str, query: str, current: str
) -> tuple[Any, Any, str, str]:
    """What the frame around a page shows: navigation, menus, and the addresses of the name and of Methods."""
    there = site_context
    try:
        there, selection = site_context.enter(read_selection(dict(parse_qsl(query))))
        standpoint = find_standpoint(there, path=path, selection=selection)
    except SelectionError:
        asked = Selection(dossier=dict(parse_qsl(query)).get("dossier"))
        place = _find_safe_place(there, asked)
        standpoint = find_standpoint(there, path=path, selection=read_selection(place))
    place = write_place(standpoint.selection)
    navigation = build_navigation([page.card for page in site_context.pages], current, place=place)
    return navigation, build_menus(standpoint), write_address("/", place), write_address("/methods", place)


def _format_too_early(day: date, title: str, days: Sequence[KnownDay]) -> str:
    text = f"On {format_day(day)} nothing was known here about {title}."
    return " ".join(
        [
            text,
            *(f"What is known begins in {format_day(each.day, precision='month')}." for each in days[-1:]),
        ]
    )


def _find_parent(site_context: SiteContext, path: str) -> str:
    """The page an address lies below: on another day or in another dossier only that is sure to be there."""
    try:
        return match_page(site_context.pages, path)[0].card.path
    except UnknownPageError:
        return "/"


def _wire_browser(app: Dash) -> None:
    # Dash gives this method no types.
    register: Any = app.clientside_callback
    register(
        ClientsideFunction("footnoted", "boot"),
        Output("boot", "title"),
        Input("boot", "id"),
    )
    register(ClientsideFunction("footnoted", "land"), Output("landed", "title"), Input("answer", "title"))


def _wire_page(app: Dash, site_context: SiteContext) -> None:
    @lru_cache(maxsize=CACHED_PAGES)
    def write_page(address: str) -> str:
        asked = urlsplit(address)
        answer = answer_page(site_context, path=asked.path, query=asked.query)
        return write_answer(answer, address=address)

    @app.callback(
        Output("answer", "title"),
        Input("address", "title"),
        prevent_initial_call=True,
    )
    def show_page(address: str) -> str:
        is_lasting = lasts(site_context, urlsplit(address).path)
        try:
            return write_page(address) if is_lasting else write_page.__wrapped__(address)
        except Exception:
            LOG.exception("a page could not be built")
            text = "The server could not build it. Its log says why; the other pages may still work."
            notice = _build_notice("This page is missing", text)
            return write_answer(PageAnswer(NAME, {("page", "children"): notice}), address=address)


def lasts(site_context: SiteContext, path: str) -> bool:
    """Whether a page stays as it is for as long as its snapshot is served."""
    try:
        page, _ = match_page(site_context.pages, path)
    except UnknownPageError:
        return True
    return not page.card.has_own_files


def write_answer(answer: PageAnswer, *, address: str) -> str:
    """An answer as JSON: the address it is for, the title, and markup or text by part and property."""
    changes = [
        [part, name, write_markup(value) if name == "children" else value]
        for (part, name), value in answer.changes.items()
    ]
    return json.dumps({"address": address, "title": answer.title, "changes": changes}, ensure_ascii=False)


def _find_shown(site_context: SiteContext, query: str) -> str:
    try:
        there, _ = site_context.enter(read_selection(dict(parse_qsl(query))))
    except SelectionError:
        there = site_context
    return there.snapshot.snapshot_id


def _choose_banner(asked: Selection, *, served: Snapshot, shown: Snapshot, path: str) -> Any:
    if asked.snapshot in (None, served.snapshot_id):
        return None
    if shown is served:
        return build_absent_banner(str(asked.snapshot), served.snapshot_id)
    newest = write_query(replace(asked, snapshot=None, point=None))
    return build_pinned_banner(shown, newest=f"{path}?{newest}" if newest else path)


def _refuse(title: str, text: str, place: dict[str, str]) -> tuple[Any, str, str]:
    notice = _build_notice(title, text)
    attach_place(notice, place)
    return notice, f"{NOT_FOUND} · {NAME}", ""


def _find_safe_place(site_context: SiteContext, selection: Selection) -> dict[str, str]:
    """The chosen dossier on the newest day; nowhere where the snapshot has no such dossier."""
    known = [dossier.dossier_id for dossier in list_dossiers(site_context.snapshot)]
    return write_place(Selection(dossier=selection.dossier if selection.dossier in known else None))


def _build_notice(title: str, text: str) -> Any:
    return html.Div(
        [html.H1(title), html.P(text, className="lead"), html.P(html.A("To the overview", href="/"))],
        className="notice",
    )

"""What an address shows: it is read once, its page is built, and what surrounds the page with it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import Any

from dash import html
from polars.exceptions import ColumnNotFoundError

from dashboard.address import (
    Selection,
    SelectionError,
    TooEarlyError,
    read_selection,
    write_place,
    write_query,
)
from dashboard.chart_cache import ChartCache
from dashboard.components.footnotes import build_source_list, collect_numbers
from dashboard.components.links import attach_place
from dashboard.page_contract import NAME, PageContext, PageModule, UnknownPageError
from dashboard.pages import match_page
from dashboard.site.frame import (
    Standpoint,
    Surroundings,
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

TOO_OLD = (
    "The kept snapshot lacks what this page needs: an earlier version of the program built it, or its files "
    "were changed since."
)
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class SiteContext:
    """What pages are built of: one snapshot, its charts, the pages, and the snapshots that are kept."""

    snapshot: Snapshot
    chart_cache: ChartCache
    pages: tuple[PageModule, ...]
    store: SnapshotStore | None = None

    def enter(self, *, path: str, query: Mapping[str, str]) -> PageRequest:
        """Reads an address, without a query; all of its answer is made of what this gives."""
        try:
            asked = read_selection(query)
            there, selection = self.find_snapshot(asked)
        except SelectionError as error:
            asked = Selection(dossier=query.get("dossier"))
            return PageRequest(path, self, self, asked, asked, error)
        return PageRequest(path, self, there, asked, selection)

    def find_snapshot(self, asked: Selection) -> tuple[SiteContext, Selection]:
        """The context of the snapshot asked for, or this one where it is not kept, and what is chosen."""
        store = self.store or SnapshotStore(self.chart_cache)
        entered = store.enter(asked)
        if entered.state != "kept":
            return self, entered.selection
        chart_cache = entered.chart_cache
        return SiteContext(chart_cache.snapshot, chart_cache, self.pages, store), entered.selection


@dataclass(frozen=True)
class PageRequest:
    """An address as it was read: what it asks for, the snapshot that it leads into, what is chosen there.

    `unread` says what of it could not be read; what is chosen is then no more than its dossier.
    """

    path: str
    served: SiteContext
    there: SiteContext
    asked: Selection
    selection: Selection
    unread: SelectionError | None = None

    @cached_property
    def standing(self) -> tuple[Standpoint, SelectionError | None]:
        """Where the address leads, and why it cannot; then it is a safe place nearby."""
        try:
            standpoint = find_standpoint(self.there, path=self.path, selection=self.selection)
        except SelectionError as error:
            safe = _choose_safely(self.there, self.selection.dossier)
            return find_standpoint(self.there, path=self.path, selection=safe), self.unread or error
        return standpoint, self.unread


@dataclass(frozen=True)
class BuiltPage:
    """A page with its banners and source list, its title, and the path that the navigation marks."""

    layout: Any
    title: str
    current: str = ""
    status: HTTPStatus = HTTPStatus.OK


def build_page(asked: PageRequest, *, is_phone: bool | None = None) -> BuiltPage:
    """What an address shows, or what says why it shows nothing; with pictures for a screen it is told."""
    there, (standpoint, refusal) = asked.there, asked.standing
    try:
        if refusal:
            raise refusal
        return _build_layout(asked, standpoint, is_phone=is_phone)
    except UnknownPageError:
        day = f" on {format_day(standpoint.selection.as_of)}" if standpoint.selection.as_of else ""
        text = f"Nothing is kept at {asked.path}{day}."
        return _refuse("There is no such page", text, standpoint.selection)
    except SelectionError as error:
        is_early = isinstance(error, TooEarlyError)
        title = "Nothing was known yet" if is_early else "The address asks for something that cannot be"
        return _refuse(title, str(error), _choose_safely(there, standpoint.selection.dossier))
    except (SnapshotError, ColumnNotFoundError):
        if there is asked.served:
            raise
        LOG.warning("snapshot %s has no page %r", there.snapshot.snapshot_id, asked.path, exc_info=True)
        return _refuse("This page cannot be shown as it was kept", TOO_OLD, Selection())


def build_fault(asked: PageRequest) -> BuiltPage:
    """What stands in the place of a page that failed."""
    text = "The server could not build it. Its log says why; the other pages may still work."
    notice = _build_notice("This page is missing", text)
    attach_place(notice, write_place(asked.standing[0].selection))
    return BuiltPage(notice, NAME, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def build_surroundings(asked: PageRequest, *, current: str) -> Surroundings:
    """What the frame around a page shows; `current` is the path that the navigation marks."""
    standpoint, _ = asked.standing
    place = write_place(standpoint.selection)
    cards = [page.card for page in asked.served.pages]
    return Surroundings(
        navigation=build_navigation(cards, current, place=place),
        menus=build_menus(standpoint),
        place=place,
        snapshot_id=asked.there.snapshot.snapshot_id,
    )


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


def lasts(site_context: SiteContext, path: str) -> bool:
    """Whether a page stays as it is for as long as its snapshot is served."""
    try:
        page, _ = match_page(site_context.pages, path)
    except UnknownPageError:
        return False
    return not page.card.has_own_files


def _build_layout(asked: PageRequest, standpoint: Standpoint, *, is_phone: bool | None) -> BuiltPage:
    there = asked.there
    page, rest = match_page(there.pages, asked.path)
    chart_cache = there.chart_cache.turn_back(standpoint.limit)
    context = PageContext(chart_cache.snapshot, chart_cache, is_phone)
    layout = page.build_layout(context, selection=asked.selection, rest=rest)
    sources = _build_sources(chart_cache.snapshot, layout)
    attach_place([layout, sources], write_place(asked.selection))
    parts = [*list_banners(asked), layout, sources]
    names = [page.card.title, *([standpoint.dossier.title] if asked.selection.dossier else []), NAME]
    shown = [part for part in parts if part is not None]
    return BuiltPage(shown, " · ".join(names), page.card.path)


def _build_sources(snapshot: Snapshot, layout: Any) -> Any:
    """The list that the marks of a page lead to; where it fails, what says so."""
    try:
        used = collect_numbers(layout)
        return build_source_list(note for note in snapshot.list_footnotes() if note.number in used)
    except Exception:
        LOG.exception("a list of sources could not be built")
        return html.P("The list of sources could not be built. The server's log says why.", className="gaps")


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


def list_banners(asked: PageRequest) -> list[Any]:
    """What says above a page that it is not of the newest snapshot or day."""
    banners = (_choose_banner(asked), build_day_banner(asked.standing[0]))
    return [banner for banner in banners if banner is not None]


def _choose_banner(asked: PageRequest) -> Any:
    served, shown = asked.served.snapshot, asked.there.snapshot
    if asked.asked.snapshot in (None, served.snapshot_id):
        return None
    if shown is served:
        return build_absent_banner(str(asked.asked.snapshot), served.snapshot_id)
    newest = write_query(replace(asked.asked, snapshot=None, point=None))
    return build_pinned_banner(shown, newest=f"{asked.path}?{newest}" if newest else asked.path)


def _refuse(title: str, text: str, selection: Selection) -> BuiltPage:
    notice = _build_notice(title, text)
    attach_place(notice, write_place(selection))
    return BuiltPage(notice, f"Not found · {NAME}", status=HTTPStatus.NOT_FOUND)


def _choose_safely(site_context: SiteContext, dossier_id: str | None) -> Selection:
    """The chosen dossier on the newest day; nothing where the snapshot has no such dossier."""
    known = [dossier.dossier_id for dossier in list_dossiers(site_context.snapshot)]
    return Selection(dossier=dossier_id if dossier_id in known else None)


def _build_notice(title: str, text: str) -> Any:
    return html.Div(
        [html.H1(title), html.P(text, className="lead"), html.P(html.A("To the overview", href="/"))],
        className="notice",
    )

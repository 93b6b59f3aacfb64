"""What every Dash page module gives: PAGE, build_layout() and register_callbacks(), and maybe find_title().

Such a page is a `dash.Dash` of its own below its prefix: layouts, callbacks and components as Dash has them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from dash import Dash

from dashboard.address import Selection, SelectionError, read_selection
from dashboard.chart_cache import ChartCache
from dashboard.page_contract import UnknownPageError
from dashboard.snapshot_store import SnapshotStore


@dataclass(frozen=True)
class DashPage:
    """The card of a Dash page: the prefix of all its addresses, such as /chart/, and its title."""

    prefix: str
    title: str


@dataclass(frozen=True)
class Place:
    """What an address leads to: what follows the prefix, what is chosen, and the charts of its day."""

    rest: str
    selection: Selection
    chart_cache: ChartCache


@dataclass(frozen=True)
class DashContext:
    """What a Dash page may ask: the snapshots that are kept, by what an address says."""

    card: DashPage
    store: SnapshotStore

    def enter(self, pathname: Any, search: Any) -> Place:
        """Where an address leads, as `dcc.Location` gives it.

        Raises: SelectionError where it asks for something that cannot be; UnknownPageError outside the page.
        """
        if not _is_text(pathname) or not _is_text(search):
            raise SelectionError("The address is not a text.")
        if not pathname.startswith(self.card.prefix):
            raise UnknownPageError(f"no page at {pathname!r}.")
        entered = self.store.enter(read_selection(dict(parse_qsl(search.removeprefix("?")))))
        rest = pathname.removeprefix(self.card.prefix).rstrip("/")
        return Place(rest, entered.selection, entered.chart_cache.turn_back(entered.selection.as_of))


def _is_text(value: Any) -> bool:
    """Whether it can stand in an address: half a pair of UTF-16, which JSON may hold, cannot."""
    return isinstance(value, str) and value.encode(errors="ignore").decode() == value


@dataclass(frozen=True)
class DashPageModule:
    """One Dash page as the site mounts it, whatever its module.

    `find_title` gives the title of a place, and raises UnknownPageError where the page has nothing there.
    """

    card: DashPage
    build_layout: Callable[[DashContext], Any]
    register_callbacks: Callable[[Dash, DashContext], None]
    find_title: Callable[[Place], str]
    libraries: frozenset[str]


def find_own_title(card: DashPage, place: Place) -> str:
    """The title of a page that is one address alone.

    Raises: UnknownPageError for any address below it.
    """
    if place.rest:
        raise UnknownPageError(f"no page at {card.prefix}{place.rest}.")
    return card.title

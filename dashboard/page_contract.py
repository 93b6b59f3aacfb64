"""What every page module gives: PAGE and build_layout(), and maybe LEAD, which a report says too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from etl import Snapshot

# What every page says of itself, wherever it is shown.
NAME = "Footnoted"
LICENCE = (
    "Statistics belong to their publishers and are used under the terms that the Data page gives per source. "
    "Of documents, only figures, places and hashes are kept, never their sentences."
)


@dataclass(frozen=True)
class Page:
    """The card of a page: where it is, what it is called, its place in the navigation.

    `takes_rest` says whether addresses below `path` belong to the page, as those of documents do, and
    `has_own_files` whether it shows files beside the snapshot, which come and go: then it is built each time.
    """

    path: str
    title: str
    order: int
    in_navigation: bool = True
    takes_rest: bool = False
    has_own_files: bool = False


@dataclass(frozen=True)
class PageContext:
    """What a page may ask: the snapshot and its charts.

    `is_phone` says for which screen pictures are drawn into the page; None leaves them to the browser.
    """

    snapshot: Snapshot
    chart_cache: ChartCache
    is_phone: bool | None = None


class UnknownPageError(Exception):
    """An address that no page answers to."""


class BuildLayout(Protocol):
    """Builds a page from components of dash.html; `rest` is what follows the page's own path in the address.

    The page leaves as HTML, in the first answer and in later ones; dash has nothing to keep of it, and what
    happens on it, scripts in `assets` do by its attributes. Another library's component raises MarkupError.
    """

    def __call__(self, context: PageContext, *, selection: Selection, rest: str) -> Any: ...


@dataclass(frozen=True)
class PageModule:
    """One page as the router uses it, whatever its module; `lead` says in a sentence or two what it shows."""

    card: Page
    build_layout: BuildLayout
    lead: str = ""

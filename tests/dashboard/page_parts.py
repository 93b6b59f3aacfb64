"""What tests read from a page: its parts, its words, its links, and what it opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from plotly.utils import PlotlyJSONEncoder

from dashboard.site.page_answers import BuiltPage, PageRequest, SiteContext, build_page


def open_page(site_context: SiteContext, path: str, query: str = "") -> BuiltPage:
    """The page of an address."""
    return build_page(enter(site_context, path, query))


def enter(site_context: SiteContext, path: str, query: str = "") -> PageRequest:
    """An address as it is read."""
    return site_context.enter(path=path, query=dict(parse_qsl(query)))


def walk(part: Any) -> Iterator[Any]:
    """Every component of a layout, and every text."""
    if isinstance(part, list | tuple):
        for entry in part:
            yield from walk(entry)
    elif part is not None:
        yield part
        yield from walk(getattr(part, "children", None))


def read_text(layout: Any) -> str:
    """The words of a layout, one after the other."""
    return "".join(part for part in walk(layout) if isinstance(part, str))


def read_everything(layout: Any) -> str:
    """All that goes to the browser: words, figures, tables that are still folded."""
    return json.dumps(layout, cls=PlotlyJSONEncoder, ensure_ascii=False)


def list_opened(layout: Any) -> list[str]:
    """The rows that the buttons of a layout open."""
    return [found for part in walk(layout) if (found := getattr(part, "data-point", None))]


def list_links(layout: Any) -> list[str]:
    """The addresses of all links to pages and files of ours."""
    links = [getattr(part, "href", None) for part in walk(layout)]
    return [link for link in links if isinstance(link, str) and link.startswith(("/", "?"))]

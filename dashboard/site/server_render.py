"""The page in the first answer already, words and pictures, before any script has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dash.development.base_component import Component

from dashboard.address import SelectionError, read_selection
from dashboard.chart_cache import Viewport
from dashboard.compare.scales import share_scales
from dashboard.components.links import walk_parts
from dashboard.components.markup import write_markup
from dashboard.site.frame import build_site
from dashboard.site.page_answers import NOT_FOUND, SiteContext, answer_page

# What a picture is drawn for until the browser says how wide its place is.
WIDE, BESIDE, NARROW = 1100, 580, 343
BESIDE_CLASS = "charts charts-beside"


@dataclass(frozen=True)
class RenderedPage:
    """The title of a page and its HTML; `is_missing` where nothing is kept at the address."""

    title: str
    is_missing: bool
    markup: str


def render_page(site_context: SiteContext, *, path: str, query: str, is_phone: bool) -> RenderedPage:
    """A page in its frame; later pages change its parts."""
    site = build_site(site_context.snapshot)
    answer = answer_page(site_context, path=path, query=query)
    parts: dict[str, Any] = {
        str(identity): part for part in walk_parts(site) if (identity := getattr(part, "id", None))
    }
    for (name, prop), value in answer.changes.items():
        setattr(parts[name], prop, value)
    span = dict(parse_qsl(query)).get("span", "")
    beside = {id(part) for pair in walk_parts(site) if _is_beside(pair) for part in walk_parts(pair)}

    def insert_picture(part: Component) -> str:
        address = getattr(part, "data-picture-of", None)
        if address is None:
            return ""
        width = NARROW if is_phone else BESIDE if id(part) in beside else WIDE
        return _draw_svg(site_context, str(address), span=span, format_=Viewport(width, is_narrow=is_phone))

    markup = write_markup(site, insert=insert_picture)
    return RenderedPage(answer.title, answer.title.startswith(NOT_FOUND), markup)


def _is_beside(part: Component) -> bool:
    return getattr(part, "className", None) == BESIDE_CLASS


def _draw_svg(site_context: SiteContext, address: str, *, span: str, format_: Viewport) -> str:
    """The picture of a stage's own address, zoomed as the page is."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    chart_id, beside = PurePosixPath(parts.path).stem, asked.get("beside")
    try:
        there, selection = site_context.enter(read_selection({**asked, "span": span}))
    except SelectionError:
        return ""
    chart_cache = there.chart_cache
    scales = share_scales(
        chart_cache, chart_id, selection=selection, beside=beside, is_narrow=format_.is_narrow
    )
    day = chart_cache.turn_back(selection.as_of)
    return day.draw_svg(chart_id, selection=selection, format_=replace(format_, scales=scales))

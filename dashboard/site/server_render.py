"""A page as a whole HTML document: head, frame, words and pictures, before any script has come."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from html import escape
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dash.development.base_component import Component

from dashboard.address import SelectionError, read_selection
from dashboard.api import write_head_links
from dashboard.asset_files import list_names, write_asset_address, write_scripts
from dashboard.chart_cache import Viewport
from dashboard.chart_contract import ChartFaultError
from dashboard.compare.scales import share_scales
from dashboard.components.links import walk_parts
from dashboard.components.markup import write_markup
from dashboard.page_contract import PageModule
from dashboard.site.frame import build_site
from dashboard.site.page_answers import (
    PageRequest,
    SiteContext,
    build_fault,
    build_page,
    build_surroundings,
)
from dashboard.site.policy import EARLY_SCRIPT
from dashboard.theme import write_css_variables
from dashboard.typeface import write_font_rules, write_preload

# What a picture is drawn for until the browser says how wide its place is.
WIDE, BESIDE, NARROW = 1100, 580, 343
BESIDE_CLASS = "charts charts-beside"
DOCUMENT = """<!DOCTYPE html>
<html lang="en"{attributes}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><script>{early}</script><link rel="icon" href="data:,">
{preload}{styles}<style>{rules}</style>{modules}
{head}</head>
<body>{body}{scripts}</body></html>
"""
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class RenderedPage:
    """A document and the status that it is sent with."""

    document: str
    status: HTTPStatus


def render_page(asked: PageRequest, *, is_phone: bool, host: str) -> RenderedPage:
    """The document of an address, for a phone or a wider screen; `host` makes the links of its head absolute.

    A page that fails says so in its frame, and its log why.
    """
    try:
        page = build_page(asked)
        body = _write_body(asked, page.layout, current=page.current, is_phone=is_phone)
    except Exception:
        LOG.exception("page %r could not be built", asked.path)
        page = build_fault(asked)
        body = _write_body(asked, page.layout, current="", is_phone=is_phone)
    document = write_document(
        title=page.title,
        body=body,
        entry="page.js",
        attributes=f' data-pages="{escape(_list_paths(asked.served.pages))}"',
        head=write_head_links(asked.served.snapshot, asked.path, host=host),
    )
    return RenderedPage(document, page.status)


def write_document(
    *, title: str, body: str, entry: str, attributes: str = "", head: str = "", scripts: str = ""
) -> str:
    """A document of the site: its style, the module `entry`, what else is in the head and after the body."""
    return DOCUMENT.format(
        attributes=attributes,
        title=escape(title),
        early=EARLY_SCRIPT,
        preload=write_preload(),
        styles="".join(
            f'<link rel="stylesheet" href="{write_asset_address(name)}">' for name in list_names(".css")
        ),
        rules=write_font_rules() + write_css_variables(),
        head=head,
        body=body,
        modules=write_scripts(entry),
        scripts=scripts,
    )


def _list_paths(pages: tuple[PageModule, ...]) -> str:
    """Where pages are, so that the browser knows which links it may follow itself; /* is what lies below."""
    cards = [page.card for page in pages]
    return " ".join([card.path for card in cards] + [f"{card.path}/*" for card in cards if card.takes_rest])


def _write_body(asked: PageRequest, layout: Any, *, current: str, is_phone: bool) -> str:
    site = build_site(layout, build_surroundings(asked, current=current))
    beside = {id(part) for pair in walk_parts(site) if _is_beside(pair) for part in walk_parts(pair)}
    pictures: dict[int, str] = {}
    for stage in walk_parts(site):
        if getattr(stage, "data-picture-of", None) is None:
            continue
        width = NARROW if is_phone else BESIDE if id(stage) in beside else WIDE
        pictures[id(stage)] = _draw_stage(asked, stage, format_=Viewport(width, is_narrow=is_phone))
    return write_markup(site, insert=lambda part: pictures.get(id(part), ""))


def _is_beside(part: Component) -> bool:
    return getattr(part, "className", None) == BESIDE_CLASS


def _draw_stage(asked: PageRequest, stage: Component, *, format_: Viewport) -> str:
    """The picture of a stage; a stage whose picture fails has words, and asks for none."""
    address = str(getattr(stage, "data-picture-of"))
    try:
        return _draw_svg(asked.served, address, span=asked.asked.span, format_=format_)
    except ChartFaultError as error:
        LOG.error("picture %s could not be drawn", address, exc_info=error)
        delattr(stage, "data-picture-of")
        return f"<p>{escape(str(error))}</p>"


def _draw_svg(site_context: SiteContext, address: str, *, span: Any, format_: Viewport) -> str:
    """The picture of a stage's own address, zoomed as the page is."""
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    chart_id, beside = PurePosixPath(parts.path).stem, asked.get("beside")
    try:
        there, selection = site_context.find_snapshot(replace(read_selection(asked), span=span))
    except SelectionError:
        return ""
    chart_cache = there.chart_cache
    scales = share_scales(
        chart_cache, chart_id, selection=selection, beside=beside, is_narrow=format_.is_narrow
    )
    day = chart_cache.turn_back(selection.as_of)
    return day.draw_svg(chart_id, selection=selection, format_=replace(format_, scales=scales))

"""A page as a whole HTML document: head, frame, words and pictures, before any script has come."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from typing import Any

from dashboard.api import write_head_links
from dashboard.asset_files import list_names, write_asset_address, write_scripts
from dashboard.components.markup import write_markup
from dashboard.page_contract import PageModule
from dashboard.site.frame import build_site
from dashboard.site.page_answers import (
    PageRequest,
    build_fault,
    build_page,
    build_surroundings,
)
from dashboard.site.policy import EARLY_SCRIPT
from dashboard.theme import write_css_variables
from dashboard.typeface import write_font_rules, write_preload

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
        page = build_page(asked, is_phone=is_phone)
        body = _write_body(asked, page.layout, current=page.current)
    except Exception:
        LOG.exception("page %r could not be built", asked.path)
        page = build_fault(asked)
        body = _write_body(asked, page.layout, current="")
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


def _write_body(asked: PageRequest, layout: Any, *, current: str) -> str:
    return write_markup(build_site(layout, build_surroundings(asked, current=current)))

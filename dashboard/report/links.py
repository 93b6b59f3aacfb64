"""Links in a file that stands alone: within it, to an absolute address, or written out as plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from dash import html
from dash.development.base_component import Component

from dashboard.address import write_address

DOCUMENTS = "/documents/"
LEADS_ANYWHERE = ("#", "https://", "http://")

Change = Callable[[Component], Any]


@dataclass(frozen=True)
class Destinations:
    """Where links may lead: documents that the file lists, and a served dashboard, where one is known.

    `site` is its address without a slash at the end; `place` is what an address there is to keep.
    """

    documents: frozenset[str]
    site: str | None
    place: Mapping[str, str]

    def write_absolute(self, address: str) -> str | None:
        """An address of the dashboard from anywhere; none where no dashboard is known."""
        return write_address(f"{self.site}{address}", self.place) if self.site else None


def name_document(document_id: str) -> str:
    """The anchor of a document in the list of documents."""
    return f"document-{document_id}"


def settle_links(part: Any, destinations: Destinations) -> Any:
    """A layout whose links all lead somewhere, wherever the file is opened."""

    def settle(each: Component) -> Any:
        href = getattr(each, "href", None)
        if not isinstance(href, str) or href.startswith(LEADS_ANYWHERE):
            return each
        path = urlsplit(href).path
        document = unquote(path.removeprefix(DOCUMENTS)) if path.startswith(DOCUMENTS) else ""
        address = (
            f"#{name_document(document)}"
            if document in destinations.documents
            else destinations.write_absolute(href)
        )
        if address is None:
            return html.Span(_read_children(each))
        # Dash's components have no types for their properties.
        link: Any = each
        link.href = address
        return link

    return _change_parts(part, settle)


def _change_parts(part: Any, change: Change) -> Any:
    """A layout with each component as `change` gives it, the inner ones first; None leaves one out."""
    if isinstance(part, list | tuple):
        changed = (_change_parts(entry, change) for entry in part)
        return [entry for entry in changed if entry is not None]
    if not isinstance(part, Component):
        return part
    children = _read_children(part)
    if children is not None:
        # Dash's components have no types for their properties.
        holder: Any = part
        holder.children = _change_parts(children, change)
    return change(part)


def _read_children(part: Component) -> Any:
    return getattr(part, "children", None)

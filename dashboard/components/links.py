"""Links that stay where the reader is: in the same dossier, on the same day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dash.development.base_component import Component

from dashboard.address import write_address


def attach_place(layout: Any, place: Mapping[str, str]) -> None:
    """Adds what the place says, such as as_of=2019-03-31, to every link to another page or file of ours.

    A link that says something else itself keeps it.
    """
    for part in walk_parts(layout):
        href = getattr(part, "href", None)
        if isinstance(href, str) and href.startswith("/"):
            # Dash's components have no types for their properties.
            link: Any = part
            link.href = write_address(href, place)


def walk_parts(part: Any) -> Iterator[Component]:
    """A layout's components, each before what it holds."""
    if isinstance(part, list | tuple):
        for entry in part:
            yield from walk_parts(entry)
    elif isinstance(part, Component):
        yield part
        yield from walk_parts(getattr(part, "children", None))

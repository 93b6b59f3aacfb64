"""A menu of links in a page: what is chosen, and in groups what may be chosen instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.components.attributes import name_attributes


@dataclass(frozen=True)
class MenuEntry:
    """One link: its words, what is worth knowing about it, and whether it is what is shown."""

    text: str
    href: str
    note: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class MenuGroup:
    """Links under a heading of their own; without a name there is no heading."""

    name: str
    entries: tuple[MenuEntry, ...]


def build_choice_menu(purpose: str, shown: str, *, groups: Sequence[MenuGroup]) -> Any:
    """The menu, folded; its summary says what it is for and what is chosen."""
    return html.Details(
        [
            html.Summary([html.Span(f"{purpose} ", className="menu-purpose"), shown]),
            html.Nav(
                [part for group in groups for part in _build_group(group)],
                className="menu-list",
                **name_attributes({"aria-label": purpose}),
            ),
        ],
        className="menu",
    )


def _build_group(group: MenuGroup) -> list[Any]:
    links = html.Ul([html.Li(_build_link(entry)) for entry in group.entries])
    return [html.P(group.name, className="menu-group"), links] if group.name else [links]


def _build_link(entry: MenuEntry) -> Any:
    parts: list[Any] = [html.Span(entry.text)]
    if entry.note:
        parts += [" ", html.Span(entry.note, className="minor")]
    mark = name_attributes({"aria-current": "true" if entry.is_chosen else None})
    return html.A(parts, href=entry.href, **mark)

"""What a reader has chosen, as the address bar holds it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode


class SelectionError(ValueError):
    """An address that asks for something that cannot be."""


@dataclass(frozen=True)
class Selection:
    """The whole state of a page; equal selections of one snapshot give equal charts.

    `snapshot` and `point` are permanent ids; `as_of` limits what is shown to what was known on a day; the
    others narrow single charts and tables.
    """

    dossier: str = "india_russia"
    snapshot: str | None = None
    as_of: date | None = None
    point: str | None = None
    vintage: date | None = None
    show: str | None = None
    verdict: str | None = None
    topic: str | None = None
    document: str | None = None
    sort: str | None = None


DATES = ("as_of", "vintage")


def read_selection(query: dict[str, str]) -> Selection:
    """The selection that an address's query holds; unknown names are left to other readers of the address.

    Raises: SelectionError where a date is not one.
    """
    known = {entry.name for entry in fields(Selection)}
    chosen: dict[str, Any] = {name: text for name, text in query.items() if name in known and text}
    for name in DATES:
        if name in chosen:
            try:
                chosen[name] = date.fromisoformat(chosen[name])
            except ValueError as error:
                raise SelectionError(f"{name}={chosen[name]!r} is not a date such as 2024-03-31.") from error
    return replace(Selection(), **chosen)


def write_query(selection: Selection) -> str:
    """The query of an address that restores a selection; what equals the default is left out."""
    default = Selection()
    return urlencode(
        {
            entry.name: str(getattr(selection, entry.name))
            for entry in fields(Selection)
            if getattr(selection, entry.name) not in (None, getattr(default, entry.name))
        }
    )

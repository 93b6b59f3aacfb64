"""What an address says, and every link that is written: pages, charts, points, documents, snapshots.

A selection is read from an address's query and written back into one; a permanent link carries the snapshot
that it was made on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

BETWEEN = ".."
FIRST_PAGE, FIRST_PATH = "overview", "/"


class SelectionError(ValueError):
    """An address that asks for something that cannot be."""


@dataclass(frozen=True)
class TimeRange:
    """A stretch of time from one day to another, as `2010-01-01..2020-12-31`."""

    start: date
    stop: date

    def __str__(self) -> str:
        return f"{self.start.isoformat()}{BETWEEN}{self.stop.isoformat()}"


@dataclass(frozen=True)
class Selection:
    """The whole state of a page; equal selections of one snapshot give equal charts.

    `dossier` is empty where the address names none, see find_dossier(); `snapshot` and `point` are permanent
    ids; `as_of` limits everything to what was known on a day; `span` is the stretch of time that
    charts are zoomed to; `chart`, `left` and `right` are what is compared; the others narrow single charts
    and tables.
    """

    dossier: str | None = None
    snapshot: str | None = None
    as_of: date | None = None
    span: TimeRange | None = None
    point: str | None = None
    vintage: date | None = None
    window: str | None = None
    show: str | None = None
    verdict: str | None = None
    topic: str | None = None
    document: str | None = None
    sort: str | None = None
    chart: str | None = None
    left: str | None = None
    right: str | None = None


class TooEarlyError(SelectionError):
    """A day on which nothing was known."""


DATES = ("as_of", "vintage")


def read_selection(query: Mapping[str, str]) -> Selection:
    """The selection that an address's query holds; unknown names are left to other readers of the address.

    Raises: SelectionError where a date is not one, or a stretch of time does not run forwards.
    """
    known = {entry.name for entry in fields(Selection)}
    chosen: dict[str, Any] = {name: text for name, text in query.items() if name in known and text}
    for name in DATES:
        if name in chosen:
            chosen[name] = _read_day(name, chosen[name])
    if "span" in chosen:
        chosen["span"] = _read_stretch(chosen["span"])
    return replace(Selection(), **chosen)


def _read_day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SelectionError(f"{name}={text!r} is not a date such as 2024-03-31.") from error


def _read_stretch(text: str) -> TimeRange:
    start, _, stop = text.partition(BETWEEN)
    stretch = TimeRange(_read_day("span", start), _read_day("span", stop))
    if stretch.start >= stretch.stop:
        raise SelectionError(f"span={text!r} does not run forwards, as 2010-01-01{BETWEEN}2020-12-31 does.")
    return stretch


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


def keep_drawn(selection: Selection) -> Selection:
    """The part of a selection that charts depend on: what opens, filters, sorts or compares changes none."""
    lists = {"sort": None, "verdict": None, "topic": None, "document": None}
    compared = {"chart": None, "left": None, "right": None}
    return replace(selection, snapshot=None, point=None, **lists, **compared)


def write_place(selection: Selection) -> dict[str, str]:
    """What every link keeps of a selection: its dossier, its day and its snapshot, where they are chosen."""
    day = selection.as_of and selection.as_of.isoformat()
    place = {"dossier": selection.dossier, "as_of": day, "snapshot": selection.snapshot}
    return {name: text for name, text in place.items() if text}


def write_address(href: str, place: Mapping[str, str]) -> str:
    """An address with a place added to its query."""
    scheme, host, path, query, fragment = urlsplit(href)
    asked = dict(parse_qsl(query))
    return urlunsplit((scheme, host, path, urlencode({**place, **asked}), fragment))


def find_page_path(pages: Sequence[str]) -> str:
    """The path of the page that a chart stands on; of several the last, which has the fewest others."""
    page = pages[-1]
    return FIRST_PATH if page == FIRST_PAGE else f"/{page}"


def write_chart_link(chart_id: str, selection: Selection, *, pages: Sequence[str], snapshot_id: str) -> str:
    """Path and query of a chart on its own page, as a selection draws it."""
    query = write_query(replace(keep_drawn(selection), snapshot=snapshot_id))
    return f"{find_page_path(pages)}?{query}#{chart_id}"


def write_interactive_link(chart_id: str, query: str) -> str:
    """Path and query of a chart as a Dash page, to work on; `query` is that of the chart's files."""
    return f"/chart/{quote(chart_id, safe='')}{f'?{query}' if query else ''}"


def write_point_link(row_id: str, selection: Selection, *, page: str, snapshot_id: str) -> str:
    """Path and query of a point on the page that it is read on."""
    asked = {"point": row_id, "snapshot": snapshot_id, **write_place(selection)}
    return f"/{page.lstrip('/')}?{urlencode(asked)}"


def write_document_link(document_id: str, selection: Selection, *, snapshot_id: str) -> str:
    """Path and query of a document's page."""
    place = Selection(dossier=selection.dossier, as_of=selection.as_of, snapshot=snapshot_id)
    return f"/documents/{quote(document_id, safe='')}?{write_query(place)}"


def write_snapshot_link(selection: Selection, *, snapshot_id: str) -> str:
    """Path and query of the page that lists a snapshot's tables."""
    place = Selection(dossier=selection.dossier, as_of=selection.as_of, snapshot=snapshot_id)
    return f"/data?{write_query(place)}"

"""What a reader has chosen, as the address bar holds it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import etl
from etl import Dossier, Snapshot

KEPT_BUILDS = 8
BETWEEN = ".."


class SelectionError(ValueError):
    """An address that asks for something that cannot be."""


@dataclass(frozen=True)
class Stretch:
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
    span: Stretch | None = None
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


def read_selection(query: dict[str, str]) -> Selection:
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


def _read_stretch(text: str) -> Stretch:
    start, _, stop = text.partition(BETWEEN)
    stretch = Stretch(_read_day("span", start), _read_day("span", stop))
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


def find_limit(snapshot: Snapshot) -> date | None:
    """The day that limits a snapshot; none where it is a whole build."""
    return snapshot.as_of if snapshot.as_of.isoformat() != snapshot.manifest["as_of"] else None


def find_dossier(snapshot: Snapshot, selection: Selection) -> Dossier:
    """The dossier that is chosen, or the main one.

    Raises: SelectionError for a dossier that the snapshot does not have.
    """
    dossiers = list_dossiers(snapshot)
    for dossier in dossiers:
        if selection.dossier in (None, dossier.dossier_id):
            return dossier
    known = ", ".join(dossier.dossier_id for dossier in dossiers)
    raise SelectionError(f"dossier={selection.dossier!r} is not in this snapshot. Known: {known}.")


def list_dossiers(snapshot: Snapshot) -> list[Dossier]:
    """All dossiers, the main one first."""
    order = _order_dossiers(snapshot.folder)
    return [snapshot.dossier(dossier_id) for dossier_id in order]


@lru_cache(maxsize=KEPT_BUILDS)
def _order_dossiers(folder: Path) -> tuple[str, ...]:
    """The one with most documents is the main one: the whole build decides that, whatever the day shown."""
    build = etl.open_snapshot(folder)
    documents = build.table("documents")["dossier"].to_list()
    known = build.table("dossiers")["dossier_id"].to_list()
    return tuple(sorted(known, key=lambda dossier_id: (-documents.count(dossier_id), dossier_id)))

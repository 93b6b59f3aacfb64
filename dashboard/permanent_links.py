"""Addresses that stay: of a chart, a point, a document and a snapshot, each with the snapshot it is of."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from dashboard.chart_contract import Chart
from dashboard.selection import Selection, keep_drawn, write_place, write_query

FIRST_PAGE, FIRST_PATH = "overview", "/"


def write_chart_link(card: Chart, selection: Selection, *, snapshot_id: str) -> str:
    """Path and query of a chart on its own page, as a selection draws it."""
    page = card.pages[-1]
    path = FIRST_PATH if page == FIRST_PAGE else f"/{page}"
    query = write_query(replace(keep_drawn(selection), snapshot=snapshot_id))
    return f"{path}?{query}#{card.chart_id}"


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

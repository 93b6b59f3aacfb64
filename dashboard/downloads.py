"""Routes beside the pages: files of a chart's points and of tables, and the evidence of one row."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, abort, request

from dashboard.components.evidence_drawer import build_evidence, build_missing
from dashboard.components.markup import write_markup
from dashboard.gallery import Gallery, UnknownChartError
from dashboard.listings.tables import UnknownTableError, find_table
from dashboard.selection import SelectionError, read_selection
from etl import Snapshot, UnknownRowError

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}


def add_routes(server: Flask, *, snapshot: Snapshot, gallery: Gallery) -> None:
    """Adds every download to a server."""

    _add_drawer_route(server, snapshot)

    @server.get("/download/<chart_id>.<kind>")
    def send_points(chart_id: str, kind: str) -> Response:
        try:
            selection = read_selection(request.args.to_dict())
            points = gallery.select_view(chart_id, selection).points
        except (UnknownChartError, SelectionError) as error:
            abort(404, str(error))
        rows = snapshot.find_rows(list(dict.fromkeys(point.row_id for point in points)))
        return _send(_write_frame(rows, kind), kind=kind, name=f"{chart_id}.{snapshot.snapshot_id}")

    @server.get("/table/<name>.<kind>")
    def send_table(name: str, kind: str) -> Response:
        if (name, kind) == ("manifest", "json"):
            return _send(_write_json(snapshot.manifest), kind=kind, name=f"manifest.{snapshot.snapshot_id}")
        try:
            rows = find_table(snapshot, name).collect()
        except UnknownTableError as error:
            abort(404, str(error))
        return _send(_write_frame(rows, kind), kind=kind, name=f"{name}.{snapshot.snapshot_id}")

    @server.get("/evidence/<path:row_id>.json")
    def send_evidence(row_id: str) -> Response:
        try:
            evidence = snapshot.evidence(row_id)
        except UnknownRowError as error:
            abort(404, str(error))
        notes = [asdict(note) for note in snapshot.list_footnotes() if note.number in evidence.footnotes]
        content = {"snapshot": snapshot.snapshot_id, **asdict(evidence), "sources": notes}
        return _send(_write_json(content), kind="json", name=f"evidence.{snapshot.snapshot_id}")


def _add_drawer_route(server: Flask, snapshot: Snapshot) -> None:
    @server.get("/evidence/<path:row_id>.html")
    def send_drawer(row_id: str) -> Response:
        """What the drawer shows; `page` is the path of the page it is read on."""
        try:
            evidence = snapshot.evidence(row_id)
        except UnknownRowError:
            return Response(write_markup(build_missing(row_id, snapshot.snapshot_id)), status=404)
        notes = [note for note in snapshot.list_footnotes() if note.number in evidence.footnotes]
        place = request.host_url.rstrip("/") + "/" + request.args.get("page", "").lstrip("/")
        permalink = f"{place}?point={quote(row_id, safe='')}&snapshot={quote(snapshot.snapshot_id)}"
        return Response(write_markup(build_evidence(evidence, notes=notes, permalink=permalink)))


def _write_frame(rows: Any, kind: str) -> bytes:
    target = io.BytesIO()
    if kind == "csv":
        rows.write_csv(target)
    elif kind == "parquet":
        rows.write_parquet(target)
    else:
        abort(404, f"no downloads of the kind {kind!r}. Known: csv, parquet.")
    return target.getvalue()


def _write_json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, default=str).encode()


def _send(content: bytes, *, kind: str, name: str) -> Response:
    return Response(
        content,
        mimetype=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )

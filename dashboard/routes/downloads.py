"""Routes beside the pages: files of a chart's points, of tables and of the snapshot, and evidence of one row.

Tables leave behind the licence gate of `etl.Release`; a chart's points are a quotation, each with its terms.
Each takes `as_of` in its query and then gives what was known on that day.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import polars as pl
from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.address import TimeRange, write_place
from dashboard.components.evidence_drawer import build_evidence, build_missing
from dashboard.components.links import attach_place
from dashboard.components.markup import write_markup
from dashboard.public_address import find_home
from dashboard.routes.requested import NOT_HERE, name_file, read_day
from dashboard.snapshot_store import SnapshotStore
from dashboard.views.claim_pairs import list_partners
from dashboard.views.dossiers import find_limit
from dashboard.views.tables import UnknownTableError, find_table
from etl import (
    ExportedFile,
    ExportFormatError,
    Release,
    Snapshot,
    UnknownRowError,
    list_formats,
    write_format,
    write_rows,
)

BUNDLES = "/api/v1/bundles"
NARROWING = ("vintage", "window", "show")
MOST_PARTNERS = 4
FORMATS = {entry.name: entry for entry in list_formats()}
# Rows of any table or chart; SDMX is for observations alone and goes by its own address.
KINDS = tuple(name for name, entry in FORMATS.items() if entry.stem is None and entry.tables is None)
TYPES = {**{kind: FORMATS[kind].media_type for kind in KINDS}, "json": "application/json"}
WHOLE_FILES = {
    entry.name_file(table): (entry.name, table)
    for entry in FORMATS.values()
    for table in ((None,) if entry.stem is not None else entry.tables or ())
}
# Of each kind of file; the largest, all observations as text, is some megabytes.
MOST_CACHED = 8


def add_download_routes(server: Flask, *, store: SnapshotStore) -> None:
    """Adds every download but pictures to a server."""

    @server.get("/download/<chart_id>.<kind>")
    def send_points(chart_id: str, kind: str) -> Response:
        try:
            selection, day = read_day(store)
            points = day.select_view(chart_id, selection).points
        except NOT_HERE as error:
            abort(404, str(error.args[0]))
        rows = day.snapshot.find_rows(list(dict.fromkeys(point.row_id for point in points)))
        name, zoom = name_file(day.snapshot, chart_id), day.find_zoom(chart_id, selection)
        if zoom:
            rows, name = _keep_within(rows, zoom), f"{name}.{zoom.start}-to-{zoom.stop}"
        return _send(_write_frame(rows, kind), kind=kind, name=name)

    @server.get("/table/<name>.<kind>")
    def send_table(name: str, kind: str) -> Response:
        snapshot = _find_snapshot(store)
        if (name, kind) == ("manifest", "json"):
            return _send(_write_json(snapshot.manifest), kind=kind, name=name_file(snapshot, name))
        try:
            content = _write_table(snapshot, name, kind)
        except UnknownTableError as error:
            abort(404, str(error))
        return _send(content, kind=kind, name=name_file(snapshot, name))

    _add_bundle_route(server, store)
    _add_export_route(server, store)
    _add_evidence_routes(server, store)


def _keep_within(rows: pl.DataFrame, zoom: TimeRange) -> pl.DataFrame:
    """The rows whose period meets the stretch of time that is drawn, and those that have none."""
    start, stop = pl.coalesce("period_start", "period_end"), pl.coalesce("period_end", "period_start")
    return rows.filter(start.is_null() | ((start <= zoom.stop) & (stop >= zoom.start)))


def _add_bundle_route(server: Flask, store: SnapshotStore) -> None:
    @server.get("/download/<chart_id>.bundle")
    def find_bundle(chart_id: str) -> AnyResponse:
        """Where the evidence bundle of a chart's points is: the API builds it, and limits how often."""
        try:
            selection, day = read_day(store)
            chart_id = day.find_chart(chart_id).card.chart_id
            offered = {(choice.field, choice.value) for choice in day.list_choices(chart_id, selection)}
        except NOT_HERE as error:
            abort(404, str(error.args[0]))
        # A page's address narrows each of its charts that offers it; the API takes what the chart offers.
        narrowed = {name: str(getattr(selection, name)) for name in NARROWING}
        kept = {name: text for name, text in narrowed.items() if (name, text) in offered}
        asked = {**write_place(selection), **kept, "snapshot": day.snapshot.snapshot_id}
        return redirect(f"{BUNDLES}/{chart_id}?{urlencode(asked)}")


def _add_export_route(server: Flask, store: SnapshotStore) -> None:
    @server.get("/export/<name>")
    def send_export(name: str) -> Response:
        """One file of the whole snapshot, such as `datapackage.zip` or `observations.sdmx.csv`."""
        if name not in WHOLE_FILES:
            abort(404, f"no export {name!r}. Known: {', '.join(WHOLE_FILES)}.")
        snapshot = _find_snapshot(store)
        try:
            file = _write_export(snapshot, name)
        except ExportFormatError as error:
            abort(404, str(error))
        stem, _, suffix = file.name.partition(".")
        saved = f"{name_file(snapshot, stem)}.{suffix}"
        headers = {"Content-Disposition": f'attachment; filename="{saved}"'}
        return Response(file.content, content_type=file.media_type, headers=headers)


def _add_evidence_routes(server: Flask, store: SnapshotStore) -> None:
    @server.get("/evidence/<path:row_id>.json")
    def send_evidence(row_id: str) -> Response:
        snapshot = _find_snapshot(store)
        try:
            evidence = snapshot.evidence(row_id)
        except UnknownRowError as error:
            abort(404, str(error))
        notes = [asdict(note) for note in snapshot.list_footnotes() if note.number in evidence.footnotes]
        place = {"snapshot": snapshot.snapshot_id, "as_of": snapshot.as_of}
        content = {**place, **evidence.list_parts(), "sources": notes}
        return _send(_write_json(content), kind="json", name=name_file(snapshot, "evidence"))

    @server.get("/evidence/<path:row_id>.html")
    def send_drawer(row_id: str) -> Response:
        """What the drawer shows; `page` is the path of the page it is read on."""
        try:
            selection, day = read_day(store)
        except NOT_HERE as error:
            abort(404, str(error.args[0]))
        snapshot, place = day.snapshot, write_place(selection)
        try:
            evidence = snapshot.evidence(row_id)
        except UnknownRowError:
            missing = build_missing(row_id, snapshot.snapshot_id, day=find_limit(snapshot))
            return Response(write_markup(missing), status=404)
        notes = [note for note in snapshot.list_footnotes() if note.number in evidence.footnotes]
        page = f"{find_home()}/{request.args.get('page', '').lstrip('/')}"
        permalink = f"{page}?{urlencode({'point': row_id, 'snapshot': snapshot.snapshot_id, **place})}"
        partners = list_partners(snapshot, row_id)[:MOST_PARTNERS] if evidence.kind == "claim" else []
        article = build_evidence(evidence, notes=notes, permalink=permalink, partners=partners)
        attach_place(article, place)
        return Response(write_markup(article))


def _find_snapshot(store: SnapshotStore) -> Snapshot:
    try:
        return read_day(store)[1].snapshot
    except NOT_HERE as error:
        abort(404, str(error))


def _write_frame(rows: Any, kind: str) -> bytes:
    if kind not in KINDS:
        abort(404, f"no downloads of the kind {kind!r}. Known: {', '.join(KINDS)}.")
    return write_rows(rows, kind)


@lru_cache(maxsize=MOST_CACHED)
def _write_table(snapshot: Snapshot, name: str, kind: str) -> bytes:
    rows = find_table(snapshot, name).collect()
    return _write_frame(Release(snapshot).prepare(rows, table=name), kind)


@lru_cache(maxsize=MOST_CACHED)
def _write_export(snapshot: Snapshot, name: str) -> ExportedFile:
    format_name, table = WHOLE_FILES[name]
    return write_format(Release(snapshot), format_name, table=table)


def _write_json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, default=str).encode()


def _send(content: bytes, *, kind: str, name: str) -> Response:
    return Response(
        content,
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )

"""Routes that give a citation of a point, a chart, a document or the snapshot as a file, in four forms.

Each takes `as_of`, `dossier` and `snapshot` in its query, and its permanent link keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from flask import Flask, Response, abort, request

import etl
from dashboard.address import (
    Selection,
    write_chart_link,
    write_document_link,
    write_point_link,
    write_snapshot_link,
)
from dashboard.chart_cache import ChartCache
from dashboard.public_address import find_home
from dashboard.routes.requested import NOT_HERE, name_file, read_day
from dashboard.snapshot_store import SnapshotStore, UnknownSnapshotError
from dashboard.views.dossiers import find_dossier, list_dossiers
from etl import Citation, Snapshot, UnknownRowError

FORMS = {form.suffix: form for form in etl.CITATION_FORMS}
_UNSAFE_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


def add_citation_routes(server: Flask, *, store: SnapshotStore) -> None:
    """Adds /cite/<kind>/<id>.<txt|bib|ris|json> to a server."""

    @server.get("/cite/<kind>/<path:file>")
    def send_citation(kind: str, file: str) -> Response:
        # Ids hold dots themselves: the form is what follows the last.
        cited_id, _, suffix = file.rpartition(".")
        if kind not in KINDS or suffix not in FORMS:
            known = f"Kinds: {', '.join(KINDS)}. Forms: {', '.join(FORMS)}."
            abort(404, f"no citation of the kind {kind!r} in the form {suffix!r}. {known}")
        try:
            selection, chart_cache = read_day(store)
            citation = KINDS[kind](chart_cache, cited_id, selection)
        except (UnknownRowError, *NOT_HERE) as error:
            abort(404, str(error.args[0]))
        snapshot = chart_cache.snapshot
        parts = (kind,) if kind == "snapshot" else (kind, cited_id)
        return _send(citation, suffix=suffix, name=name_file(snapshot, *parts))


def _cite_point(chart_cache: ChartCache, row_id: str, selection: Selection) -> Citation:
    page = request.args.get("page", "/")
    snapshot = chart_cache.snapshot
    address = write_point_link(row_id, selection, page=page, snapshot_id=snapshot.snapshot_id)
    return snapshot.cite(row_id, link=_add_host(address))


def _cite_chart(chart_cache: ChartCache, chart_id: str, selection: Selection) -> Citation:
    snapshot = chart_cache.snapshot
    card = chart_cache.find_chart(chart_id).card
    view = chart_cache.select_view(chart_id, selection)
    address = write_chart_link(card.chart_id, selection, pages=card.pages, snapshot_id=snapshot.snapshot_id)
    cited = snapshot.cite_rows(
        list(dict.fromkeys(point.row_id for point in view.points)),
        number=card.chart_id,
        title=view.title,
        note=f"Chart: {view.subtitle.rstrip('.')}.",
        link=_add_host(address),
    )
    return replace(cited, choices=list_choices(snapshot, selection))


def list_choices(snapshot: Snapshot, selection: Selection) -> tuple[tuple[str, str], ...]:
    """What tells one drawing of a chart from another: its dossier, if not the main one, and the choices.

    The day and the snapshot are a citation's own.
    Raises: SelectionError for a dossier that the snapshot does not have.
    """
    dossier = find_dossier(snapshot, selection)
    is_main = dossier == list_dossiers(snapshot)[0]
    span = selection.span
    chosen = {
        "dossier": None if is_main else dossier.dossier_id,
        "window": selection.window,
        "show": selection.show,
        "vintage": selection.vintage and selection.vintage.isoformat(),
        # Two full stops in a row would end a key for some readers of BibTeX.
        "span": span and f"{span.start.isoformat()}_{span.stop.isoformat()}",
    }
    return tuple((name, value) for name, value in chosen.items() if value)


def _cite_document(chart_cache: ChartCache, document_id: str, selection: Selection) -> Citation:
    snapshot = chart_cache.snapshot
    address = write_document_link(document_id, selection, snapshot_id=snapshot.snapshot_id)
    return snapshot.cite_document(document_id, link=_add_host(address))


def _cite_snapshot(chart_cache: ChartCache, snapshot_id: str, selection: Selection) -> Citation:
    snapshot = chart_cache.snapshot
    if snapshot_id != snapshot.snapshot_id:
        raise UnknownSnapshotError(f"Snapshot {snapshot_id[:40]} is not the one that is shown here.")
    return snapshot.cite(link=_add_host(write_snapshot_link(selection, snapshot_id=snapshot_id)))


KINDS: dict[str, Callable[[ChartCache, str, Selection], Citation]] = {
    "point": _cite_point,
    "chart": _cite_chart,
    "document": _cite_document,
    "snapshot": _cite_snapshot,
}


def _add_host(address: str) -> str:
    return f"{find_home()}{address}"


def _send(citation: Citation, *, suffix: str, name: str) -> Response:
    """One form as a file; its name in ASCII, and as it is for browsers that know how."""
    plain = _UNSAFE_IN_NAMES.sub("-", name)
    exact = f"; filename*=UTF-8''{quote(f'{name}.{suffix}', safe='')}" if plain != name else ""
    text = citation.write(suffix)
    return Response(
        f"{text}\n" if suffix == "txt" else text,
        content_type=FORMS[suffix].media_type,
        headers={"Content-Disposition": f'attachment; filename="{plain}.{suffix}"{exact}'},
    )

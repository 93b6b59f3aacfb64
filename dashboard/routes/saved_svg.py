"""The route that gives a chart as a sheet to print: an SVG with its words and its record.

It takes a selection, a `scheme` and a `width` in its query.
"""

from __future__ import annotations

from flask import Flask, Response, abort, request

from dashboard.address import SelectionError, read_selection
from dashboard.chart_cache import ChartCache, UnknownChartError
from dashboard.saved_pictures import SHEET_WIDTH
from dashboard.saved_pictures.chart_sheet import USUAL_SCHEME, draw_sheet
from dashboard.snapshot_store import SnapshotStore, UnknownSnapshotError
from dashboard.theme import SCHEMES
from dashboard.views.dossiers import find_limit

NARROWEST, WIDEST = 360, 2400


def add_saved_svg_route(server: Flask, *, store: SnapshotStore) -> None:
    """Adds /download/<chart>.svg to a server."""

    @server.get("/download/<chart_id>.svg")
    def send_sheet(chart_id: str) -> Response:
        width, scheme = _read_width(), _read_scheme()
        try:
            selection = read_selection(request.args.to_dict())
            chart_cache = store.find(selection.snapshot).turn_back(selection.as_of)
            sheet = draw_sheet(chart_cache, chart_id, selection=selection, scheme=scheme, width=width)
        except (UnknownChartError, UnknownSnapshotError, SelectionError) as error:
            abort(404, str(error.args[0]))
        name = ".".join([chart_id, chart_cache.snapshot.snapshot_id, *_name_day(chart_cache)])
        disposition = f'attachment; filename="{name}.svg"'
        return Response(sheet, mimetype="image/svg+xml", headers={"Content-Disposition": disposition})


def _name_day(chart_cache: ChartCache) -> list[str]:
    day = find_limit(chart_cache.snapshot)
    return [f"as-of-{day.isoformat()}"] if day else []


def _read_width() -> int:
    text = request.args.get("width", str(SHEET_WIDTH))
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(WIDEST)):
        abort(400, f"width={text[:20]!r} is not a number of pixels from {NARROWEST} to {WIDEST}.")
    return min(max(int(text), NARROWEST), WIDEST)


def _read_scheme() -> str:
    scheme = request.args.get("scheme", USUAL_SCHEME)
    if scheme not in SCHEMES:
        abort(400, f"scheme={scheme[:20]!r} is not one. Known: {', '.join(SCHEMES)}.")
    return scheme

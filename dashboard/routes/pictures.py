"""Charts as SVG: `/picture/` for a place on a page, `/download/` as a sheet to save, with text and metadata.

Both take a selection and a `width` in their query. A page's style colours its pictures, so only a sheet has
a `scheme`.
"""

from __future__ import annotations

from flask import Flask, Response, abort, request

from dashboard.address import Selection
from dashboard.chart_cache import ChartCache, Viewport
from dashboard.compare.scales import share_scales
from dashboard.routes.lasting import keep_at_hand
from dashboard.routes.requested import NOT_HERE, name_file, read_day
from dashboard.saved_pictures import SHEET_WIDTH
from dashboard.saved_pictures.chart_sheet import USUAL_SCHEME, draw_sheet
from dashboard.snapshot_store import SnapshotStore
from dashboard.theme import SCHEMES

TYPE = "image/svg+xml"
# In pixels. A picture shrinks to the smallest phone; a sheet's title and sources need more room.
NARROWEST_PICTURE, USUAL_PICTURE = 280, 1100
NARROWEST_SHEET = 360
WIDEST = 2400
FOREVER_SECONDS = 31_536_000


def add_picture_routes(server: Flask, *, store: SnapshotStore) -> None:
    """Adds /picture/<chart>.svg and /download/<chart>.svg to a server."""

    @server.get("/picture/<chart_id>.svg")
    def send_picture(chart_id: str) -> Response:
        """A chart for a place `width` pixels wide; `v` is the snapshot that the page was built of.

        `beside` names the side of a comparison that it shares its scales with.
        """
        width = _read_width(usual=USUAL_PICTURE, narrowest=NARROWEST_PICTURE)
        try:
            selection, day = read_day(store)
            viewport = _find_viewport(store, chart_id, selection=selection, width=width)
            picture = day.draw_svg(chart_id, selection=selection, format_=viewport)
        except NOT_HERE as error:
            abort(404, str(error.args[0]))
        answer = Response(picture, mimetype=TYPE)
        if request.args.get("v") == day.snapshot.snapshot_id:
            answer.headers["Cache-Control"] = f"public, max-age={FOREVER_SECONDS}, immutable"
            keep_at_hand()
        return answer

    @server.get("/download/<chart_id>.svg")
    def send_sheet(chart_id: str) -> Response:
        width, scheme = _read_width(usual=SHEET_WIDTH, narrowest=NARROWEST_SHEET), _read_scheme()
        try:
            selection, day = read_day(store)
            sheet = draw_sheet(day, chart_id, selection=selection, scheme=scheme, width=width)
        except NOT_HERE as error:
            abort(404, str(error.args[0]))
        return Response(sheet, mimetype=TYPE, headers=_name_sheet(chart_id, day))


def _find_viewport(store: SnapshotStore, chart_id: str, *, selection: Selection, width: int) -> Viewport:
    """The place that the query describes; both days of a comparison are looked up in the whole snapshot."""
    whole, beside = store.find(selection.snapshot), request.args.get("beside")
    is_narrow = request.args.get("narrow") == "1"
    scales = share_scales(whole, chart_id, selection=selection, beside=beside, is_narrow=is_narrow)
    return Viewport(width, is_narrow=is_narrow, scales=scales)


def _name_sheet(chart_id: str, day: ChartCache) -> dict[str, str]:
    name = name_file(day.snapshot, chart_id)
    return {"Content-Disposition": f'attachment; filename="{name}.svg"'}


def _read_width(*, usual: int, narrowest: int) -> int:
    text = request.args.get("width", str(usual))
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(WIDEST)):
        abort(400, f"width={text[:20]!r} is not a number of pixels from {narrowest} to {WIDEST}.")
    return min(max(int(text), narrowest), WIDEST)


def _read_scheme() -> str:
    scheme = request.args.get("scheme", USUAL_SCHEME)
    if scheme not in SCHEMES:
        abort(400, f"scheme={scheme[:20]!r} is not one. Known: {', '.join(SCHEMES)}.")
    return scheme

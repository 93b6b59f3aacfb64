"""Figures that the server does not draw, for plotly.js to draw on the page that they stand on."""

from __future__ import annotations

import json

from flask import Flask, Response, abort, request

from dashboard.routes.lasting import keep_at_hand
from dashboard.routes.requested import NOT_HERE, read_day
from dashboard.snapshot_store import SnapshotStore
from dashboard.theme import SCHEMES, Theme

FOREVER = "public, max-age=31536000, immutable"


def add_figure_route(server: Flask, *, store: SnapshotStore) -> None:
    """Adds /figure/<chart>.json to a server."""

    @server.get("/figure/<chart_id>.json")
    def send_figure(chart_id: str) -> Response:
        """A chart in the colours of a `scheme`; `v` is the snapshot that the page was built of."""
        scheme = request.args.get("scheme", "light")
        if scheme not in SCHEMES:
            abort(400, f"scheme={scheme[:20]!r} is not one. Known: {', '.join(SCHEMES)}.")
        theme = Theme(scheme, narrow=request.args.get("narrow") == "1")
        try:
            selection, day = read_day(store)
            figure = day.draw_figure(chart_id, selection=selection, theme=theme)
        except NOT_HERE as error:
            abort(404, str(error.args[0]))
        answer = Response(
            json.dumps(figure, ensure_ascii=False, allow_nan=False), mimetype="application/json"
        )
        if request.args.get("v") == day.snapshot.snapshot_id:
            answer.headers["Cache-Control"] = FOREVER
            keep_at_hand()
        return answer

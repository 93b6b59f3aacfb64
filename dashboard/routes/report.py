"""The route that gives a dossier as one HTML file, to keep, to send on and to print.

It takes `as_of` and `snapshot` in its query.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from flask import Flask, Response, abort, request

from dashboard.address import Selection, read_selection
from dashboard.chart_cache import ChartCache
from dashboard.public_address import find_home
from dashboard.report import name_report, write_policy, write_report
from dashboard.routes.lasting import keep_at_hand
from dashboard.routes.requested import NOT_HERE
from dashboard.snapshot_store import SnapshotStore

# Each is a megabyte, and takes seconds to write.
CACHED_REPORTS = 8


def add_report_route(server: Flask, *, store: SnapshotStore) -> None:
    """Adds /report/<dossier>.html to a server; links in the file lead back to it."""

    lock = Lock()

    @lru_cache(maxsize=CACHED_REPORTS)
    def write(chart_cache: ChartCache, selection: Selection, site: str) -> tuple[str, str]:
        content = write_report(chart_cache, selection=selection, site=site)
        return name_report(chart_cache, selection=selection), content

    @server.get("/report/<dossier_id>.html")
    def send_report(dossier_id: str) -> Response:
        try:
            asked = read_selection(request.args.to_dict())
            chart_cache = store.find(asked.snapshot)
            selection = Selection(dossier=dossier_id, as_of=asked.as_of)
            # Who asks meanwhile waits for the same file, instead of having it written twice.
            with lock:
                name, content = write(chart_cache, selection, find_home())
        except NOT_HERE as error:
            abort(404, str(error.args[0]))
        headers = {
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Security-Policy": f"{write_policy()}; frame-ancestors 'self'",
        }
        if asked.snapshot is None:
            keep_at_hand()
        return Response(content, mimetype="text/html", headers=headers)

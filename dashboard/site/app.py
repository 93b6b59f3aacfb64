"""The dashboard as a WSGI application over one snapshot: pages, the routes beside them, the API."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, request
from flask_compress import Compress

from dashboard.api import add_api
from dashboard.chart_cache import ChartCache, NoPictureError
from dashboard.chart_contract import ChartFaultError
from dashboard.pages import find_pages
from dashboard.routes.changed import add_changed_feed
from dashboard.routes.check import add_check_route
from dashboard.routes.citations import add_citation_routes
from dashboard.routes.downloads import add_download_routes
from dashboard.routes.embed import add_embed_route
from dashboard.routes.figures import add_figure_route
from dashboard.routes.frames import add_frames_route
from dashboard.routes.pictures import add_picture_routes
from dashboard.routes.report import add_report_route
from dashboard.routes.search import add_search_route
from dashboard.site.dash_mount import mount_dash_pages
from dashboard.site.health import add_health_routes
from dashboard.site.page_answers import SiteContext
from dashboard.site.page_route import add_page_route
from dashboard.site.policy import write_policy
from dashboard.site.protection import protect
from dashboard.site.static_files import add_static_route, pack_early
from dashboard.snapshot_store import SnapshotStore
from etl import Snapshot

SETTINGS = {
    # Brotli's answers are the smallest of those that every browser takes.
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 5,
    "COMPRESS_MIMETYPES": [
        *("text/html", "text/css", "text/javascript", "application/javascript", "application/json"),
        *("image/svg+xml", "text/csv", "text/plain", "application/problem+json"),
        *("application/vnd.sdmx.data+csv", "application/vnd.citationstyles.csl+json"),
    ],
}


def create_app(snapshot: Snapshot, *, workers: int = 1) -> Flask:
    """A dashboard of one snapshot; several may live in one process, and `workers` serve the same one."""
    server = Flask("dashboard", static_folder=None)
    server.config |= SETTINGS
    Compress(server)
    server.after_request(_add_headers)
    server.register_error_handler(ChartFaultError, _answer_chart_fault)
    server.register_error_handler(NoPictureError, _answer_no_picture)
    protect(server, workers=workers)
    add_health_routes(server, snapshot=snapshot)
    chart_cache = ChartCache(snapshot)
    store = SnapshotStore(chart_cache)
    site_context = SiteContext(snapshot, chart_cache, find_pages(), store)
    add_page_route(server, site_context=site_context)
    mount_dash_pages(server, site_context=site_context, store=store)
    add_static_route(server)
    add_download_routes(server, store=store)
    add_picture_routes(server, store=store)
    add_figure_route(server, store=store)
    add_embed_route(server, store=store)
    add_frames_route(server, store=store)
    add_report_route(server, store=store)
    add_citation_routes(server, store=store)
    add_changed_feed(server, store=store)
    add_search_route(server, chart_cache=chart_cache)
    add_check_route(server, snapshot=snapshot)
    add_api(server, store=store)
    server.add_url_rule(
        "/healthz", view_func=lambda: Response("OK", mimetype="text/plain"), endpoint="healthz"
    )
    return server


def warm_up(server: Flask) -> None:
    """Answers one page before readers come: the first query loads what every later one needs."""
    pack_early()
    client = server.test_client()
    client.get("/")
    # The first search builds its index.
    client.get("/search.json")


def _answer_chart_fault(error: ChartFaultError) -> Response:
    """What is sent instead of a file or picture of a chart that fails."""
    current_app.logger.error("%s failed", request.path, exc_info=error)
    return Response(str(error), status=HTTPStatus.INTERNAL_SERVER_ERROR, mimetype="text/plain")


def _answer_no_picture(error: NoPictureError) -> Response:
    return Response(str(error), status=HTTPStatus.NOT_FOUND, mimetype="text/plain")


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    if response.mimetype == "text/html":
        headers.setdefault("Content-Security-Policy", write_policy())
    return response

"""The dashboard as a WSGI application over one snapshot."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Callable
from functools import lru_cache, partial
from html import escape
from http import HTTPStatus
from typing import Any

from dash import Dash
from flask import Flask, Response, g, request

from dashboard.api import add_api, write_head_links
from dashboard.chart_cache import ChartCache
from dashboard.page_contract import NAME
from dashboard.pages import find_pages
from dashboard.routes.check import add_check_route
from dashboard.routes.citations import add_citation_routes
from dashboard.routes.downloads import add_download_routes
from dashboard.routes.embed import add_embed_route
from dashboard.routes.frames import add_frames_route
from dashboard.routes.pictures import add_picture_routes
from dashboard.routes.report import add_report_route
from dashboard.routes.search import add_search_route
from dashboard.site.page_answers import CACHED_PAGES, SiteContext, build_messages, lasts, wire_callbacks
from dashboard.site.server_render import RenderedPage, render_page
from dashboard.site.static_files import add_packing, pack_early
from dashboard.snapshot_store import SnapshotStore
from dashboard.theme import write_css_variables
from dashboard.typeface import write_font_rules, write_preload
from etl import Snapshot

SECRET_VARIABLE = "FOOTNOTED_SECRET_KEY"
# Their addresses change with them.
ASSET_SECONDS = 31_536_000
SETTINGS = {
    "SEND_FILE_MAX_AGE_DEFAULT": ASSET_SECONDS,
    # Brotli's answers are the smallest of those that every browser takes.
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 5,
    "COMPRESS_MIMETYPES": [
        *("text/html", "text/css", "text/javascript", "application/javascript", "application/json"),
        *("image/svg+xml", "text/csv", "text/plain", "application/problem+json"),
        *("application/vnd.sdmx.data+csv", "application/vnd.citationstyles.csl+json"),
    ],
}
# Dash's libraries that no page uses: its own inputs, its table, and what makes browsers of 2015 newer.
UNUSED_SCRIPTS = re.compile(r"<script[^>]*/(?:dash/dcc|dash/dash_table|dash/deps/polyfill)[^>]*></script>\s*")
# Ours need none of dash's, which are ten times their size: what they do works while those are on their way.
OWN_SCRIPTS = re.compile(r'<script src="/assets/[^"]*"></script>\s*')
# Before anything is painted, so that a reader who chose the other scheme sees no flash of this one.
EARLY_SCRIPT = (
    'try{const s=localStorage.getItem("scheme");if(s)document.documentElement.dataset.scheme=s}catch{}'
)
PLACES = re.compile(r"\{%(\w+)%\}")
INDEX = """<!DOCTYPE html>
<html lang="en">
    <head>
        {{%metas%}}
        <title>{{%title%}}</title>
        <script>{script}</script>
        <link rel="icon" href="data:,">
        {preload}
        {{%css%}}
        <style>{variables}</style>
    </head>
    <body>
        {{%first_sight%}}
        {{%app_entry%}}
        {{%config%}}
        {{%scripts%}}
        {{%renderer%}}
    </body>
</html>"""


class Site(Dash):
    """A Dash application whose first answer shows its page already, before any script has come."""

    site_context: SiteContext | None = None
    render_afresh: Callable[..., RenderedPage]
    render_cached: Callable[..., RenderedPage]

    def attach(self, site_context: SiteContext) -> None:
        """Takes the context to show; pages asked for again are not built again."""
        self.site_context = site_context
        self.layout = build_messages()
        self.render_afresh = partial(render_page, site_context)
        self.render_cached = lru_cache(maxsize=CACHED_PAGES)(self.render_afresh)
        wire_callbacks(self, site_context)

    def interpolate_index(
        self,
        metas: Any = "",
        title: Any = "",
        css: Any = "",
        config: Any = "",
        scripts: Any = "",
        app_entry: Any = "",
        favicon: Any = "",
        renderer: Any = "",
    ) -> str:
        """The first answer: the page as HTML, and the scripts that bring the later ones."""
        if self.site_context is None:
            raise RuntimeError("The site has no context to show yet.")
        render_afresh = self.render_cached if lasts(self.site_context, request.path) else self.render_afresh
        rendered = render_afresh(path=request.path, query=request.query_string.decode(), is_phone=_is_phone())
        g.is_missing = rendered.is_missing
        wanted = UNUSED_SCRIPTS.sub("", scripts)
        parts: dict[str, str] = {
            "metas": metas
            + write_head_links(self.site_context.snapshot, request.path, host=request.host_url),
            "title": escape(rendered.title),
            "css": css,
            "first_sight": rendered.markup,
            "app_entry": app_entry,
            "config": config,
            "scripts": "".join([*OWN_SCRIPTS.findall(wanted), OWN_SCRIPTS.sub("", wanted)]),
            "renderer": renderer,
        }
        # By function, so that nothing inside the page is taken for a place to fill.
        return PLACES.sub(lambda place: parts[place[1]], self.index_string)


def _is_phone() -> bool:
    hint = request.headers.get("Sec-CH-UA-Mobile")
    return hint == "?1" if hint else "Mobi" in request.headers.get("User-Agent", "")


def create_app(snapshot: Snapshot) -> Dash:
    """A dashboard of one snapshot; several may live in one process."""
    # Any: dash's types leave out that a server may be given.
    server: Any = Flask(__name__, static_folder=None)
    server.config |= SETTINGS
    app = Site(
        # The package whose folder holds the assets.
        "dashboard",
        server=server,
        title=NAME,
        update_title="",
        compress=True,
        use_pages=False,
        suppress_callback_exceptions=True,
        health_endpoint="healthz",
        description="Statistics of trade and arms imports: every figure opens its source.",
        index_string=INDEX.format(
            script=EARLY_SCRIPT,
            preload=write_preload(),
            variables=write_font_rules() + write_css_variables(),
        ),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    server.secret_key = os.environ.get(SECRET_VARIABLE) or secrets.token_hex(32)
    chart_cache = ChartCache(snapshot)
    store = SnapshotStore(chart_cache)
    app.attach(SiteContext(snapshot, chart_cache, find_pages(), store))
    add_download_routes(server, store=store)
    add_picture_routes(server, store=store)
    add_embed_route(server, store=store)
    add_frames_route(server, store=store)
    add_report_route(server, store=store)
    add_citation_routes(server, store=store)
    add_search_route(server, chart_cache=chart_cache)
    add_check_route(server, snapshot=snapshot)
    add_api(server, store=store)
    _add_headers(app)
    add_packing(server)
    return app


def warm_up(app: Dash) -> None:
    """Answers one page before readers come: the first query loads what every later one needs."""
    client = app.server.test_client()
    pack_early(app.server, client.get("/").get_data(as_text=True))
    # The first search builds its index.
    client.get("/search.json")


def _add_headers(app: Dash) -> None:
    @lru_cache(maxsize=1)
    def write_policy() -> str:
        # Late, because dash knows its inline scripts only once every callback is registered.
        early = base64.b64encode(hashlib.sha256(EARLY_SCRIPT.encode()).digest()).decode()
        scripts = " ".join(["'self'", f"'sha256-{early}'", *app.csp_hashes()])
        return (
            f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' "
            "data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'none'"
        )

    def add_headers(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        if g.get("is_missing"):
            response.status_code = HTTPStatus.NOT_FOUND
        if response.mimetype == "text/html" and not request.path.startswith("/_dash"):
            response.headers.setdefault("Content-Security-Policy", write_policy())
        return response

    app.server.after_request(add_headers)

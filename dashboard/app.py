"""The dashboard as a WSGI application over one snapshot."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from functools import lru_cache

from dash import Dash
from flask import Response, request

from dashboard.check_desk import add_check_route
from dashboard.downloads import add_routes
from dashboard.gallery import Gallery
from dashboard.pages import find_pages
from dashboard.site_frame import NAME, build_site
from dashboard.theme import write_css_variables
from dashboard.wiring import PAGE_OUTPUTS, Rooms, wire_callbacks
from etl import Snapshot

SECRET_VARIABLE = "FOOTNOTED_SECRET_KEY"
ASSET_SECONDS = 86_400
# Dash asks for it only once a chart stands on the page; by then it should be there.
PLOTLY_SCRIPT = "/_dash-component-suites/plotly/package_data/plotly.min.js"
# Before anything is painted, so that a reader who chose the other scheme sees no flash of this one.
EARLY_SCRIPT = (
    'try{const s=localStorage.getItem("scheme");if(s)document.documentElement.dataset.scheme=s}catch{}'
)
INDEX = """<!DOCTYPE html>
<html lang="en">
    <head>
        {{%metas%}}
        <title>{{%title%}}</title>
        <script>{script}</script>
        <link rel="icon" href="data:,">
        <link rel="preload" as="script" href="{plotly}">
        {{%css%}}
        <style>{variables}</style>
    </head>
    <body>
        {{%app_entry%}}
        {{%config%}}
        {{%scripts%}}
        {{%renderer%}}
    </body>
</html>"""


def create_app(snapshot: Snapshot) -> Dash:
    """A dashboard of one snapshot; several may live in one process."""
    app = Dash(
        __name__,
        title=NAME,
        update_title="",
        compress=True,
        use_pages=False,
        suppress_callback_exceptions=True,
        health_endpoint="healthz",
        description="Statistics of trade and arms imports: every figure opens its source.",
        index_string=INDEX.format(script=EARLY_SCRIPT, plotly=PLOTLY_SCRIPT, variables=write_css_variables()),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.server.secret_key = os.environ.get(SECRET_VARIABLE) or secrets.token_hex(32)
    app.server.config["SEND_FILE_MAX_AGE_DEFAULT"] = ASSET_SECONDS
    gallery = Gallery(snapshot)
    app.layout = build_site(snapshot)
    wire_callbacks(app, Rooms(snapshot, gallery, find_pages()))
    add_routes(app.server, gallery=gallery)
    add_check_route(app.server, snapshot=snapshot)
    _add_headers(app)
    return app


def warm_up(app: Dash) -> None:
    """Answers one page before readers come: the first query loads what every later one needs."""
    client = app.server.test_client()
    client.get("/")
    client.post("/_dash-update-component", json=_build_first_request())


def _build_first_request() -> dict[str, object]:
    address = {"path": "/", "query": ""}
    screen = {"scheme": "light", "narrow": False}
    return {
        "output": "..{}..".format("...".join(f"{part}.{name}" for part, name in PAGE_OUTPUTS)),
        "outputs": [{"id": part, "property": name} for part, name in PAGE_OUTPUTS],
        "inputs": [{"id": "address", "property": "data", "value": address}],
        "state": [{"id": "screen", "property": "data", "value": screen}],
        "changedPropIds": ["address.data"],
    }


def _add_headers(app: Dash) -> None:
    @lru_cache(maxsize=1)
    def write_policy() -> str:
        # Late, because dash knows its inline scripts only once every callback is registered.
        early = base64.b64encode(hashlib.sha256(EARLY_SCRIPT.encode()).digest()).decode()
        scripts = " ".join(["'self'", f"'sha256-{early}'", *app.csp_hashes()])
        return (
            f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' "
            "data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'none'"
        )

    def add_headers(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        if response.mimetype == "text/html" and not request.path.startswith("/_dash"):
            response.headers["Content-Security-Policy"] = write_policy()
        return response

    app.server.after_request(add_headers)

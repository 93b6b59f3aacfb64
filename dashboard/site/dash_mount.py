"""Dash pages on the server of the site: each a `dash.Dash` below its own prefix, in the site’s frame."""

from __future__ import annotations

import logging
import mimetypes
import re
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from traceback import walk_tb
from typing import Any

import dash
from dash import Dash, html
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, abort, g, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from dashboard import dash_pages
from dashboard.components.markup import write_markup
from dashboard.dash_page_contract import DashContext, DashPageModule
from dashboard.page_contract import NAME, UnknownPageError
from dashboard.public_address import find_home
from dashboard.site.frame import Surroundings, build_menus, build_site
from dashboard.site.page_answers import PageRequest, SiteContext, build_surroundings, list_banners
from dashboard.site.policy import write_policy
from dashboard.site.server_render import render_page, write_document
from dashboard.site.static_files import LASTING, choose_encoding, pack_suite
from dashboard.snapshot_store import SnapshotStore

ASSETS = Path(dash_pages.__file__).parent / "assets"
SUITES = "_dash-component-suites/"
SUITE_TAG = re.compile(rf"<(?:script|link)[^>]*/{SUITES}([^/\"]+)/([^/\"]+)[^>]*>(?:</script>)?\s*")

DASH = str(Path(dash.__file__).parent)
CALLER = str(Path(DASH, "_callback.py"))
# Folders of dash's own package that every page needs.
OF_ALL = ("deps", "dash-renderer")
PLACE = "dash-page"
WITHOUT_SCRIPTS = "This page is made in the browser, by scripts, which are not allowed there. "
LOG = logging.getLogger(__name__)


class MountedPage(Dash):
    """A Dash page whose documents stand in the frame of the site and load only the libraries it uses."""

    module: DashPageModule
    site_context: SiteContext

    def interpolate_index(self, *_given: Any, **parts: Any) -> str:
        """The document of the address that is asked for."""
        asked: PageRequest = g.asked
        place = html.Div(Markup(parts["app_entry"]), id=PLACE)
        silent = html.Noscript(html.P([WITHOUT_SCRIPTS, html.A("To the overview", href="/")]))
        content = [*list_banners(asked), place, silent]
        site = build_site(content, _build_surroundings(asked))
        body = write_markup(site)
        return write_document(
            title=" · ".join(dict.fromkeys([g.title, self.title, NAME])),
            body=body,
            entry="dash-page.js",
            head=self._keep_used(parts["css"]),
            scripts="".join([parts["config"], self._keep_used(parts["scripts"]), parts["renderer"]]),
        )

    def _keep_used(self, tags: str) -> str:
        """The tags without those of component libraries that the page does not use.

        Dash loads each that any page of the process has imported.
        """
        return SUITE_TAG.sub(lambda tag: tag[0] if self._is_used(tag[1], tag[2]) else "", tags)

    def _is_used(self, package: str, folder: str) -> bool:
        library = package if package != "dash" else f"dash.{folder}"
        return (package == "dash" and folder in OF_ALL) or library in self.module.libraries


def _build_surroundings(asked: PageRequest) -> Surroundings:
    """The frame of a page, whose menus lead to the same address on other days and in other dossiers."""
    here = replace(asked.standing[0], path=asked.path)
    return replace(build_surroundings(asked, current=""), menus=build_menus(here))


def mount_dash_pages(server: Flask, *, site_context: SiteContext, store: SnapshotStore) -> None:
    """Adds every Dash page to a server, below its prefix and nowhere else."""
    for module in dash_pages.find_dash_pages():
        _mount(server, module, site_context=site_context, store=store)


def _mount(server: Flask, module: DashPageModule, *, site_context: SiteContext, store: SnapshotStore) -> None:
    context = DashContext(module.card, store)
    # Any: dash's types leave out that a server may be given.
    given: Any = server
    app = MountedPage(
        dash_pages.__name__,
        server=given,
        title=module.card.title,
        update_title="",
        routes_pathname_prefix=module.card.prefix,
        requests_pathname_prefix=module.card.prefix,
        assets_folder=str(ASSETS),
        use_pages=False,
        compress=False,
        suppress_callback_exceptions=True,
    )
    app.module, app.site_context = module, site_context
    app.layout = lambda: module.build_layout(context)
    module.register_callbacks(app, context)
    views, prefix = server.view_functions, module.card.prefix
    send_index = _answer_with(app, context, site_context)
    views[prefix] = views[f"{prefix}<path:path>"] = send_index
    views[f"{prefix}_dash-update-component"] = _refuse_malformed(views[f"{prefix}_dash-update-component"])
    suites = f"{prefix}{SUITES}<string:package_name>/<path:fingerprinted_path>"
    views[suites] = _send_suites(app)


def _answer_with(
    app: MountedPage, context: DashContext, site_context: SiteContext
) -> Callable[..., Response]:
    """The document of an address below the prefix; 404 where the page has nothing there."""

    def send_index(**_parts: str) -> Response:
        asked = site_context.enter(path=request.path, query=request.args.to_dict())
        query = request.query_string.decode(errors="replace")
        try:
            _, refusal = asked.standing
            if refusal:
                raise refusal
            g.asked, g.title = asked, app.module.find_title(context.enter(request.path, query))
        except (UnknownPageError, ValueError):
            # The site says so, as it does of any other address.
            rendered = render_page(asked, is_phone=False, host=f"{find_home()}/")
            return Response(rendered.document, status=rendered.status, mimetype="text/html")
        # Dash gives its methods no types.
        write_index: Any = app.index
        answer = Response(write_index(), mimetype="text/html")
        # Late, because dash knows its inline scripts only once every callback is registered.
        answer.headers["Content-Security-Policy"] = write_policy(*app.csp_hashes())
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    return send_index


def _refuse_malformed(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    """Dash's answer to a callback; 400 for what dash itself cannot take.

    An error of the callback's own stays one of the server.
    """

    def answer_callback() -> Any:
        try:
            return dispatch()
        except HTTPException:
            raise
        except Exception as error:
            if _is_of_callback(error):
                raise
            LOG.info("dash refused a request: %s", type(error).__name__)
            abort(HTTPStatus.BAD_REQUEST, "This is not what a page of this site sends to its callbacks.")

    return answer_callback


def _is_of_callback(error: Exception) -> bool:
    """Whether an error came of what a callback did: dash had called code that is not its own."""
    files = [frame.f_code.co_filename for frame, _ in walk_tb(error.__traceback__)]
    called = files[files.index(CALLER) :] if CALLER in files else []
    return any(not name.startswith(DASH) for name in called)


def _send_suites(app: MountedPage) -> Callable[..., Response]:
    """The files of component libraries, each packed once, however many pages load it."""

    read_version: Any = check_fingerprint

    def send_suite(package_name: str, fingerprinted_path: str) -> Response:
        path, is_versioned = read_version(fingerprinted_path)
        if path not in app.registered_paths.get(package_name, ()):
            abort(HTTPStatus.NOT_FOUND, "No page loads such a file.")
        encoding = choose_encoding() if path.endswith((".js", ".css")) else None
        kind, _ = mimetypes.guess_type(path)
        content, tag = pack_suite(package_name, path, encoding)
        answer = Response(content, mimetype=kind or "application/octet-stream")
        if encoding:
            answer.headers["Content-Encoding"] = encoding
        answer.vary.add("Accept-Encoding")
        answer.headers["Cache-Control"] = LASTING if is_versioned else "no-cache"
        answer.set_etag(tag)
        answer.make_conditional(request)
        return answer

    return send_suite

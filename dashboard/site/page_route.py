"""Pages over HTTP: each a GET that answers a whole document, kept packed while its snapshot is served."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Flask, Response, request

from dashboard.address import Selection
from dashboard.api import find_match, hash_code
from dashboard.asset_files import find_whole_version
from dashboard.public_address import find_home
from dashboard.routes.lasting import keep_at_hand
from dashboard.site.bounded_cache import BoundedCache
from dashboard.site.page_answers import PageRequest, SiteContext, lasts
from dashboard.site.readers import is_phone
from dashboard.site.server_render import render_page
from dashboard.site.static_files import PACKERS, choose_encoding

# Some hundred pages as they are sent.
CACHED_BYTES = 32_000_000
# Brotli's next levels take four times as long for two per cent.
LEVEL = 6
TAG_BYTES = 15
# By the header, or by its predecessor, a page is drawn for a phone.
VARY = "Accept-Encoding, Sec-CH-UA-Mobile, User-Agent"
CACHING = "no-cache"


@dataclass(frozen=True)
class PageKey:
    """What an answer depends on beside the snapshot that is served."""

    path: str
    asked: Selection
    snapshot_id: str
    is_phone: bool
    host: str
    encoding: str | None


@dataclass(frozen=True)
class PackedPage:
    """A document as it is sent."""

    content: bytes
    status: HTTPStatus = HTTPStatus.OK


def add_page_route(server: Flask, *, site_context: SiteContext) -> None:
    """Adds the pages to a server: every address that no other route answers."""
    cache: BoundedCache[PageKey, PackedPage] = BoundedCache(most_bytes=CACHED_BYTES)
    served = site_context.snapshot
    told = f"{hash_code()} {find_whole_version()} {served.snapshot_id} {served.as_of}"

    @server.get("/", defaults={"path": ""})
    @server.get("/<path:path>")
    def send_page(path: str) -> Response:
        asked = site_context.enter(path=f"/{path}", query=request.args.to_dict())
        key = _write_key(asked)
        if asked.unread or not lasts(site_context, asked.path):
            return _send(_pack(asked, key), key)
        tag = hashlib.blake2b(f"{told} {key}".encode(), digest_size=TAG_BYTES).hexdigest()
        if find_match(tag, request.headers.get("If-None-Match", "")):
            return _send(PackedPage(b"", HTTPStatus.NOT_MODIFIED), key, tag=tag)
        page = cache.find(key)
        if page is None:
            page = _pack(asked, key)
            if page.status == HTTPStatus.OK:
                cache.keep(key, page, size=len(page.content))
        if page.status != HTTPStatus.OK:
            return _send(page, key)
        # Which snapshots there are beside the served one changes while it is served.
        if asked.asked.snapshot is None:
            keep_at_hand()
        return _send(page, key, tag=tag)


def _write_key(asked: PageRequest) -> PageKey:
    return PageKey(
        path=asked.path,
        # Which evidence is open is the browser's own.
        asked=replace(asked.asked, point=None),
        # Another one where the address names a snapshot that came, or went, since.
        snapshot_id=asked.there.snapshot.snapshot_id,
        is_phone=_is_phone(),
        host=f"{find_home()}/",
        encoding=choose_encoding(),
    )


def _is_phone() -> bool:
    hint, agent = (request.headers.get(name, "").encode() for name in ("Sec-CH-UA-Mobile", "User-Agent"))
    return is_phone(hint, agent=agent)


def _pack(asked: PageRequest, key: PageKey) -> PackedPage:
    rendered = render_page(asked, is_phone=key.is_phone, host=key.host)
    content = rendered.document.encode()
    if key.encoding:
        content = PACKERS[key.encoding](content, level=LEVEL)
    return PackedPage(content, rendered.status)


def _send(page: PackedPage, key: PageKey, *, tag: str | None = None) -> Response:
    headers = {"Cache-Control": CACHING, "Vary": VARY}
    if key.encoding and page.content:
        headers["Content-Encoding"] = key.encoding
    if tag:
        headers["ETag"] = f'"{tag}:{key.encoding}"' if key.encoding else f'"{tag}"'
    return Response(page.content, status=page.status, mimetype="text/html", headers=headers)

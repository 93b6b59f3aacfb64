"""Scripts, styles and the font at addresses of their content: packed once, kept by browsers for a year."""

from __future__ import annotations

import gzip
import hashlib
import pkgutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import PurePosixPath
from threading import Thread

import brotli
from flask import Flask, Response, abort, request

from dashboard.asset_files import (
    HOME,
    PLOTLY_FILE,
    PLOTLY_NAME,
    TYPES,
    find_version,
    list_names,
    read_asset,
    write_plotly_address,
)
from dashboard.routes.lasting import keep_at_hand

LASTING = "public, max-age=31536000, immutable"
PACKED_SUFFIXES = (".js", ".css")
DENSEST = 11
# Brotli at its densest takes ten seconds for plotly.js; here it takes one, for three per cent more bytes.
SUITE_LEVEL = 6
TAG_BYTES = 15


def _pack_with_brotli(content: bytes, *, level: int) -> bytes:
    packed: bytes = brotli.compress(content, quality=level, mode=brotli.MODE_TEXT)
    return packed


def _pack_with_gzip(content: bytes, *, level: int) -> bytes:
    # Without the time of packing: equal contents are equal bytes.
    return gzip.compress(content, compresslevel=min(level, 9), mtime=0)


# The denser one first.
PACKERS: dict[str, Callable[..., bytes]] = {"br": _pack_with_brotli, "gzip": _pack_with_gzip}


def choose_encoding() -> str | None:
    """The densest encoding that the request takes."""
    accepted = request.accept_encodings
    return next((name for name in PACKERS if accepted[name] > 0), None)


def add_static_route(server: Flask) -> None:
    """Adds /assets/<version>/<name> to a server."""

    @server.get(f"{HOME}/<version>/<path:name>")
    def send_asset(version: str, name: str) -> Response:
        try:
            is_current = find_version(name) == version
        except KeyError as error:
            abort(404, str(error.args[0]))
        suffix = PurePosixPath(name).suffix
        encoding = choose_encoding() if suffix in PACKED_SUFFIXES else None
        answer = Response(pack_asset(name, encoding), content_type=f"{TYPES[suffix]}; charset=utf-8")
        if encoding:
            answer.headers["Content-Encoding"] = encoding
        answer.vary.add("Accept-Encoding")
        # A page of an earlier version gets what there is now, and keeps it no longer than that.
        answer.headers["Cache-Control"] = LASTING if is_current else "no-cache"
        if is_current:
            keep_at_hand()
        return answer

    @server.get(f"{HOME}/<version>/{PLOTLY_NAME}")
    def send_plotly(version: str) -> Response:
        """plotly.js as the installed package has it, for figures that the server does not draw."""
        encoding = choose_encoding()
        content, _ = pack_suite(*PLOTLY_FILE, encoding)
        answer = Response(content, content_type=f"{TYPES['.js']}; charset=utf-8")
        if encoding:
            answer.headers["Content-Encoding"] = encoding
        answer.vary.add("Accept-Encoding")
        is_current = write_plotly_address() == f"{HOME}/{version}/{PLOTLY_NAME}"
        answer.headers["Cache-Control"] = LASTING if is_current else "no-cache"
        if is_current:
            keep_at_hand()
        return answer


@lru_cache(maxsize=128)
def pack_suite(package: str, path: str, encoding: str | None) -> tuple[bytes, str]:
    """A file of an installed package as it is sent, and the tag of what it holds."""
    content = pkgutil.get_data(package, path) or b""
    packed = PACKERS[encoding](content, level=SUITE_LEVEL) if encoding else content
    return packed, hashlib.blake2b(packed, digest_size=TAG_BYTES).hexdigest()


@lru_cache(maxsize=128)
def pack_asset(name: str, encoding: str | None) -> bytes:
    """A file as it is sent."""
    content = read_asset(name)
    return PACKERS[encoding](content, level=DENSEST) if encoding else content


def pack_early() -> None:
    """Packs everything in the background, so that no reader waits for it."""

    def pack_all() -> None:
        for suffix in PACKED_SUFFIXES:
            for name in list_names(suffix):
                pack_asset(name, "br")

    Thread(target=pack_all, daemon=True).start()

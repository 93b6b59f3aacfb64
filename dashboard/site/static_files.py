"""Scripts and styles packed once, as small as they get, instead of quickly at every request."""

from __future__ import annotations

import gzip
import mimetypes
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from threading import Thread

import brotli
from flask import Flask, Response, request

# Their addresses name their version, so that an answer holds for as long as the address does.
PACKED_PATHS = ("/_dash-component-suites/", "/assets/")
PACKED_TYPES = {"text/javascript", "application/javascript", "text/css"}
LINKED_FILE = re.compile(r'(?:src|href)="(/[^"]+)"')
# Not every system's list of types has it.
mimetypes.add_type("font/woff2", ".woff2")
CACHED_FILES = 128
DENSEST = 11


def _pack_with_brotli(content: bytes) -> bytes:
    packed: bytes = brotli.compress(content, quality=DENSEST, mode=brotli.MODE_TEXT)
    return packed


# The denser one first.
PACKERS: dict[str, Callable[[bytes], bytes]] = {"br": _pack_with_brotli, "gzip": gzip.compress}


def add_packing(server: Flask) -> None:
    """Answers for scripts and styles carry the densest form, where the browser takes it.

    It runs before flask-compress, which leaves what is packed already as it is.
    """

    @lru_cache(maxsize=CACHED_FILES)
    def pack(_address: str, content: bytes, encoding: str) -> bytes:
        return PACKERS[encoding](content)

    def pack_answer(response: Response) -> Response:
        encoding = next((name for name in PACKERS if request.accept_encodings[name] > 0), None)
        if encoding and _can_pack(response):
            response.direct_passthrough = False
            response.set_data(pack(request.full_path, response.get_data(), encoding))
            response.headers["Content-Encoding"] = encoding
            response.vary.add("Accept-Encoding")
        return response

    server.after_request(pack_answer)


def pack_early(server: Flask, page: str) -> None:
    """Packs what a page links to, in the background, so that no reader waits for it."""

    def ask_for_all() -> None:
        client = server.test_client()
        for address in _list_links(page):
            client.get(address, headers={"Accept-Encoding": "br"})

    Thread(target=ask_for_all, daemon=True).start()


def _list_links(page: str) -> Iterator[str]:
    return (link for link in LINKED_FILE.findall(page) if link.startswith(PACKED_PATHS))


def _can_pack(response: Response) -> bool:
    return (
        request.path.startswith(PACKED_PATHS)
        and response.status_code == 200
        and response.mimetype in PACKED_TYPES
        and "Content-Encoding" not in response.headers
    )

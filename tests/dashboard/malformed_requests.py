"""Requests that nobody means well with: drawn from a fixed seed, over every route of the site.

Each is a real rule of the server with its places filled, a query of names that are read and of names that
are not, headers and a body; any of these may be malformed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes, unquote_to_bytes

from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import TestResponse

# What must never come back as it was sent; no page has it of itself.
MARK = "xq7z"
SCRIPT = f'"><script>{MARK}</script>'
HANDLERS = (f'" onload={MARK} x="', f"' onload={MARK} x='", f"<img src=x onload={MARK}>")
ODD = (
    "",
    " ",
    ".",
    "..",
    "../../etc/passwd",
    "%",
    "%zz",
    "\x00",
    "a\x00b",
    "\n",
    "a\r\nSet-Cookie: a=b",
    "\x1b[31m",
    "é",
    "ß" * 50,
    "\u202e",
    "\U0001d7d9",
    "²",
    "-1",
    "0",
    "1e9",
    "9" * 30,
    "9" * 5000,
    "nan",
    "inf",
    "1.5",
    "null",
    "true",
    "[]",
    "{}",
    "{0}",
    "%(x)s",
    "' or 1=1 --",
    "2024-02-30",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2010-01-01..2009-01-01",
    "..",
    "2010-01-01..",
    "*",
    "?" * 20,
    "(" * 200,
    "a" * 3000,
    "\\",
    "|",
    SCRIPT,
    *HANDLERS,
)
BYTES = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f", b"\x80" * 20, b"\xfe\xff\x00")
NAMES = (
    "dossier",
    "snapshot",
    "as_of",
    "span",
    "point",
    "vintage",
    "window",
    "show",
    "verdict",
    "topic",
    "document",
    "sort",
    "chart",
    "left",
    "right",
    "q",
    "kind",
    "width",
    "scheme",
    "beside",
    "narrow",
    "v",
    "was",
    "page",
    "format",
    "limit",
    "cursor",
    "indicator",
    "ref_area",
    "time_period",
    "published_on",
    "text",
    "answer",
)
METHODS = ("GET",) * 30 + ("HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW")
TYPES = (
    "application/json",
    "text/plain",
    "text/plain; charset=utf-7",
    "text/plain; charset=\x00",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "",
    "text/html",
    "multipart/form-data; boundary=" + "y" * 500,
)
BODIES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"text": 1}',
    b'{"text": "\\ud800 36 per cent"}',
    b"text=\xff\xfe",
    b"\x00" * 100,
    b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n36 per cent\r\n--x--',
    b"--x\r\n\r\n",
    b"[" * 3000,
    b'{"text": "36 per cent", "dossier": {}}',
    b'{"output": "..", "inputs": [{"id": 1}], "changedPropIds": 7}',
    b'{"text": ' + b"9" * 5000 + b"}",
    b'{"text": NaN}',
    "36 per cent of India's imports, 2019–23".encode(),
)
HEADERS = {
    "X-Footnoted": ("check", "", "é"),
    "If-None-Match": ("*", '"', 'W/"a", "b', '"' * 50, "a" * 3000),
    "Accept-Encoding": ("br", "gzip;q=0", "*;q=0.1", "br;q=nan", ";;;", "identity;q=0, *;q=0"),
    "Range": ("bytes=0-1", "bytes=-", "bytes=9-1", "lines=1"),
    "Accept": ("*/*", "text/html;q=x", ""),
    "Cookie": ("a=b", "=;=;", "a" * 3000),
    "User-Agent": ("Mobi", SCRIPT, "\x1b[2J"),
    "Sec-CH-UA-Mobile": ("?1", "?9"),
    "Sec-Fetch-Site": ("cross-site", "none"),
    "Content-Encoding": ("gzip", "br"),
    "Host": ("localhost", "evil.example", SCRIPT, "", "a b", "[::1]"),
    "X-Forwarded-For": ("203.0.113.9", "\x00"),
    "Origin": ("null", "https://evil.example"),
}


@dataclass(frozen=True)
class MalformedRequest:
    """One request; path and query are as they stand on the line."""

    method: str
    path: str
    query: str
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = ""
    body: bytes = b""


class Generator:
    """Draws requests; the same ones for the same seed."""

    def __init__(self, server: Flask, *, known: tuple[str, ...], seed: int) -> None:
        self._random = random.Random(seed)
        self._rules = sorted({rule.rule for rule in server.url_map.iter_rules()})
        self._known = known

    def draw(self, count: int) -> Iterator[MalformedRequest]:
        """So many requests."""
        for _ in range(count):
            yield self._draw_one()

    def _draw_one(self) -> MalformedRequest:
        choose, method = self._random.choice, self._random.choice(METHODS)
        headers = {name: choose(texts) for name, texts in HEADERS.items() if self._random.random() < 0.1}
        has_body = method not in {"GET", "HEAD"} or self._random.random() < 0.05
        return MalformedRequest(
            method,
            self._fill(choose(self._rules)),
            "&".join(self._draw_pair() for _ in range(choose((0, 0, 1, 1, 2, 3, 8)))),
            headers,
            choose(TYPES) if has_body else "",
            choose(BODIES) if has_body else b"",
        )

    def _fill(self, rule: str) -> str:
        parts = rule.replace("<", "\x00<").replace(">", "\x00").split("\x00")
        path = "".join(
            self._draw_value(is_known_likely=True) if part.startswith("<") else part for part in parts
        )
        return path if path.startswith("/") else f"/{path}"

    def _draw_pair(self) -> str:
        name = self._random.choice(NAMES) if self._random.random() < 0.9 else self._draw_value()
        between = "=" if self._random.random() < 0.97 else self._random.choice(("", "==", "&", ";"))
        return f"{name}{between}{self._draw_value()}"

    def _draw_value(self, *, is_known_likely: bool = False) -> str:
        drawn = self._random.random()
        if drawn < (0.5 if is_known_likely else 0.3):
            return quote_from_bytes(self._random.choice(self._known).encode())
        if drawn < 0.9:
            return quote_from_bytes(self._random.choice(ODD).encode(), safe="/%")
        if drawn < 0.95:
            return quote_from_bytes(self._random.choice(BYTES))
        return quote_from_bytes(
            bytes(self._random.randrange(256) for _ in range(self._random.randrange(1, 12)))
        )


def send(client: FlaskClient, asked: MalformedRequest) -> TestResponse:
    """The answer; everything comes to the application as a server passes it on."""
    overrides = {
        "PATH_INFO": unquote_to_bytes(asked.path).decode("latin-1"),
        "QUERY_STRING": asked.query,
        **{f"HTTP_{name.upper().replace('-', '_')}": text for name, text in asked.headers.items()},
    }
    return client.open(
        "/",
        method=asked.method,
        data=asked.body,
        content_type=asked.content_type,
        environ_overrides=overrides,
    )


def find_fault(answer: TestResponse) -> str | None:
    """What is wrong with an answer; None where nothing is."""
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"status {answer.status_code}"
    if any("\n" in text or "\r" in text or "\x00" in text for _, text in answer.headers):
        return "a header of more than one line"
    if answer.mimetype in {"text/html", "image/svg+xml"} and "Content-Encoding" not in answer.headers:
        page = LexborHTMLParser(answer.get_data())
        if page.css("[onload]") or any(MARK in script.text() for script in page.css("script")):
            return "something of the request in the page, as if it were the page's own"
    return None

"""Limits of a request: bytes and seconds, on every route, before a thread is held."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import etl
from dashboard.site.app import create_app
from dashboard.site.bounded_requests import PIECE_BYTES, BoundedRequests
from dashboard.site.limits import LARGE_BODIES, USUAL_BODY, Limits, find_largest_body
from tests.apart import run_apart

HUGE = 200_000_000
Environ = dict[str, Any]
START = "http.response.start"


class UnreadableBody(io.RawIOBase):
    """A body that must not be read."""

    def readable(self) -> bool:
        """It may be asked for."""
        return True

    def readinto(self, _place: Any) -> int:
        """Raises: AssertionError."""
        raise AssertionError("the body was read")


def list_paths(server: Flask) -> list[tuple[str, str]]:
    """A path of every route, with a method that it takes."""
    paths = []
    for rule in server.url_map.iter_rules():
        filled = rule.rule
        for name in rule.arguments:
            for kind in ("path:", ""):
                filled = filled.replace(f"<{kind}{name}>", "x")
        paths += [(method, filled) for method in sorted(rule.methods or ()) if method != "OPTIONS"]
    return paths


def test_a_body_that_says_it_is_huge_is_refused_unread_on_every_route(built_snapshot: etl.Snapshot) -> None:
    server: Flask = create_app(built_snapshot)
    client = server.test_client()
    environ = {"CONTENT_LENGTH": str(HUGE), "wsgi.input": UnreadableBody()}
    paths = list_paths(server)
    assert len(paths) > 40
    for method, path in paths:
        answer = client.open(path, method=method, environ_overrides=environ)
        assert answer.status_code == 413, (method, path)


@dataclass
class Exchange:
    """One request to the ASGI application, and what came of it."""

    path: str = "/"
    headers: tuple[tuple[bytes, bytes], ...] = ()
    pieces: tuple[bytes, ...] = (b"",)
    pause: float = 0.0
    method: str = "POST"
    query: bytes = b""
    raw_path: bytes | None = None
    read: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)

    async def receive(self) -> dict[str, Any]:
        """The next piece of the body."""
        await asyncio.sleep(self.pause)
        piece = self.pieces[self.read]
        self.read += 1
        return {"type": "http.request", "body": piece, "more_body": self.read < len(self.pieces)}

    async def send(self, message: dict[str, Any]) -> None:
        """Keeps a message of the answer."""
        self.sent.append(message)

    async def run(self, application: BoundedRequests) -> Exchange:
        """Asks."""
        scope = {
            "type": "http",
            "method": self.method,
            "path": self.path,
            "raw_path": self.raw_path or self.path.encode(),
            "query_string": self.query,
            "headers": list(self.headers),
            "http_version": "1.1",
            "scheme": "http",
            "client": ("192.0.2.1", 1),
            "server": ("127.0.0.1", 8050),
        }
        await application(scope, self.receive, self.send)
        return self

    @property
    def status(self) -> int:
        """Of the answer."""
        status: int = next(each["status"] for each in self.sent if each["type"] == START)
        return status

    @property
    def body(self) -> bytes:
        """Of the answer."""
        return b"".join(each["body"] for each in self.sent if each["type"] != START)


def serve(answer: Callable[[Environ], bytes], **limits: Any) -> BoundedRequests:
    """An application that answers with bytes made of the environ."""

    def application(environ: Environ, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain"), ("X-Two", "a"), ("X-Two", "b")])
        return [answer(environ)]

    return BoundedRequests(application, Limits(**limits))


def ask(application: BoundedRequests, exchange: Exchange | None = None) -> Exchange:
    """One exchange, run to its end."""
    return run_apart((exchange or Exchange()).run(application))


def echo_body(environ: Environ) -> bytes:
    """The body as the application reads it."""
    content: bytes = environ["wsgi.input"].read()
    return content


def test_a_body_comes_whole_whatever_pieces_it_was_sent_in() -> None:
    assert ask(serve(echo_body), Exchange(pieces=(b"one ", b"", b"two"))).body == b"one two"


def test_a_body_that_says_it_is_too_large_is_not_read_and_its_length_is_told() -> None:
    headers = ((b"content-length", str(HUGE).encode()),)
    told = ask(serve(lambda environ: environ["CONTENT_LENGTH"].encode()), Exchange(headers=headers))
    assert (told.body, told.read) == (str(HUGE).encode(), 0)


def test_a_body_that_does_not_say_so_is_read_no_further_than_its_limit() -> None:
    pieces = (b"x" * (USUAL_BODY // 2),) * 10
    told = ask(serve(lambda environ: environ["CONTENT_LENGTH"].encode()), Exchange(pieces=pieces))
    assert told.read == 3
    assert int(told.body) > USUAL_BODY


@pytest.mark.parametrize("path", LARGE_BODIES)
def test_the_check_takes_larger_bodies_than_other_routes(path: str) -> None:
    assert find_largest_body(path) > 10_000_000 > find_largest_body("/")


def test_a_body_that_comes_too_slowly_is_given_up() -> None:
    slow = Exchange(pieces=(b"x",) * 100, pause=0.02)
    assert ask(serve(echo_body, body_seconds=0.1), slow).status == 408
    assert slow.read < 50


def test_slow_bodies_hold_no_thread() -> None:
    async def ask_beside_slow_ones() -> Exchange:
        application = serve(echo_body, threads=1, body_seconds=30)
        slow = [asyncio.create_task(Exchange(pause=20).run(application)) for _ in range(50)]
        await asyncio.sleep(0)
        quick = await Exchange(pieces=(b"quick",)).run(application)
        for each in slow:
            each.cancel()
        return quick

    assert run_apart(ask_beside_slow_ones()).body == b"quick"


def test_bodies_hold_no_more_bytes_together_than_they_may() -> None:
    async def ask_together() -> list[int]:
        application = serve(echo_body, bodies_bytes=1000)
        exchanges = [Exchange(pieces=(b"x" * 300, b"y" * 300), pause=0.01) for _ in range(5)]
        return [each.status for each in await asyncio.gather(*(each.run(application) for each in exchanges))]

    statuses = run_apart(ask_together())
    assert 503 in statuses
    assert set(statuses) <= {200, 503}


def test_what_was_held_is_given_back() -> None:
    application = serve(echo_body, bodies_bytes=1000)

    async def ask_in_turn() -> set[int]:
        return {(await Exchange(pieces=(b"x" * 900,)).run(application)).status for _ in range(5)}

    assert run_apart(ask_in_turn()) == {200}


def test_work_that_takes_too_long_is_answered_without_waiting_for_it() -> None:
    done = threading.Event()
    application = serve(lambda _environ: b"late" if done.wait(20) else b"", work_seconds=0.1)

    async def ask_for_long_work() -> Exchange:
        answer = await Exchange().run(application)
        done.set()
        return answer

    refusal = run_apart(ask_for_long_work())
    assert refusal.status == 503
    assert b"longer than one answer may take" in refusal.body


def test_more_requests_than_may_wait_are_told_to_come_back() -> None:
    assert ask(serve(echo_body, waiting=0)).status == 503


def test_a_large_answer_leaves_in_pieces_and_whole() -> None:
    content = bytes(range(256)) * 1000
    exchange = ask(serve(lambda _environ: content))
    assert exchange.body == content
    assert max(len(each["body"]) for each in exchange.sent if each["type"] != START) <= PIECE_BYTES


def test_an_address_comes_to_the_application_as_it_was_sent() -> None:
    asked = Exchange(raw_path=b"/caf%C3%A9/%FF%00?x", query=b"q=%FF", method="GET")
    told = ask(
        serve(lambda environ: f"{environ['PATH_INFO']}|{environ['QUERY_STRING']}".encode("latin-1")), asked
    )
    assert told.body == b"/caf\xc3\xa9/\xff\x00|q=%FF"


def test_a_header_that_only_resembles_one_of_a_proxy_is_dropped() -> None:
    headers = ((b"x_forwarded_for", b"203.0.113.9"), (b"x-twice", b"a"), (b"x-twice", b"b"))
    told = ask(
        serve(lambda environ: repr((environ.get("HTTP_X_FORWARDED_FOR"), environ["HTTP_X_TWICE"])).encode()),
        Exchange(headers=headers),
    )
    assert told.body == b"(None, 'a,b')"


def test_a_header_that_is_given_twice_is_sent_twice() -> None:
    start = ask(serve(lambda _environ: b"")).sent[0]
    assert [text for name, text in start["headers"] if name == b"x-two"] == [b"a", b"b"]


def test_a_client_of_flask_is_limited_too(built_snapshot: etl.Snapshot) -> None:
    client: FlaskClient = create_app(built_snapshot).test_client()
    assert client.post("/api/v1/check", data=b"x" * 20_000_000).status_code == 413

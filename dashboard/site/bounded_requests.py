"""The WSGI application behind an asynchronous server, so that no client holds a thread by being slow.

A body is read whole before a thread works on it, and an answer is written before it is sent; both, and the
work between them, have bounds. The server itself (see server.py) bounds the reading of headers.
"""

from __future__ import annotations

import asyncio
import faulthandler
import io
import logging
import os
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from dashboard.routes.lasting import LASTING_MARK
from dashboard.site.answers_at_hand import Answer, AnswersAtHand, read_plain
from dashboard.site.limits import Limits, find_largest_body

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication, WSGIEnvironment

LOG = logging.getLogger(__name__)
# What is passed on at once: a slow reader holds few of these, a fast one does not notice them.
PIECE_BYTES = 65_536
STUCK_EXIT = 70
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class _RefusedError(Exception):
    """A request that is answered with a status and a sentence, without work."""

    def __init__(self, status: HTTPStatus, text: str, *, retry_seconds: int | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.retry_seconds = retry_seconds

    def write(self) -> Answer:
        """The answer, after which the connection is closed: what else it holds is not read."""
        retry = [("retry-after", str(self.retry_seconds))] if self.retry_seconds else []
        headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close"), *retry]
        return Answer(self.status, headers, f"{self}\n".encode())


class _LeftError(Exception):
    """The client has gone before its request was whole."""


@dataclass(frozen=True)
class _Body:
    """What was read of a body, and how long it is as far as is known."""

    content: bytes
    length: int


@dataclass
class BoundedRequests:
    """An ASGI application that lets a WSGI application work on whole requests, within limits."""

    application: WSGIApplication
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._threads = ThreadPoolExecutor(self.limits.threads, thread_name_prefix="request")
        self._waiting = 0
        self._body_bytes = 0
        self._working: dict[int, float] = {}
        self._at_hand = AnswersAtHand()
        self._watch: asyncio.Task[None] | None = None

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """One connection's request, answered; ASGI."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            kind = (await receive())["type"].removeprefix("lifespan.")
            if kind == "startup":
                self._watch = asyncio.create_task(self._replace_when_stuck())
            await send({"type": f"lifespan.{kind}.complete"})
            if kind == "shutdown":
                return

    async def _answer(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        plain = read_plain(scope)
        try:
            answer = self._at_hand.find(plain)
            if answer is None:
                with self._count() as hold:
                    body = await self._read_body(scope, receive, hold)
                    answer = await self._work(write_environ(scope, body))
                self._at_hand.keep(plain, answer)
        except _RefusedError as refusal:
            answer = refusal.write()
        except _LeftError:
            return
        try:
            async with asyncio.timeout(self.limits.sending_seconds):
                await _send_answer(answer, send)
        except TimeoutError:
            LOG.info("an answer was given up: its reader took too long")

    @contextmanager
    def _count(self) -> Iterator[Callable[[int], None]]:
        """Counts a request, and the bytes of its body, for as long as it is read and worked on.

        Raises: _RefusedError where there are too many.
        """
        if self._waiting >= self.limits.waiting:
            raise _RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "Too many requests at once.", retry_seconds=2)
        self._waiting += 1
        held = 0

        def hold(count: int) -> None:
            nonlocal held
            if self._body_bytes + count > self.limits.bodies_bytes:
                text = "Too many texts are being sent at once."
                raise _RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, text, retry_seconds=5)
            held += count
            self._body_bytes += count

        try:
            yield hold
        finally:
            self._waiting -= 1
            self._body_bytes -= held

    async def _read_body(
        self, scope: Mapping[str, Any], receive: Receive, hold: Callable[[int], None]
    ) -> _Body:
        """The body; nothing more is read of one that is too large, for the application to refuse it.

        Raises: _RefusedError where it comes too slowly; _LeftError where it stops coming.
        """
        most, body = find_largest_body(scope["path"]), bytearray()
        told = next((text for name, text in scope["headers"] if name == b"content-length"), b"0")
        if int(told) > most:
            return _Body(b"", int(told))
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise _LeftError
                    piece = message.get("body", b"")
                    hold(len(piece))
                    body += piece
                    if len(body) > most or not message.get("more_body", False):
                        return _Body(bytes(body[:most]), len(body))
        except TimeoutError as error:
            text = "The request took too long to arrive."
            raise _RefusedError(HTTPStatus.REQUEST_TIMEOUT, text) from error

    async def _work(self, environ: WSGIEnvironment) -> Answer:
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._threads, self._call, environ)
        try:
            return await asyncio.wait_for(work, self.limits.work_seconds)
        except TimeoutError as error:
            LOG.error("a request took longer than %s s", self.limits.work_seconds)
            text = "This took longer than one answer may take."
            raise _RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, text, retry_seconds=60) from error

    def _call(self, environ: WSGIEnvironment) -> Answer:
        started: list[Any] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], _error: object = None
        ) -> Callable[[bytes], object]:
            started[:] = [int(status.split(maxsplit=1)[0]), headers]
            return lambda _content: None

        key = id(environ)
        self._working[key] = time.monotonic()
        try:
            written = self.application(environ, start_response)
            try:
                pieces = list(written)
            finally:
                close = getattr(written, "close", None)
                if close is not None:
                    close()
        finally:
            del self._working[key]
        body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        return Answer(started[0], started[1], body, stays=LASTING_MARK in environ)

    async def _replace_when_stuck(self) -> None:
        """Ends this process where a request never ends, or where nothing else gets to run; another begins.

        The second is seen by a watcher outside Python, which ends the process unless it is put off in time.
        """
        while True:
            faulthandler.dump_traceback_later(self.limits.stuck_seconds, exit=True)
            await asyncio.sleep(self.limits.stuck_seconds / 10)
            oldest = min(self._working.values(), default=time.monotonic())
            if time.monotonic() - oldest > self.limits.stuck_seconds:
                LOG.error(
                    "a request has not ended for %s s: this worker is replaced", self.limits.stuck_seconds
                )
                faulthandler.dump_traceback()
                os._exit(STUCK_EXIT)


def write_environ(scope: Mapping[str, Any], body: _Body) -> WSGIEnvironment:
    """A request as WSGI has it (PEP 3333)."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    host, port = scope.get("server") or ("localhost", 80)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path.partition(b"?")[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body.content),
        "CONTENT_LENGTH": str(body.length),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, text in scope["headers"]:
        _add_header(environ, name.decode("latin-1"), text.decode("latin-1"))
    return environ


def _add_header(environ: WSGIEnvironment, name: str, text: str) -> None:
    # A name with an underscore would pass for the one with a hyphen, which only a proxy may send.
    if "_" in name or name in {"content-length", "transfer-encoding"}:
        return
    key = name.upper().replace("-", "_")
    if key == "CONTENT_TYPE":
        environ[key] = text
        return
    known = environ.get(f"HTTP_{key}")
    between = "; " if key == "COOKIE" else ","
    environ[f"HTTP_{key}"] = text if known is None else f"{known}{between}{text}"


async def _send_answer(answer: Answer, send: Send) -> None:
    headers = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    left = memoryview(answer.body)
    while len(left) > PIECE_BYTES:
        await send({"type": "http.response.body", "body": bytes(left[:PIECE_BYTES]), "more_body": True})
        left = left[PIECE_BYTES:]
    await send({"type": "http.response.body", "body": bytes(left), "more_body": False})

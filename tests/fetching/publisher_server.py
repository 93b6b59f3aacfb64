"""A publisher on this machine: it gives the answers it was told to give, and remembers what was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """One answer: `cut_at` ends the connection after so many bytes, `delay` waits before the first."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_at: int | None = None
    delay: float = 0.0
    has_ranges: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Publisher:
    """The server's address, its replies, of which the last is given for good, and the requests it got."""

    url: str
    replies: list[Reply]
    asked: list[Asked]

    def answer_with(self, *replies: Reply) -> None:
        """Give these replies, in this order, to what is asked next."""
        self.replies.extend(replies)


@contextmanager
def open_publisher() -> Iterator[Publisher]:
    """A server that runs while the test does."""
    replies: list[Reply] = []
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        """Gives the next reply to whatever is asked."""

        def do_GET(self) -> None:
            self.answer("GET")

        def do_POST(self) -> None:
            self.answer("POST")

        def answer(self, method: str) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            asked.append(Asked(method, self.path, _lower(dict(self.headers)), self.rfile.read(size)))
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
            time.sleep(reply.delay)
            try:
                self.send(reply)
            except OSError:
                self.close_connection = True

        def send(self, reply: Reply) -> None:
            body, status, first = reply.body, reply.status, self.headers.get("Range")
            headers = {"Content-Type": "application/octet-stream", **reply.headers}
            if first and reply.has_ranges and self.headers.get("If-Range") == reply.headers.get("ETag"):
                start = int(first.removeprefix("bytes=").rstrip("-"))
                headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
                body, status = body[start:], 206
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: reply.cut_at])
            if reply.cut_at is not None:
                self.close_connection = True

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Publisher(f"http://127.0.0.1:{server.server_port}", replies, asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}

"""What one request may take of the server: bytes, seconds and threads, on every route."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.api.contract import HOME
from dashboard.api.resources.check import LARGEST_BODY
from dashboard.routes.check import LARGEST_FORM
from dashboard.routes.check import PATH as CHECK

# A question that no route reads a body of, or the choices of a chart's own page.
USUAL_BODY = 500_000
LARGE_BODIES = {CHECK: LARGEST_FORM, f"{HOME}/check": LARGEST_BODY}
MOST_HEADER_BYTES = 32_768
HEADER_SECONDS = 10


@dataclass(frozen=True)
class Limits:
    """Bounds of one worker.

    `threads` work at once, and `waiting` requests at most are read or wait for one. `bodies_bytes` is what
    the bodies of all of them may hold together. A client has `body_seconds` to send its request and
    `sending_seconds` to take the answer; the work may take `work_seconds` before the client is told that it
    took too long, and after `stuck_seconds` the worker is replaced.
    """

    threads: int = 8
    waiting: int = 2_000
    bodies_bytes: int = 100_000_000
    body_seconds: float = 30
    work_seconds: float = 30
    sending_seconds: float = 600
    stuck_seconds: float = 60


def find_largest_body(path: str) -> int:
    """How many bytes the body of a request to a path may have."""
    return LARGE_BODIES.get(path, USUAL_BODY)


def limit_bodies(server: Flask) -> None:
    """Refuses a body that is too large on every route, before anything of it is read."""

    def refuse_large_body() -> None:
        most = find_largest_body(request.path)
        request.max_content_length = most
        if (request.content_length or 0) > most:
            raise RequestEntityTooLarge(f"At most {most:,} bytes can be sent to this address.")

    server.before_request(refuse_large_body)

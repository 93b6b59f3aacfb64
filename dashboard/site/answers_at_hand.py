"""Answers that are at hand: the worker's own loop sends them again, without a thread and without work.

A route says (routes/lasting.py) that its answer stays as it is for as long as this process serves. The answer
is then kept under all that it may depend on: the address, and the few headers that such routes read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from dashboard.site.bounded_cache import BoundedCache
from dashboard.site.readers import is_phone

CACHED_BYTES = 32_000_000
# Who is asked, as proxies say it too, and what the client takes.
TOLD_BY = (b"host", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-port", b"accept-encoding")
# Whoever sends one of these is answered by the application.
NOT_PLAIN = frozenset((b"transfer-encoding", b"range", b"if-modified-since", b"if-match"))
# What an answer without a body has no more to say of it.
OF_BODY = frozenset(("content-length", "content-encoding", "content-type"))


@dataclass(frozen=True)
class Answer:
    """An answer as it is sent, and whether its route says that it stays so."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    stays: bool = False


@dataclass(frozen=True)
class PlainRequest:
    """A GET that may have been answered before: what its answer depends on, and which one the client has."""

    key: tuple[object, ...]
    known: bytes | None


def read_plain(scope: Mapping[str, Any]) -> PlainRequest | None:
    """A request of an ASGI server as far as answers at hand go; None where the application has to answer."""
    if scope["method"] != "GET":
        return None
    headers = dict(scope["headers"])
    # One that is sent twice is for the application to refuse or to join.
    if len(headers) < len(scope["headers"]) or not NOT_PLAIN.isdisjoint(headers):
        return None
    if headers.get(b"content-length", b"0") != b"0":
        return None
    told = tuple(headers.get(name) for name in TOLD_BY)
    phone = is_phone(headers.get(b"sec-ch-ua-mobile", b""), agent=headers.get(b"user-agent", b""))
    path = scope.get("raw_path") or scope["path"]
    key = (scope["scheme"], path, scope["query_string"], *told, phone)
    return PlainRequest(key, headers.get(b"if-none-match"))


class AnswersAtHand:
    """The answers of one worker that stay."""

    def __init__(self, *, most_bytes: int = CACHED_BYTES) -> None:
        self._answers: BoundedCache[tuple[object, ...], Answer] = BoundedCache(most_bytes=most_bytes)

    def find(self, asked: PlainRequest | None) -> Answer | None:
        """What was answered before; without its body where the client says that it has that."""
        answer = self._answers.find(asked.key) if asked else None
        if answer is None or asked is None or asked.known is None:
            return answer
        tag = next((text for name, text in answer.headers if name.lower() == "etag"), None)
        if tag is None or asked.known != tag.encode():
            return None
        headers = [(name, text) for name, text in answer.headers if name.lower() not in OF_BODY]
        return Answer(HTTPStatus.NOT_MODIFIED, headers, b"")

    def keep(self, asked: PlainRequest | None, answer: Answer) -> None:
        """Keeps an answer that stays."""
        if asked is not None and answer.stays and answer.status == HTTPStatus.OK:
            self._answers.keep(asked.key, answer, size=len(answer.body))

"""Answers that are refusals: what a publisher says in them, and whether to ask again."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

import httpx

from etl.fetching.questions import Question, RefusedError

# The message of an error page stands near its head; in ours it has to stay one line or two.
MOST_BYTES, MOST_WORDS = 4096, 200
UNAUTHORISED, FORBIDDEN = 401, 403
REDIRECTED, CLIENT_ERROR = 300, 400
MESSAGE_NAMES = ("message", "errorMessage", "error", "errorObject", "detail", "title", "value")
_TITLE = re.compile(r"<(?:title|h1)[^>]*>(.*?)</", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class TryAgainError(Exception):
    """A failure that may pass by itself, and the seconds that the publisher asks to be left alone for."""

    def __init__(self, problem: str, *, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(problem)


def find_wait(response: httpx.Response) -> float | None:
    """The seconds after which a refused question may be asked again, where the publisher says so."""
    # Retry-After on a redirection or a success asks nobody to come again.
    if response.status_code < CLIENT_ERROR:
        return None
    said = response.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    now = datetime.now(tz=UTC)
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())


def refuse_status(response: httpx.Response, question: Question) -> NoReturn:
    """Say what a status that is no success means, in the publisher's words where there are any."""
    status = response.status_code
    said = format_status(response, question)
    remedy = "Check what was asked; the publisher may also have moved the address."
    if status in {UNAUTHORISED, FORBIDDEN}:
        remedy = "Check the key, and whether its daily quota is used up."
        if question.secret is None:
            remedy = "The publisher does not serve this without a key, or not to this machine; ask later."
    elif REDIRECTED <= status < CLIENT_ERROR:
        said += f", to {question.hide_secret(response.headers.get('location', 'nowhere'))}"
        remedy = "The publisher has moved the address; it is a setting."
    raise RefusedError(str(question), problem=f"refused with {said}", remedy=remedy)


def format_status(response: httpx.Response, question: Question) -> str:
    """A status with the publisher's words, should it have any."""
    body = b""
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) >= MOST_BYTES:
            break
    text = question.hide_secret(find_words(body[:MOST_BYTES]))
    status = f"status {response.status_code} {response.reason_phrase}".rstrip()
    return f"{status}, {text!r}" if text else status


def find_words(content: bytes) -> str:
    """What an error page or an error in JSON or XML says, in one line."""
    text = content.decode("utf-8", errors="replace").lstrip("\ufeff").strip()
    try:
        message = _find_message(json.loads(text)) or text
    except (ValueError, RecursionError):
        heading = _TITLE.search(text)
        message = heading[1] if heading else _TAG.sub(" ", text)
    message = " ".join("".join(sign if sign.isprintable() else " " for sign in message).split())
    return message if len(message) <= MOST_WORDS else f"{message[:MOST_WORDS]}..."


def _find_message(found: Any) -> str:
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        return next(filter(None, map(_find_message, found)), "")
    if isinstance(found, dict):
        return next(filter(None, (_find_message(found.get(name)) for name in MESSAGE_NAMES)), "")
    return ""

"""Requests over the network: time-outs, retries with back-off, downloads that go on where they stopped."""

from __future__ import annotations

import logging
import random
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import stamina

from etl.fetching.cached_answers import AnswerPart, CachedAnswer, PartState, choose_headers, read_clock
from etl.fetching.pacing import wait_turn
from etl.fetching.questions import FetchError, Question, UnreachableError, UnusableAnswerError
from etl.fetching.refusals import TryAgainError, find_wait, format_status, refuse_status
from etl.fetching.settings import FetchSettings

USER_AGENT = "footnoted (statistics with their sources)"
# Too slow, too early, too many: refusals of the moment and not of the question.
RETRIED = frozenset({408, 425, 429})
OK, PARTIAL, RANGE_UNKNOWN, SERVER_ERROR = 200, 206, 416, 500
# Decides by its first two bytes whether gzip or zlib packed the answer.
EITHER_FORMAT = 32 + zlib.MAX_WBITS
HOPELESS = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
BROWSER = "or download the file in a browser and give it to the command add"
Teller = Callable[[str], None]
# Troubles are told to the caller; where nobody set up logging, stamina would print them a second time.
logging.getLogger("stamina").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Connection:
    """A connection to one publisher, and the patience with it."""

    client: httpx.Client
    settings: FetchSettings


def receive_answer(
    question: Question, part: AnswerPart, *, turns: Path, settings: FetchSettings, tell: Teller
) -> CachedAnswer:
    """Ask, as often as need be, until a whole answer has come.

    Raises: UnreachableError, RefusedError or UnusableAnswerError (too large, or packed unintelligibly).
    """
    timeout = httpx.Timeout(settings.silence_seconds, connect=settings.connect_seconds)
    # With a secret no redirection is followed: it would take the secret to wherever it points.
    with httpx.Client(timeout=timeout, follow_redirects=question.secret is None) as client:
        line = Connection(client, settings)
        number = 0

        def attempt() -> CachedAnswer:
            nonlocal number
            number += 1
            wait_turn(question.url, pause_seconds=question.endpoint.pause_seconds, folder=turns)
            return _receive(question, part, line)

        def choose_wait(error: Exception) -> bool | float:
            if isinstance(error, TryAgainError | httpx.TransportError):
                tell(f"attempt {number} of {settings.attempts}: {_format_failure(error)}")
            return _choose_wait(error, settings)

        caller = stamina.RetryingCaller(
            attempts=settings.attempts,
            timeout=None,
            wait_initial=settings.first_wait,
            wait_max=settings.longest_wait,
            wait_jitter=settings.jitter_seconds,
        )
        try:
            return caller(choose_wait, attempt)
        except (httpx.HTTPError, httpx.InvalidURL, TryAgainError) as error:
            raise _explain_failure(error, question, part, settings=settings, asked=number) from error


def _receive(question: Question, part: AnswerPart, line: Connection) -> CachedAnswer:
    """One attempt, which goes on where the last one stopped if the server can and the edition is the same."""
    state = part.find_state() if question.method == "GET" else None
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
    if question.secret is not None:
        headers[question.secret[0]] = question.secret[1]
    if state is not None:
        headers |= {"Range": f"bytes={part.size}-", "If-Range": state.validator}
    with line.client.stream(question.method, question.url, json=question.body, headers=headers) as response:
        if response.status_code == RANGE_UNKNOWN and state is not None:
            part.discard()
            raise TryAgainError("the part that came before no longer fits")
        if _may_pass(response):
            raise TryAgainError(format_status(response, question), wait=find_wait(response))
        if response.status_code not in {OK, PARTIAL}:
            refuse_status(response, question)
        if response.status_code == OK or state is None:
            state = _describe_part(response)
            part.begin(state)
        else:
            _require_rest(response, part, state)
        _store_body(response, part, question, line)
        received = choose_headers(response.headers)
    if state.total is not None and part.size != state.total:
        raise TryAgainError(f"{part.size} bytes came where {state.total} were promised")
    content = _unpack(part.path.read_bytes(), state.encoding, question, line.settings)
    return CachedAnswer(content, read_clock(), received)


def _store_body(response: httpx.Response, part: AnswerPart, question: Question, line: Connection) -> None:
    limit, started = line.settings.largest_bytes, time.monotonic()
    size = part.size
    with part.path.open("ab") as stream:
        for chunk in response.iter_raw():
            size += len(chunk)
            if size > limit:
                raise _refuse_size(question, limit)
            stream.write(chunk)
            if time.monotonic() - started > line.settings.longest_seconds:
                raise TryAgainError(
                    f"the answer was not there after {line.settings.longest_seconds:g} seconds"
                )


def _describe_part(response: httpx.Response) -> PartState:
    """What the server says of the answer to come; without a sure mark of its edition it is not resumed."""
    if response.status_code == PARTIAL:
        raise TryAgainError("a part came where the whole was asked for")
    headers = response.headers
    etag = headers.get("etag", "")
    validator = etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")
    if headers.get("accept-ranges", "").lower() == "none":
        validator = ""
    length = headers.get("content-length", "")
    total = int(length) if length.isdecimal() else None
    return PartState(validator, headers.get("content-encoding", "").lower(), total)


def _require_rest(response: httpx.Response, part: AnswerPart, state: PartState) -> None:
    """Refuse a rest that does not begin where the part ends, or belongs to another edition."""
    said = response.headers.get("content-range", "")
    total = "*" if state.total is None else str(state.total)
    fits = said.startswith(f"bytes {part.size}-") and said.rpartition("/")[2] in {total, "*"}
    same = response.headers.get("etag", state.validator) == state.validator or not state.validator.startswith(
        '"'
    )
    if not fits or not same or response.headers.get("content-encoding", "").lower() != state.encoding:
        part.discard()
        raise TryAgainError("the rest that came does not fit the part that came before")


def _unpack(content: bytes, encoding: str, question: Question, settings: FetchSettings) -> bytes:
    if encoding in {"", "identity"}:
        return content
    problem = f"an answer packed as {encoding!r}, which was not asked for"
    if encoding in {"gzip", "x-gzip", "deflate"}:
        with suppress(zlib.error):
            packer = zlib.decompressobj(wbits=EITHER_FORMAT)
            unpacked = packer.decompress(content, settings.largest_bytes + 1)
            if len(unpacked) > settings.largest_bytes:
                raise _refuse_size(question, settings.largest_bytes)
            if packer.eof and not packer.unused_data:
                return unpacked
        problem = "an answer whose packing is damaged or ends too early"
    raise UnusableAnswerError(str(question), problem=problem, remedy=f"Ask again, {BROWSER}.")


def _refuse_size(question: Question, limit: int) -> FetchError:
    problem = f"the answer is larger than {limit:,} bytes"
    return UnusableAnswerError(
        str(question), problem=problem, remedy="Ask for fewer periods or areas at a time."
    )


def _choose_wait(error: Exception, settings: FetchSettings) -> bool | float:
    """Whether to ask again after a failure, or for how long the publisher wants to be left alone first."""
    if not isinstance(error, TryAgainError):
        return isinstance(error, httpx.TransportError) and not isinstance(error, HOPELESS)
    if error.wait is None:
        return True
    if error.wait > settings.longest_asked_wait:
        return False
    return error.wait + random.uniform(0, settings.jitter_seconds)


def _explain_failure(
    error: Exception, question: Question, part: AnswerPart, *, settings: FetchSettings, asked: int
) -> FetchError:
    """What was asked, what came and what to do, of a failure that did not pass."""
    host = urlsplit(question.url).hostname or question.url
    remedy = f"Ask again later, {BROWSER}."
    if isinstance(error, TryAgainError):
        problem = f"{host}: {error}"
        if error.wait is not None and error.wait > settings.longest_asked_wait:
            problem += f", and wants to be left alone for {error.wait:g} s"
    elif isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        problem = f"{host} could not be reached ({_format_failure(error)})"
        remedy = f"Check that this machine is online (network, proxy, firewall) and ask again, {BROWSER}."
    else:
        problem = f"{host}: {_format_failure(error)}"
    if asked > 1:
        problem += f"; asked {asked} times"
    if question.method == "GET" and part.find_state() is not None:
        remedy = f"{part.size:,} bytes are kept, and asking again goes on from there. {remedy}"
    return UnreachableError(str(question), problem=question.hide_secret(problem), remedy=remedy)


def _format_failure(error: Exception) -> str:
    text = str(error).strip()
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return "the answer was cut off" + (f" ({text})" if text else "")
    return text or type(error).__name__


def _may_pass(response: httpx.Response) -> bool:
    status = response.status_code
    return status in RETRIED or status >= SERVER_ERROR or find_wait(response) is not None

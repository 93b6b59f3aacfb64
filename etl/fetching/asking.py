"""From a question to a file: the kept answer or a new one, checked before it is kept, and its sidecar."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.errors import FileAccessError
from etl.fetching.cached_answers import (
    AnswerPart,
    CachedAnswer,
    find_answer,
    hold_answer,
    keep_answer,
    read_clock,
)
from etl.fetching.questions import FetchError, Question, UnusableAnswerError
from etl.fetching.refusals import find_words
from etl.fetching.settings import FetchSettings
from etl.fetching.transport import Teller, receive_answer
from etl.folders import CACHE_VARIABLE
from etl.intake import recognise_file
from etl.provenance import InputFile, Origin, find_sidecar, format_sidecar
from etl.whole_files import write_whole

HTML_OPENINGS = (b"<!doctype", b"<html", b"<head", b"<body")


@dataclass(frozen=True)
class CheckedFile:
    """What a checked answer holds: the publisher's own file, its name, and what to know of it."""

    name: str
    content: bytes
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fetched:
    """A publisher's file on disk, and where and when it came from."""

    path: Path
    question: Question
    retrieved_at: datetime
    was_cached: bool
    notices: tuple[str, ...]


@dataclass(frozen=True)
class FetchContext:
    """Where answers are kept, how publishers are asked, and whether a kept answer will do."""

    folder: Path
    settings: FetchSettings
    is_refreshing: bool
    tell: Teller


Check = Callable[[Question, bytes], CheckedFile]


def fetch_file(question: Question, check: Check, *, context: FetchContext) -> Fetched:
    """The file that a question brings, from the kept answer while it is recent, or else from the publisher.

    Raises: FetchError, by its kinds, where nothing came that can be kept. What was kept before stays.
    """
    folder = context.folder / question.publisher / question.key
    try:
        with hold_answer(folder, question):
            return _fetch_into(folder, question, check, context)
    except (OSError, FileAccessError) as error:
        raise FetchError(
            folder,
            problem=f"the cache cannot be used: {error}",
            remedy=f"Make room and leave to write there, or name another folder in {CACHE_VARIABLE}.",
        ) from error


def _fetch_into(folder: Path, question: Question, check: Check, context: FetchContext) -> Fetched:
    cached = find_answer(folder)
    was_cached = cached is not None and not context.is_refreshing and is_recent(cached, context.settings)
    if cached is not None and was_cached:
        answer, product = cached, check(question, cached.content)
    else:
        answer, product = receive_checked(question, check, folder=folder, context=context, cached=cached)
    path = folder / product.name
    if not (was_cached and path.exists() and path.read_bytes() == product.content):
        find_sidecar(path).unlink(missing_ok=True)
        write_whole(path, product.content)
    return Fetched(path, question, answer.retrieved_at, was_cached, product.notices)


def receive_checked(
    question: Question, check: Check, *, folder: Path, context: FetchContext, cached: CachedAnswer | None
) -> tuple[CachedAnswer, CheckedFile]:
    """A new answer, kept because it is what was asked for; one that is not leaves no trace."""
    part = AnswerPart(folder / "answer.part")
    try:
        answer = receive_answer(
            question, part, turns=context.folder / "turns", settings=context.settings, tell=context.tell
        )
    except FetchError as error:
        if cached is None:
            raise
        older = f"An answer of {cached.retrieved_at.date()} is kept in {folder}."
        raise type(error)(
            error.place, problem=error.problem, value=error.value, remedy=f"{error.remedy} {older}"
        ) from error
    try:
        product = check(question, answer.content)
    finally:
        part.discard()
    keep_answer(folder, answer, question=question)
    return answer, product


def is_recent(answer: CachedAnswer, settings: FetchSettings) -> bool:
    """Whether a kept answer is young enough to be used again."""
    return read_clock() - answer.retrieved_at < settings.keep_for


def seal_fetched(fetched: Fetched, *, datasets: Path) -> InputFile:
    """Recognise a fetched file and write its sidecar beside it, with its address and the day it came.

    Raises: UnrecognisedFileError where the publisher has changed the layout; the file stays for inspection.
    """
    question = fetched.question
    note = "" if question.body is None else f"Asked with {json.dumps(question.body)}."
    origin = Origin(question.url, fetched.retrieved_at.date(), note)
    file = recognise_file(fetched.path, datasets=datasets, origin=origin).file
    write_whole(find_sidecar(fetched.path), format_sidecar(file.sidecar))
    return file


def read_json(question: Question, content: bytes) -> object:
    """An answer as JSON.

    Raises: UnusableAnswerError where it is a web page, or is not whole.
    """
    refuse_page(question, content)
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnusableAnswerError(
            str(question),
            problem=f"an answer of {len(content):,} bytes that is not complete JSON: {error}",
            value=question.hide_secret(find_words(content[:200])),
            remedy="Ask again later; the publisher may have cut it off.",
        ) from error


def refuse_page(question: Question, content: bytes) -> None:
    """Refuse a web page that came instead of data, as maintenance and sign-in pages do.

    Raises: UnusableAnswerError with the page's title.
    """
    if content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(HTML_OPENINGS):
        raise UnusableAnswerError(
            str(question),
            problem="a web page came instead of data",
            value=question.hide_secret(find_words(content)),
            remedy="The publisher may be under maintenance, or a proxy wants a sign-in: open the address "
            "in a browser and see.",
        )

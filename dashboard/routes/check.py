"""The route that checks a text: it comes in, the answer goes out, and nothing of it is kept or logged."""

from __future__ import annotations

import io
import json
import logging
import traceback
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from flask import Blueprint, Flask, Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.formparser import parse_form_data

import etl
from dashboard.address import Selection, SelectionError, read_selection, write_place
from dashboard.components.checked_evidence import build_checked_evidence
from dashboard.components.checked_text import REPORT_FILES, build_checked_text, format_outcome
from dashboard.components.links import attach_place
from dashboard.components.markup import write_markup
from dashboard.views.dossiers import find_dossier
from dashboard.views.limited_check import TooManyFiguresError, check_within_limits
from etl import TEXT_LIMITS, CheckReport, OpenedText, Snapshot, TextRefusedError

LOG = logging.getLogger(__name__)
PATH, PAGE_PATH = "/check/answer", "/check"
# What a form adds to the file in it.
ENVELOPE = 100_000
LARGEST_FORM = TEXT_LIMITS.file_bytes + ENVELOPE
# A page of another origin cannot send it without being allowed to.
OWN_HEADER, OWN_VALUE = "X-Footnoted", "check"
TOO_LARGE = "It is too large: a pasted text may have 2 MB, a file 20 MB. Check it in parts."
NOTHING = "There is nothing to check. Paste a text or choose a file."
FAULT = "The check failed. This is a fault of ours; nothing of the text was kept or logged."
# What an answer is: the page's parts, or one report to take along.
PAGE_ANSWER = "page"
ANSWERS = (PAGE_ANSWER, *(name for name, _ in REPORT_FILES))
NOT_OURS = "Texts are checked from the page Check of this site alone."


class CheckRequestError(Exception):
    """A request that asks for something that cannot be; its words are for the reader."""


@dataclass(frozen=True)
class _Asked:
    """What a form asks: a text with the day it came out, where the reader stands, and the answer wanted."""

    content: bytes
    name: str
    published_on: date | None
    selection: Selection
    answer: str


def add_check_route(server: Flask, *, snapshot: Snapshot) -> None:
    """Adds the route to a server."""
    routes = Blueprint("check", __name__)

    @routes.post(PATH)
    def answer_text() -> Response:
        _refuse_others()
        asked = _read_form()
        opened = etl.open_text(asked.content, name=asked.name)
        return _send(_answer(opened, asked, snapshot=snapshot))

    for error in (CheckRequestError, SelectionError, TextRefusedError):
        routes.register_error_handler(error, _refuse)
    routes.register_error_handler(
        RequestEntityTooLarge, lambda _error: _send({"refused": TOO_LARGE}, status=413)
    )
    routes.register_error_handler(Exception, _answer_fault)
    server.register_blueprint(routes)


def _answer(opened: OpenedText, asked: _Asked, *, snapshot: Snapshot) -> dict[str, Any]:
    """What was asked for and nothing else: a reader who takes a report along sends the text again."""
    selection = asked.selection
    try:
        report = check_within_limits(
            opened,
            snapshot=snapshot,
            published_on=asked.published_on,
            as_of=selection.as_of,
            dossier=selection.dossier and find_dossier(snapshot, selection).dossier_id,
        )
    except TooManyFiguresError as error:
        raise CheckRequestError(f"{error} Check it in parts, or from the command line.") from error
    if asked.answer != PAGE_ANSWER:
        return {"report": etl.write_report(report, asked.answer, snapshot=snapshot)}
    place = write_place(selection)
    return {
        "status": format_outcome(report),
        "markup": _write(build_checked_text(report, snapshot=snapshot), place),
        "evidence": _list_evidence(report, snapshot=snapshot, place=place),
    }


def _list_evidence(report: CheckReport, *, snapshot: Snapshot, place: dict[str, str]) -> dict[str, str]:
    return {
        claim.claim_id: _write(build_checked_evidence(claim, snapshot=snapshot, page=PAGE_PATH), place)
        for claim in report.claims
    }


def _write(part: Any, place: dict[str, str]) -> str:
    attach_place(part, place)
    return write_markup(part)


def _refuse_others() -> None:
    """Raises: CheckRequestError for a request that does not come from a page of this site."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.headers.get(OWN_HEADER) != OWN_VALUE or site not in {"same-origin", "none"}:
        raise CheckRequestError(NOT_OURS)


def _read_form() -> _Asked:
    """What the form holds, read in memory: the usual way keeps large files on the disk for a while.

    Raises: CheckRequestError for an empty form, a day that is none or an unknown answer;
    RequestEntityTooLarge.
    """
    _, fields, files = parse_form_data(
        request.environ,
        stream_factory=_open_memory,
        max_form_memory_size=TEXT_LIMITS.text_bytes,
        max_content_length=LARGEST_FORM,
    )
    file: FileStorage | None = files.get("file")
    content = file.stream.read() if file else fields.get("text", "").encode("utf-8", "replace")
    if not content.strip():
        raise CheckRequestError(NOTHING)
    return _Asked(
        content=content,
        name=(file.filename or "") if file else "",
        published_on=_read_day(fields.get("published_on", "")),
        selection=read_selection({name: fields.get(name, "") for name in ("dossier", "as_of")}),
        answer=_read_answer(fields.get("answer", PAGE_ANSWER)),
    )


def _open_memory(*_sizes_and_names: Any, **_more: Any) -> IO[bytes]:
    return io.BytesIO()


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CheckRequestError("The date of the text is not a date such as 2024-03-31.") from error


def _read_answer(name: str) -> str:
    if name not in ANSWERS:
        raise CheckRequestError(f"There is no such answer. Known: {', '.join(ANSWERS)}.")
    return name


def _refuse(error: Exception) -> Response:
    text = _format_refusal(error) if isinstance(error, TextRefusedError) else str(error)
    return _send({"refused": text}, status=403 if text == NOT_OURS else 422)


def _format_refusal(error: TextRefusedError) -> str:
    name = etl.show_on_one_line(error.place.file)
    subject = "The text" if name == "the text" else f"“{name}”"
    return f"{subject} {error.problem}. {error.remedy}"


def _answer_fault(error: Exception) -> Response:
    if isinstance(error, HTTPException):
        answer = _send({"refused": str(error.description)}, status=error.code or 500)
        # When to come back, where it says so.
        answer.headers.extend((name, text) for name, text in error.get_headers() if name == "Retry-After")
        return answer
    # The kind of error and its place, never its words: they may quote the text.
    last = traceback.extract_tb(error.__traceback__)[-1]
    LOG.error("a text could not be checked: %s in %s, line %s", type(error).__name__, last.name, last.lineno)
    return _send({"refused": FAULT}, status=500)


def _send(content: dict[str, Any], *, status: int = 200) -> Response:
    return Response(
        json.dumps(content, ensure_ascii=True),
        status=status,
        mimetype="application/json",
        headers={"Cache-Control": "no-store"},
    )

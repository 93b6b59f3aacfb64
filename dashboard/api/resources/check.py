"""Check: a text comes in, its figures go out judged, and nothing of it is kept or logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import etl
from dashboard.api.contract import JSON, Reply, Route, describe_envelope, write_envelope
from dashboard.api.parameters import ColumnValue, DayValue, Parameter, find_known
from dashboard.api.problems import ProblemError
from dashboard.api.requests import PLACE, Asked
from dashboard.api.schemas import Schema, write_out_schema
from dashboard.views.limited_check import TooManyFiguresError, check_within_limits
from etl import TEXT_LIMITS, Snapshot, TextRefusedError

PLAIN = "text/plain"
# Escapes of JSON take up to six bytes for one of the text.
LARGEST_BODY = 6 * TEXT_LIMITS.text_bytes
# What a text may come in; Python knows others that are no encodings of text.
CHARSETS = frozenset(("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "utf-16"))
PUBLISHED = Parameter(
    "published_on",
    DayValue(),
    "the day the text came out, where the body does not say it; claims are then judged for that day too.",
)
DOSSIER = Parameter(
    "dossier",
    ColumnValue("dossiers", "dossier_id"),
    "the relationship that is meant where neither text nor body names it.",
)


class CheckRequest(BaseModel):
    """A text to be checked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(
        min_length=1, max_length=TEXT_LIMITS.text_bytes, description="the text, as paragraphs on lines"
    )
    published_on: date | None = Field(
        None, description="the day it came out; with it, claims are also judged for that day"
    )
    dossier: str | None = Field(
        None, description="the relationship that is meant where the text does not name both sides"
    )


def _answer(asked: Asked) -> Reply:
    wanted = _read_body(asked)
    dossier = wanted.dossier if wanted.dossier is not None else asked.values.get("dossier")
    if dossier is not None:
        find_known(DOSSIER, [dossier], snapshot=asked.whole.snapshot)
    try:
        opened = etl.open_pasted(wanted.text, kind="text")
    except TextRefusedError as error:
        message = f"The text {error.problem}. {error.remedy}"
        raise ProblemError("text-refused", message, parameter="text") from error
    try:
        report = check_within_limits(
            replace(opened, published_on=None),
            snapshot=asked.whole.snapshot,
            published_on=wanted.published_on or asked.values.get("published_on"),
            as_of=asked.snapshot.as_of,
            dossier=dossier,
        )
    except TooManyFiguresError as error:
        message = f"{error} Check it in parts."
        raise ProblemError("content-too-large", message, parameter="text") from error
    written = etl.write_report(report, "json", snapshot=asked.whole.snapshot)
    return write_envelope(asked, written.encode())


def _read_body(asked: Asked) -> CheckRequest:
    """The text with what its body says of it.

    Raises: ProblemError.
    """
    if asked.media_type == JSON:
        return _read_json(asked.body)
    if asked.media_type != PLAIN:
        message = f"A text comes as {PLAIN} or as {JSON} with the field text."
        raise ProblemError("unsupported-media-type", message, known=(PLAIN, JSON))
    if asked.charset not in CHARSETS:
        message = f"A text comes in one of these encodings: {', '.join(sorted(CHARSETS))}."
        raise ProblemError("unsupported-media-type", message, known=sorted(CHARSETS))
    try:
        text = asked.body.decode(asked.charset)
    except UnicodeDecodeError as error:
        message = f"The body is not {asked.charset}, as its type says or leaves to be taken."
        raise ProblemError("malformed-body", message, parameter="text") from error
    if not text:
        raise ProblemError("malformed-body", "The body is empty: it should be the text.", parameter="text")
    _refuse_large(text)
    return CheckRequest.model_construct(text=text, published_on=None, dossier=None)


def _read_json(body: bytes) -> CheckRequest:
    try:
        wanted = CheckRequest.model_validate_json(body)
    except ValidationError as error:
        # Never the input, which may be the text.
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = str(first["loc"][0]) if first["loc"] else "body"
        if (field, first["type"]) == ("text", "string_too_long"):
            raise _find_too_large() from error
        is_ours = field in CheckRequest.model_fields
        message = f"{first['msg']}." if is_ours else "The body is not a JSON object of the fields described."
        known = tuple(CheckRequest.model_fields)
        raise ProblemError(
            "malformed-body", message, parameter=field if is_ours else "body", known=known
        ) from error
    _refuse_large(wanted.text)
    return wanted


def _refuse_large(text: str) -> None:
    """Raises: ProblemError for a text larger than the page Check takes."""
    if len(text.encode("utf-8", "replace")) > TEXT_LIMITS.text_bytes:
        raise _find_too_large()


def _find_too_large() -> ProblemError:
    text = f"A text may have {TEXT_LIMITS.text_bytes / 1_000_000:.0f} MB. Check it in parts."
    return ProblemError("content-too-large", text, parameter="text")


def _describe(_snapshot: Snapshot) -> Schema:
    return describe_envelope(write_out_schema(etl.describe_check_report()), of="The report on a text")


def _describe_body(snapshot: Snapshot) -> Mapping[str, Schema]:
    schema = CheckRequest.model_json_schema()
    properties = {name: dict(entry) for name, entry in schema["properties"].items()}
    dossiers = [*snapshot.table("dossiers")["dossier_id"], None]
    properties["dossier"] = {
        "type": ["string", "null"],
        "enum": dossiers,
        "description": properties["dossier"]["description"],
    }
    for entry in properties.values():
        entry.pop("title", None)
        entry.pop("default", None)
    body = {**schema, "properties": properties}
    body.pop("title")
    text = {"type": "string", "minLength": 1, "description": "the text, one paragraph on a line"}
    return {PLAIN: text, JSON: body}


ROUTES = (
    Route(
        path="/check",
        method="POST",
        summary="Check a text: every figure found, matched and judged, with the sum",
        description=" ".join(
            (
                f"At most {TEXT_LIMITS.text_bytes / 1_000_000:.0f} MB, {TEXT_LIMITS.numbers:,} numbers and "
                f"{TEXT_LIMITS.figures:,} figures. Nothing of the text is stored or logged, and no network "
                "is used.",
                *etl.CHECK_LIMITS,
            )
        ),
        answer=_answer,
        shape=_describe,
        parameters=(PUBLISHED, DOSSIER, *PLACE),
        problems=(413, 415, 422, 503),
        is_of_snapshot=False,
        body=_describe_body,
        largest_body=LARGEST_BODY,
    ),
)

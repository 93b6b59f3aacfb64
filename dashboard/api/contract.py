"""What a module in resources/ gives: ROUTES, each the one declaration of how it is asked and answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import polars as pl

import etl
from dashboard.api.parameters import CodeValue, Parameter
from dashboard.api.problems import ProblemError
from dashboard.api.requests import Asked
from dashboard.api.schemas import DAY, Schema, close_object
from etl import Snapshot

HOME = "/api/v1"
FRONT = f"{HOME}/"
JSON = "application/json"
# The format of an answer that is no file.
PLAIN_FORMAT = "json"
NEXT: Schema = {
    "type": ["string", "null"],
    "format": "uri",
    "description": "address of what follows, of this same snapshot; null at the end",
}


@dataclass(frozen=True)
class Reply:
    """One answer; `following` is the address of what follows it."""

    content: bytes
    media_type: str = JSON
    file_name: str | None = None
    following: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerFormat:
    """One format of rows: its name in addresses, the ending of its files, and its media type."""

    name: str
    suffix: str
    media_type: str

    @property
    def plain_type(self) -> str:
        """The media type without its parameters."""
        return self.media_type.partition(";")[0]


@dataclass(frozen=True)
class Route:
    """One way to ask the API.

    `path` is OpenAPI's, below /api/v1; `shape` the JSON Schema of the answer in JSON, None where it has none;
    `files` its other media types; `problems` the statuses it may end in beside those of every route.
    What depends on the snapshot alone (`is_of_snapshot`) is cached by it.
    """

    path: str
    summary: str
    answer: Callable[[Asked], Reply]
    shape: Callable[[Snapshot], Schema] | None
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    method: Literal["GET", "POST"] = "GET"
    files: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    is_of_snapshot: bool = True
    is_free: bool = False
    body: Callable[[Snapshot], Mapping[str, Schema]] | None = None
    largest_body: int = 0


def describe_envelope(content: Schema, *, of: str) -> Schema:
    """The JSON Schema of an answer: the snapshot, its day, and what was asked for."""
    identity = {"type": "string", "description": "id of the snapshot that the answer is of"}
    day = {**DAY, "description": "the day whose knowledge it shows"}
    properties = {"snapshot": identity, "as_of": day, "data": content, "next": NEXT}
    return close_object(properties, description=of)


def write_envelope(asked: Asked, content: bytes, *, following: str | None = None) -> Reply:
    """An answer in JSON around what is JSON already."""
    snapshot = asked.snapshot
    head = json.dumps({"snapshot": snapshot.snapshot_id, "as_of": snapshot.as_of.isoformat()})
    body = b"".join(
        (head[:-1].encode(), b', "data": ', content, b', "next": ', json.dumps(following).encode(), b"}")
    )
    return Reply(body, following=following)


def write_json(content: Any) -> bytes:
    """Plain values as JSON; dates as ISO 8601 has them.

    Raises: TypeError for any other object.
    """
    return json.dumps(content, default=_write_day, allow_nan=False).encode()


def _write_day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON.")


def list_formats(table: str | None = None) -> tuple[AnswerFormat, ...]:
    """The formats that hold the rows of a table, or, without one, rows of any kind."""
    return tuple(
        AnswerFormat(one.name, one.suffix, one.media_type)
        for one in etl.list_formats()
        if one.stem is None and (one.tables is None if table is None else one.holds(table))
    )


def build_format(formats: Sequence[AnswerFormat], text: str) -> Parameter:
    """The parameter that chooses among formats."""
    return Parameter("format", CodeValue((PLAIN_FORMAT, *(one.name for one in formats))), text)


def send_rows(
    asked: Asked, rows: pl.DataFrame, *, chosen: AnswerFormat, stem: str, following: str | None = None
) -> Reply:
    """Rows as a file, named after what they are and their snapshot.

    Raises: ProblemError where the format cannot hold them.
    """
    try:
        content = etl.write_rows(rows, chosen.name)
    except etl.ExportFormatError as error:
        raise ProblemError("format-refused", str(error), parameter="format") from error
    name = f"{stem}.{asked.snapshot.snapshot_id}.{chosen.suffix}"
    return Reply(content, chosen.media_type, file_name=name, following=following)

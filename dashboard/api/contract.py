"""What a module in resources/ gives: ROUTES, each the one declaration of how it is asked and answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from dashboard.api.columns import DAY, Schema, close_object
from dashboard.api.parameters import Parameter
from dashboard.chart_cache import ChartCache
from dashboard.snapshot_store import SnapshotStore
from etl import Snapshot

HOME = "/api/v1"
FRONT = f"{HOME}/"
JSON = "application/json"
NEXT: Schema = {
    "type": ["string", "null"],
    "format": "uri",
    "description": "address of what follows, of this same snapshot; null at the end",
}


@dataclass(frozen=True)
class Asked:
    """One request, read: its values by parameter, the charts and tables of the snapshot and day it names.

    `whole` is the snapshot without the limit of `as_of`, `day` with it; `host` ends without a slash.
    """

    path: str
    values: Mapping[str, Any]
    store: SnapshotStore
    whole: ChartCache
    day: ChartCache
    host: str
    query: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    media_type: str = ""
    charset: str = "utf-8"

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot as it was known on the day that is asked for."""
        return self.day.snapshot


@dataclass(frozen=True)
class Reply:
    """One answer; `following` is the address of what follows it."""

    content: bytes
    media_type: str = JSON
    file_name: str | None = None
    following: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


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
    budget: Literal["read", "check", "bundle", "free"] = "read"
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

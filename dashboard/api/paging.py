"""Cursors: opaque, of one snapshot and one question, so that paging gives every row once."""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import urlencode

from dashboard.api.contract import Asked
from dashboard.api.parameters import Count, Parameter, Text
from dashboard.api.problems import ProblemError

MOST_ROWS, USUAL_ROWS = 1000, 100
PLACE_BYTES, MARK_BYTES = 4, 8
CURSOR_LENGTH = 16
# What changes neither the rows nor their order.
OUTSIDE = ("cursor", "limit", "format", "snapshot", "as_of")
LIMIT = Parameter(
    "limit",
    Count(1, MOST_ROWS),
    f"rows in one answer: {USUAL_ROWS} in JSON where it is not given; of the other formats, all.",
)
CURSOR = Parameter(
    "cursor",
    Text("a cursor that an answer gave", rf"[A-Za-z0-9_-]{{{CURSOR_LENGTH}}}"),
    "where the rows go on: comes with the address in `next`, and belongs to its filters and snapshot.",
)


def write_cursor(asked: Asked, start: int) -> str:
    """The cursor of the rows from a place on."""
    content = start.to_bytes(PLACE_BYTES, "big") + _mark_question(asked)
    return base64.urlsafe_b64encode(content).decode()


def read_cursor(asked: Asked, *, rows: int) -> int:
    """The place that a request's cursor names, 0 without one.

    Raises: ProblemError for a cursor of another question or snapshot.
    """
    cursor = asked.values.get("cursor")
    if cursor is None:
        return 0
    content = base64.urlsafe_b64decode(cursor)
    start = int.from_bytes(content[:PLACE_BYTES], "big")
    if content[PLACE_BYTES:] != _mark_question(asked) or not 0 < start < rows:
        message = (
            f"The cursor does not belong to this question of snapshot {asked.snapshot.snapshot_id}. "
            "Take it with its whole address from next, or begin again without it."
        )
        raise ProblemError("malformed-cursor", message, parameter="cursor")
    return start


def write_next(asked: Asked, start: int, *, rows: int) -> str | None:
    """The address of the rows from a place on, pinned to this snapshot; None after the last."""
    if start >= rows:
        return None
    kept = [pair for pair in asked.query if pair[0] not in {"cursor", "snapshot"}]
    pinned = [("snapshot", asked.snapshot.snapshot_id), ("cursor", write_cursor(asked, start))]
    return f"{asked.host}{asked.path}?{urlencode([*kept, *pinned])}"


def _mark_question(asked: Asked) -> bytes:
    snapshot = asked.snapshot
    filters = sorted(pair for pair in asked.query if pair[0] not in OUTSIDE)
    question = [snapshot.snapshot_id, snapshot.as_of.isoformat(), asked.path, filters]
    return hashlib.blake2b(json.dumps(question).encode(), digest_size=MARK_BYTES).digest()

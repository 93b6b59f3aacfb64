"""One request, read, and the parameters that resources share: of which day, which rows, which view."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dashboard.address import Selection
from dashboard.api.parameters import (
    ColumnValue,
    CountValue,
    DayValue,
    Parameter,
    TextValue,
    find_known,
    refuse_unknown,
)
from dashboard.api.problems import ProblemError
from dashboard.chart_cache import ChartCache
from dashboard.snapshot_store import SnapshotStore
from etl import Snapshot

SNAPSHOT = Parameter(
    "snapshot",
    TextValue(
        "the id of a snapshot such as 2026-03-09-10e25abf95",
        r"\d{4}-\d{2}-\d{2}-[0-9a-f]{10}",
        exemplify=lambda snapshot: [snapshot.snapshot_id],
    ),
    "id of a snapshot that is kept here, see /snapshots; with it the answer never changes. "
    "Without it, the one that is served.",
)
AS_OF = Parameter(
    "as_of",
    DayValue(),
    "only what was known on this day: older editions and documents, claims judged again. "
    "A later day than the snapshot's is read as the snapshot's.",
)
PLACE = (AS_OF, SNAPSHOT)
MOST_ROWS, USUAL_ROWS = 1000, 100
PLACE_BYTES, MARK_BYTES = 4, 8
CURSOR_LENGTH = 16
# What changes neither the rows nor their order.
OUTSIDE = ("cursor", "limit", "format", "snapshot", "as_of")
LIMIT = Parameter(
    "limit",
    CountValue(1, MOST_ROWS),
    f"rows in one answer: {USUAL_ROWS} in JSON where it is not given; of the other formats, all.",
)
CURSOR = Parameter(
    "cursor",
    TextValue("a cursor that an answer gave", rf"[A-Za-z0-9_-]{{{CURSOR_LENGTH}}}"),
    "where the rows go on: comes with the address in `next`, and belongs to its filters and snapshot.",
)
DRAWN_DOSSIER = Parameter(
    "dossier",
    ColumnValue("dossiers", "dossier_id"),
    "the relationship that is drawn; the main one without it.",
)
# What narrows single charts; each chart lists what it takes in `choices`.
NARROWING = (
    Parameter("vintage", DayValue(), "the edition that is drawn, of a chart that offers several."),
    Parameter(
        "window",
        TextValue("a window such as 2019-23"),
        "the period that is drawn, of a chart that offers it.",
    ),
    Parameter("show", TextValue("a choice such as all"), "what is drawn, of a chart that offers several."),
)


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


def _write_cursor(asked: Asked, start: int) -> str:
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
    pinned = [("snapshot", asked.snapshot.snapshot_id), ("cursor", _write_cursor(asked, start))]
    return f"{asked.host}{asked.path}?{urlencode([*kept, *pinned])}"


def _mark_question(asked: Asked) -> bytes:
    snapshot = asked.snapshot
    filters = sorted(pair for pair in asked.query if pair[0] not in OUTSIDE)
    question = [snapshot.snapshot_id, snapshot.as_of.isoformat(), asked.path, filters]
    return hashlib.blake2b(json.dumps(question).encode(), digest_size=MARK_BYTES).digest()


def read_selection(asked: Asked) -> Selection:
    """What a request selects of charts.

    Raises: ProblemError for a dossier that the snapshot does not have.
    """
    values = asked.values
    dossier = values.get("dossier")
    if dossier is not None:
        find_known(DRAWN_DOSSIER, [dossier], snapshot=asked.whole.snapshot)
    narrowed = {parameter.name: values.get(parameter.name) for parameter in NARROWING}
    return Selection(dossier=dossier, **narrowed)


def refuse_unoffered(asked: Asked, chart_id: str | None, selection: Selection) -> None:
    """Raises: ProblemError for a narrowing that the chart does not offer; what is no chart offers none."""
    offered = asked.day.list_choices(chart_id, selection) if chart_id is not None else ()
    for parameter in NARROWING:
        value = asked.values.get(parameter.name)
        if value is not None:
            known = [one.value for one in offered if one.field == parameter.name and one.value is not None]
            refuse_unknown(parameter.name, str(value), known=known)

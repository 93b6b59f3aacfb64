"""Status: whether the process answers, which snapshot it serves, and which others are kept."""

from __future__ import annotations

from typing import Any

import etl
from dashboard.api.contract import Reply, Route, describe_envelope, write_envelope, write_json
from dashboard.api.problems import ProblemError
from dashboard.api.requests import Asked
from dashboard.api.schemas import DAY, Schema, close_object
from dashboard.snapshot_store import SNAPSHOT_ID, SnapshotStore
from etl import Snapshot


def _answer_health(_asked: Asked) -> Reply:
    return Reply(write_json({"status": "ok"}))


def _answer_ready(asked: Asked) -> Reply:
    snapshot = asked.store.served.snapshot
    try:
        for name in ("observations", "claims", "documents"):
            snapshot.table(name)
    except (etl.SnapshotError, OSError) as error:
        raise ProblemError("not-ready", "The tables of the snapshot cannot be read.") from error
    return Reply(write_json({"status": "ready", "snapshot": snapshot.snapshot_id}))


def _describe_health(_snapshot: Snapshot) -> Schema:
    return close_object({"status": {"type": "string", "const": "ok"}}, description="the process answers")


def _describe_ready(_snapshot: Snapshot) -> Schema:
    served = {"type": "string", "description": "id of the snapshot that is served"}
    properties = {"status": {"type": "string", "const": "ready"}, "snapshot": served}
    return close_object(properties, description="the snapshot can be read")


def _list_kept(store: SnapshotStore) -> list[Snapshot]:
    """The snapshots that can be asked for, the served one first; none of their tables is read."""
    served = store.served.snapshot
    kept = []
    for folder in sorted(served.folder.parent.iterdir(), reverse=True):
        if SNAPSHOT_ID.fullmatch(folder.name) and folder.name != served.snapshot_id:
            try:
                kept.append(etl.open_snapshot(folder))
            except etl.SnapshotError:
                # Built by a version that reads otherwise, or not whole: asking for it finds nothing.
                continue
    return [served, *kept]


def _answer_snapshots(asked: Asked) -> Reply:
    served = asked.store.served.snapshot
    rows: list[dict[str, Any]] = [
        {
            "snapshot_id": snapshot.snapshot_id,
            "as_of": snapshot.as_of,
            "is_served": snapshot is served,
            "tables": {name: entry["rows"] for name, entry in snapshot.manifest["tables"].items()},
        }
        for snapshot in _list_kept(asked.store)
    ]
    return write_envelope(asked, write_json(rows))


def _describe_snapshots(_snapshot: Snapshot) -> Schema:
    rows = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    properties = {
        "snapshot_id": {"type": "string", "description": "what snapshot= takes"},
        "as_of": {**DAY, "description": "the newest day of its inputs, never the clock"},
        "is_served": {"type": "boolean", "description": "whether it answers where no snapshot is named"},
        "tables": {**rows, "description": "rows of each table"},
    }
    row = close_object(properties, description="one snapshot")
    return describe_envelope({"type": "array", "items": row}, of="Snapshots")


ROUTES = (
    Route(
        path="/health",
        summary="Whether the process answers",
        answer=_answer_health,
        shape=_describe_health,
        is_of_snapshot=False,
        is_free=True,
    ),
    Route(
        path="/ready",
        summary="Whether the snapshot can be read",
        answer=_answer_ready,
        shape=_describe_ready,
        problems=(503,),
        is_of_snapshot=False,
        is_free=True,
    ),
    Route(
        path="/snapshots",
        summary="Snapshots: the served one first, and the others that are kept",
        answer=_answer_snapshots,
        shape=_describe_snapshots,
        is_of_snapshot=False,
    ),
)

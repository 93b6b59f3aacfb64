"""Snapshots: which one is served, and which others are kept to be asked by their ids."""

from __future__ import annotations

from typing import Any

import etl
from dashboard.api.columns import DAY, Schema, close_object
from dashboard.api.contract import Asked, Reply, Route, describe_envelope, write_envelope, write_json
from dashboard.snapshot_store import SNAPSHOT_ID, SnapshotStore
from etl import Snapshot


def list_stored(store: SnapshotStore) -> list[Snapshot]:
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


def _answer(asked: Asked) -> Reply:
    served = asked.store.served.snapshot
    rows: list[dict[str, Any]] = [
        {
            "snapshot_id": snapshot.snapshot_id,
            "as_of": snapshot.as_of,
            "is_served": snapshot is served,
            "tables": {name: entry["rows"] for name, entry in snapshot.manifest["tables"].items()},
        }
        for snapshot in list_stored(asked.store)
    ]
    return write_envelope(asked, write_json(rows))


def _describe(_snapshot: Snapshot) -> Schema:
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
        path="/snapshots",
        summary="Snapshots: the served one first, and the others that are kept",
        answer=_answer,
        shape=_describe,
        is_of_snapshot=False,
    ),
)

"""Health: whether the process answers, and whether its snapshot can be read."""

from __future__ import annotations

import etl
from dashboard.api.columns import Schema, close_object
from dashboard.api.contract import Asked, Reply, Route, write_json
from dashboard.api.problems import ProblemError
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


ROUTES = (
    Route(
        path="/health",
        summary="Whether the process answers",
        answer=_answer_health,
        shape=_describe_health,
        is_of_snapshot=False,
        budget="free",
    ),
    Route(
        path="/ready",
        summary="Whether the snapshot can be read",
        answer=_answer_ready,
        shape=_describe_ready,
        problems=(503,),
        is_of_snapshot=False,
        budget="free",
    ),
)

"""Asking the API alone, without the pages around it."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import etl
from dashboard.api import add_api
from dashboard.chart_cache import ChartCache
from dashboard.snapshot_store import SnapshotStore

HOME = "/api/v1"
SHARE = {"indicator": "arms_import_share", "ref_area": "IND", "counterpart_area": "RUS"}


def open_api(snapshot: etl.Snapshot) -> FlaskClient:
    """A client of the API over a snapshot."""
    server = Flask(__name__)
    add_api(server, store=SnapshotStore(ChartCache(snapshot)))
    return server.test_client()


def ask(client: FlaskClient, path: str, **query: Any) -> dict[str, Any]:
    """The answer in JSON to what can be answered."""
    answer = client.get(f"{HOME}{path}", query_string=query)
    assert answer.status_code == 200, answer.text
    content: dict[str, Any] = json.loads(answer.data)
    return content


def list_rows(client: FlaskClient, path: str, **query: Any) -> list[dict[str, Any]]:
    """All rows that a question has, page by page."""
    answer = ask(client, path, **query)
    rows: list[dict[str, Any]] = answer["data"]
    while answer["next"]:
        answer = json.loads(client.get(answer["next"]).data)
        rows += answer["data"]
    return rows


def read_problem(answer: TestResponse, *, status: int, kind: str) -> dict[str, Any]:
    """The problem that an answer tells, once it is known to be of a kind."""
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    problem: dict[str, Any] = json.loads(answer.data)
    assert (answer.status_code, problem["status"]) == (status, status)
    assert problem["type"] == f"{HOME}/#{kind}"
    assert problem["detail"].endswith(".")
    return problem

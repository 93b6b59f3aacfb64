"""The API described as OpenAPI 3.1, from the same declarations that read and answer requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from dashboard.api.contract import FRONT, HOME, JSON, Reply, Route, write_json
from dashboard.api.problems import KINDS, MEDIA_TYPE, SCHEMA
from dashboard.api.requests import PLACE, Asked
from dashboard.api.schemas import Schema
from dashboard.rate_limits import CHECKS_A_MINUTE, WORK_SECONDS_A_MINUTE
from etl import Snapshot

VERSION = "1.0.0"
CACHED_SNAPSHOTS = 2
INTRODUCTION = """Everything that the dashboard shows, as data: read-only, each row with its source.

Every answer names its `snapshot`, one immutable build, and the day whose knowledge it shows (`as_of`). Where
`snapshot` is not given the served one answers; where it is, the answer never changes and may be kept.
Answers carry a strong `ETag`: a client that sends it back in `If-None-Match` gets 304, and nothing is read.

A filter that is given several times lets rows with any of its values through. Answers of many rows come in
pages: `next` is the address of the following one, of the same snapshot. Files hold all rows at once.

Every row has its publisher's terms in `licence`. Tables leave without the values that may not be passed on:
`redistributable` is then false, `obs_status` is Q, and `note` says where the value is published. What was
worked out from them stays. Charts, evidence and bundles quote values with their terms, these among them.
"""
HEADERS: Mapping[str, Schema] = {
    "ETag": {"description": "changes with the snapshot and with the code, and never else"},
    "Cache-Control": {"description": "immutable where `snapshot` is given"},
    "Link": {"description": "rel=next where rows follow; service-desc and service-doc"},
}


def build_description_route(routes: Sequence[Route]) -> Route:
    """The route of the description itself; `routes` may grow until it is first asked."""

    @lru_cache(maxsize=CACHED_SNAPSHOTS)
    def write(snapshot: Snapshot) -> bytes:
        return write_json(describe_api(routes, snapshot))

    def answer(asked: Asked) -> Reply:
        return Reply(write(asked.store.served.snapshot))

    return Route(
        path="/openapi.json",
        summary="This description",
        answer=answer,
        shape=lambda _snapshot: {"type": "object", "required": ["openapi", "info", "paths"]},
    )


def describe_api(routes: Iterable[Route], snapshot: Snapshot) -> dict[str, Any]:
    """The OpenAPI document of routes; the known values of parameters are those of a snapshot."""
    paths: dict[str, dict[str, Any]] = {}
    for route in sorted(routes, key=lambda one: one.path):
        paths.setdefault(route.path, {})[route.method.lower()] = _describe_route(route, snapshot)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Footnoted",
            "version": VERSION,
            "summary": "Statistics of trade and arms imports: every figure opens its source",
            "description": INTRODUCTION,
            "license": {"name": "Per publisher: `licence` in every row", "url": "/data"},
        },
        "servers": [{"url": HOME}],
        "paths": paths,
        "components": {
            "schemas": {"Problem": SCHEMA},
            "responses": {_name_refusal(status): _describe_refusal(status) for status in _list_statuses()},
        },
        "externalDocs": {"url": FRONT, "description": "the same for people"},
    }


def list_refusals(route: Route) -> tuple[int, ...]:
    """The statuses of problems in which a route may end."""
    # Its words may name a snapshot that is not kept, or a day before the first.
    is_placed = any(parameter in PLACE or parameter.place == "path" for parameter in route.parameters)
    budget = () if route.is_free else (429,)
    reading = (503,) if route.is_of_snapshot else ()
    return tuple(sorted({400, 500, *budget, *reading, *((404,) if is_placed else ()), *route.problems}))


def _describe_route(route: Route, snapshot: Snapshot) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": name_operation(route),
        "summary": route.summary,
        "parameters": [parameter.describe(snapshot) for parameter in route.parameters],
        "responses": _describe_answers(route, snapshot),
    }
    if route.description:
        described["description"] = route.description
    if route.body is not None:
        content = {name: {"schema": schema} for name, schema in route.body(snapshot).items()}
        described["requestBody"] = {"required": True, "content": content}
    return described


def name_operation(route: Route) -> str:
    """The name by which generated clients call a route."""
    words = route.path.strip("/").replace("{", "").replace("}", "").replace(".", "/").split("/")
    return "_".join([route.method.lower(), *(word for word in words if word)])


def _describe_answers(route: Route, snapshot: Snapshot) -> dict[str, Any]:
    content: dict[str, Any] = {
        media_type: {"schema": _describe_file(media_type)} for media_type in route.files
    }
    if route.shape is not None:
        content[JSON] = {"schema": route.shape(snapshot)}
    answers: dict[str, Any] = {"200": {"description": route.summary, "content": content}}
    if route.is_of_snapshot:
        answers["200"]["headers"] = {
            name: {**header, "schema": {"type": "string"}} for name, header in HEADERS.items()
        }
        answers["304"] = {"description": "what If-None-Match names is still so"}
    for status in list_refusals(route):
        answers[str(status)] = {"$ref": f"#/components/responses/{_name_refusal(status)}"}
    return answers


def _describe_file(media_type: str) -> Schema:
    return {"type": "string"} if media_type.startswith("text/") else {}


def _describe_refusal(status: int) -> dict[str, Any]:
    kinds = [kind for kind in KINDS.values() if kind.status == status]
    described: dict[str, Any] = {
        "description": "; ".join(f"{kind.title}: {kind.meaning}" for kind in kinds),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 429:
        rates = f"{CHECKS_A_MINUTE} texts checked and {WORK_SECONDS_A_MINUTE} seconds of work a minute"
        schema = {"type": "integer", "minimum": 1}
        described["description"] += f" ({rates})"
        described["headers"] = {"Retry-After": {"description": "seconds", "required": True, "schema": schema}}
    return described


def _name_refusal(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


def _list_statuses() -> list[int]:
    return sorted({kind.status for kind in KINDS.values()} - {405})

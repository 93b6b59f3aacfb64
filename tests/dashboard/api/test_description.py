"""The description: every route is in it, and what it says is what is answered."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient

import etl
from dashboard.api import add_api, list_routes, resources
from dashboard.api.description import list_refusals, name_operation
from dashboard.api.resources import find_routes
from dashboard.chart_cache import ChartCache
from dashboard.snapshot_store import SnapshotStore
from tests.dashboard.api.asking import HOME, SHARE, ask

TABLES = tuple(dict.fromkeys(entry.table for entry in etl.describe_tables()))
OTHER_METHODS = {"HEAD", "OPTIONS"}
REST = "/<path:rest>"


@pytest.fixture(scope="module")
def described(api: FlaskClient) -> dict[str, Any]:
    """The description as a client reads it."""
    return ask(api, "/openapi.json")


def test_every_route_of_the_server_is_in_the_description(
    described: dict[str, Any], built_snapshot: etl.Snapshot
) -> None:
    server = Flask(__name__, static_folder=None)
    add_api(server, store=SnapshotStore(ChartCache(built_snapshot)))
    rules = {rule.rule.removeprefix(HOME) for rule in server.url_map.iter_rules()} - {REST}
    assert {re.sub(r"<path:(\w+)>", r"{\1}", rule) for rule in rules} == set(described["paths"])


def test_every_method_that_is_answered_is_in_the_description_and_no_other(
    described: dict[str, Any], api: FlaskClient
) -> None:
    for path, operations in described["paths"].items():
        allowed = api.options(f"{HOME}{path}").headers["Allow"].split(", ")
        assert {method.lower() for method in set(allowed) - OTHER_METHODS} == set(operations)


def test_every_parameter_that_is_read_is_in_the_description(described: dict[str, Any]) -> None:
    for route in list_routes():
        operation = described["paths"][route.path][route.method.lower()]
        assert [one["name"] for one in operation["parameters"]] == [one.name for one in route.parameters]
        assert {"400", *map(str, list_refusals(route))} <= set(operation["responses"])


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [name_operation(route) for route in list_routes()]
    assert len(set(names)) == len(names)


NEW_RESOURCE = """
from dashboard.api.contract import Reply, Route

ROUTES = (Route(path="/new", summary="New", answer=lambda asked: Reply(b"{}"), shape=None),)
"""


def test_a_new_resource_is_one_new_file_and_no_edit_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new.py").write_text(NEW_RESOURCE, encoding="utf-8")
    before = {route.path for route in list_routes()}
    monkeypatch.setattr(resources, "__path__", [*resources.__path__, str(tmp_path)])

    assert {route.path for route in list_routes()} - before == {"/new"}


def list_schemas(part: Any) -> list[dict[str, Any]]:
    """Every JSON Schema in a part of the description."""
    if isinstance(part, list):
        return [schema for entry in part for schema in list_schemas(entry)]
    if not isinstance(part, dict):
        return []
    own = [part["schema"]] if isinstance(part.get("schema"), dict) else []
    return own + [schema for entry in part.values() for schema in list_schemas(entry)]


def test_every_schema_of_the_description_is_one(described: dict[str, Any]) -> None:
    schemas = list_schemas(described)
    assert len(schemas) > 100
    for schema in schemas:
        assert jsonschema_rs.meta.is_valid(schema)


def list_faults(schema: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """What a schema has against an answer; formats such as dates and addresses are held to."""
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return [error.message for error in validator.iter_errors(answer)]


def find_row(described: dict[str, Any], table: str) -> dict[str, Any]:
    """The schema of a table's rows."""
    content = described["paths"][f"/{table}"]["get"]["responses"]["200"]["content"]
    row: dict[str, Any] = content["application/json"]["schema"]["properties"]["data"]["items"]
    return row


def test_the_columns_of_a_table_have_the_words_of_its_dictionary(described: dict[str, Any]) -> None:
    for entry in etl.describe_tables():
        if f"/{entry.table}" in described["paths"]:
            column = find_row(described, entry.table)["properties"][entry.column]
            assert column["description"].startswith(entry.description)
            assert ("null" in column["type"]) == entry.nullable


def read_limits(schema: dict[str, Any]) -> tuple[tuple[str | None, ...], str | None, int | None]:
    """The codes, the pattern and the least value that a schema allows."""
    return tuple(schema.get("enum", ())), schema.get("pattern"), schema.get("minimum")


def test_columns_are_held_to_what_their_tables_are_checked_for(described: dict[str, Any]) -> None:
    held = set()
    for table in TABLES:
        if f"/{table}" not in described["paths"]:
            continue
        properties = find_row(described, table)["properties"]
        columns = etl.describe_columns(table)
        assert list(properties) == [entry.column for entry in columns]
        for entry in columns:
            codes = (*entry.codes, *([None] if entry.codes and entry.nullable else []))
            assert read_limits(properties[entry.column]) == (codes, entry.pattern, entry.minimum)
            held |= {entry.column} if entry.codes or entry.pattern else set()
    assert held > {"obs_status", "period_basis", "verdict", "hedge", "ref_area", "importer", "kind"}


@pytest.mark.parametrize(
    ("path", "place"), [("/charts/{chart_id}", ("points", "items")), ("/evidence/{row_id}", ("row",))]
)
def test_flat_rows_are_held_to_what_the_tables_they_come_from_are(
    path: str, place: tuple[str, ...], described: dict[str, Any]
) -> None:
    content = described["paths"][path]["get"]["responses"]["200"]["content"]
    part = content["application/json"]["schema"]["properties"]["data"]["properties"]
    for name in place:
        part = part[name]
    columns = {name: read_limits(schema) for name, schema in part["properties"].items()}
    observation = find_row(described, "observations")["properties"]
    for name in ("indicator", "period_basis", "unit_measure", "obs_status", "ref_area", "source_sha256"):
        codes, pattern, least = read_limits(observation[name])
        assert columns[name] == ((*codes, *([None] if codes else [])), pattern, least)
    assert columns["verdict"][0] == (*(code.code for code in etl.list_codes("verdict")), None)


def test_values_name_their_unit(described: dict[str, Any]) -> None:
    observation = find_row(described, "observations")["properties"]
    assert observation["obs_value"]["type"] == ["number", "null"]
    assert observation["obs_value"]["description"].endswith("[unit_measure]")
    assert observation["vintage"]["format"] == "date"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        *(
            (f"/{route.path.strip('/')}", {})
            for route in find_routes()
            if "{" not in route.path and route.method == "GET"
        ),
        ("/observations", SHARE | {"limit": 1000}),
        ("/charts/{chart_id}", {"figure": "true"}),
        ("/evidence/{row_id}", {}),
    ],
)
def test_answers_have_the_shape_that_is_described(
    path: str, query: dict[str, Any], described: dict[str, Any], api: FlaskClient
) -> None:
    operation = described["paths"][path]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    ids = [one for one in operation["parameters"] if one["in"] == "path"]
    examples = ids[0]["schema"]["examples"] if ids else [""]
    for example in examples:
        answer = ask(api, re.sub(r"\{\w+\}", example, path), **query)
        assert list_faults(schema, answer) == []


def test_a_report_has_the_shape_that_is_described(described: dict[str, Any], api: FlaskClient) -> None:
    text = (
        "Russia supplied 36 per cent of India's arms imports in 2019-23, down from 76% in 2009-13. Trade was "
        "$27 billion by the end of 2022, up 10% from 2021, and $13 bn in 2021-22; $100 bn is due by 2030."
    )
    body = {"text": text, "published_on": "2024-03-12"}
    schema = described["paths"]["/check"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = json.loads(api.post(f"{HOME}/check", json=body).data)
    assert len(answer["data"]["claims"]) > 4
    assert list_faults(schema, answer) == []


def test_every_problem_of_the_description_is_explained_on_the_page(
    described: dict[str, Any], api: FlaskClient
) -> None:
    page = api.get(f"{HOME}/").text
    for answer in described["components"]["responses"].values():
        for kind in answer["description"].split("; "):
            assert kind.partition(":")[0] in page

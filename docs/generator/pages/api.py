"""The API: every route with its parameters and answers, from the OpenAPI description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.api import list_routes
from dashboard.api.description import describe_api
from docs.generator.wording import require, write_code, write_table
from etl import Snapshot

FILE, TITLE = "api.md", "API"
ABOUT = "every route under `/api/v1`, what it takes and what it answers"
# The values of other parameters depend on the snapshot; the description that is served has them.
LISTED = {"format"}
REFUSALS = "#/components/responses/"


def write(snapshot: Snapshot) -> str:
    """The routes and the refusals."""
    return write_description(describe_api(list_routes(), snapshot))


def write_description(described: Mapping[str, Any]) -> str:
    """An OpenAPI document as a page.

    Raises: UndocumentedError for a route, a parameter, a refusal or a field of an answer without words.
    """
    parts = [
        str(described["info"]["description"]).strip(),
        "The description that machines read is served at `/api/v1/openapi.json`, with the values that "
        "parameters take in the snapshot that is served.",
    ]
    for path, operations in described["paths"].items():
        parts += [_write_route(path, method, route) for method, route in operations.items()]
    return "\n\n".join([*parts, _write_refusals(described["components"]["responses"])])


def _write_route(path: str, method: str, route: Mapping[str, Any]) -> str:
    called = f"{method.upper()} {path}"
    words = [require(route.get("summary"), of=called) + "."]
    words += [str(route["description"])] if route.get("description") else []
    parameters = [_describe_parameter(entry, called) for entry in route.get("parameters", ())]
    tables = [write_table(("parameter", "takes", "what it does"), parameters)] if parameters else []
    return "\n\n".join([f"## {called}", *words, *tables, *_write_answer(called, route["responses"])])


def _describe_parameter(entry: Mapping[str, Any], called: str) -> tuple[str, str, str]:
    text = require(entry.get("description"), of=f"{called}: parameter {entry['name']}")
    name = f"{write_code(entry['name'])}{' (in the path)' if entry['in'] == 'path' else ''}"
    schema = entry["schema"]
    takes = (
        f"{_format_type(schema.get('items', schema))}{', several' if schema.get('type') == 'array' else ''}"
    )
    if entry["name"] in LISTED:
        takes = "one of " + ", ".join(write_code(value) for value in schema["enum"])
    return name, takes, text


def _write_answer(called: str, responses: Mapping[str, Any]) -> list[str]:
    content = responses["200"].get("content", {})
    lines = ["Answers: " + ", ".join(write_code(name) for name in content) + "."]
    schema = content.get("application/json", {}).get("schema", {})
    fields = [
        (write_code(name), _format_type(field), require(_find_words(field), of=f"{called}: field {name}"))
        for name, field in schema.get("properties", {}).items()
    ]
    if fields:
        lines.append(write_table(("field", "is", "what it holds"), fields))
    refused = [f"{status}" for status in responses if status not in {"200", "304"}]
    return [*lines, f"Refusals: {', '.join(refused)}."]


def _write_refusals(responses: Mapping[str, Any]) -> str:
    rows = [
        (write_code(name), require(refusal.get("description"), of=f"refusal {name}"))
        for name, refusal in responses.items()
    ]
    intro = "Refusals are `application/problem+json`, with a title, what was wrong and what to do."
    return f"## Refusals\n\n{intro}\n\n{write_table(('refusal', 'when'), rows)}"


def _format_type(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type", "any value")
    named = kinds if isinstance(kinds, str) else " or ".join(kinds)
    form = schema.get("format")
    return f"{named} ({form})" if form else named


def _find_words(schema: Mapping[str, Any]) -> str | None:
    """The words of a field, or those of what it lists, or its one value."""
    own = schema.get("description") or schema.get("items", {}).get("description")
    return str(own) if own else (f"always {schema['const']!r}" if "const" in schema else None)

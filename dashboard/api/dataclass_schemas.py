"""Dataclasses of etl as JSON Schema, read off their types."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import TypeAdapter

from dashboard.api.columns import Schema


def describe_dataclass(kind: type[Any]) -> Schema:
    """The JSON Schema of a dataclass as asdict() and JSON write it, what it holds written out in place."""
    schema = TypeAdapter(kind).json_schema(mode="serialization")
    shared = schema.pop("$defs", {})
    described: Schema = _close(_write_out(schema, shared))
    return described


def _write_out(part: Any, shared: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_write_out(entry, shared) for entry in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _write_out(copy.deepcopy(shared[part["$ref"].rpartition("/")[2]]), shared)
    return {name: _write_out(entry, shared) for name, entry in part.items()}


def _close(part: Any) -> Any:
    if isinstance(part, list):
        return [_close(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    closed = {name: _close(entry) for name, entry in part.items() if name not in {"title", "default"}}
    if isinstance(part.get("properties"), dict):
        # The names of properties are no keywords: one of them may be called title.
        closed["properties"] = {name: _close(entry) for name, entry in part["properties"].items()}
        closed |= {"required": list(part["properties"]), "additionalProperties": False}
    entries = closed.pop("prefixItems", None)
    if entries:
        # A pair of one type: its length is given besides, and readers of 3.1 know `items` better.
        closed["items"] = entries[0] if all(entry == entries[0] for entry in entries) else {"anyOf": entries}
    if isinstance(closed.get("description"), str):
        closed["description"] = closed["description"].partition("\n")[0]
    return closed

"""Columns as JSON Schema: types, units, code lists and descriptions, from the tables' own dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

import etl

Schema = dict[str, Any]
DAY: Schema = {"type": "string", "format": "date"}
TYPES: dict[str, Schema] = {
    "String": {"type": "string"},
    "Date": DAY,
    "Float64": {"type": "number"},
    "Int64": {"type": "integer"},
    "Boolean": {"type": "boolean"},
}


@dataclass(frozen=True)
class Column:
    """One column of an answer: its polars type, unit and description, and what limits its values."""

    name: str
    type: str
    unit: str
    description: str
    nullable: bool = False
    codes: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None


@cache
def list_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table as its rows leave, in order."""
    return tuple(_read_entry(entry) for entry in etl.describe_columns(table))


def find_column(table: str, name: str) -> Column:
    """One column of a table as its rows leave.

    Raises: KeyError for a column that it does not have.
    """
    return {column.name: column for column in list_columns(table)}[name]


def take_column(table: str, name: str, **changes: Any) -> Column:
    """A table's column in another place: with the same codes and limits, and with what is different there."""
    return replace(find_column(table, name), **changes)


def describe_column(column: Column) -> Schema:
    """The JSON Schema of one value."""
    schema: Schema = {**TYPES[column.type], "description": _write_description(column)}
    if column.codes:
        schema["enum"] = [*column.codes, *([None] if column.nullable else [])]
    limits = {"pattern": column.pattern, "minimum": column.minimum, "maximum": column.maximum}
    schema |= {name: limit for name, limit in limits.items() if limit is not None}
    if column.nullable:
        schema["type"] = [schema["type"], "null"]
    return schema


def describe_row(columns: Iterable[Column], *, description: str) -> Schema:
    """The JSON Schema of a row; every column is there, empty ones as null."""
    properties = {column.name: describe_column(column) for column in columns}
    return close_object(properties, description=description)


def close_object(properties: Schema, *, description: str) -> Schema:
    """The JSON Schema of an object that has exactly these properties."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _write_description(column: Column) -> str:
    units = {"text", "code", "id", "ids", "date", "hash", "boolean", "url", "path"}
    return column.description if column.unit in units else f"{column.description} [{column.unit}]"


def _read_entry(entry: etl.ColumnEntry) -> Column:
    said = asdict(entry)
    return Column(said.pop("column"), **{name: said[name] for name in said if name != "table"})

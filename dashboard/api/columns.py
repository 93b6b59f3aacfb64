"""Columns as JSON Schema: types, units, code lists and descriptions, from the tables' own dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
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
AREAS = {"area", "ref_area", "counterpart_area", "importer", "supplier"}
PATTERNS = {"area": r"^([A-Z]{3}|W00|_X)$", "hash": r"^[0-9a-f]{64}$"}
# Columns whose values are the codes of a list of etl, by the name of that list.
CODE_LISTS = {
    **{
        name: name
        for name in (
            "indicator",
            "period_basis",
            "unit_measure",
            "valuation",
            "price_basis",
            "obs_status",
            "freq",
            "hedge",
            "verdict",
            "reason",
            "topic",
            "date_precision",
        )
    },
    "status": "deal status",
}
# Columns with a few values that need no list.
FEW_VALUES = {
    "vintage_precision": ("day", "month"),
    "published_on_precision": ("day", "month"),
    "published_on_basis": ("stated", "inferred"),
    "title_basis": ("stated", "described"),
    "occasion": ("printing", "snapshot"),
    "about": ("claim", "milestone"),
}


@dataclass(frozen=True)
class Column:
    """One column of an answer: its polars type, unit and description, and whether it may be empty."""

    name: str
    type: str
    unit: str
    description: str
    nullable: bool = False


SNAPSHOT_ID = Column("snapshot_id", "String", "id", "the snapshot that the row is of")


def list_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table of a snapshot, in order."""
    return _read_dictionary()[table]


def list_codes(column: str) -> tuple[str, ...]:
    """The only values that a column may hold; empty where it may hold others."""
    if column in CODE_LISTS:
        return tuple(code.code for code in etl.list_codes(CODE_LISTS[column]))
    return FEW_VALUES.get(column, ())


def describe_column(column: Column) -> Schema:
    """The JSON Schema of one value."""
    schema: Schema = {**TYPES[column.type], "description": _write_description(column)}
    if column.type == "String":
        codes = list_codes(column.name) if column.unit == "code" else ()
        pattern = PATTERNS.get("area" if column.name in AREAS else column.unit)
        if codes:
            schema["enum"] = [*codes, *([None] if column.nullable else [])]
        elif pattern:
            schema["pattern"] = pattern
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


@lru_cache(maxsize=1)
def _read_dictionary() -> dict[str, tuple[Column, ...]]:
    tables: dict[str, tuple[Column, ...]] = {}
    for entry in etl.describe_tables():
        column = Column(entry.column, entry.type, entry.unit, entry.description, entry.nullable)
        tables[entry.table] = (*tables.get(entry.table, ()), column)
    return tables

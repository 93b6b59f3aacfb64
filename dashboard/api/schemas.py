"""JSON Schemas of answers: columns by the tables' own dictionary, dataclasses of etl by their types."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

import etl

Schema = dict[str, Any]
DAY: Schema = {"type": "string", "format": "date"}
ROW_KINDS = ("observation", "claim", "deal", "milestone")
_UNIT = "unit_measure"
TYPES: dict[str, Schema] = {
    "String": {"type": "string"},
    "Date": DAY,
    "Float64": {"type": "number"},
    "Int64": {"type": "integer"},
    "Boolean": {"type": "boolean"},
}


@dataclass(frozen=True)
class ColumnSchema:
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
def list_columns(table: str) -> tuple[ColumnSchema, ...]:
    """The columns of a table as its rows leave, in order."""
    return tuple(_read_entry(entry) for entry in etl.describe_columns(table))


def find_column(table: str, name: str) -> ColumnSchema:
    """One column of a table as its rows leave.

    Raises: KeyError for a column that it does not have.
    """
    return {column.name: column for column in list_columns(table)}[name]


def describe_column(column: ColumnSchema) -> Schema:
    """The JSON Schema of one value."""
    schema: Schema = {**TYPES[column.type], "description": _write_description(column)}
    if column.codes:
        schema["enum"] = [*column.codes, *([None] if column.nullable else [])]
    limits = {"pattern": column.pattern, "minimum": column.minimum, "maximum": column.maximum}
    schema |= {name: limit for name, limit in limits.items() if limit is not None}
    if column.nullable:
        schema["type"] = [schema["type"], "null"]
    return schema


def describe_row(columns: Iterable[ColumnSchema], *, description: str) -> Schema:
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


def _write_description(column: ColumnSchema) -> str:
    units = {"text", "code", "id", "ids", "date", "hash", "boolean", "url", "path"}
    return column.description if column.unit in units else f"{column.description} [{column.unit}]"


def _read_entry(entry: etl.ColumnEntry) -> ColumnSchema:
    said = asdict(entry)
    return ColumnSchema(said.pop("column"), **{name: said[name] for name in said if name != "table"})


def _take(table: str, name: str, text: str) -> ColumnSchema:
    """A column of one kind of row; rows of the other kinds have none."""
    return replace(find_column(table, name), description=text, nullable=True)


# An observation, claim, deal or milestone with its source, whatever its kind.
FLAT: tuple[ColumnSchema, ...] = (
    ColumnSchema("row_id", "String", "id", "id of the row, see /evidence/{row_id}"),
    ColumnSchema("kind", "String", "code", "kind of row", codes=ROW_KINDS),
    ColumnSchema("title", "String", "text", "what is measured or what happened, in words"),
    _take("observations", "indicator", "what is measured"),
    _take("observations", "ref_area", "reporting area; for arms the importer"),
    _take("observations", "counterpart_area", "other area; for arms the supplier"),
    ColumnSchema("commodity", "String", "text", "HS code, TOTAL, or what is counted", nullable=True),
    ColumnSchema("time_period", "String", "period", "period as written", nullable=True),
    ColumnSchema("period_start", "Date", "date", "first day of the period", nullable=True),
    ColumnSchema("period_end", "Date", "date", "last day of the period", nullable=True),
    _take("observations", "period_basis", "kind of period"),
    ColumnSchema("value", "Float64", _UNIT, "value in the base unit", nullable=True),
    ColumnSchema("value_low", "Float64", _UNIT, "least value that rounding or print allows", nullable=True),
    ColumnSchema(
        "value_high", "Float64", _UNIT, "greatest value that rounding or print allows", nullable=True
    ),
    _take("observations", "unit_measure", "unit of the value"),
    ColumnSchema("value_text", "String", "text", "the value as a reader says it, or as printed"),
    _take("observations", "obs_status", "SDMX observation status"),
    _take("verdicts", "verdict", "of a claim: its verdict on the day shown"),
    _take("verdicts", "reason", "of a claim: why"),
    ColumnSchema("vintage", "Date", "date", "day by which the edition was out", nullable=True),
    ColumnSchema(
        "publisher", "String", "text", "who published the statistics or the document", nullable=True
    ),
    ColumnSchema("product", "String", "text", "name of the publisher's product", nullable=True),
    ColumnSchema("source_file", "String", "path", "file the value was read from", nullable=True),
    ColumnSchema(
        "source_locator", "String", "text", "line and column in that file, or 'derived'", nullable=True
    ),
    _take("observations", "source_sha256", "SHA-256 of that file, or of the document's text"),
    ColumnSchema("as_reported_by", "String", "text", "outlet that reported the figure", nullable=True),
    _take("observations", "known_from", "day from which the public could know the figure"),
    _take("observations", "known_basis", "why that day"),
    ColumnSchema("document_id", "String", "id", "document that states it", nullable=True),
    ColumnSchema("document_title", "String", "text", "title of that document", nullable=True),
    ColumnSchema("published_on", "Date", "date", "day of its publication", nullable=True),
    _take("claims", "paragraph", "number of the non-empty line, from 1"),
    _take("claims", "char_start", "first character of the fragment, from 0"),
    _take("claims", "char_end", "character after the fragment"),
    ColumnSchema("stated_as", "String", "text", "the figure as printed, a fragment", nullable=True),
    ColumnSchema(
        "derivation", "String", "text", "rule(ids of its operands), of a derived value", nullable=True
    ),
    ColumnSchema("licence", "String", "text", "terms of the product, in short", nullable=True),
    ColumnSchema(
        "redistributable",
        "Boolean",
        "boolean",
        "whether the value may be passed on under the terms in `licence`; where not, it is quoted here",
    ),
    ColumnSchema("note", "String", "text", "caveat", nullable=True),
    ColumnSchema("citation", "String", "text", "how to cite the row"),
    ColumnSchema("snapshot_id", "String", "id", "the snapshot that the row is of"),
)
# What a point of a chart has before the row behind it.
DRAWN: tuple[ColumnSchema, ...] = (
    ColumnSchema("series", "String", "text", "which series of the chart the point belongs to"),
    ColumnSchema("period", "String", "text", "the period in words"),
    ColumnSchema("drawn_as", "String", "text", "the value as the chart writes it"),
    ColumnSchema("mark", "String", "text", "how the point is drawn, and why"),
)


def describe_dataclass(kind: type[Any]) -> Schema:
    """The JSON Schema of a dataclass as asdict() and JSON write it, what it holds written out in place."""
    return write_out_schema(TypeAdapter(kind).json_schema(mode="serialization"))


def write_out_schema(schema: Schema) -> Schema:
    """A schema as pydantic makes it, with what it refers to written out in place and every object closed."""
    own = {name: entry for name, entry in schema.items() if name != "$defs"}
    described: Schema = _close(_write_out(own, schema.get("$defs", {})))
    return described


def _write_out(part: Any, shared: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_write_out(entry, shared) for entry in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        beside = {name: entry for name, entry in part.items() if name != "$ref"}
        return {**_write_out(copy.deepcopy(shared[part["$ref"].rpartition("/")[2]]), shared), **beside}
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

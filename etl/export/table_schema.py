"""Table Schemas of the tables, from their pandera models: types, units, descriptions, keys and limits."""

from __future__ import annotations

from typing import Any

from etl.errors import SchemaError
from etl.export.release import describe_columns
from etl.schemas import TABLES

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
TYPES = {"String": "string", "Float64": "number", "Int64": "integer", "Boolean": "boolean", "Date": "date"}
# Checks of pandera by the constraint of Table Schema that says the same, and where the limit is kept.
CONSTRAINTS = {
    "isin": ("enum", "allowed_values"),
    "str_matches": ("pattern", "pattern"),
    "greater_than_or_equal_to": ("minimum", "min_value"),
    "less_than_or_equal_to": ("maximum", "max_value"),
}
KEYS = {
    "observations": ["obs_id"],
    "documents": ["document_id"],
    "claims": ["claim_id"],
    "verdicts": ["claim_id", "occasion"],
    "disagreements": ["disagreement_id"],
    "deals": ["deal_id"],
    "milestones": ["milestone_id"],
    "sources": ["file"],
    "dossiers": ["dossier_id"],
    "areas": ["area"],
}
REFERENCES = {
    "claims": [("document_id", "documents")],
    "verdicts": [("claim_id", "claims"), ("document_id", "documents")],
    "milestones": [("document_id", "documents")],
}


def build_schema(table: str) -> dict[str, Any]:
    """The Table Schema of one table as it leaves; each field has its `unit`."""
    checks = {name: column.checks for name, column in TABLES[table].to_schema().columns.items()}
    fields = [
        {
            "name": entry.column,
            "type": TYPES[entry.type],
            "description": entry.description,
            "unit": entry.unit,
            "constraints": {
                **({} if entry.nullable else {"required": True}),
                **_list_limits(checks.get(entry.column, [])),
            },
        }
        for entry in describe_columns(table)
    ]
    schema: dict[str, Any] = {"$schema": PROFILE, "fields": fields, "missingValues": [""]}
    if table in KEYS:
        schema["primaryKey"] = KEYS[table]
    if table in REFERENCES:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": resource, "fields": [field]}}
            for field, resource in REFERENCES[table]
        ]
    return schema


def _list_limits(checks: list[Any]) -> dict[str, Any]:
    limits = {}
    for check in checks:
        if check.name not in CONSTRAINTS:
            raise SchemaError(f"no constraint of Table Schema for the check {check.name!r}. Add it here.")
        name, place = CONSTRAINTS[check.name]
        limits[name] = check.statistics[place]
    return limits

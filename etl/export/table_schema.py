"""Table Schemas of the tables, from their pandera models: types, units, descriptions, keys and limits."""

from __future__ import annotations

from typing import Any

from etl.export.release import describe_columns
from etl.schemas import ColumnEntry

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
TYPES = {"String": "string", "Float64": "number", "Int64": "integer", "Boolean": "boolean", "Date": "date"}
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
    fields = [
        {
            "name": entry.column,
            "type": TYPES[entry.type],
            "description": entry.description,
            "unit": entry.unit,
            "constraints": _list_constraints(entry),
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


def _list_constraints(entry: ColumnEntry) -> dict[str, Any]:
    limits = {
        "required": None if entry.nullable else True,
        "enum": list(entry.codes) or None,
        "pattern": entry.pattern,
        "minimum": entry.minimum,
        "maximum": entry.maximum,
    }
    return {name: limit for name, limit in limits.items() if limit is not None}

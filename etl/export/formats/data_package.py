"""Frictionless Data Package 2, zipped: every table as CSV with its schema, units, sources and hashes."""

from __future__ import annotations

import json
from typing import Any

from etl.export.format_contract import ExportFormat
from etl.export.formats.csv_rows import write_rows
from etl.export.formulas import UNDO_RULE
from etl.export.packing import pack_members
from etl.export.read_me import write_read_me
from etl.export.release import Release
from etl.export.table_schema import build_schema
from etl.provenance import hash_bytes
from etl.schemas import TABLES

FORMAT = ExportFormat("datapackage", "zip", "application/zip", "Data Package", (), "datapackage")
PROFILES = "https://datapackage.org/profiles/2.0"
READ_ME = "README.md"
LICENCES = [
    {
        "name": "MIT",
        "path": "https://opensource.org/license/mit",
        "title": "Records, notes, what was worked out here, and the arrangement",
    },
    {"path": READ_ME, "title": "Figures of publishers: under their own terms, told in every row"},
]


def write_release(release: Release) -> bytes:
    """The package: its descriptor, one CSV for each table, and a README."""
    files = {f"tables/{name}.csv": write_rows(release.table(name)) for name in TABLES}
    descriptor = build_descriptor(release, files)
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    about = {"datapackage.json": text.encode(), READ_ME: write_read_me(release).encode()}
    return pack_members({**files, **about})


def build_descriptor(release: Release, files: dict[str, bytes]) -> dict[str, Any]:
    """The descriptor of a package of these files, by their paths in it."""
    snapshot = release.snapshot
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"footnoted-{snapshot.snapshot_id}",
        "title": f"Footnoted, snapshot {snapshot.snapshot_id}",
        "description": "Statistics, the figures that documents state, and what checking each of them gave. "
        + UNDO_RULE,
        "version": snapshot.snapshot_id,
        "created": f"{snapshot.as_of.isoformat()}T00:00:00Z",
        "licenses": LICENCES,
        "sources": [_describe_source(row) for row in release.table("sources").to_dicts()],
        "withheld": [
            {"source_id": entry.source_id, "rows": entry.rows, "licence": entry.licence}
            for entry in release.withheld
        ],
        "resources": [
            _describe_resource(name, path=path, content=files[path])
            for name in TABLES
            for path in (f"tables/{name}.csv",)
        ],
    }


def _describe_resource(name: str, *, path: str, content: bytes) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": name,
        "type": "table",
        "description": (TABLES[name].__doc__ or name).strip(),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hash_bytes(content)}",
        "schema": build_schema(name),
    }


def _describe_source(row: dict[str, Any]) -> dict[str, Any]:
    described = {
        "title": f"{row['publisher']}: {row['product']}",
        "path": row["url"],
        "version": row["vintage"].isoformat(),
        "file": row["file"],
        "sha256": row["sha256"],
        "licence": row["licence"],
        "redistributable": row["redistributable"],
        "extract": row["extract"],
    }
    return {name: value for name, value in described.items() if value is not None}

"""JSON Lines: one claim a line, with its document and what checking it gave then and now, sums included."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl

from etl.export.format_contract import ExportFormat
from etl.export.release import Release

FORMAT = ExportFormat(
    "claims-jsonl", "jsonl", "application/jsonl; charset=utf-8", "Claims as JSON Lines", (), "claims"
)
OF_DOCUMENT = ("document_id", "title", "publisher", "author", "published_on", "url", "text_sha256")
# `printing` is the verdict of the document's own day, `snapshot` that of today.
THEN_AND_NOW = {"printing": "then", "snapshot": "now"}


def write_release(release: Release) -> bytes:
    """Every claim as one object."""
    snapshot = release.snapshot
    documents = {row["document_id"]: row for row in snapshot.table("documents").to_dicts()}
    verdicts = _sort_verdicts(snapshot.table("verdicts"))
    claims = release.table("claims").drop(
        "document_title", "published_on", "verdict", "reason", "redistributable"
    )
    lines = []
    for row in claims.to_dicts():
        document = documents[row["document_id"]]
        claim = {
            **row,
            "document": {name: document[name] for name in OF_DOCUMENT},
            "verdicts": verdicts[row["claim_id"]],
            "citation": snapshot.cite(row["claim_id"]).text,
        }
        lines.append(json.dumps(claim, ensure_ascii=False, default=_write_day) + "\n")
    return "".join(lines).encode()


def _sort_verdicts(verdicts: pl.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    sorted_: dict[str, dict[str, dict[str, Any]]] = {}
    for row in verdicts.to_dicts():
        said = {name: value for name, value in row.items() if name not in {"claim_id", "occasion"}}
        said["reference_ids"] = (said["reference_ids"] or "").split(";") if said["reference_ids"] else []
        sorted_.setdefault(row["claim_id"], {})[THEN_AND_NOW[row["occasion"]]] = said
    return sorted_


def _write_day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no way to write {value!r} as JSON")

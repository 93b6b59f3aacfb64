"""Rows as they leave the house: one flat table whatever the kind, sources in every row."""

from __future__ import annotations

from typing import Any

import polars as pl

from etl.snapshot.evidence import EvidenceIndex
from etl.snapshot.wording import Record

OWN_LICENCE = "MIT for this record; the text it is about stays its author's"
COLUMNS: dict[str, Any] = {
    "row_id": pl.String,
    "kind": pl.String,
    "title": pl.String,
    "indicator": pl.String,
    "ref_area": pl.String,
    "counterpart_area": pl.String,
    "commodity": pl.String,
    "time_period": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "period_basis": pl.String,
    "value": pl.Float64,
    "value_low": pl.Float64,
    "value_high": pl.Float64,
    "unit_measure": pl.String,
    "value_text": pl.String,
    "obs_status": pl.String,
    "verdict": pl.String,
    "reason": pl.String,
    "vintage": pl.Date,
    "publisher": pl.String,
    "product": pl.String,
    "source_file": pl.String,
    "source_locator": pl.String,
    "source_sha256": pl.String,
    "as_reported_by": pl.String,
    "known_from": pl.Date,
    "known_basis": pl.String,
    "document_id": pl.String,
    "document_title": pl.String,
    "published_on": pl.Date,
    "paragraph": pl.Int64,
    "char_start": pl.Int64,
    "char_end": pl.Int64,
    "stated_as": pl.String,
    "derivation": pl.String,
    "licence": pl.String,
    "redistributable": pl.Boolean,
    "note": pl.String,
    "citation": pl.String,
    "snapshot_id": pl.String,
}


def build_flat_rows(rows: list[tuple[str, Record]], *, evidence_index: EvidenceIndex) -> pl.DataFrame:
    """One row per observation, claim, deal or milestone.

    Columns: what a kind does not have is empty; `value` in the base unit of `unit_measure`;
    `redistributable` says whether it may be passed on under the terms in `licence`.
    """
    return pl.DataFrame(
        [_flatten(kind, row, evidence_index=evidence_index) for kind, row in rows],
        schema=COLUMNS,
        orient="row",
    )


def _flatten(kind: str, row: Record, *, evidence_index: EvidenceIndex) -> Record:
    row_id = row[
        {"observation": "obs_id", "claim": "claim_id", "deal": "deal_id", "milestone": "milestone_id"}[kind]
    ]
    evidence = evidence_index.find(row_id)
    common = {name: row.get(name) for name in COLUMNS}
    flat = {
        **common,
        "row_id": row_id,
        "kind": kind,
        "title": evidence.title,
        "value_text": evidence.headline,
        "verdict": evidence.verdict,
        "reason": evidence.reason,
        "citation": evidence.citation,
        "snapshot_id": evidence_index.index.snapshot_id,
    }
    if kind in {"claim", "milestone"}:
        return flat | _add_document(evidence_index.index.documents[row["document_id"]])
    source = evidence_index.index.find_source(row)
    flat |= {
        "publisher": row.get("publisher") or source["publisher"],
        "product": source["product"],
        "licence": source["licence"],
        "redistributable": _may_leave(row, source),
    }
    if kind == "observation":
        return flat | {"value": row["obs_value"], "value_low": row["obs_low"], "value_high": row["obs_high"]}
    return flat | {
        "indicator": "units_ordered",
        "ref_area": row["importer"],
        "counterpart_area": row["supplier"],
        "commodity": row["designation"],
        "time_period": str(row["order_year"]),
        "value": None if row["number_ordered"] is None else float(row["number_ordered"]),
        "unit_measure": "UNITS",
    }


def _may_leave(row: Record, source: Record) -> bool:
    # Snapshots that were built before extracts were told apart have no such column.
    return bool(row.get("derivation") or source["redistributable"] or source.get("extract"))


def _add_document(document: Record) -> Record:
    return {
        "publisher": document["publisher"],
        "document_title": document["title"],
        "published_on": document["published_on"],
        "source_sha256": document["text_sha256"],
        "licence": OWN_LICENCE,
        "redistributable": True,
    }

"""W3C Web Annotations: every claim at its place in its document, and no text but the figure as printed."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from etl.documents.annotations import CONTEXT, write_annotations
from etl.export.format_contract import ExportFormat
from etl.export.release import Release
from etl.vocabulary import mark_verdict

FORMAT = ExportFormat(
    "annotations",
    "jsonld",
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "Passages as Web Annotations",
    (),
    "annotations",
)
NAMESPACE = "urn:footnoted:"


def write_release(release: Release) -> bytes:
    """All claims as one AnnotationCollection of one page."""
    snapshot = release.snapshot
    collection = build_collection(
        snapshot.table("claims"),
        documents=snapshot.table("documents"),
        verdicts=snapshot.table("verdicts"),
        base=f"{NAMESPACE}{snapshot.snapshot_id}:",
        label=f"Figures that documents state, snapshot {snapshot.snapshot_id}",
    )
    return (json.dumps(collection, ensure_ascii=False, indent=2) + "\n").encode()


def build_collection(
    claims: pl.DataFrame, *, documents: pl.DataFrame, verdicts: pl.DataFrame, base: str, label: str
) -> dict[str, Any]:
    """Claims with their verdicts; a document without an address is named by its id."""
    now = verdicts.filter(pl.col("occasion") == "snapshot").select("claim_id", "verdict", "reason")
    said = {str(claim_id): mark_verdict(*ruling).code for claim_id, *ruling in now.iter_rows()}
    items: list[Any] = []
    for document_id, url in documents.sort("document_id").select("document_id", "url").iter_rows():
        stated = claims.filter(pl.col("document_id") == document_id).to_dicts()
        source = url or f"{NAMESPACE}document:{document_id}"
        items += json.loads(write_annotations(stated, source=source, base=base, verdicts=said))["items"]
    page = {
        "id": f"{base}annotations:1",
        "type": "AnnotationPage",
        "partOf": f"{base}annotations",
        "startIndex": 0,
        "items": items,
    }
    return {
        "@context": CONTEXT,
        "id": f"{base}annotations",
        "type": "AnnotationCollection",
        "label": label,
        "total": len(items),
        "first": page,
    }

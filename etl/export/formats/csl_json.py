"""CSL-JSON: the documents as reference managers and citation processors take them in."""

from __future__ import annotations

import json
from typing import Any

from etl.export.format_contract import ExportFormat
from etl.export.release import Release

FORMAT = ExportFormat(
    "csl-json",
    "csl.json",
    "application/vnd.citationstyles.csl+json",
    "Documents as CSL-JSON",
    (),
    "documents",
)


def write_release(release: Release) -> bytes:
    """Every document, and the snapshot itself, as one list of items."""
    snapshot = release.snapshot
    ids = snapshot.table("documents")["document_id"].sort()
    references = [snapshot.cite(), *(snapshot.cite_document(document_id) for document_id in ids)]
    items: list[Any] = [item for reference in references for item in json.loads(reference.csl)]
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()

"""BibTeX: the documents as entries of a bibliography."""

from __future__ import annotations

from etl.export.format_contract import ExportFormat
from etl.export.release import Release

FORMAT = ExportFormat(
    "bibtex", "bib", "application/x-bibtex; charset=utf-8", "Documents as BibTeX", (), "documents"
)


def write_release(release: Release) -> bytes:
    """Every document, and the snapshot itself, one entry each."""
    snapshot = release.snapshot
    ids = snapshot.table("documents")["document_id"].sort()
    references = [snapshot.cite(), *(snapshot.cite_document(document_id) for document_id in ids)]
    return "\n".join(reference.bibtex for reference in references).encode()

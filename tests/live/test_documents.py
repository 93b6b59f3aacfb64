"""Where the claims and milestones of datasets/ stand in their texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from etl.documents.loader import DocumentTables, load_documents
from etl.documents.passages import check_passages, hash_text, split_paragraphs
from tests.conftest import LIVE_DATASETS


@pytest.fixture(scope="module")
def tables() -> DocumentTables:
    """The records of all documents."""
    return load_documents(LIVE_DATASETS)


def read_texts(tables: DocumentTables, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Id, text and recorded hash of each document whose text is at hand."""
    for document in tables.documents.iter_rows(named=True):
        path = folder / f"{document['document_id']}.txt"
        if path.is_file():
            text = path.read_bytes().decode("utf-8")
            yield document["document_id"], text, document["text_sha256"]


def test_every_claim_stands_in_its_text(tables: DocumentTables, documents_folder: Path) -> None:
    texts = list(read_texts(tables, documents_folder))
    mismatches = []
    for document_id, text, recorded in texts:
        assert hash_text(text) == recorded
        mismatches += check_passages(tables.claims.filter(pl.col("document_id") == document_id), text)
    assert texts
    assert mismatches == []


def test_every_milestone_names_a_paragraph_of_its_text(
    tables: DocumentTables, documents_folder: Path
) -> None:
    texts = {document_id: text for document_id, text, _ in read_texts(tables, documents_folder)}
    rows = tables.milestones.filter(pl.col("document_id").is_in(list(texts))).to_dicts()
    for row in rows:
        paragraph = split_paragraphs(texts[row["document_id"]])[row["paragraph"] - 1].text
        assert (row["date_text"] or "") in paragraph, row["milestone_id"]
    assert rows

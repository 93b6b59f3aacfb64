"""Documents: the records of texts, the figures they state, and where in the text each figure stands."""

from __future__ import annotations

from etl.documents.passages import (
    Finding,
    Paragraph,
    Passage,
    PassageError,
    build_selectors,
    check_passages,
    find_passage,
    split_paragraphs,
)
from etl.documents.precision import Interval, PrecisionError, read_interval
from etl.documents.shelf import DocumentTables, load_documents, read_text

__all__ = [
    "DocumentTables",
    "Finding",
    "Interval",
    "Paragraph",
    "Passage",
    "PassageError",
    "PrecisionError",
    "build_selectors",
    "check_passages",
    "find_passage",
    "load_documents",
    "read_interval",
    "read_text",
    "split_paragraphs",
]

"""Documents: the records of texts, the figures they state, and where in the text each figure stands.

`loader` reads every dossier (`records` says what its files must hold, `precision` which values a print
allows); `passages` and `anchoring` find a claim's place in a text, also one that has shifted, and
`annotations` writes it as a W3C annotation. A text that comes from outside is opened by `opened_text` over
`opening/`, and `prose/` finds the figures in it by the words of a `lexicon`.
"""

from __future__ import annotations

from etl.documents.loader import DocumentTables, load_documents, read_text
from etl.documents.passages import (
    Paragraph,
    Passage,
    PassageError,
    PassageMismatch,
    build_selectors,
    check_passages,
    find_passage,
    split_paragraphs,
)
from etl.documents.precision import PrecisionError, PrintedInterval, read_interval

__all__ = [
    "DocumentTables",
    "Paragraph",
    "Passage",
    "PassageError",
    "PassageMismatch",
    "PrecisionError",
    "PrintedInterval",
    "build_selectors",
    "check_passages",
    "find_passage",
    "load_documents",
    "read_interval",
    "read_text",
    "split_paragraphs",
]

"""Footnoted's ETL: publishers' files and documents to one checked snapshot. This is its only public door."""

from __future__ import annotations

from etl.bulk import BulkReport, convert_bulk, scan_bulk
from etl.checking import LIMITS as CHECK_LIMITS
from etl.checking import (
    CheckedClaim,
    CheckReport,
    CheckVerdict,
    DocumentParagraph,
    DocumentPart,
    DocumentText,
    MarkedParagraph,
    MatchedSeries,
    PlacedClaim,
    Reading,
    Slip,
    TextPart,
    check_text,
    describe_claim,
    draft_document,
    mark_text,
    open_document_text,
    show_on_one_line,
    write_report,
)
from etl.documents.opened_text import OpenedText, TextRefusedError, open_pasted, open_text, open_text_file
from etl.errors import (
    ExpectationError,
    FootnotedError,
    InputError,
    SnapshotError,
    UnknownCodeError,
    UnknownRowError,
    UnrecognisedFileError,
)
from etl.export import export
from etl.intake import Inspection, inspect_file, read_file
from etl.periods import say_period, shorten_period
from etl.pipeline import build, judge
from etl.schemas import describe_tables
from etl.snapshot import (
    Alternative,
    Citing,
    Dossier,
    Evidence,
    Footnote,
    Judgement,
    Line,
    Operand,
    Snapshot,
    Working,
    open_snapshot,
)
from etl.units import say_value
from etl.vocabulary import label, list_codes

__all__ = [
    "CHECK_LIMITS",
    "Alternative",
    "BulkReport",
    "CheckReport",
    "CheckVerdict",
    "CheckedClaim",
    "Citing",
    "DocumentParagraph",
    "DocumentPart",
    "DocumentText",
    "Dossier",
    "Evidence",
    "ExpectationError",
    "Footnote",
    "FootnotedError",
    "InputError",
    "Inspection",
    "Judgement",
    "Line",
    "MarkedParagraph",
    "MatchedSeries",
    "OpenedText",
    "Operand",
    "PlacedClaim",
    "Reading",
    "Slip",
    "Snapshot",
    "SnapshotError",
    "TextPart",
    "TextRefusedError",
    "UnknownCodeError",
    "UnknownRowError",
    "UnrecognisedFileError",
    "Working",
    "build",
    "check_text",
    "convert_bulk",
    "describe_claim",
    "describe_tables",
    "draft_document",
    "export",
    "inspect_file",
    "judge",
    "label",
    "list_codes",
    "mark_text",
    "open_document_text",
    "open_pasted",
    "open_snapshot",
    "open_text",
    "open_text_file",
    "read_file",
    "say_period",
    "say_value",
    "scan_bulk",
    "shorten_period",
    "show_on_one_line",
    "write_report",
]

"""Checking: a text's figures found, matched and judged, then and now."""

from __future__ import annotations

from etl.checking.checking import check_text
from etl.checking.document_text import (
    DocumentParagraph,
    DocumentPart,
    DocumentText,
    PlacedClaim,
    open_document_text,
)
from etl.checking.draft import DraftError, draft_document, name_document, write_draft
from etl.checking.formats import FORMATS, ReportFormatError, write_report
from etl.checking.marked_text import MarkedParagraph, TextPart, mark_text
from etl.checking.report import CheckedClaim, CheckReport, CheckVerdict, MatchedSeries, Slip
from etl.checking.report_words import LIMITS, Reading, describe_claim
from etl.checking.shown_text import show_on_one_line

__all__ = [
    "FORMATS",
    "LIMITS",
    "CheckReport",
    "CheckVerdict",
    "CheckedClaim",
    "DocumentParagraph",
    "DocumentPart",
    "DocumentText",
    "DraftError",
    "MarkedParagraph",
    "MatchedSeries",
    "PlacedClaim",
    "Reading",
    "ReportFormatError",
    "Slip",
    "TextPart",
    "check_text",
    "describe_claim",
    "draft_document",
    "mark_text",
    "name_document",
    "open_document_text",
    "show_on_one_line",
    "write_draft",
    "write_report",
]

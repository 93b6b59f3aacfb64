"""Checking: a text's figures found, matched and judged, then and now.

`checking` takes the figures that documents.prose finds in a text, `matching` turns each into a claim on a
series of the snapshot (`series_index`), `rules` judge it and look for slips, and `reports` writes what came
of it in the one format that is asked for. `draft` makes the record of a document from the same figures, and
`document_text` shows a recorded document with its claims::

    report = check_text("Russia supplied 36 per cent of India's arms.", snapshot=open_snapshot())
    print(write_report(report, "text"))
"""

from __future__ import annotations

from etl.checking.checking import check_text, list_named_dossiers
from etl.checking.reports.formats import FORMATS, ReportFormatError, describe_check_report, write_report
from etl.checking.reports.report import CheckedClaim, CheckReport, CheckVerdict, MatchedSeries, Slip
from etl.checking.reports.shown_text import MarkedParagraph, TextPart, mark_text, show_on_one_line
from etl.checking.reports.wording import LIMITS as CHECK_LIMITS
from etl.checking.reports.wording import Reading, describe_claim

__all__ = [
    "CHECK_LIMITS",
    "FORMATS",
    "CheckReport",
    "CheckVerdict",
    "CheckedClaim",
    "MarkedParagraph",
    "MatchedSeries",
    "Reading",
    "ReportFormatError",
    "Slip",
    "TextPart",
    "check_text",
    "describe_check_report",
    "describe_claim",
    "list_named_dossiers",
    "mark_text",
    "show_on_one_line",
    "write_report",
]

"""Footnoted's ETL: publishers' files and documents to one checked snapshot. This is its only public door.

A name is imported when it is first asked for, so that `import etl` costs nothing and each use only what it
needs. Type checkers read the names from the block below; a test holds it and the list at run time alike.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.bulk import BulkReport, convert_bulk, scan_bulk
    from etl.bundle import BundleError, build_bundle, reproduce_bundle, write_bundle
    from etl.changes import SnapshotChanges, compare_snapshots, list_earlier_snapshots
    from etl.checking import (
        CHECK_LIMITS,
        CheckedClaim,
        CheckReport,
        CheckVerdict,
        Reading,
        Slip,
        TextPart,
        check_text,
        describe_check_report,
        describe_claim,
        mark_text,
        show_on_one_line,
        write_report,
    )
    from etl.checking.document_text import DocumentText, PlacedClaim, open_document_text
    from etl.documents.opened_text import OpenedText, TextRefusedError, open_pasted, open_text
    from etl.documents.opening.refusals import TEXT_LIMITS
    from etl.errors import (
        ExpectationError,
        FootnotedError,
        InputError,
        SnapshotError,
        UnknownRowError,
        UnrecognisedFileError,
    )
    from etl.export import (
        EXPORT_FORMATS,
        ExportedFile,
        ExportFormatError,
        Release,
        describe_columns,
        export,
        list_formats,
        restore_text,
        write_format,
        write_rows,
    )
    from etl.formatting import format_count, format_day, join_words
    from etl.intake import Inspection, inspect_file, read_file
    from etl.periods import shorten_period
    from etl.pipeline import build, judge
    from etl.reconcile.coverage import covers_pair
    from etl.reconcile.known_days import IS_DATED, find_doubt, rank_edition
    from etl.schemas import ColumnEntry, describe_tables
    from etl.snapshot import (
        CITATION_FORMS,
        Alternative,
        Citation,
        CitationForm,
        Citing,
        Dossier,
        Evidence,
        EvidenceLine,
        Footnote,
        Judgement,
        Operand,
        PartialDate,
        Snapshot,
        Working,
        open_snapshot,
    )
    from etl.snapshot.lines import format_place
    from etl.snapshot.wording import format_outlets, name_publisher
    from etl.units import format_ends, format_value
    from etl.vocabulary import VERDICT_MARKS, VerdictMark, label, list_codes, mark_verdict
    from etl.vocabulary.series_codes import ALL_COMMODITIES, NOT_NAMED, WORLD

__all__ = [
    "ALL_COMMODITIES",
    "CHECK_LIMITS",
    "CITATION_FORMS",
    "EXPORT_FORMATS",
    "IS_DATED",
    "NOT_NAMED",
    "TEXT_LIMITS",
    "VERDICT_MARKS",
    "WORLD",
    "Alternative",
    "BulkReport",
    "BundleError",
    "CheckReport",
    "CheckVerdict",
    "CheckedClaim",
    "Citation",
    "CitationForm",
    "Citing",
    "ColumnEntry",
    "DocumentText",
    "Dossier",
    "Evidence",
    "EvidenceLine",
    "ExpectationError",
    "ExportFormatError",
    "ExportedFile",
    "Footnote",
    "FootnotedError",
    "InputError",
    "Inspection",
    "Judgement",
    "OpenedText",
    "Operand",
    "PartialDate",
    "PlacedClaim",
    "Reading",
    "Release",
    "Slip",
    "Snapshot",
    "SnapshotChanges",
    "SnapshotError",
    "TextPart",
    "TextRefusedError",
    "UnknownRowError",
    "UnrecognisedFileError",
    "VerdictMark",
    "Working",
    "build",
    "build_bundle",
    "check_text",
    "compare_snapshots",
    "convert_bulk",
    "covers_pair",
    "describe_check_report",
    "describe_claim",
    "describe_columns",
    "describe_tables",
    "export",
    "find_doubt",
    "format_count",
    "format_day",
    "format_ends",
    "format_outlets",
    "format_place",
    "format_value",
    "inspect_file",
    "join_words",
    "judge",
    "label",
    "list_codes",
    "list_earlier_snapshots",
    "list_formats",
    "mark_text",
    "mark_verdict",
    "name_publisher",
    "open_document_text",
    "open_pasted",
    "open_snapshot",
    "open_text",
    "rank_edition",
    "read_file",
    "reproduce_bundle",
    "restore_text",
    "scan_bulk",
    "shorten_period",
    "show_on_one_line",
    "write_bundle",
    "write_format",
    "write_report",
    "write_rows",
]

# The module that each name is imported from.
_HOMES = {
    name: module
    for module, names in {
        "etl.bulk": "BulkReport convert_bulk scan_bulk",
        "etl.bundle": "BundleError build_bundle reproduce_bundle write_bundle",
        "etl.changes": "SnapshotChanges compare_snapshots list_earlier_snapshots",
        "etl.checking": "CHECK_LIMITS CheckedClaim CheckReport CheckVerdict "
        "Reading Slip TextPart check_text describe_check_report describe_claim mark_text "
        "show_on_one_line write_report",
        "etl.checking.document_text": "DocumentText PlacedClaim open_document_text",
        "etl.documents.opened_text": "OpenedText TextRefusedError open_pasted open_text",
        "etl.documents.opening.refusals": "TEXT_LIMITS",
        "etl.errors": "ExpectationError FootnotedError InputError SnapshotError UnknownRowError "
        "UnrecognisedFileError",
        "etl.export": "EXPORT_FORMATS ExportedFile ExportFormatError Release describe_columns export "
        "list_formats restore_text write_format write_rows",
        "etl.formatting": "format_count format_day join_words",
        "etl.intake": "Inspection inspect_file read_file",
        "etl.periods": "shorten_period",
        "etl.pipeline": "build judge",
        "etl.reconcile.coverage": "covers_pair",
        "etl.reconcile.known_days": "IS_DATED find_doubt rank_edition",
        "etl.schemas": "ColumnEntry describe_tables",
        "etl.snapshot": "CITATION_FORMS Alternative Citation CitationForm Citing Dossier Evidence "
        "EvidenceLine Footnote Judgement Operand PartialDate Snapshot Working "
        "open_snapshot",
        "etl.snapshot.lines": "format_place",
        "etl.snapshot.wording": "format_outlets name_publisher",
        "etl.units": "format_ends format_value",
        "etl.vocabulary": "VERDICT_MARKS VerdictMark label list_codes mark_verdict",
        "etl.vocabulary.series_codes": "ALL_COMMODITIES NOT_NAMED WORLD",
    }.items()
    for name in names.split()
}


class _Door(ModuleType):
    """The package's own class: what Python sets when a subpackage is imported does not hide a public name.

    `etl.export` and `etl.judge` are functions, and packages of these names are beside them.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


sys.modules[__name__].__class__ = _Door

"""Taking data away: tables and whole snapshots as files that other tools read, behind the licence gate.

`release` is a snapshot as it may leave: the `licence_gate` takes out values that may not be passed on, and
each row gets its licence and snapshot. `exporting` writes it in one of the `formats/`, which
`format_contract` describes, with a `read_me`; `table_schema` describes the columns, `formulas` defuses text
that a spreadsheet would run, and `packing` makes the same bytes of the same files.
"""

from __future__ import annotations

from etl.export.exporting import ExportedFile, export, list_formats, write_format, write_rows
from etl.export.format_contract import ExportFormat, ExportFormatError
from etl.export.formats.web_annotations import build_collection
from etl.export.formulas import UNDO_RULE, restore_text
from etl.export.licence_gate import Withheld, complete_columns, mark_rows
from etl.export.packing import pack_members
from etl.export.release import Release, describe_columns

EXPORT_FORMATS = tuple(entry.name for entry in list_formats())

__all__ = [
    "EXPORT_FORMATS",
    "UNDO_RULE",
    "ExportFormat",
    "ExportFormatError",
    "ExportedFile",
    "Release",
    "Withheld",
    "build_collection",
    "complete_columns",
    "describe_columns",
    "export",
    "list_formats",
    "mark_rows",
    "pack_members",
    "restore_text",
    "write_format",
    "write_rows",
]

"""Footnoted's ETL: publishers' files and documents to one checked snapshot. This is its only public door."""

from __future__ import annotations

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
    "Alternative",
    "Citing",
    "Dossier",
    "Evidence",
    "ExpectationError",
    "Footnote",
    "FootnotedError",
    "InputError",
    "Inspection",
    "Judgement",
    "Line",
    "Operand",
    "Snapshot",
    "SnapshotError",
    "UnknownCodeError",
    "UnknownRowError",
    "UnrecognisedFileError",
    "Working",
    "build",
    "describe_tables",
    "export",
    "inspect_file",
    "judge",
    "label",
    "list_codes",
    "open_snapshot",
    "read_file",
    "say_period",
    "say_value",
    "shorten_period",
]

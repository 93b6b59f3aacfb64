"""Saved charts that say what they are: an SVG with its record inside, read back and held against a snapshot.

`sheet` writes the SVG and `record` what it shows; `saved_files` reads an SVG, or a table of a chart's points,
back; `verification` holds it against a snapshot, and `verify_command` says how that went.
"""

from __future__ import annotations

from dashboard.saved_pictures.record import (
    DrawnValue,
    PictureRecord,
    SealedRecord,
    UnreadableFileError,
    build_record,
    seal_record,
)
from dashboard.saved_pictures.saved_files import SavedChart, describe_record, read_saved_chart, read_svg
from dashboard.saved_pictures.sheet import NARROW_BELOW, SHEET_WIDTH, compose_sheet, measure_inside
from dashboard.saved_pictures.verification import Verification, VerifiedValue, verify_chart
from dashboard.saved_pictures.verify_command import (
    EXIT_CHANGED,
    EXIT_UNCHANGED,
    EXIT_UNREADABLE,
    verify_saved,
)

__all__ = [
    "EXIT_CHANGED",
    "EXIT_UNCHANGED",
    "EXIT_UNREADABLE",
    "NARROW_BELOW",
    "SHEET_WIDTH",
    "DrawnValue",
    "PictureRecord",
    "SavedChart",
    "SealedRecord",
    "UnreadableFileError",
    "Verification",
    "VerifiedValue",
    "build_record",
    "compose_sheet",
    "describe_record",
    "measure_inside",
    "read_saved_chart",
    "read_svg",
    "seal_record",
    "verify_chart",
    "verify_saved",
]

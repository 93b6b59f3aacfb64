"""Saved charts that say what they are: SVG with metadata inside, read back and held against a snapshot.

`sheet` writes the SVG and `image_metadata` what it shows; `saved_files` reads an SVG, or a table of a
chart's points, back; `verification` holds it against a snapshot, and `verify_command` says how that went.
"""

from __future__ import annotations

from dashboard.saved_pictures.image_metadata import (
    DrawnValue,
    ImageMetadata,
    SealedMetadata,
    UnreadableFileError,
    build_metadata,
    seal_metadata,
)
from dashboard.saved_pictures.saved_files import SavedChart, describe_metadata, read_saved_chart, read_svg
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
    "ImageMetadata",
    "SavedChart",
    "SealedMetadata",
    "UnreadableFileError",
    "Verification",
    "VerifiedValue",
    "build_metadata",
    "compose_sheet",
    "describe_metadata",
    "measure_inside",
    "read_saved_chart",
    "read_svg",
    "seal_metadata",
    "verify_chart",
    "verify_saved",
]

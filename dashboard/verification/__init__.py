"""Saved pictures and tables, held against a snapshot: what they showed, and what has changed since."""

from __future__ import annotations

from dashboard.verification.code_search import UnknownCodeError, find_picture
from dashboard.verification.comparison import Comparison, Finding, Later, compare
from dashboard.verification.report import LIMITS, write_lines, write_values
from dashboard.verification.shown import Shown, describe_record, read_shown
from dashboard.verification.verify_command import CHANGED, NOT_READABLE, UNCHANGED, verify_saved

__all__ = [
    "CHANGED",
    "LIMITS",
    "NOT_READABLE",
    "UNCHANGED",
    "Comparison",
    "Finding",
    "Later",
    "Shown",
    "UnknownCodeError",
    "compare",
    "describe_record",
    "find_picture",
    "read_shown",
    "verify_saved",
    "write_lines",
    "write_values",
]

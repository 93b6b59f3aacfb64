"""Snapshots: one immutable build, opened for reading, and the evidence behind each of its rows."""

from __future__ import annotations

from etl.snapshot.citations.formats import CITATION_FORMS, Citation, CitationForm
from etl.snapshot.citations.record import PartialDate
from etl.snapshot.reader import Snapshot, open_snapshot
from etl.snapshot.records import (
    Alternative,
    Citing,
    Dossier,
    Evidence,
    EvidenceLine,
    Footnote,
    Judgement,
    Operand,
    Working,
)
from etl.snapshot.store import publish_snapshot

__all__ = [
    "CITATION_FORMS",
    "Alternative",
    "Citation",
    "CitationForm",
    "Citing",
    "Dossier",
    "Evidence",
    "EvidenceLine",
    "Footnote",
    "Judgement",
    "Operand",
    "PartialDate",
    "Snapshot",
    "Working",
    "open_snapshot",
    "publish_snapshot",
]

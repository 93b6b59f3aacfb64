"""Disagreements: two statements about the same thing that differ."""

from __future__ import annotations

from typing import ClassVar

from etl.schemas.table import Table, described


class Disagreements(Table):
    """One pair of claims or milestones that state the same thing differently."""

    _key: ClassVar[str] = "disagreement_id"

    disagreement_id: str = described("id of the pair", unit="id")
    about: str = described("what kind of statement", unit="code", isin=["claim", "milestone"])
    subject: str = described("what both speak of")
    left_id: str = described("claim or milestone", unit="id")
    left_says: str = described("what it says, as printed")
    left_document_id: str = described("its document", unit="id")
    right_id: str = described("the other claim or milestone", unit="id")
    right_says: str = described("what the other says")
    right_document_id: str = described("the other's document", unit="id")
    explanation: str = described("how they differ, in words")

"""Snapshots: one immutable build, opened for reading, and the evidence behind each of its rows.

`store` writes tables and manifest under the name of their content; `reader` opens them, whole or as known
on a day. For one row, `evidence` gathers `records` through the `row_index`: its `lines` in words
(`wording`), its operands, others that say the same, `footnotes`. `flat_rows` gives many rows at once with
their sources, and `citations/` says how any of it is referred to elsewhere::

    snapshot = open_snapshot(as_of=date(2024, 3, 11))
    print(snapshot.evidence(row_id).workings)
"""

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
from etl.snapshot.store import find_made_from, publish_snapshot

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
    "find_made_from",
    "open_snapshot",
    "publish_snapshot",
]

"""Dossiers: the bilateral relationships a snapshot covers."""

from __future__ import annotations

from typing import ClassVar

from etl.schemas.observations import AREA_PATTERN
from etl.schemas.table import Table, described


class Dossiers(Table):
    """One bilateral relationship and the words for its two sides."""

    _key: ClassVar[str] = "dossier_id"

    dossier_id: str = described("id of the dossier", unit="id")
    title: str = described("title")
    ref_area: str = described("the importing and reporting side", unit="code", str_matches=AREA_PATTERN)
    counterpart_area: str = described("the other side", unit="code", str_matches=AREA_PATTERN)
    ref_label: str = described("name of the first side")
    counterpart_label: str = described("name of the other side")
    ref_possessive: str = described("possessive of the first side")
    counterpart_possessive: str = described("possessive of the other side")
    summary: str = described("what the dossier is about")

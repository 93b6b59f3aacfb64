"""Areas: codes of countries and aggregates with their names."""

from __future__ import annotations

from typing import ClassVar

from etl.schemas.observations import AREA_PATTERN
from etl.schemas.table import Table, described
from etl.vocabulary.series_codes import NOT_NAMED, WORLD


class Areas(Table):
    """One country, former country or aggregate."""

    _key: ClassVar[str] = "area"

    area: str = described(
        f"ISO 3166 alpha-3, or {WORLD} for the world and {NOT_NAMED} for unknown",
        unit="code",
        str_matches=AREA_PATTERN,
    )
    label: str = described("name in running text")
    possessive: str = described("possessive of that name")
    kind: str = described(
        "kind of area",
        unit="code",
        isin=["country", "former_country", "aggregate", "group", "organisation", "unknown"],
    )
    reason: str = described("why an odd one is coded as it is", nullable=True)
    adjective: str = described("adjective of that name")
    spellings: str = described(
        "other spellings of the name that publishers use, joined by '; '", nullable=True
    )

"""Claims: one row per figure that a document states."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from etl.schemas.observations import AREA_PATTERN, SHA256_PATTERN
from etl.schemas.table import Table, described
from etl.vocabulary import HEDGES, INDICATORS, PERIOD_BASES, TOPICS, UNITS


class Claims(Table):
    """One figure as one document states it, and its place in the text."""

    _key: ClassVar[str] = "claim_id"

    claim_id: str = described("id of the claim", unit="id")
    document_id: str = described("document that states it", unit="id")
    indicator: str = described("what is measured", unit="code", isin=INDICATORS.codes)
    ref_area: str = described("reporting area; for arms the importer", unit="code", str_matches=AREA_PATTERN)
    counterpart_area: str = described(
        "other area; for arms the supplier", unit="code", str_matches=AREA_PATTERN
    )
    commodity: str = described("HS code, TOTAL, or what is counted", unit="code")
    time_period: str = described("period as stated; empty where none is", unit="period", nullable=True)
    period_start: date = described("first day, where the text says it", unit="date", nullable=True)
    period_end: date = described("last day, where the text says it", unit="date", nullable=True)
    period_basis: str = described("kind of period stated", unit="code", isin=PERIOD_BASES.codes)
    value: float = described("value in the base unit", unit="unit_measure")
    value_low: float = described("least value that print and hedge allow", unit="unit_measure", nullable=True)
    value_high: float = described(
        "greatest value that print and hedge allow", unit="unit_measure", nullable=True
    )
    unit_measure: str = described("unit of the value", unit="code", isin=UNITS.codes)
    hedge: str = described("how the text qualifies the figure", unit="code", isin=HEDGES.codes)
    stated_as: str = described("the figure as printed, a fragment")
    attributed_to: str = described("whom the text names as its source", nullable=True)
    paragraph: pl.Int64 = described(
        "number of the non-empty line, from 1; empty where the text is not held and nobody counted",
        unit="count",
        ge=1,
        nullable=True,
    )
    char_start: pl.Int64 = described(
        "first character of the fragment, from 0; empty where the text is not held",
        unit="characters",
        ge=0,
        nullable=True,
    )
    char_end: pl.Int64 = described(
        "character after the fragment, as char_start", unit="characters", ge=1, nullable=True
    )
    quote_sha256: str = described("SHA-256 of the fragment", unit="hash", str_matches=SHA256_PATTERN)
    paragraph_sha256: str = described(
        "SHA-256 of the paragraph, as char_start", unit="hash", str_matches=SHA256_PATTERN, nullable=True
    )
    topic: str = described("what the claim is about", unit="code", isin=TOPICS.codes)
    note: str = described("how the figure was read", nullable=True)

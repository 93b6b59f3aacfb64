"""Observations: one row per statistical series, period and vintage."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from etl.schemas.table import Table, described
from etl.vocabulary import (
    COMPLETENESSES,
    CONFIDENCES,
    FREQUENCIES,
    INDICATORS,
    KNOWN_BASES,
    OBS_STATUSES,
    PERIOD_BASES,
    PRICE_BASES,
    UNITS,
    VALUATIONS,
    VINTAGE_PRECISIONS,
)
from etl.vocabulary.series_codes import NOT_NAMED, WORLD

AREA_PATTERN = f"^([A-Z]{{3}}|{WORLD}|{NOT_NAMED})$"
SHA256_PATTERN = r"^[0-9a-f]{64}$"


class Observations(Table):
    """One value of one series for one period, from one publisher's edition."""

    _key: ClassVar[str] = "obs_id"

    obs_id: str = described("readable and stable id of the observation", unit="id")
    indicator: str = described("what is measured", unit="code", isin=INDICATORS.codes)
    ref_area: str = described(
        "reporting area; for arms the importer (ISO 3166 alpha-3)", unit="code", str_matches=AREA_PATTERN
    )
    counterpart_area: str = described(
        "other area; for arms the supplier", unit="code", str_matches=AREA_PATTERN
    )
    commodity: str = described("HS code, TOTAL, or a weapon designation for counts of units", unit="code")
    freq: str = described("SDMX frequency", unit="code", isin=FREQUENCIES.codes)
    time_period: str = described("period as written: 2022, 2021-22, 2022-04, 2009-13", unit="period")
    period_start: date = described("first day of the period", unit="date")
    period_end: date = described("last day of the period", unit="date")
    period_basis: str = described("kind of period", unit="code", isin=PERIOD_BASES.codes)
    obs_value: float = described(
        "value in the base unit; empty where obs_status says why", unit="unit_measure", nullable=True
    )
    obs_low: float = described(
        "lower end of what the printed rounding allows, of a derived value of what its operands' ends allow; "
        "the value itself where it is exact; empty where not known",
        unit="unit_measure",
        nullable=True,
    )
    obs_high: float = described(
        "upper end, as obs_low; each of the two may be known without the other",
        unit="unit_measure",
        nullable=True,
    )
    unit_measure: str = described("unit of the value", unit="code", isin=UNITS.codes)
    valuation: str = described("FOB, CIF, their sum, TIV or none", unit="code", isin=VALUATIONS.codes)
    price_basis: str = described("current prices, or none", unit="code", isin=PRICE_BASES.codes)
    obs_status: str = described("SDMX observation status", unit="code", isin=OBS_STATUSES.codes)
    vintage: date = described("day by which the publisher's edition was out", unit="date")
    vintage_precision: str = described(
        "whether that day or only its month is known, or neither",
        unit="code",
        isin=VINTAGE_PRECISIONS.codes,
    )
    source_id: str = described("publisher's product the value comes from", unit="id")
    publisher: str = described("who publishes that product")
    source_file: str = described("file under datasets/ the value was read from", unit="path")
    source_locator: str = described("line and column in that file, or 'derived'", unit="locator")
    source_sha256: str = described("SHA-256 of that file", unit="hash", str_matches=SHA256_PATTERN)
    as_reported_by: str = described(
        "outlet that reported the figure, where not the publisher itself", nullable=True
    )
    reported_on: str = described("when that outlet reported it", unit="date or month", nullable=True)
    known_from: date = described("day from which the public could know the figure", unit="date")
    known_basis: str = described("why that day", unit="code", isin=KNOWN_BASES.codes)
    known_by: str = described(
        "outlet that printed the value on that day, where known_basis is witness", nullable=True
    )
    derivation: str = described(
        "rule(ids of its operands); empty where the value was read", unit="rule", nullable=True
    )
    confidence: str = described(
        "how sure it is that the publisher gave this value, where it was compiled from reports",
        unit="code",
        isin=CONFIDENCES.codes,
        nullable=True,
    )
    completeness: str = described(
        "whether the parts listed beside it are all there are, and whether it is only the least it can be; "
        "empty where nothing says it",
        unit="code",
        isin=COMPLETENESSES.codes,
        nullable=True,
    )
    reported_url: str = described("address of the report", unit="url", nullable=True)
    note: str = described("caveat of the publisher or of the compilation", nullable=True)

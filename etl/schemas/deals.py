"""Deals: one row per arms order and its deliveries."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from etl.schemas.observations import AREA_PATTERN, SHA256_PATTERN
from etl.schemas.table import Table, described
from etl.vocabulary import DEAL_STATUSES, KNOWN_BASES, VINTAGE_PRECISIONS


class Deals(Table):
    """One arms order as SIPRI's register has it."""

    _key: ClassVar[str] = "deal_id"

    deal_id: str = described("id of the deal", unit="id")
    importer: str = described("area that ordered", unit="code", str_matches=AREA_PATTERN)
    supplier: str = described("area that delivers", unit="code", str_matches=AREA_PATTERN)
    designation: str = described("weapon's designation")
    description: str = described("weapon's description")
    category: str = described(
        "SIPRI's weapon category; empty where none is known for the description", nullable=True
    )
    order_year: pl.Int64 = described("year of the order", unit="year", ge=1900, le=2100)
    order_year_uncertain: bool = described("whether SIPRI is unsure of the year", unit="boolean")
    number_ordered: pl.Int64 = described(
        "weapons ordered; empty = unknown", unit="weapons", nullable=True, ge=0
    )
    number_ordered_uncertain: bool = described("whether SIPRI is unsure of the number", unit="boolean")
    number_delivered: pl.Int64 = described(
        "weapons delivered; empty = unknown", unit="weapons", nullable=True, ge=0
    )
    number_delivered_uncertain: bool = described("whether SIPRI is unsure of the number", unit="boolean")
    delivery_years: str = described("years of delivery, joined by '; '", unit="years", nullable=True)
    contract_value_usd: float = described(
        "price of the order, where a publisher gives it", unit="US dollars", nullable=True, ge=0
    )
    tiv_per_unit: float = described("volume of one weapon", unit="million TIV", nullable=True, ge=0)
    tiv_order: float = described("volume of the order", unit="million TIV", nullable=True, ge=0)
    tiv_delivered: float = described("volume delivered", unit="million TIV", nullable=True, ge=0)
    status: str = described("how far the deliveries are", unit="code", isin=DEAL_STATUSES.codes)
    condition: str = described("new, second hand or modernised, as SIPRI says", nullable=True)
    vintage: date = described("day of the register", unit="date")
    vintage_precision: str = described(
        "whether that day or only its month is known, or neither",
        unit="code",
        isin=VINTAGE_PRECISIONS.codes,
    )
    known_from: date = described("day from which the public could know the order", unit="date")
    known_basis: str = described("why that day", unit="code", isin=KNOWN_BASES.codes)
    source_id: str = described("publisher's product", unit="id")
    source_file: str = described("file under datasets/", unit="path")
    source_locator: str = described("line in that file", unit="locator")
    source_sha256: str = described("SHA-256 of that file", unit="hash", str_matches=SHA256_PATTERN)
    note: str = described("caveat", nullable=True)

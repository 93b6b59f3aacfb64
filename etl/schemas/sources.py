"""Sources: the files a snapshot was built from."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from etl.schemas.observations import SHA256_PATTERN
from etl.schemas.table import Table, described
from etl.vocabulary import KNOWN_BASES, VINTAGE_PRECISIONS


class Sources(Table):
    """One file of one publisher's product in one vintage."""

    _key: ClassVar[str] = "file"

    source_id: str = described("publisher's product", unit="id")
    vintage: date = described("day by which the edition was out", unit="date")
    vintage_precision: str = described(
        "whether that day or only its month is known, or neither",
        unit="code",
        isin=VINTAGE_PRECISIONS.codes,
    )
    known_basis: str = described("why the edition has that day", unit="code", isin=KNOWN_BASES.codes)
    publisher: str = described("who publishes the statistics")
    product: str = described("name of the product")
    layout: str = described("module that reads the file", unit="id")
    file: str = described("path under datasets/", unit="path")
    sha256: str = described("SHA-256 of the file", unit="hash", str_matches=SHA256_PATTERN)
    url: str = described("publisher's page", unit="url", nullable=True)
    retrieved_on: str = described("when the file was retrieved", unit="date", nullable=True)
    licence: str = described("terms, in short")
    redistributable: bool = described(
        "whether its rows may be passed on, for any purpose, with attribution", unit="boolean"
    )
    extract: bool = described(
        "whether it is a short extract, compiled here row by row, which leaves with its publisher's terms",
        unit="boolean",
    )
    rows_read: pl.Int64 = described("rows in the file", unit="rows", ge=0)
    rows_accepted: pl.Int64 = described("rows that became part of a table", unit="rows", ge=0)
    rows_quarantined: pl.Int64 = described("rows set aside with a reason", unit="rows", ge=0)
    rows_missing: pl.Int64 = described(
        "rows of which something is lacking that no other row says", unit="rows", ge=0
    )
    covers_suppliers: str = described(
        "suppliers whose deliveries it was made to hold: all, or codes joined by ';'; empty where not said",
        nullable=True,
    )
    covers_recipients: str = described(
        "recipients whose deliveries it was made to hold, as covers_suppliers", nullable=True
    )
    covers_years: str = described("years it was made to hold; empty where not said", nullable=True)
    note: str = described("what to know of the file", nullable=True)

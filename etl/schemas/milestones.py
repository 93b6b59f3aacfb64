"""Milestones: dated events that documents state."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from etl.schemas.table import Table, described
from etl.vocabulary import DATE_PRECISIONS


class Milestones(Table):
    """One event as one document dates it."""

    _key: ClassVar[str] = "milestone_id"

    milestone_id: str = described("id of the milestone", unit="id")
    event: str = described("key that all statements about the same event share", unit="id")
    happened_on: date = described(
        "day, or the first day of the stated month or year", unit="date", nullable=True
    )
    date_precision: str = described("how exact the date is", unit="code", isin=DATE_PRECISIONS.codes)
    date_text: str = described("the date as printed, a fragment", nullable=True)
    title: str = described("the event in words")
    kind: str = described("kind of event", unit="code")
    document_id: str = described("document that states it", unit="id")
    paragraph: pl.Int64 = described("number of the non-empty line, from 1", unit="count", ge=1)
    note: str = described("how the date was read", nullable=True)

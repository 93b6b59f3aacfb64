"""What each edition of a publisher gives of one share: its windows, and what it restates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

import etl
from etl import Dossier, Snapshot, format_day

INDICATOR = "arms_import_share"


@dataclass(frozen=True)
class EditionValue:
    """One window in one edition; `before` is what an edition before gave, where that was another value."""

    row_id: str
    value_text: str
    period: str
    before: str


@dataclass(frozen=True)
class Edition:
    """One edition with its windows, the oldest first."""

    day: date
    day_text: str
    publisher: str
    values: tuple[EditionValue, ...]


def list_editions(snapshot: Snapshot, dossier: Dossier) -> list[Edition]:
    """Published editions of the counterpart's share, the newest first."""
    rows = (
        snapshot.observations(
            indicator=INDICATOR,
            ref_area=dossier.ref_area,
            counterpart_area=dossier.counterpart_area,
            period_basis="five_year_window",
        )
        .filter(pl.col("derivation").is_null() & pl.col("obs_value").is_not_null())
        .sort("vintage", "publisher", "period_start", "obs_id")
        .collect()
    )
    given: dict[str, dict[str, Any]] = {}
    editions = []
    for group in rows.partition_by("vintage", "publisher", maintain_order=True):
        entries = group.to_dicts()
        values = tuple(_build_value(row, given.get(row["time_period"])) for row in entries)
        editions.append(
            Edition(entries[0]["vintage"], _format_edition(entries[0]), entries[0]["publisher"], values)
        )
        given.update({row["time_period"]: row for row in entries})
    return editions[::-1]


def _build_value(row: dict[str, Any], earlier: dict[str, Any] | None) -> EditionValue:
    value_text = etl.format_value(row["obs_value"], row["unit_measure"])
    period = etl.shorten_period(
        row["period_start"], row["period_end"], row["period_basis"], row["time_period"]
    )
    before = ""
    if earlier and earlier["obs_value"] != row["obs_value"]:
        before = (
            f"{etl.format_value(earlier['obs_value'], earlier['unit_measure'])} ({_format_edition(earlier)})"
        )
    return EditionValue(row["obs_id"], value_text, period, before)


def _format_edition(row: dict[str, Any]) -> str:
    return format_day(row["vintage"], precision=row["vintage_precision"])

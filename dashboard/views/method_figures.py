"""Worked-out values that the Methods page explains its sums with: the newest of each kind in a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

import etl
from dashboard.views.chart_rows import FILLS
from etl import IS_DATED, WORLD, Dossier, Snapshot

CACHED_LISTS = 8
# Each kind of sum, with the indicators whose newest rows show it, in the order in which they are shown.
SHOWN: dict[str, tuple[str, ...]] = {
    "share": ("arms_import_share",),
    "growth": ("trade_growth",),
    "concentration": ("arms_supplier_concentration",),
    "gap": (
        "mirror_gap",
        "mirror_gap_valuation",
        "mirror_gap_timing",
        "mirror_gap_coverage",
        "mirror_gap_residual",
    ),
}
RANGE_LABELS = frozenset({"What the inputs allow", "Range of the estimate", "Printed rounding allows"})


@dataclass(frozen=True)
class WorkedFigure:
    """One value that was worked out: what it is, its sum, what is left open, and what must be known of it."""

    row_id: str
    title: str
    period: str
    value_text: str
    rule: str
    sum_text: str
    allowed: str
    note: str


@lru_cache(maxsize=CACHED_LISTS)
def list_worked_figures(snapshot: Snapshot, dossier_id: str) -> Mapping[str, tuple[WorkedFigure, ...]]:
    """The newest values of every kind of sum, by the kind; a kind that the dossier lacks is left out."""
    dossier = snapshot.dossier(dossier_id)
    found = {
        kind: tuple(
            _describe(snapshot, row)
            for indicator in indicators
            if (row := _find_newest(snapshot, dossier, indicator)) is not None
        )
        for kind, indicators in SHOWN.items()
    }
    return {kind: figures for kind, figures in found.items() if figures}


def list_marks() -> tuple[tuple[str, str], ...]:
    """Each way of drawing a value, with what it stands for."""
    words: dict[str, list[str]] = {}
    for status, fill in FILLS.items():
        words.setdefault(fill, []).append(etl.label("obs_status", status))
    words["hollow"].append(etl.label("period_basis", "part_year"))
    return tuple((fill, ", ".join(each)) for fill, each in words.items())


def _find_newest(snapshot: Snapshot, dossier: Dossier, indicator: str) -> dict[str, Any] | None:
    """The derived row of the newest period and edition."""
    sides = [dossier.counterpart_area, WORLD]
    rows = snapshot.observations(indicator=indicator, ref_area=dossier.ref_area, counterpart_area=sides)
    derived = rows.filter(pl.col("derivation").is_not_null())
    newest = derived.sort("period_end", IS_DATED, "vintage", "obs_id").tail(1).collect().to_dicts()
    return newest[0] if newest else None


def _describe(snapshot: Snapshot, row: dict[str, Any]) -> WorkedFigure:
    evidence = snapshot.evidence(row["obs_id"])
    working = evidence.workings[0]
    return WorkedFigure(
        row_id=row["obs_id"],
        title=evidence.title,
        period=evidence.period,
        value_text=evidence.headline,
        rule=working.rule,
        sum_text=working.sum_text,
        allowed=next((line.text for line in evidence.says if line.label in RANGE_LABELS), ""),
        note=row["note"] or "",
    )

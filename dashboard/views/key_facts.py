"""What the first lines of the overview say: printed figures beside official ones, the newest last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

import etl
from dashboard.views.chart_rows import (
    BREAK_IN_SERIES,
    Row,
    format_edition,
    format_row_period,
    format_row_value,
)
from dashboard.views.claims import ClaimEntry, list_all_claims
from etl import ALL_COMMODITIES, IS_DATED, Dossier, Snapshot, VerdictMark, name_publisher

# In the name of a publisher that is part of a government.
GOVERNMENTAL = ("Department", "Ministry", "Government")
BASES = ("calendar_year", "fiscal_year_in", "five_year_window")


@dataclass(frozen=True)
class PrintedFigure:
    """One printed figure: what was printed, for when, and how it stands on the snapshot's day."""

    claim_id: str
    value_text: str
    period: str
    verdict: VerdictMark


@dataclass(frozen=True)
class OfficialFigure:
    """One value of a publisher: for when, by whom, of which edition, and whether a government's own."""

    row_id: str
    value_text: str
    period: str
    publisher: str
    edition: str

    @property
    def kind(self) -> str:
        """What a sentence calls it: only a government's own figure is official."""
        is_official = any(word in self.publisher for word in GOVERNMENTAL)
        return "official figure" if is_official else "figure"


@dataclass(frozen=True)
class KeyFact:
    """One indicator as it was told, and as it is; `first` is its oldest period, where that is another one.

    `before` is the period before the newest, where that was the highest of all and the newest is lower.
    """

    indicator: str
    title: str
    printed: tuple[PrintedFigure, ...]
    first: OfficialFigure | None
    newest: OfficialFigure | None
    before: OfficialFigure | None = None


def select_key_facts(snapshot: Snapshot, dossier: Dossier, *, indicators: Sequence[str]) -> list[KeyFact]:
    """What documents print of each indicator, oldest period first, and the official values of its series."""
    facts = [_select_fact(snapshot, dossier, indicator) for indicator in indicators]
    return [fact for fact in facts if fact.printed or fact.newest]


def _select_fact(snapshot: Snapshot, dossier: Dossier, indicator: str) -> KeyFact:
    claims = {claim.claim_id: claim for claim in list_all_claims(snapshot, dossier.dossier_id)}
    pair = {"ref_area": dossier.ref_area, "counterpart_area": dossier.counterpart_area}
    series = {"indicator": indicator, **pair, "commodity": ALL_COMMODITIES}
    rows = (
        snapshot.claims(**series)
        .filter(
            pl.col("claim_id").is_in(list(claims))
            & pl.col("period_end").is_not_null()
            # As in the charts: claims of texts that are held.
            & pl.col("char_start").is_not_null()
        )
        .sort("period_end", "claim_id")
        .collect()
        .to_dicts()
    )
    official = _list_official(snapshot, **series)
    newest = official[-1] if official else None
    alike = [row for row in official if newest and row["period_basis"] == newest["period_basis"]]
    first = alike[0] if len(alike) > 1 else None
    before = find_turn(alike)
    return KeyFact(
        indicator,
        _name_fact(snapshot, claims, rows=rows, newest=newest),
        tuple(_build_printed(row, claims[row["claim_id"]]) for row in rows),
        _build_official(first) if first else None,
        _build_official(newest) if newest else None,
        _build_official(before) if before else None,
    )


def find_turn(rows: Sequence[Row]) -> Row | None:
    """The row before the last, where no other is as high and the last one is the first below it."""
    if len(rows) < 3:
        return None
    *earlier, before, last = rows
    highest = max(row["obs_value"] for row in (*earlier, last))
    return before if before["obs_value"] > highest else None


def _name_fact(
    snapshot: Snapshot,
    claims: dict[str, ClaimEntry],
    *,
    rows: list[Row],
    newest: Row | None,
) -> str:
    if rows:
        return claims[rows[0]["claim_id"]].title
    return snapshot.evidence(newest["obs_id"]).title if newest else ""


def _build_printed(row: Row, claim: ClaimEntry) -> PrintedFigure:
    value_text = etl.format_value(row["value"], row["unit_measure"])
    return PrintedFigure(row["claim_id"], value_text, format_row_period(row), claim.snapshot.mark)


def _build_official(row: Row) -> OfficialFigure:
    return OfficialFigure(
        row["obs_id"],
        format_row_value(row),
        format_row_period(row),
        name_publisher(row),
        format_edition(row),
    )


def _list_official(snapshot: Snapshot, **series: str) -> list[Row]:
    """One value per period, published before derived, then by the newest edition; the newest period last."""
    rows = (
        snapshot.observations(**series)
        .filter(
            pl.col("obs_value").is_not_null()
            & pl.col("period_basis").is_in(BASES)
            & (pl.col("obs_status") != BREAK_IN_SERIES)
        )
        .with_columns(published=pl.col("derivation").is_null())
        .sort("period_end", IS_DATED, "published", "vintage", "obs_id")
        .collect()
        .to_dicts()
    )
    published = [row for row in rows if row["published"]]
    # The ends of what the publisher itself gives say more than those of what was worked out from it.
    chosen = published if published and published[-1]["period_end"] == rows[-1]["period_end"] else rows
    return list({row["period_end"]: row for row in chosen}.values())

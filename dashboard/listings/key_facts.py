"""What the first lines of the overview say: printed figures beside the newest official ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

import etl
from dashboard.listings.claims import ClaimEntry, list_all_claims
from etl import Snapshot


@dataclass(frozen=True)
class PrintedFigure:
    """One printed figure: what was printed, for when, and how it stands on the snapshot's day."""

    claim_id: str
    value_text: str
    period: str
    verdict: str


@dataclass(frozen=True)
class OfficialFigure:
    """The newest official value of the same series."""

    row_id: str
    value_text: str
    period: str
    publisher: str


@dataclass(frozen=True)
class KeyFact:
    """One indicator as it was told, and as it is."""

    indicator: str
    title: str
    printed: tuple[PrintedFigure, ...]
    newest: OfficialFigure | None


def select_key_facts(snapshot: Snapshot, *, dossier: str, indicators: Sequence[str]) -> list[KeyFact]:
    """What documents print of each indicator, oldest period first, with the newest official value."""
    claims = {claim.claim_id: claim for claim in list_all_claims(snapshot, dossier)}
    facts = [_select_fact(snapshot, indicator, claims) for indicator in indicators]
    return [fact for fact in facts if fact is not None]


def _select_fact(snapshot: Snapshot, indicator: str, claims: dict[str, ClaimEntry]) -> KeyFact | None:
    rows = (
        snapshot.claims(indicator=indicator)
        .filter(pl.col("claim_id").is_in(list(claims)) & pl.col("period_end").is_not_null())
        .sort("period_end", "claim_id")
        .collect()
        .to_dicts()
    )
    if not rows:
        return None
    printed = tuple(
        PrintedFigure(
            row["claim_id"],
            etl.say_value(row["value"], row["unit_measure"]),
            etl.shorten_period(
                row["period_start"], row["period_end"], row["period_basis"], row["time_period"]
            ),
            claims[row["claim_id"]].snapshot.verdict,
        )
        for row in rows
    )
    return KeyFact(indicator, claims[rows[0]["claim_id"]].title, printed, _select_newest(snapshot, rows[0]))


def _select_newest(snapshot: Snapshot, claim: dict[str, object]) -> OfficialFigure | None:
    """The newest period's newest edition; of two values the publisher's own comes before a derived one."""
    series = {name: claim[name] for name in ("indicator", "ref_area", "counterpart_area")}
    found = (
        snapshot.observations(**series)
        .filter(
            pl.col("obs_value").is_not_null()
            & pl.col("period_basis").is_in(["calendar_year", "fiscal_year_in", "five_year_window"])
        )
        .with_columns(published=pl.col("derivation").is_null())
        .sort("period_end", "published", "vintage", "obs_id", descending=True)
        .head(1)
        .collect()
        .to_dicts()
    )
    if not found:
        return None
    row = found[0]
    return OfficialFigure(
        row["obs_id"],
        etl.say_value(row["obs_value"], row["unit_measure"]),
        etl.shorten_period(row["period_start"], row["period_end"], row["period_basis"], row["time_period"]),
        row["publisher"],
    )

"""Rows that several charts ask a snapshot for, and the points and spans made of them; for select() only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import polars as pl

import etl
from dashboard.chart_contract import Point
from dashboard.marks import ClaimMark, Span, write_hover
from dashboard.selection import Selection, find_dossier
from dashboard.theme import VERDICT_GLYPHS
from etl import Snapshot

Row = dict[str, Any]
FISCAL, CALENDAR = "fiscal_year_in", "calendar_year"


def list_observations(snapshot: Snapshot, **filters: Any) -> list[Row]:
    """Observations by period and then vintage, the oldest first.

    Rows: one per observation that the filters (column=value or column=[values]) let through.
    """
    rows = snapshot.observations(**filters)
    return rows.sort("period_start", "period_end", "vintage", "obs_id").collect().to_dicts()


def list_claims(snapshot: Snapshot, selection: Selection, *, indicators: list[str]) -> list[Row]:
    """Claims of the selection's dossier about its two sides, in the order of their documents.

    Rows: one per claim. Columns: those of claims, and `document_title`, `document_name` (who speaks),
    `published_on`, `verdict` (on the snapshot's day).
    """
    dossier = find_dossier(snapshot, selection)
    sides = [dossier.ref_area, dossier.counterpart_area]
    documents = snapshot.documents(dossier=dossier.dossier_id).select(
        "document_id",
        "published_on",
        pl.col("title").alias("document_title"),
        pl.coalesce("publisher", "author", "title").alias("document_name"),
    )
    verdicts = snapshot.verdicts(occasion="snapshot").select("claim_id", "verdict")
    about = snapshot.claims(indicator=indicators, ref_area=sides, counterpart_area=sides)
    claims = about.join(documents, on="document_id")
    return (
        claims.join(verdicts, on="claim_id", how="left").sort("published_on", "claim_id").collect().to_dicts()
    )


def keep_one_source(rows: list[Row]) -> list[Row]:
    """For each vintage the rows of one source only, the one with most."""
    counts = Counter((row["vintage"], row["source_id"]) for row in rows)
    kept: dict[Any, str] = {}
    for vintage, source_id in sorted(counts, key=lambda entry: (-counts[entry], entry)):
        kept.setdefault(vintage, source_id)
    return [row for row in rows if row["source_id"] == kept[row["vintage"]]]


def choose_best(rows: Iterable[Row]) -> list[Row]:
    """One row per indicator and period: published before derived, then the newest vintage."""
    best: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        key = (row["indicator"], row["period_basis"], row["time_period"])
        if key not in best or _rank(row) >= _rank(best[key]):
            best[key] = row
    return list(best.values())


def choose_year_basis(rows: Iterable[Row]) -> str:
    """The kind of year that whole years are drawn by: the importer's fiscal year where it is reported."""
    return FISCAL if any(row["period_basis"] == FISCAL for row in rows) else CALENDAR


def say_years(basis: str) -> str:
    """What a subtitle calls such years."""
    return "fiscal years, April to March" if basis == FISCAL else "calendar years"


def say_row_period(row: Row) -> str:
    """The period of an observation or claim, as briefly as a chart needs it."""
    return etl.shorten_period(row["period_start"], row["period_end"], row["period_basis"], row["time_period"])


def build_point(row: Row, *, series: str, mark: str) -> Point:
    """The point of an observation."""
    value_text = etl.say_value(row["obs_value"], row["unit_measure"])
    return Point(row["obs_id"], series, say_row_period(row), value_text, mark)


def build_span(row: Row, *details: str, hollow: bool = False) -> Span:
    """An observation over the days it covers, with lines for its hover text."""
    value_text, period = etl.say_value(row["obs_value"], row["unit_measure"]), say_row_period(row)
    hover = write_hover(value_text, period, *details)
    days = (row["period_start"], row["period_end"])
    return Span(row["obs_id"], *days, row["obs_value"], value_text, period, hover, hollow)


def build_claim_point(claim: Row) -> Point:
    """The point of a claim."""
    value_text = etl.say_value(claim["value"], claim["unit_measure"])
    series = f"claim: {claim['document_title']}"
    mark = f"amber: {etl.label('verdict', claim['verdict'])}"
    return Point(claim["claim_id"], series, say_row_period(claim), value_text, mark)


def mark_claim(claim: Row) -> ClaimMark:
    """A claim over the days it speaks of; one day only where its start is not stated."""
    value_text, period = etl.say_value(claim["value"], claim["unit_measure"]), say_row_period(claim)
    verdict_text = etl.label("verdict", claim["verdict"])
    sign = VERDICT_GLYPHS[claim["verdict"]]
    hover = write_hover(value_text, period, f"stated by {claim['document_title']}", f"{sign} {verdict_text}")
    start = claim["period_start"] or claim["period_end"]
    span = Span(claim["claim_id"], start, claim["period_end"], claim["value"], value_text, period, hover)
    return ClaimMark(span, claim["verdict"], verdict_text)


def _rank(row: Row) -> tuple[bool, bool, Any]:
    return row["obs_value"] is not None, row["derivation"] is None, row["vintage"]

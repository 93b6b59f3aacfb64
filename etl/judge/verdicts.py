"""Verdicts: every claim judged as of a day, and every document's claims on both days that matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from etl.errors import UnknownRowError
from etl.judge.other_counts import allow_other_counts
from etl.judge.references import (
    SERIES,
    STANDING_BASES,
    WHOLE_YEARS,
    Claim,
    Reference,
    SeriesBook,
    build_book,
    list_claims,
)
from etl.judge.rules import judge_case
from etl.judge.rulings import Case, Ruling
from etl.judge.targets import TARGET, add_growth_needed, list_companion_series
from etl.judge.wording import format_doubt
from etl.schemas import TABLES

PRINTING, SNAPSHOT = "printing", "snapshot"
# Past the millionth a difference is what a float leaves over.
DIFFERENCE_DIGITS = 6


def judge_claims(
    claims: pl.DataFrame, observations: pl.DataFrame, *, as_of: date, occasion: str = SNAPSHOT
) -> pl.DataFrame:
    """A verdict for each claim by what was known on a day.

    Columns: claims may have `printed_on`, the day a claim without a period speaks of, else that is `as_of`;
    and `attributed_to`, whose figure it is said to be.

    Rows: one per claim, as the verdicts table.
    """
    printed = claims if "printed_on" in claims.columns else claims.with_columns(printed_on=pl.lit(as_of))
    book = _open_book(claims, observations)
    rows = [
        _judge_claim(claim, book, as_of=as_of, occasion=occasion, printed_on=printed_on)
        for claim, printed_on in zip(list_claims(printed), printed["printed_on"], strict=True)
    ]
    return _build_verdicts(rows)


def judge_documents(
    claims: pl.DataFrame, documents: pl.DataFrame, observations: pl.DataFrame, *, as_of: date
) -> pl.DataFrame:
    """Two verdicts for each claim: by what was known when it was printed, and by what is known as of a day.

    Rows: two per claim, as the verdicts table.
    Raises: UnknownRowError for a claim whose document is not among the documents.
    """
    printed = claims.join(
        documents.select("document_id", printed_on="published_on"),
        on="document_id",
        how="left",
        maintain_order="left",
    )
    orphans = printed.filter(pl.col("printed_on").is_null())
    if orphans.height:
        first = orphans.row(0, named=True)
        raise UnknownRowError(
            f"claim {first['claim_id']}: no document {first['document_id']!r}. "
            "Add its record under datasets/dossiers/."
        )
    book = _open_book(claims, observations)
    rows = [
        _judge_claim(claim, book, as_of=day, occasion=occasion, printed_on=printed_on)
        for claim, printed_on in zip(list_claims(printed), printed["printed_on"], strict=True)
        # Both are kept: what was true when it was printed, and what is true now.
        for day, occasion in ((printed_on, PRINTING), (as_of, SNAPSHOT))
    ]
    return _build_verdicts(rows)


def _open_book(claims: pl.DataFrame, observations: pl.DataFrame) -> SeriesBook:
    series = claims.select(SERIES).unique()
    targets = series.filter(pl.col("indicator") == TARGET)
    companions = [entry for target in targets.iter_rows() for entry in list_companion_series(target)]
    if companions:
        series = pl.concat([series, pl.DataFrame(companions, schema=series.schema)])
    return build_book(series, observations)


def rule_on_claim(claim: Claim, *, book: SeriesBook, as_of: date, printed_on: date) -> Ruling:
    """How one claim stands to what was known on a day."""
    bases = _list_newest_bases(claim)
    newest = book.find_newest(claim.series, as_of, unit=claim.unit_measure, bases=bases)
    case = Case(claim, as_of, printed_on, tuple(book.list_near(claim, as_of)), newest, book)
    ruling = allow_other_counts(claim, _say_doubt(judge_case(case), day=as_of), printed_on=printed_on)
    if claim.indicator == TARGET:
        ruling = add_growth_needed(ruling, claim, book=book, day=as_of)
    return ruling


def _say_doubt(ruling: Ruling, *, day: date) -> Ruling:
    """The ruling with what is unsure of its reference; what was not surely known contradicts nothing."""
    doubt = None if ruling.reference is None else ruling.reference.find_doubt(day)
    if doubt is None:
        return ruling
    text = f"{ruling.explanation} {format_doubt(doubt, day=day)}"
    if ruling.verdict != "contradicted":
        return replace(ruling, explanation=text)
    text = f"{text} So it contradicts nothing."
    return replace(ruling, verdict="unresolved", reason="no_reference", explanation=text)


def _judge_claim(
    claim: Claim, book: SeriesBook, *, as_of: date, occasion: str, printed_on: date
) -> dict[str, Any]:
    ruling = rule_on_claim(claim, book=book, as_of=as_of, printed_on=printed_on)
    return {
        "claim_id": claim.claim_id,
        "as_of": as_of,
        "occasion": occasion,
        **_list_reference_columns(claim, ruling),
        "verdict": ruling.verdict,
        "reason": ruling.reason,
        "newest_period": ruling.newest.time_period if ruling.newest else None,
        "newest_value": ruling.newest.obs_value if ruling.newest else None,
        "explanation": ruling.explanation,
        "arithmetic": ruling.arithmetic,
    }


def _list_newest_bases(claim: Claim) -> frozenset[str]:
    if claim.period_basis == "present":
        return STANDING_BASES
    # A month or a part of a year is never "the newest" to a reader who was told of years.
    return WHOLE_YEARS if claim.period_basis == "up_to_date" else frozenset({claim.period_basis})


def _list_reference_columns(claim: Claim, ruling: Ruling) -> dict[str, Any]:
    ids = [one.obs_id for one in ruling.references]
    reference: Reference | None = ruling.reference
    difference = None if reference is None else _subtract(claim.value, reference.obs_value)
    return {
        "reference_value": reference.obs_value if reference else None,
        "reference_low": reference.obs_low if reference else None,
        "reference_high": reference.obs_high if reference else None,
        "difference": difference,
        "reference_ids": ";".join(ids) if ids else None,
        "reference_vintage": reference.vintage if reference else None,
    }


def _subtract(value: float, reference_value: float) -> float:
    # In decimals, so that the printed digits of both decide and not their binary neighbours.
    return float(round(Decimal(repr(value)) - Decimal(repr(reference_value)), DIFFERENCE_DIGITS))


def _build_verdicts(rows: list[dict[str, Any]]) -> pl.DataFrame:
    model = TABLES["verdicts"]
    columns = model.list_columns()
    ordered = [{name: row[name] for name in columns} for row in rows]
    return model.check(pl.DataFrame(ordered, schema=columns))

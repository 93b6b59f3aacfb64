"""Disagreements: two documents, or two places of one, that state the same thing differently."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

import polars as pl

from etl.errors import FootnotedError
from etl.formatting import format_day
from etl.periods import find_month_end, format_period
from etl.schemas import TABLES
from etl.vocabulary import HEDGES, INDICATORS
from etl.vocabulary.series_codes import ALL_COMMODITIES

Row = dict[str, Any]
# What makes two claims speak of one thing. The basis is part of it: a fiscal and a calendar year of one label
# are two things, and no disagreement.
SAME_CLAIM = (
    "indicator",
    "ref_area",
    "counterpart_area",
    "commodity",
    "period_basis",
    "period_start",
    "period_end",
    "unit_measure",
)


class DatePrecisionError(FootnotedError):
    """A date whose precision has no rule."""


def find_disagreements(
    claims: pl.DataFrame, milestones: pl.DataFrame, documents: pl.DataFrame
) -> pl.DataFrame:
    """Every pair of claims or milestones that state the same thing differently.

    Rows: one per pair, as the disagreements table.
    """
    titles = dict(documents.select("document_id", "title").iter_rows())
    rows = [*_compare_milestones(milestones, titles), *_compare_claims(claims, titles)]
    model = TABLES["disagreements"]
    return model.check(pl.DataFrame(rows, schema=model.list_columns()))


def _compare_milestones(milestones: pl.DataFrame, titles: dict[str, str]) -> Iterator[Row]:
    dated = milestones.filter(pl.col("happened_on").is_not_null()).sort("milestone_id")
    for left, right in _pair_up(dated.to_dicts(), keys=("event",)):
        # A document may date one event twice, as a day and as a year; only two documents disagree about it.
        if left["document_id"] == right["document_id"] or _can_be_one_date(left, right):
            continue
        says = [_format_date(one) for one in (left, right)]
        first, second = (_name_document(one, titles) for one in (left, right))
        yield {
            "disagreement_id": f"milestone.{left['milestone_id']}.{right['milestone_id']}",
            "about": "milestone",
            "subject": left["title"],
            "left_id": left["milestone_id"],
            "left_says": left["date_text"] or says[0],
            "left_document_id": left["document_id"],
            "right_id": right["milestone_id"],
            "right_says": right["date_text"] or says[1],
            "right_document_id": right["document_id"],
            "explanation": f"{first} gives {says[0]}; {second} gives {says[1]}.",
        }


def _compare_claims(claims: pl.DataFrame, titles: dict[str, str]) -> Iterator[Row]:
    for left, right in _pair_up(claims.sort("claim_id").to_dicts(), keys=SAME_CLAIM):
        difference = _name_difference(left, right)
        if difference is None:
            continue
        first, second = (_name_document(one, titles) for one in (left, right))
        where = (
            f"{first} prints both" if left["document_id"] == right["document_id"] else f"{first} and {second}"
        )
        yield {
            "disagreement_id": f"claim.{left['claim_id']}.{right['claim_id']}",
            "about": "claim",
            "subject": _name_subject(left),
            "left_id": left["claim_id"],
            "left_says": left["stated_as"],
            "left_document_id": left["document_id"],
            "right_id": right["claim_id"],
            "right_says": right["stated_as"],
            "right_document_id": right["document_id"],
            "explanation": _explain_claims(left, right, where=where, difference=difference),
        }


def _pair_up(rows: Iterable[Row], *, keys: tuple[str, ...]) -> Iterator[tuple[Row, Row]]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    for group in groups.values():
        yield from combinations(group, 2)


def _can_be_one_date(left: Row, right: Row) -> bool:
    """Whether one date is only the other said less exactly: a day within the other's month or year."""
    first, second = _find_span(left), _find_span(right)
    return _lies_within(first, second) or _lies_within(second, first)


def _lies_within(inner: tuple[date, date], outer: tuple[date, date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _find_span(milestone: Row) -> tuple[date, date]:
    start: date = milestone["happened_on"]
    precision = milestone["date_precision"]
    if precision == "day":
        return start, start
    if precision == "month":
        return start, find_month_end(start.year, start.month)
    if precision == "year":
        return date(start.year, 1, 1), date(start.year, 12, 31)
    if precision == "fiscal_year":
        # India's fiscal year, April to March.
        return date(start.year, 4, 1), date(start.year + 1, 3, calendar.monthrange(start.year + 1, 3)[1])
    raise DatePrecisionError(
        f"milestone {milestone['milestone_id']}: no rule for the date precision {precision!r}. "
        "Use day, month, year or fiscal_year."
    )


def _format_date(milestone: Row) -> str:
    start, end = _find_span(milestone)
    precision = milestone["date_precision"]
    if precision in {"day", "month", "year"}:
        return format_day(start, precision)
    return f"fiscal {start.year}\u2013{end.year % 100:02d} (April {start.year} to March {end.year})"


def _name_difference(left: Row, right: Row) -> str | None:
    if not _allows(left, right["value"]) and not _allows(right, left["value"]):
        return "neither allows the other's value"
    # "10" and "over 10" allow each other and still say different things.
    if left["hedge"] != right["hedge"]:
        return f"the first is {_format_hedge(left['hedge'])}, the second {_format_hedge(right['hedge'])}"
    return None


def _format_hedge(hedge: str) -> str:
    label = HEDGES.label(hedge)
    return label if hedge == "exact" else f"printed with \u201c{label}\u201d"


def _allows(claim: Row, value: float) -> bool:
    low, high = claim["value_low"], claim["value_high"]
    return (low is None or value >= low) and (high is None or value <= high)


def _explain_claims(left: Row, right: Row, *, where: str, difference: str) -> str:
    quoted = f"\u201c{left['stated_as']}\u201d and \u201c{right['stated_as']}\u201d"
    if left["document_id"] == right["document_id"]:
        return f"{where}, {quoted}; {difference}."
    return f"{where} print {quoted}; {difference}."


def _name_subject(claim: Row) -> str:
    commodity = "" if claim["commodity"] == ALL_COMMODITIES else f": {claim['commodity'].replace('_', ' ')}"
    period = format_period(
        claim["period_start"], claim["period_end"], claim["period_basis"], claim["time_period"]
    )
    text = INDICATORS.label(claim["indicator"])
    return f"{text[0].upper()}{text[1:]}{commodity} ({period})"


def _name_document(row: Row, titles: dict[str, str]) -> str:
    return f"\u201c{titles.get(row['document_id'], row['document_id'])}\u201d"

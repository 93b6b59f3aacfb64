"""Small tables for the judge's tests: one observation or claim per call, everything unsaid as usual."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from etl.documents.precision import SET_INDICATORS, read_interval
from etl.judge import judge_claims
from etl.periods import Period, read_fiscal_year
from etl.schemas.claims import Claims
from etl.schemas.documents import Documents
from etl.schemas.milestones import Milestones
from etl.schemas.observations import Observations

HASH = "0" * 64
TODAY = date(2026, 3, 31)
PRESENT = Period(None, None, "present", "")
FISCAL_2022 = read_fiscal_year("2022-23")


def build_day_reached(day: date) -> Period:
    """A total reached by a day, its start not said."""
    return Period(None, day, "up_to_date", f"../{day}")


def build_observation(period: Period, value: float | None, *, vintage: date, **other: Any) -> dict[str, Any]:
    """One observation; by default India's two-way trade with Russia in dollars."""
    row = {
        "indicator": "bilateral_trade",
        "ref_area": "IND",
        "counterpart_area": "RUS",
        "commodity": "TOTAL",
        "freq": "A",
        "time_period": period.label,
        "period_start": period.start,
        "period_end": period.end,
        "period_basis": period.basis,
        "obs_value": value,
        "obs_low": None,
        "obs_high": None,
        "unit_measure": "USD",
        "valuation": "none",
        "price_basis": "none",
        "obs_status": "A",
        "vintage": vintage,
        "vintage_precision": "day",
        "source_id": "publisher",
        "publisher": "Publisher",
        "source_file": "sources/file.csv",
        "source_locator": "line 2",
        "source_sha256": HASH,
        "as_reported_by": None,
        "reported_on": None,
        "derivation": None,
        "note": None,
        **other,
    }
    names = ("indicator", "commodity", "period_basis", "time_period", "source_id", "vintage", "unit_measure")
    printed = {"known_from": row["vintage"], "known_basis": "printed", "known_by": None}
    return {"obs_id": ".".join(str(row[name]) for name in names), **printed, **row}


def build_share(period: Period, value: float, *, vintage: date, **other: Any) -> dict[str, Any]:
    """One observation of Russia's share of India's arms imports."""
    terms = {"indicator": "arms_import_share", "unit_measure": "PERCENT", "publisher": "SIPRI", **other}
    return build_observation(period, value, vintage=vintage, **terms)


def build_claim(period: Period, value: float, stated_as: str, **other: Any) -> dict[str, Any]:
    """One claim with the interval that its print allows; by default about two-way trade."""
    row = {
        "claim_id": "document.claim",
        "document_id": "document",
        "indicator": "bilateral_trade",
        "ref_area": "IND",
        "counterpart_area": "RUS",
        "commodity": "TOTAL",
        "time_period": period.label or None,
        "period_start": period.start,
        "period_end": period.end,
        "period_basis": period.basis,
        "value": value,
        "unit_measure": "USD",
        "hedge": "exact",
        "stated_as": stated_as,
        "attributed_to": None,
        "paragraph": 1,
        "char_start": 0,
        "char_end": len(stated_as),
        "quote_sha256": HASH,
        "paragraph_sha256": HASH,
        "topic": "trade",
        "note": None,
        **other,
    }
    interval = read_interval(
        stated_as,
        value=value,
        unit=row["unit_measure"],
        hedge=row["hedge"],
        is_set=row["indicator"] in SET_INDICATORS,
    )
    low, high = (None if end is None else float(end) for end in (interval.low, interval.high))
    return {"value_low": low, "value_high": high, **row}


def build_share_claim(period: Period, value: float, stated_as: str, **other: Any) -> dict[str, Any]:
    """One claim about Russia's share of India's arms imports."""
    terms = {"indicator": "arms_import_share", "unit_measure": "PERCENT", "topic": "arms", **other}
    return build_claim(period, value, stated_as, **terms)


def tabulate_observations(*rows: dict[str, Any]) -> pl.DataFrame:
    """The observations table."""
    return Observations.check(pl.DataFrame(list(rows), schema=Observations.list_columns()))


def tabulate_claims(*rows: dict[str, Any]) -> pl.DataFrame:
    """The claims table."""
    columns = Claims.list_columns()
    return Claims.check(pl.DataFrame([{name: row[name] for name in columns} for row in rows], schema=columns))


def tabulate_documents(**published_on: date) -> pl.DataFrame:
    """The documents table: ids with their days of publication."""
    rows = [
        {
            "document_id": document_id,
            "dossier": "dossier",
            "title": f"Title of {document_id}",
            "title_basis": "stated",
            "publisher": None,
            "author": None,
            "published_on": day,
            "published_on_precision": "day",
            "published_on_basis": "stated",
            "language": "en",
            "url": None,
            "kind": "article",
            "text_sha256": HASH,
            "text_available": False,
            "note": None,
        }
        for document_id, day in published_on.items()
    ]
    return Documents.check(pl.DataFrame(rows, schema=Documents.list_columns()))


def tabulate_milestones(*rows: tuple[str, date | None, str, str]) -> pl.DataFrame:
    """The milestones table from (document, day, precision, event)."""
    entries = [
        {
            "milestone_id": f"{document_id}.{event}",
            "event": event,
            "happened_on": day,
            "date_precision": precision,
            "date_text": None,
            "title": f"Title of {event}",
            "kind": "delivery",
            "document_id": document_id,
            "paragraph": 1,
            "note": None,
        }
        for document_id, day, precision, event in rows
    ]
    return Milestones.check(pl.DataFrame(entries, schema=Milestones.list_columns()))


def judge_one(claim: dict[str, Any], *observations: dict[str, Any], as_of: date = TODAY) -> dict[str, Any]:
    """The verdict on one claim."""
    verdicts = judge_claims(tabulate_claims(claim), tabulate_observations(*observations), as_of=as_of)
    return verdicts.row(0, named=True)


def name_ruling(verdict: dict[str, Any]) -> str:
    """Verdict and reason in one word."""
    return f"{verdict['verdict']}/{verdict['reason']}"

"""Checking: a thousand claims against a million observations, and one article against the snapshot."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

import etl
from etl.checking.checking import check_claim, check_claims, check_text
from etl.checking.reports.report import CheckedClaim
from etl.checking.series_index import SeriesIndex
from etl.documents.prose import FoundClaim
from etl.judge import judge_claims
from etl.judge.references import build_whole_book
from etl.periods import build_calendar_year
from etl.schemas.observations import Observations
from tests.benchmarks.measuring import CHECKOUT, find_median, find_percentile, print_table
from tests.checking.found_claims import find_billions
from tests.judge.frames import TODAY, build_claim

Answer = TypeVar("Answer")
AREAS = [f"X{first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEFG"]
YEARS, EDITIONS, CLAIMS = range(1990, 2025), 3, 1000
ROUNDS, MOST_SECONDS, MOST_MILLISECONDS = 20, 60.0, 300.0
PARAGRAPH = (
    "Russia supplied 36 per cent of India\u2019s arms imports in 2019-23, down from 76 per cent in 2009-13, "
    "according to SIPRI. Two-way trade between India and Russia reached $68.7 billion in fiscal 2024-25, "
    "against $13 billion in 2021-22 and $35 billion in April-December 2022. India\u2019s exports to Russia "
    "were $4.9 billion in 2024-25 and its imports $63.8 billion, which left a deficit of $58.9 billion. "
    "Trade grew by 33 per cent in 2023-24. The two sides want $100 billion by 2030. Officials spoke at "
    "length of the need to balance a relationship that rests on oil, of payments, of routes and of the visas "
    "that their companies wait for, and they agreed to meet again before the year is out. "
)


def test_a_thousand_claims_against_a_million_observations() -> None:
    """Judged as claims of documents, and checked as claims found in a text, each from scratch."""
    observations = make_observations()
    found = make_claims()
    claims = tabulate(found)
    judged, verdicts = _time(partial(judge_claims, claims, observations, as_of=TODAY))
    opened, index = _time(partial(_open, observations))
    checked, results = _time(partial(_check, found, index))
    counted = Counter(verdicts["verdict"])
    print_table(
        f"{len(found):,} claims against {observations.height:,} observations",
        ["what", "seconds"],
        [
            ["judged again (etl.judge)", f"{judged:.2f}"],
            ["opening the book of every series", f"{opened:.2f}"],
            ["checked then and now, with slips", f"{checked:.2f}"],
        ],
    )
    _say(f"verdicts: {dict(sorted(counted.items()))}; with slips: {sum(bool(one.slips) for one in results)}")
    slowest = max(judged, opened + checked)
    _say(f"slowest: {slowest:.2f} s (under {MOST_SECONDS:.0f} s: {_mark(slowest < MOST_SECONDS)})")


def test_an_article_is_checked(tmp_path: Path) -> None:
    """Reading and judging together, after the first; and the judging of its figures alone."""
    snapshot = etl.build(CHECKOUT / "datasets", out=tmp_path)
    text = "\n\n".join([PARAGRAPH] * 8)
    check = partial(check_text, text, snapshot=snapshot, published_on=date(2025, 12, 5))
    first, report = _time(check)
    whole = [_time(check)[0] * 1000 for _ in range(ROUNDS)]
    found = [claim.found for claim in report.claims]
    terms: dict[str, Any] = {"snapshot": snapshot, "published_on": report.published_on, "as_of": report.as_of}
    alone = [_time(partial(check_claims, found, **terms))[0] * 1000 for _ in range(ROUNDS)]
    print_table(
        f"An article of {len(text.split()):,} words with {len(found)} figures",
        ["what", "median ms", "p95"],
        [
            ["read and judged", f"{find_median(whole):.0f}", f"{find_percentile(whole, 95):.0f}"],
            ["judged alone", f"{find_median(alone):.0f}", f"{find_percentile(alone, 95):.0f}"],
        ],
    )
    _say(f"the first one: {first * 1000:.0f} ms")
    met = _mark(find_median(whole) < MOST_MILLISECONDS)
    _say(f"median: {find_median(whole):.0f} ms (under {MOST_MILLISECONDS:.0f} ms: {met})")


def make_observations() -> pl.DataFrame:
    """Exports and imports of every pair of areas, every year in so many editions."""
    pairs = pl.DataFrame({"ref_area": AREAS}).join(pl.DataFrame({"counterpart_area": AREAS}), how="cross")
    terms = (
        pairs.filter(pl.col("ref_area") != pl.col("counterpart_area"))
        .join(pl.DataFrame({"indicator": ["exports", "imports"]}), how="cross")
        .join(pl.DataFrame({"year": YEARS}), how="cross")
        .join(pl.DataFrame({"edition": range(EDITIONS)}), how="cross")
        .with_row_index("row")
    )
    known = {
        "obs_id": pl.format("observation.{}", "row"),
        "commodity": pl.lit("TOTAL"),
        "freq": pl.lit("A"),
        "time_period": pl.col("year").cast(pl.String),
        "period_start": pl.date("year", 1, 1),
        "period_end": pl.date("year", 12, 31),
        "period_basis": pl.lit("calendar_year"),
        "obs_value": ((pl.col("row") * 7919) % 99_991 + 10).cast(pl.Float64) * 1e6,
        "unit_measure": pl.lit("USD"),
        "vintage": pl.date(pl.lit(2023) + pl.col("edition"), 3, 1),
        "vintage_precision": pl.lit("day"),
        "source_id": pl.lit("made_up"),
        "publisher": pl.lit("Publisher"),
    }
    columns = Observations.list_columns()
    frame = terms.with_columns(**known)
    missing = {name: pl.lit(None, dtype=kind) for name, kind in columns.items() if name not in frame.columns}
    return frame.with_columns(**missing).select(list(columns))


def make_claims() -> list[FoundClaim]:
    """Claims spread over pairs and years: some right, most of them wrong in one way or another."""
    found = []
    for number in range(CLAIMS):
        reporter, partner = AREAS[number % 70], AREAS[(number * 3 + 1) % 70]
        partner = AREAS[(number * 3 + 2) % 70] if partner == reporter else partner
        amount = Decimal(number * 97 % 900 + 100) / 10
        year = build_calendar_year(YEARS[number % len(YEARS)])
        claim = find_billions(f"{amount}", year, indicator="exports", ref_area=reporter)
        found.append(replace(claim, counterpart_area=partner, char_start=number, char_end=number + 13))
    return found


def tabulate(found: list[FoundClaim]) -> pl.DataFrame:
    """The same claims as a table of claims."""
    sides = [
        build_claim(
            one.period,
            float(one.value),
            one.stated_as,
            claim_id=f"claim.{number}",
            indicator=one.indicator,
            ref_area=one.ref_area,
            counterpart_area=one.counterpart_area,
        )
        for number, one in enumerate(found)
    ]
    return pl.DataFrame(sides)


def _open(observations: pl.DataFrame) -> SeriesIndex:
    index = SeriesIndex(build_whole_book(observations), {}, {}, {})
    # The first question opens it.
    index.book.has_series(("exports", *AREAS[:2], "TOTAL"))
    return index


def _check(found: list[FoundClaim], index: SeriesIndex) -> list[CheckedClaim]:
    return [
        check_claim(one, claim_id=f"check.{number}", index=index, published_on=date(2023, 6, 1), as_of=TODAY)
        for number, one in enumerate(found)
    ]


def _time(call: Callable[[], Answer]) -> tuple[float, Answer]:
    started = time.perf_counter()
    answer = call()
    return time.perf_counter() - started, answer


def _mark(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _say(text: str) -> None:
    sys.stdout.write(f"  {text}\n")

"""What a row's status and interval become: a look, words, and the ends of a span."""

import re
from datetime import date
from typing import Any

import polars as pl
import pytest

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache, Viewport
from dashboard.views.chart_rows import (
    FILLS,
    UnknownStatusError,
    build_point,
    build_span,
    choose_fill,
    format_fills,
    format_interval,
    list_claims,
    mark_claim,
)


def build_row(**changes: Any) -> dict[str, Any]:
    """A row as a snapshot gives it, of a printed share."""
    row = {
        "obs_id": "share:2019-23",
        "indicator": "arms_import_share",
        "obs_value": 36.0,
        "obs_low": 35.5,
        "obs_high": 36.5,
        "unit_measure": "PERCENT",
        "obs_status": "A",
        "period_basis": "five_year_window",
        "time_period": "2019-23",
        "period_start": date(2019, 1, 1),
        "period_end": date(2023, 12, 31),
        "derivation": None,
    }
    return {**row, **changes}


@pytest.mark.parametrize(
    ("status", "fill"),
    [("A", "solid"), ("P", "hollow"), ("U", "hollow"), ("E", "hatched"), ("F", "hatched")],
)
def test_a_mark_looks_as_sure_as_its_value(status: str, fill: str) -> None:
    assert build_span(build_row(obs_status=status)).fill == fill


def test_part_of_a_year_is_hollow_whatever_its_status() -> None:
    for status in FILLS:
        assert choose_fill(build_row(obs_status=status, period_basis="part_year")) == "hollow"


@pytest.mark.parametrize("status", ["Z", "", "M", "L"])
def test_a_status_without_a_look_is_refused_with_the_row(status: str) -> None:
    with pytest.raises(UnknownStatusError, match="share:2019-23"):
        build_span(build_row(obs_status=status))


def test_every_status_that_a_value_may_have_has_a_look() -> None:
    codes = {code.code for code in etl.list_codes("obs_status")}
    assert codes - {"L", "M", "Q"} == set(FILLS)


def test_an_interval_is_said_in_words_on_the_mark_and_on_its_point() -> None:
    span, point = build_span(build_row(), "SIPRI"), build_point(build_row(), series="published", mark="dot")
    assert (span.low, span.high) == (35.5, 36.5)
    assert "between 35.5% and 36.5%" in span.hover
    assert point.mark == "dot; between 35.5% and 36.5%"


def test_the_point_of_an_estimate_says_so() -> None:
    row = build_row(obs_status="E", obs_low=None, obs_high=None)
    assert build_point(row, series="published", mark="bar").mark == "bar, estimated"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (35.5, 36.5, "between 35.5% and 36.5%"),
        (36.01, 36.02, ""),
        (25.0, None, "25% or more"),
        (None, 25.0, "up to 25%"),
    ],
)
def test_an_interval_is_said_where_its_ends_read_differently(
    low: float | None, high: float | None, words: str
) -> None:
    assert format_interval(low, high, "PERCENT") == words


def test_no_value_is_said_at_the_end_of_an_interval_that_it_lies_inside_of(
    built_snapshot: etl.Snapshot,
) -> None:
    bounded = pl.col("obs_low").is_not_null() & pl.col("obs_high").is_not_null()
    rows = built_snapshot.observations().filter(bounded, pl.col("obs_value").is_not_null()).collect()
    wrong = []
    for low, value, high, unit in rows.select("obs_low", "obs_value", "obs_high", "unit_measure").rows():
        ends = format_interval(low, high, unit).removeprefix("between ").split(" and ")
        is_inside = high - value > 0.25 * (high - low) and value - low > 0.25 * (high - low)
        if is_inside and etl.format_value(value, unit) in ends:
            wrong.append((etl.format_value(value, unit), ends))
    assert wrong == []


def test_a_point_names_its_own_edition_and_who_reported_it(built_snapshot: etl.Snapshot) -> None:
    picture = ChartCache(built_snapshot).draw_svg(
        "bilateral_trade", selection=Selection(), format_=Viewport(1100)
    )
    names = re.findall(r'aria-label="([^"]+)"', picture)
    part_year = next(name for name in names if "Apr 2022\u2013Jan 2023" in name)
    assert "between $39.75 bn and $39.85 bn" in part_year
    assert part_year.endswith("edition of March 2023, via The News on Time")


def test_each_kind_of_look_is_explained_once() -> None:
    rows = [build_row(obs_status=status) for status in ("A", "E", "P", "E")]
    assert format_fills(rows) == "hatched: estimated; hollow: provisional"


def test_a_claim_carries_what_its_print_allows(built_snapshot: etl.Snapshot) -> None:
    claims = list_claims(built_snapshot, Selection(), indicators=["arms_import_share"])
    spans = {claim["claim_id"]: mark_claim(claim).span for claim in claims}
    span = spans["business-standard-2025-12-05.share-2019-23"]
    assert (span.low, span.high) == (35.5, 36.5)
    assert "read as between 35.5% and 36.5%" in span.hover

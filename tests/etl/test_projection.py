"""Projections from past growth, and the trials that say how such projections did."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.judge import judge_claims
from etl.periods import build_calendar_year, build_fiscal_year
from etl.reconcile.projection import (
    LEAST_STRETCHES,
    derive_projections,
    list_stretches,
    pick_middle,
    project,
    run_trials,
)
from tests.judge.frames import build_claim, tabulate_claims

INDICATORS = ("trade_projection", "projection_hit_rate", "projection_error")
FIRST = 2001
Row = dict[str, Any]
AMOUNTS = st.lists(st.integers(1, 10**12).map(lambda cents: Fraction(cents, 100)), min_size=2, max_size=18)
YEARS = st.integers(1, 6)


def number_years(amounts: list[Fraction]) -> dict[int, Fraction]:
    """Amounts of one year after another."""
    return dict(enumerate(amounts, start=FIRST))


def find_rows(snapshot: etl.Snapshot, period: str) -> dict[str, Row]:
    """The projection for one year and its record."""
    rows = snapshot.observations(indicator=list(INDICATORS), time_period=period).collect().to_dicts()
    return {row["indicator"]: row for row in rows}


def list_years(snapshot: etl.Snapshot) -> pl.DataFrame:
    """The announced targets and two-way trade as published, which is all that projections are made from."""
    table = snapshot.table("observations")
    return table.filter(pl.col("indicator").is_in(["bilateral_trade", "trade_target"]))


@given(amounts=AMOUNTS, years=YEARS)
def test_twice_the_values_give_twice_the_projection(amounts: list[Fraction], years: int) -> None:
    values = number_years(amounts)
    twice = {year: 2 * value for year, value in values.items()}

    once_projected = project(values, years=years, origin=max(values))
    twice_projected = project(twice, years=years, origin=max(values))

    assert (once_projected is None) == (twice_projected is None)
    if once_projected and twice_projected:
        assert twice_projected.value == 2 * once_projected.value
        assert (twice_projected.low, twice_projected.high) == (
            2 * once_projected.low,
            2 * once_projected.high,
        )
    assert [trial.error for trial in run_trials(twice, years=years)] == [
        trial.error for trial in run_trials(values, years=years)
    ]


@given(
    start=st.integers(1, 10**9),
    factor=st.fractions(Fraction(1, 4), 4, max_denominator=100),
    count=st.integers(4, 15),
    years=YEARS,
)
def test_constant_growth_is_projected_exactly_and_never_missed(
    start: int, factor: Fraction, count: int, years: int
) -> None:
    values = number_years([start * factor**year for year in range(count)])

    outlook = project(values, years=years, origin=max(values))

    assert (outlook is None) == (count - years < LEAST_STRETCHES)
    if outlook is not None:
        expected = values[max(values)] * factor**years
        assert (outlook.low, outlook.value, outlook.high) == (expected, expected, expected)
    trials = run_trials(values, years=years)
    assert all(trial.is_hit and trial.error == 0 for trial in trials)


@given(amounts=AMOUNTS, years=YEARS)
def test_a_range_holds_its_projection(amounts: list[Fraction], years: int) -> None:
    values = number_years(amounts)

    outlook = project(values, years=years, origin=max(values))

    assert outlook is None or outlook.holds(outlook.value)


@given(amounts=AMOUNTS, years=YEARS, later=st.integers(1, 10**12), moved=st.integers(0, 17))
def test_a_trial_knows_nothing_of_what_came_after_its_origin(
    amounts: list[Fraction], years: int, later: int, moved: int
) -> None:
    values = number_years(amounts)
    changed = {year: Fraction(later) if year > FIRST + moved else value for year, value in values.items()}

    before, after = run_trials(values, years=years), run_trials(changed, years=years)

    def list_early(trials: list[Any]) -> list[Any]:
        return [(trial.origin, trial.outlook) for trial in trials if trial.origin <= FIRST + moved]

    assert list_early(before) == list_early(after)


def test_a_changed_outcome_changes_the_verdict_on_the_projection() -> None:
    values = number_years([Fraction(amount) for amount in (100, 110, 130, 140, 155)])
    (kept,) = run_trials(values, years=1)
    (missed,) = run_trials({**values, FIRST + 4: Fraction(900)}, years=1)

    assert kept.is_hit
    assert not missed.is_hit
    assert missed.outlook == kept.outlook


def test_fewer_than_three_stretches_project_nothing() -> None:
    values = number_years([Fraction(amount) for amount in (4, 5, 6, 7)])

    assert project(values, years=2, origin=FIRST + 3) is None
    assert project(values, years=1, origin=FIRST + 3) is not None


def test_the_middle_of_an_even_number_of_factors_is_half_way_between_two() -> None:
    values = number_years([Fraction(amount) for amount in (100, 110, 121, 242, 726)])
    stretches = list_stretches(values, years=1, until=FIRST + 4)

    outlook = project(values, years=1, origin=FIRST + 4)

    assert [stretch.first for stretch in pick_middle(stretches)] == [FIRST + 1, FIRST + 2]
    assert outlook is not None
    assert outlook.value == 726 * (Fraction(11, 10) + 2) / 2


def test_equal_factors_stand_in_the_order_of_their_years() -> None:
    values = number_years([Fraction(2) ** year for year in range(5)])

    assert [stretch.first for stretch in list_stretches(values, years=1, until=FIRST + 4)] == [
        FIRST + start for start in range(4)
    ]


def test_a_missing_year_ends_no_stretch_and_starts_none() -> None:
    values = number_years([Fraction(amount) for amount in (4, 5, 6, 7, 8)])
    del values[FIRST + 2]

    found = {(stretch.first, stretch.last) for stretch in list_stretches(values, years=1, until=FIRST + 4)}
    assert found == {(FIRST, FIRST + 1), (FIRST + 3, FIRST + 4)}


# By hand: 68,700 m in 2024-25; the middle of eleven stretches of six years is 2011-12 (6,542.58 m) to 2017-18
# (10,686.85 m), the smallest 2008-09 (5,424.63 m) to 2014-15 (6,346.21 m), the largest 2018-19 to 2024-25.
def test_fiscal_2030_31_is_the_one_worked_out_by_hand(built_snapshot: etl.Snapshot) -> None:
    projection = find_rows(built_snapshot, "2030-31")["trade_projection"]

    assert projection["obs_value"] == pytest.approx(68_700e6 * 10_686.85 / 6_542.58)
    assert projection["obs_low"] == pytest.approx(68_700e6 * 6_346.21 / 5_424.63)
    assert projection["obs_high"] == pytest.approx(68_700e6 * 68_700 / 8_229.91)
    assert projection["obs_status"] == "F"


def test_every_fiscal_year_up_to_the_targets_year_is_projected(built_snapshot: etl.Snapshot) -> None:
    rows = built_snapshot.observations(indicator="trade_projection").collect().sort("time_period")

    assert rows["time_period"].to_list() == [f"{year}-{year - 1999}" for year in range(2025, 2031)]
    assert set(rows["vintage"]) == {date(2026, 1, 21)}


def test_projections_six_years_ahead_have_never_held_what_came(built_snapshot: etl.Snapshot) -> None:
    record = find_rows(built_snapshot, "2030-31")["projection_hit_rate"]

    assert (record["obs_value"], record["obs_status"]) == (0.0, "E")
    assert record["note"].startswith("0 of 3 such projections from earlier years, 6 years ahead, ")
    assert "from 2016–17: 10.17 (8.76 to 10.60), came 49.40, missed" in record["note"]


def test_a_note_lists_as_many_trials_as_it_counts(built_snapshot: etl.Snapshot) -> None:
    for row in built_snapshot.observations(indicator=list(INDICATORS[1:])).collect().to_dicts():
        counted = int(row["note"].split(" ")[2])
        assert row["note"].count(", came ") == counted, row["obs_id"]
        if row["indicator"] == "projection_hit_rate":
            held = len(re.findall(", held[;.]", row["note"]))
            assert held == int(row["note"].split(" ")[0])
            assert row["obs_value"] == pytest.approx(100 * held / counted)


def test_the_error_five_years_ahead_is_the_middle_one_of_five(built_snapshot: etl.Snapshot) -> None:
    row = find_rows(built_snapshot, "2029-30")["projection_error"]

    # From 2017-18: 10,686.85 m times the middle of the four factors since 2008-09, and 49,400 m came.
    factors = sorted([6_015.65 / 5_424.63, 6_346.21 / 4_547.49, 6_172.81 / 5_289.45, 7_489.36 / 6_542.58])
    factors = sorted([*factors, 10_686.85 / 6_527.25])
    assert row["obs_value"] == pytest.approx((1 - 10_686.85 * factors[2] / 49_400) * 100)


def test_a_drawer_shows_only_the_years_that_decide(built_snapshot: etl.Snapshot) -> None:
    projection = find_rows(built_snapshot, "2030-31")["trade_projection"]

    working = built_snapshot.evidence(projection["obs_id"]).workings[0]

    labels = [operand.label.partition("fiscal ")[2][:7] for operand in working.operands]
    assert labels == ["2024–25", "2017–18", "2011–12", "2014–15", "2008–09", "2018–19"]
    assert working.sum_text == (
        "$68,700 m × $10,686.85 m / $6,542.58 m = $112,216.68 m; "
        "from $68,700 m × $6,346.21 m / $5,424.63 m = $80,371.31 m "
        "to $68,700 m × $68,700 m / $8,229.91 m = $573,480.15 m"
    )
    assert projection["derivation"].count(";") == 16


def test_records_show_their_sums(built_snapshot: etl.Snapshot) -> None:
    rows = find_rows(built_snapshot, "2029-30")
    sums = {name: built_snapshot.evidence(row["obs_id"]).workings[0].sum_text for name, row in rows.items()}

    assert sums["projection_hit_rate"] == "1 / 5 = 20%"
    assert sums["projection_error"] == "middle of 11.5%, 34%, 74.8%, 79.9%, 84.1% = 74.8%"


def test_nothing_is_projected_without_a_target(built_snapshot: etl.Snapshot) -> None:
    years = list_years(built_snapshot)

    assert derive_projections(years.filter(pl.col("indicator") == "bilateral_trade")) == []


def test_a_pair_without_fiscal_years_is_projected_by_calendar_year(built_snapshot: etl.Snapshot) -> None:
    years = list_years(built_snapshot).filter(pl.col("period_basis") != "fiscal_year_in")
    gap_of_two_years = years.filter(pl.col("time_period") != "2022")

    rows = derive_projections(gap_of_two_years)

    periods = {row["time_period"] for row in rows if row["indicator"] == "trade_projection"}
    assert periods == {str(year) for year in range(2020, 2029)}
    assert {row["period_basis"] for row in rows} == {"calendar_year"}


def test_a_record_is_left_out_where_no_trial_is_possible(built_snapshot: etl.Snapshot) -> None:
    recent = list_years(built_snapshot).filter(
        (pl.col("indicator") == "trade_target") | (pl.col("period_start") >= date(2021, 4, 1))
    )

    rows = derive_projections(recent)

    assert [(row["indicator"], row["time_period"]) for row in rows] == [("trade_projection", "2025-26")]
    assert rows[0]["note"].endswith("No earlier year allows a trial over 1 year.")


def test_doubled_trade_gives_doubled_rows(built_snapshot: etl.Snapshot) -> None:
    years = list_years(built_snapshot)
    columns = ("obs_value", "obs_low", "obs_high")
    doubled = years.with_columns(pl.col(columns) * 2)

    once, twice = derive_projections(years), derive_projections(doubled)

    for before, after in zip(once, twice, strict=True):
        factor = 2 if before["indicator"] == "trade_projection" else 1
        for column in columns:
            assert after[column] == (None if before[column] is None else factor * before[column])


def test_a_claim_about_trade_is_never_held_against_a_projection(built_snapshot: etl.Snapshot) -> None:
    for period in (build_fiscal_year(2029), build_fiscal_year(2030), build_calendar_year(2030)):
        claim = build_claim(period, 112.2e9, "112.2 billion dollars")
        verdict = judge_claims(
            tabulate_claims(claim),
            built_snapshot.table("observations"),
            as_of=built_snapshot.as_of + timedelta(days=1),
            occasion="snapshot",
        ).row(0, named=True)
        assert not any(name in (verdict["reference_ids"] or "") for name in INDICATORS)
        assert verdict["verdict"] == "unresolved"


def test_no_verdict_rests_on_a_projection_or_a_part_of_a_gap(built_snapshot: etl.Snapshot) -> None:
    named = ";".join(built_snapshot.table("verdicts")["reference_ids"].drop_nulls())

    assert named
    assert not any(name in named for name in (*INDICATORS, "mirror_gap_"))


@pytest.mark.parametrize("year", ["2029-30", "2030-31", "2030"])
def test_a_checked_text_is_never_held_against_a_projection(built_snapshot: etl.Snapshot, year: str) -> None:
    text = f"Trade between India and Russia was $112.2 billion in {year}."

    (checked,) = etl.check_text(text, snapshot=built_snapshot).claims

    assert checked.found.indicator == "bilateral_trade"
    assert (checked.now.verdict, checked.now.reference_ids) == ("unresolved", ())

"""Growth had and needed: on every day from what was known on that day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.periods import build_fiscal_year, build_target_year
from etl.reconcile.growth import derive_growth
from etl.schemas import TABLES
from tests.judge.frames import build_observation

FIRST_DAY, TARGET, TARGET_YEAR = date(2020, 1, 1), 500.0, 2030
# A year's value in one edition: the year, the day of the edition, the value.
EDITIONS = st.lists(
    st.tuples(st.integers(2008, 2020), st.integers(0, 40), st.integers(1, 999)),
    min_size=1,
    max_size=12,
    unique_by=lambda edition: edition[:2],
)
Row = dict[str, Any]


def build_year(year: int, day: int, value: float) -> Row:
    """Two-way trade of one fiscal year in the edition of one day."""
    return build_observation(build_fiscal_year(year), value, vintage=FIRST_DAY + timedelta(day))


def build_target(day: int) -> Row:
    """The target, announced on a day."""
    terms: Row = {"indicator": "trade_target", "vintage": FIRST_DAY + timedelta(day)}
    return build_observation(build_target_year(TARGET_YEAR), TARGET, **terms)


def derive(*rows: Row) -> list[Row]:
    """All growth that follows from the rows."""
    columns = TABLES["observations"].list_columns()
    return derive_growth(pl.DataFrame(list(rows), schema=columns, orient="row"))


def find_newest(rows: list[Row]) -> Row:
    """The newest year in its newest edition."""
    return max(rows, key=lambda row: (row["period_start"], row["vintage"]))


@given(editions=EDITIONS, announced=st.integers(0, 40), later=st.integers(0, 40))
def test_what_a_target_needs_starts_from_the_newest_year_known_on_any_day(
    editions: list[tuple[int, int, int]], announced: int, later: int
) -> None:
    years, target = [build_year(*edition) for edition in editions], build_target(announced)
    day = FIRST_DAY + timedelta(max(announced, later))
    needed = [row for row in derive(*years, target) if row["indicator"] == "trade_growth_needed"]

    known = [row for row in years if row["vintage"] <= day]
    if known and find_newest(known)["obs_value"] < TARGET:
        newest = max((row for row in needed if row["vintage"] <= day), key=lambda row: row["vintage"])
        assert newest["derivation"].startswith(f"growth_to_target({find_newest(known)['obs_id']};")
        assert newest["obs_value"] > 0
    for row in needed:
        then = [year for year in years if year["vintage"] <= row["vintage"]]
        assert find_newest(then)["obs_value"] < TARGET


@given(editions=EDITIONS, later=st.integers(0, 40))
def test_growth_known_on_a_day_does_not_depend_on_what_came_after(
    editions: list[tuple[int, int, int]], later: int
) -> None:
    day = FIRST_DAY + timedelta(later)
    years = [build_year(*edition) for edition in editions]

    all_known = [row["obs_id"] for row in derive(*years) if row["vintage"] <= day]
    assert all_known == [row["obs_id"] for row in derive(*(year for year in years if year["vintage"] <= day))]


def test_an_edition_that_restates_old_years_only_does_not_move_the_start_back() -> None:
    derived = derive(build_year(2018, 0, 100.0), build_year(2010, 9, 50.0), build_target(0))

    needed = [row for row in derived if row["indicator"] == "trade_growth_needed"]
    assert [row["derivation"].split(".")[3] for row in needed] == ["2018-19"]


def test_growth_is_of_one_commodity() -> None:
    crude: Row = {"commodity": "HS2709", "obs_id": "crude"}
    assert derive({**build_year(2018, 0, 100.0), **crude}, build_year(2019, 0, 50.0)) == []


def test_the_first_target_was_needed_from_the_months_that_were_known(built_snapshot: etl.Snapshot) -> None:
    known = etl.open_snapshot(built_snapshot.folder, as_of=date(2021, 12, 31))

    needed = known.observations(indicator="trade_growth_needed").collect()
    assert needed["obs_value"].round(1).to_list() == [21.1]
    assert "fy.2018-19" in needed["derivation"].item()


def test_nothing_is_needed_any_more_once_a_year_lies_above_the_target(built_snapshot: etl.Snapshot) -> None:
    needed = built_snapshot.observations(indicator="trade_growth_needed", time_period="2025").collect()

    assert needed["vintage"].max() == date(2022, 10, 31)

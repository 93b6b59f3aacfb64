"""What must hold of verdicts whatever the numbers are."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from etl.judge import judge_claims
from etl.periods import Period, build_calendar_year, build_fiscal_year, build_part_year
from etl.schemas.claims import Claims
from etl.schemas.observations import Observations
from tests.judge.frames import TODAY, build_claim, build_day_reached, build_observation

PERIODS = st.sampled_from(
    [
        build_calendar_year(2021),
        build_calendar_year(2022),
        build_fiscal_year(2021),
        build_fiscal_year(2022),
        build_part_year(date(2022, 4, 1), date(2022, 12, 31)),
    ]
)
AMOUNTS = st.integers(1, 60)
VINTAGES = st.dates(date(2022, 1, 1), TODAY)
ENTRIES = st.lists(
    st.tuples(PERIODS, AMOUNTS, VINTAGES), max_size=6, unique_by=lambda entry: (entry[0], entry[2])
)


def observe(entries: list[tuple[Period, int, date]]) -> pl.DataFrame:
    rows = [build_observation(period, amount * 1e9, vintage=vintage) for period, amount, vintage in entries]
    return pl.DataFrame(rows, schema=Observations.list_columns())


def state(claim: dict[str, Any]) -> pl.DataFrame:
    columns = Claims.list_columns()
    return pl.DataFrame([{name: claim[name] for name in columns}], schema=columns)


def judge_amount(
    period: Period, amount: int, entries: list[tuple[Period, int, date]], *, half_width: float
) -> str:
    claim = build_claim(period, amount * 1e9, f"${amount} billion")
    bounds = {"value_low": (amount - half_width) * 1e9, "value_high": (amount + half_width) * 1e9}
    verdicts = judge_claims(state({**claim, **bounds}), observe(entries), as_of=TODAY)
    return str(verdicts["verdict"][0])


@given(PERIODS, AMOUNTS, ENTRIES, st.floats(0.1, 5), st.floats(0, 20))
def test_a_coarser_print_never_turns_supported_into_anything_else(
    period: Period, amount: int, entries: list[tuple[Period, int, date]], half_width: float, widening: float
) -> None:
    if judge_amount(period, amount, entries, half_width=half_width) == "supported":
        assert judge_amount(period, amount, entries, half_width=half_width + widening) == "supported"


@given(PERIODS, AMOUNTS, ENTRIES)
def test_nothing_is_contradicted_without_a_reference_for_the_same_period(
    period: Period, amount: int, entries: list[tuple[Period, int, date]]
) -> None:
    others = [entry for entry in entries if entry[0] != period]
    assert judge_amount(period, amount, others, half_width=0.5) != "contradicted"


@given(AMOUNTS, ENTRIES)
def test_a_total_by_a_date_is_never_contradicted(
    amount: int, entries: list[tuple[Period, int, date]]
) -> None:
    period = build_day_reached(date(2022, 12, 31))
    assert judge_amount(period, amount, entries, half_width=0.5) != "contradicted"


@given(PERIODS, AMOUNTS, ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_observations_changes_nothing(
    period: Period, amount: int, entries: list[tuple[Period, int, date]], random: Any
) -> None:
    claims = state(build_claim(period, amount * 1e9, f"${amount} billion"))
    observations = observe(entries)
    shuffled = observations.sample(fraction=1, shuffle=True, seed=random.randrange(1000))
    first, second = (judge_claims(claims, frame, as_of=TODAY) for frame in (observations, shuffled))
    assert first.equals(second)

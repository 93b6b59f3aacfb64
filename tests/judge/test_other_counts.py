"""A figure of another count, or of an edition that is not held, is not contradicted by ours."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from etl.judge import judge_claims
from etl.judge.other_counts import RESTATED_PART, SAME_EDITION
from etl.periods import build_calendar_year, build_window
from tests.judge.frames import (
    TODAY,
    build_claim,
    build_observation,
    build_share,
    build_share_claim,
    tabulate_claims,
    tabulate_observations,
)

YEAR, WINDOW = build_calendar_year(2020), build_window(2009)
SPENDING = {"indicator": "military_expenditure", "counterpart_area": "W00"}
EDITION = date(2019, 3, 31)


@pytest.mark.parametrize(
    ("said_by", "verdict"),
    [("SIPRI", "contradicted"), ("the ministry of defence", "unresolved"), (None, "unresolved")],
)
def test_spending_is_contradicted_only_by_the_count_that_it_is_said_to_be_of(
    said_by: str | None, verdict: str
) -> None:
    claim = build_claim(YEAR, 60e9, "$60 billion", **SPENDING, topic="arms", attributed_to=said_by)
    held = build_observation(YEAR, 73e9, vintage=EDITION, publisher="SIPRI", **SPENDING)
    verdicts = judge_claims(tabulate_claims(claim), tabulate_observations(held), as_of=TODAY)
    assert verdicts["verdict"].to_list() == [verdict]


@pytest.mark.parametrize(
    ("printed_on", "share", "verdict"),
    [
        (EDITION, 70, "contradicted"),
        (EDITION - SAME_EDITION, 70, "contradicted"),
        (date(2015, 3, 1), 70, "unresolved"),
        (date(2015, 3, 1), round(76 * (1 - 2 * RESTATED_PART)), "contradicted"),
    ],
    ids=["its day", "a month before", "years before, near", "years before, far"],
)
def test_a_share_of_a_text_older_than_the_edition_is_left_open_where_a_restatement_explains_it(
    printed_on: date, share: int, verdict: str
) -> None:
    claim = build_share_claim(WINDOW, share, f"{share} per cent")
    claims = tabulate_claims(claim).with_columns(printed_on=pl.lit(printed_on))
    held = build_share(WINDOW, 76, vintage=EDITION, known_from=EDITION)
    verdicts = judge_claims(claims, tabulate_observations(held), as_of=TODAY)
    assert verdicts["verdict"].to_list() == [verdict]


def test_claims_of_ones_own_need_not_say_whose_figure_it_is() -> None:
    claims = tabulate_claims(build_share_claim(WINDOW, 76, "76 per cent")).drop("attributed_to")
    held = tabulate_observations(build_share(WINDOW, 76, vintage=EDITION))
    assert judge_claims(claims, held, as_of=TODAY)["verdict"].to_list() == ["supported"]

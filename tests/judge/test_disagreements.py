"""Two statements about the same thing, and when they are shown against each other."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from etl.judge import find_disagreements
from etl.periods import build_fiscal_year
from tests.judge.frames import PRESENT, build_claim, tabulate_claims, tabulate_documents, tabulate_milestones

DOCUMENTS = tabulate_documents(left=date(2025, 8, 6), right=date(2025, 12, 5))
COUNT = {"indicator": "agreement_count", "unit_measure": "COUNT", "topic": "agreements"}


def compare(*, claims: pl.DataFrame | None = None, milestones: pl.DataFrame | None = None) -> pl.DataFrame:
    return find_disagreements(
        tabulate_claims() if claims is None else claims,
        tabulate_milestones() if milestones is None else milestones,
        DOCUMENTS,
    )


def test_two_years_for_one_event_disagree() -> None:
    found = compare(
        milestones=tabulate_milestones(
            ("left", date(2010, 1, 1), "year", "partnership"),
            ("right", date(2021, 1, 1), "year", "partnership"),
        )
    )
    assert found["explanation"].to_list() == [
        "\u201cTitle of left\u201d gives 2010; \u201cTitle of right\u201d gives 2021."
    ]


def test_a_fiscal_year_and_the_calendar_year_it_ends_in_disagree() -> None:
    found = compare(
        milestones=tabulate_milestones(
            ("left", date(2026, 4, 1), "fiscal_year", "deliveries"),
            ("right", date(2027, 1, 1), "year", "deliveries"),
        )
    )
    assert found.height == 1
    assert "fiscal 2026\u201327 (April 2026 to March 2027)" in found["explanation"][0]


@pytest.mark.parametrize(
    ("day", "precision"),
    [(date(2025, 12, 4), "day"), (date(2025, 12, 1), "month"), (date(2025, 1, 1), "year"), (None, "undated")],
)
def test_a_date_said_less_exactly_is_no_disagreement(day: date | None, precision: str) -> None:
    found = compare(
        milestones=tabulate_milestones(
            ("left", date(2025, 12, 4), "day", "session"), ("right", day, precision, "session")
        )
    )
    assert found.is_empty()


def test_different_events_are_not_compared() -> None:
    found = compare(
        milestones=tabulate_milestones(
            ("left", date(2010, 1, 1), "year", "partnership"), ("right", date(2021, 1, 1), "year", "visit")
        )
    )
    assert found.is_empty()


def test_two_values_for_one_period_disagree() -> None:
    period = build_fiscal_year(2021)
    found = compare(
        claims=tabulate_claims(
            build_claim(period, 13e9, "$13 billion", claim_id="left.trade", document_id="left"),
            build_claim(period, 14e9, "$14 billion", claim_id="right.trade", document_id="right"),
        )
    )
    assert found.row(0, named=True)["left_says"] == "$13 billion"
    assert "neither allows the other" in found["explanation"][0]


def test_a_finer_print_of_the_same_value_is_no_disagreement() -> None:
    period = build_fiscal_year(2021)
    found = compare(
        claims=tabulate_claims(
            build_claim(period, 13e9, "$13 billion", claim_id="left.trade", document_id="left"),
            build_claim(period, 13.1e9, "$13.1 billion", claim_id="right.trade", document_id="right"),
        )
    )
    assert found.is_empty()


def test_one_document_that_prints_ten_and_over_ten_disagrees_with_itself() -> None:
    found = compare(
        claims=tabulate_claims(
            build_claim(PRESENT, 10, "10", claim_id="left.list", document_id="left", **COUNT),
            build_claim(
                PRESENT, 10, "Over 10", claim_id="left.answer", document_id="left", hedge="over", **COUNT
            ),
        )
    )
    assert found.height == 1
    assert "prints both" in found["explanation"][0]


def test_claims_about_different_things_are_not_compared() -> None:
    found = compare(
        claims=tabulate_claims(
            build_claim(
                PRESENT, 10, "10", claim_id="left.a", document_id="left", commodity="treaties", **COUNT
            ),
            build_claim(
                PRESENT, 15, "15", claim_id="left.b", document_id="left", commodity="memoranda", **COUNT
            ),
        )
    )
    assert found.is_empty()

"""What a verdict rests on was known on its day, or the verdict says that it may not have been."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from etl.judge import judge_claims
from tests.judge.frames import (
    FISCAL_2022,
    build_claim,
    build_observation,
    tabulate_claims,
    tabulate_observations,
)

DAY, EDITION = date(2024, 6, 1), date(2025, 2, 28)
LATER = {"known_from": date(2023, 5, 31), "known_basis": "calendar"}
UNDATED = {"known_basis": "assumed", "vintage_precision": "assumed", "vintage": date(2024, 1, 1)}
WITNESSED = {"known_from": date(2024, 5, 2), "known_basis": "witness", "known_by": "Gazette"}


def judge(stated_as: str, value: float, **known: Any) -> dict[str, Any]:
    """The verdict of the day on one figure, held against one observation of 40 billion."""
    terms = {"vintage": EDITION, **known}
    observations = tabulate_observations(build_observation(FISCAL_2022, 4e10, **terms))
    claims = tabulate_claims(build_claim(FISCAL_2022, value, stated_as))
    return judge_claims(claims, observations, as_of=DAY).row(0, named=True)


@pytest.mark.parametrize(
    ("known", "because"),
    [(LATER, "It was printed later than 1 June 2024"), (UNDATED, "Nothing says when the edition")],
)
def test_a_value_that_was_not_surely_known_supports_and_never_contradicts(
    known: dict[str, Any], because: str
) -> None:
    supported, denied = judge("$40 billion", 4e10, **known), judge("$51 billion", 5.1e10, **known)

    assert (supported["verdict"], denied["verdict"]) == ("supported", "unresolved")
    assert because in supported["explanation"]
    assert because in denied["explanation"]
    assert denied["explanation"].endswith("So it contradicts nothing.")


def test_by_the_day_of_its_edition_it_contradicts() -> None:
    assert judge("$51 billion", 5.1e10, **LATER, vintage=DAY)["verdict"] == "contradicted"


def test_a_witness_makes_it_known_and_is_named_with_its_day() -> None:
    verdict = judge("$40 billion", 4e10, **WITNESSED)

    assert verdict["verdict"] == "supported"
    assert "Publisher printed $40 bn in its edition of 2 May 2024 (via Gazette)." in verdict["explanation"]
    assert "40 bn in fiscal 2022-23 (Publisher via Gazette, 2024-05-02)" in verdict["arithmetic"]


def test_before_its_first_report_it_is_no_reference() -> None:
    late = {**WITNESSED, "known_from": date(2024, 6, 2)}

    assert judge("$51 billion", 5.1e10, **late)["verdict"] == "unresolved"

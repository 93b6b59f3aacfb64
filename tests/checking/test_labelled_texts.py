"""Labelled texts: what a person marked and judged by hand is found and judged alike."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

import pytest

import etl
from tests.checking.labelled_texts import Score, load_texts, score_texts

PARTS = ("tuning", "held_out", "blind")
LEAST_TEXTS, LEAST_CLAIMS = 25, 120
PRECISION, RECALL, AGREEMENT = 0.95, 0.90, 0.95


@lru_cache(maxsize=3)
def score_part(part: str, snapshot: etl.Snapshot) -> Score:
    """One part, scored once for all tests."""
    return score_texts(load_texts(part), snapshot)


def test_there_are_as_many_texts_and_claims_as_a_measurement_needs() -> None:
    texts = [text for part in PARTS for text in load_texts(part)]

    assert len(texts) >= LEAST_TEXTS
    assert sum(len(text.labels) for text in texts) >= LEAST_CLAIMS


@pytest.mark.parametrize("part", PARTS)
def test_figures_are_found_where_a_person_marked_them(part: str, built_snapshot: etl.Snapshot) -> None:
    score = score_part(part, built_snapshot)

    assert score.precision >= PRECISION, score.extra
    assert score.recall >= RECALL, [str(one) for one in score.compared if not one.is_found]


@pytest.mark.parametrize("part", PARTS)
def test_verdicts_are_those_of_a_person(part: str, built_snapshot: etl.Snapshot) -> None:
    score = score_part(part, built_snapshot)

    assert score.agreement >= AGREEMENT, [str(one) for one in score.disagreements]


@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_holds_or_only_compares_badly_is_called_contradicted(
    part: str, built_snapshot: etl.Snapshot
) -> None:
    score = score_part(part, built_snapshot)

    assert not [str(one) for one in score.falsely_contradicted]


@pytest.mark.parametrize("part", PARTS)
def test_numbers_that_are_no_claims_are_left_alone(part: str, built_snapshot: etl.Snapshot) -> None:
    texts = load_texts(part)
    marked = {text.name: text.not_claims for text in texts}
    taken = chain.from_iterable(
        [
            (text.name, claim.found.stated_as)
            for claim in etl.check_text(text.text, snapshot=built_snapshot).claims
        ]
        for text in texts
    )

    assert not [pair for pair in taken if pair[1] in marked[pair[0]]]


def test_likely_slips_are_named(built_snapshot: etl.Snapshot) -> None:
    scores = [score_part(part, built_snapshot) for part in PARTS]
    expected = [one for score in scores for one in score.hits if one.label.slip]
    named = [
        one for one in expected if one.claim and one.label.slip in {slip.code for slip in one.claim.slips}
    ]

    assert len(named) >= 0.85 * len(expected)

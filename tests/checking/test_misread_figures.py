"""What may be misread, counted otherwise or printed from an edition not held contradicts nothing."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

import etl
from etl.judge.other_counts import RESTATED_PART


def judge(text: str, snapshot: etl.Snapshot, *, published_on: date | None = None) -> dict[str, str]:
    """The verdict as of now on each figure of a text."""
    report = etl.check_text(text, snapshot=snapshot, published_on=published_on)
    return {claim.found.stated_as: claim.now.verdict for claim in report.claims}


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        (
            "France and Russia supplied 51 per cent and 36 per cent of India\u2019s arms imports in 2019-23.",
            "51 per cent",
        ),
        ("Russia\u2019s share of India\u2019s arms imports in 2019-23 was 36%, not 88%.", "88%"),
    ],
)
def test_a_figure_read_as_the_same_thing_as_one_that_holds_is_left_open(
    text: str, misread: str, built_snapshot: etl.Snapshot
) -> None:
    verdicts = judge(text, built_snapshot, published_on=date(2024, 4, 2))
    assert "supported" in verdicts.values()
    assert verdicts.get(misread, "unresolved") != "contradicted"


def test_one_wrong_figure_alone_is_contradicted(built_snapshot: etl.Snapshot) -> None:
    text = "Russia supplied 51 per cent of India\u2019s arms imports in 2019-23."
    assert judge(text, built_snapshot, published_on=date(2024, 4, 2)) == {"51 per cent": "contradicted"}


def test_a_wrong_figure_in_a_sentence_of_its_own_is_contradicted_beside_the_right_one(
    built_snapshot: etl.Snapshot,
) -> None:
    text = (
        "Russia supplied 36 per cent of India\u2019s arms imports in 2019-23. "
        "Russia supplied 51 per cent of India\u2019s arms imports in 2019-23."
    )
    verdicts = judge(text, built_snapshot, published_on=date(2024, 4, 2))
    assert verdicts == {"36 per cent": "supported", "51 per cent": "contradicted"}


def test_two_figures_that_both_fail_are_both_contradicted(built_snapshot: etl.Snapshot) -> None:
    text = (
        "Russia supplied 51 per cent of India\u2019s arms imports in 2019-23. "
        "Russia supplied 20 per cent of India\u2019s arms imports in 2019-23."
    )
    verdicts = judge(text, built_snapshot, published_on=date(2024, 4, 2))
    assert set(verdicts.values()) == {"contradicted"}


def test_a_share_near_a_later_edition_is_left_open_where_its_own_is_not_held(
    built_snapshot: etl.Snapshot,
) -> None:
    # No edition of these days is held for the window, and later ones come near.
    text = "Russia supplied {} per cent of India\u2019s arms imports in 2001-05."
    held = etl.check_text(text.format(1), snapshot=built_snapshot, published_on=date(2006, 6, 1))
    assert held.claims[0].now.verdict == "contradicted"
    ids = held.claims[0].now.reference_ids
    rows = built_snapshot.observations().filter(pl.col("obs_id").is_in(ids)).collect()
    near = round(rows["obs_value"][0] * (1 - RESTATED_PART / 2))
    assert judge(text.format(near), built_snapshot, published_on=date(2006, 6, 1)) == {
        f"{near} per cent": "unresolved"
    }

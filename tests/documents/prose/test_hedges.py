"""Hedges are read before and after a figure, and belong to it alone."""

from __future__ import annotations

import pytest

from tests.documents.prose.reading import read, read_one


@pytest.mark.parametrize(
    ("before", "hedge"),
    [
        ("", "exact"),
        ("about", "about"),
        ("around", "about"),
        ("nearly", "about"),
        ("almost", "about"),
        ("roughly", "about"),
        ("approximately", "about"),
        ("some", "about"),
        ("close to", "about"),
        ("an estimated", "about"),
        ("over", "over"),
        ("more than", "over"),
        ("well over", "over"),
        ("in excess of", "over"),
        ("at least", "at_least"),
        ("no less than", "at_least"),
        ("not less than", "at_least"),
        ("up to", "up_to"),
        ("at most", "up_to"),
        ("no more than", "up_to"),
        ("as much as", "up_to"),
        ("less than", "under"),
        ("under", "under"),
        ("just under", "under"),
        ("a little over", "over"),
        ("a record", "exact"),
        ("a mere", "exact"),
    ],
)
def test_a_hedge_before_a_figure_is_read(before: str, hedge: str) -> None:
    claim = read_one(f"Trade between India and Russia came to {before} $68.7 billion in 2024-25.")
    assert claim.hedge == hedge


@pytest.mark.parametrize(
    ("after", "hedge"),
    [("or so", "about"), ("or more", "at_least"), ("or less", "up_to"), ("at most", "up_to")],
)
def test_a_hedge_after_a_figure_is_read(after: str, hedge: str) -> None:
    assert read_one(f"Trade between India and Russia came to $68 billion {after} in 2024-25.").hedge == hedge


def test_a_plus_sign_is_a_hedge() -> None:
    assert read_one("India and Russia signed 15+ agreements.").hedge == "at_least"


def test_a_hedge_holds_for_its_own_figure_only() -> None:
    claims = read("Trade rose from $13 billion to nearly $27 billion between India and Russia.")
    assert [claim.hedge for claim in claims] == ["exact", "about"]


def test_a_record_is_no_hedge_but_an_adjective() -> None:
    assert read_one("Trade between India and Russia hit a record high of $68.7 billion.").hedge == "exact"


def test_what_is_to_be_reached_is_hedged_as_a_target() -> None:
    claim = read_one("India and Russia have set a trade target of $100 billion by 2030.")
    assert (claim.hedge, claim.indicator) == ("target", "trade_target")


def test_a_hedged_target_keeps_its_hedge() -> None:
    claim = read_one("India and Russia aim for trade of over $100 billion by 2030.")
    assert (claim.hedge, claim.indicator) == ("over", "trade_target")

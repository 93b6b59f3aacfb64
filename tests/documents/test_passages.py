"""Where claims stand in their texts."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.passages import (
    PassageError,
    build_selectors,
    check_passages,
    find_passage,
    hash_text,
    split_paragraphs,
)

TEXT = "First line\n\n \u00a0\n  Trade grew to $13 billion.  \r\nLast line\n"
FRAGMENT = "$13 billion"
START = TEXT.index(FRAGMENT)


def describe_claim(**other: object) -> pl.DataFrame:
    claim = {
        "claim_id": "document.trade",
        "stated_as": FRAGMENT,
        "paragraph": 2,
        "char_start": START,
        "char_end": START + len(FRAGMENT),
        "quote_sha256": hash_text(FRAGMENT),
        "paragraph_sha256": hash_text("Trade grew to $13 billion."),
        **other,
    }
    return pl.DataFrame([claim])


def test_lines_of_white_space_are_not_paragraphs() -> None:
    assert [(one.number, one.text) for one in split_paragraphs(TEXT)] == [
        (1, "First line"),
        (2, "Trade grew to $13 billion."),
        (3, "Last line"),
    ]


@given(st.text())
def test_every_paragraph_stands_where_it_says(text: str) -> None:
    assert all(text[one.char_start : one.char_end] == one.text for one in split_paragraphs(text))


def test_a_passage_has_its_context_on_both_sides() -> None:
    passage = find_passage(
        TEXT, stated_as=FRAGMENT, paragraph=2, char_start=START, char_end=START + len(FRAGMENT)
    )
    quote, position = passage.build_selectors()
    assert quote["type"] == "TextQuoteSelector"
    assert str(quote["prefix"]).endswith("grew to ")
    assert str(quote["suffix"]).startswith(".  \r\nLast")
    assert position == {"type": "TextPositionSelector", "start": START, "end": START + len(FRAGMENT)}


def test_selectors_without_the_text_hold_the_fragment_alone() -> None:
    quote, _ = build_selectors(FRAGMENT, char_start=START, char_end=START + len(FRAGMENT))
    assert quote == {"type": "TextQuoteSelector", "exact": FRAGMENT}


def test_a_claim_that_stands_where_it_says_has_no_findings() -> None:
    assert check_passages(describe_claim(), TEXT) == []


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"char_start": START + 1}, "char_start"),
        ({"paragraph": 3}, "char_start"),
        ({"quote_sha256": "0" * 64}, "quote_sha256"),
        ({"paragraph_sha256": "0" * 64}, "paragraph_sha256"),
    ],
)
def test_a_claim_that_differs_from_its_text_is_found(wrong: dict[str, object], column: str) -> None:
    assert [mismatch.column for mismatch in check_passages(describe_claim(**wrong), TEXT)] == [column]


def test_a_misplaced_fragment_is_answered_with_its_true_place() -> None:
    with pytest.raises(PassageError, match=f"holds it at character {START}"):
        find_passage(TEXT, stated_as=FRAGMENT, paragraph=2, char_start=0, char_end=len(FRAGMENT))

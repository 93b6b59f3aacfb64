"""Words as the search reads them: one spelling for what readers write in several ways."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.search.terms import (
    LONGEST_MISSPELT,
    MOST_CHARACTERS,
    MOST_WORDS,
    clean_query,
    list_misspellings,
    list_words,
    split_query,
    write_key,
)

LETTERS = "abcd"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("36%", "36 per cent"),
        ("36 percent", "36 PER CENT"),
        ("$27 bn", "27 billion"),
        ("27bn", "27 billion"),
        ("$248 m", "248 million"),
        ("13,856", "13856"),
        ("1,234,567", "1234567"),
        ("S-400", "s400"),
        ("Su-30MKI", "su 30 mki"),
        ("2009\u201313", "2009-13"),
        ("Café Óscar", "cafe oscar"),
        ("India\u2019s trade", "india trade"),
        ("“36.2”", "36.2"),
    ],
)
def test_what_is_written_in_two_ways_is_one(one: str, other: str) -> None:
    assert write_key(one) == write_key(other)


@pytest.mark.parametrize(("one", "other"), [("T-72M", "72 million"), ("36.2", "362"), ("1,23", "123")])
def test_what_looks_alike_is_not_one(one: str, other: str) -> None:
    assert write_key(one) != write_key(other)


def test_a_designation_is_found_whole_and_in_parts() -> None:
    assert {"su30mki", "su", "30", "mki", "30mki"} <= list_words(["Su-30MKI"])


def test_words_that_say_nothing_are_asked_for_only_alone() -> None:
    assert [chunk.joined for chunk in split_query("the share of arms")] == ["share", "arms"]
    assert [chunk.joined for chunk in split_query("of the")] == ["of", "the"]


def test_only_the_last_word_is_still_being_written() -> None:
    assert [chunk.is_begun for chunk in split_query("27 billion dol")] == [False, False, True]


@given(st.text(max_size=3 * MOST_CHARACTERS))
def test_a_query_is_one_short_line_of_visible_signs(text: str) -> None:
    query = clean_query(text)
    assert len(query) <= MOST_CHARACTERS
    assert all(sign == " " or unicodedata.category(sign)[0] not in "CZ" for sign in query)
    assert clean_query(query) == query.strip()
    assert len(split_query(query)) <= MOST_WORDS


@given(st.text(alphabet=LETTERS, min_size=6, max_size=12))
def test_a_misspelling_is_one_slip_away(word: str) -> None:
    for other in list_misspellings(word, LETTERS):
        assert other != word
        assert abs(len(other) - len(word)) <= 1
        assert word in list_misspellings(other, LETTERS)


@pytest.mark.parametrize("word", ["s400", "2019", "oil", "", "x" * (LONGEST_MISSPELT + 1)])
def test_numbers_and_short_and_endless_words_have_no_misspellings(word: str) -> None:
    assert list_misspellings(word, LETTERS) == set()

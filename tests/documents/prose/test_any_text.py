"""Any text is read without an error, in bounded time, and what is found stands where it is said to stand."""

from __future__ import annotations

import sys
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.prose import FoundClaim
from etl.units import LARGEST
from tests.documents.prose.reading import read

FRAGMENTS = st.sampled_from(
    [
        "India",
        "Russia",
        "Moscow",
        "trade",
        "exports to",
        "imports from",
        "arms imports",
        "share",
        "target",
        "$13 billion",
        "27",
        "from",
        "to",
        "between",
        "and",
        "36 per cent",
        "half of",
        "threefold",
        "doubled",
        "about",
        "more than",
        "2009-13",
        "2021-22",
        "FY25",
        "in 2024",
        "by 2030",
        "April-December 2022",
        "February 30, 2021",
        "last year",
        "2021-19",
        "32 months of 2020",
        "Rs 35,000 lakh crore",
        "S-400",
        "three of the five",
        "batteries",
        "1,2,3",
        "1.2.3",
        "13.",
        "$",
        "%",
        "(",
        ")",
        ";",
        ":",
        ",",
        ".",
        "\n",
        "\n\n",
        "| 5% |",
        "\t",
        "- ",
        "# ",
        "\u202e",
        "\u200f",
        "\x00",
        "\x1b[31m",
        "\u0663\u0666 %",
        "\u00b2",
        "<script>36%</script>",
        "999999999999999999999999",
        "\u2028",
        "\ud7ff",
        "Fiscal ",
        "a year earlier",
        "respectively",
        "according to The",
        "twenty-five hundred",
        "hundred hundred",
        "no more than",
    ]
)
MIXED = st.lists(FRAGMENTS, max_size=40).map(" ".join)


def hold_in_place(claims: list[FoundClaim], text: str) -> None:
    for claim in claims:
        assert text[claim.char_start : claim.char_end] == claim.stated_as
        assert text[: claim.char_start].endswith(claim.prefix)
        assert text[claim.char_end :].startswith(claim.suffix)
        assert claim.sentence.find(claim.stated_as) >= 0
        assert claim.paragraph >= 1
        assert 0 <= claim.value <= LARGEST
        assert claim.unit_measure
    assert all(one.char_end <= other.char_start for one, other in pairwise(claims))


@given(MIXED)
def test_claims_of_a_jumble_of_words_stand_in_order_where_they_are_said_to(text: str) -> None:
    hold_in_place(read(text), text)


@given(st.text(max_size=300))
def test_any_signs_are_read_without_an_error(text: str) -> None:
    hold_in_place(read(text), text)


@given(MIXED)
def test_a_text_is_read_alike_each_time(text: str) -> None:
    assert read(text) == read(text)


@given(MIXED, st.integers(1, 5))
def test_lines_put_before_a_text_move_its_claims_and_change_nothing_else(text: str, lines: int) -> None:
    before = "\n" * lines
    moved = [(one.char_start - lines, one.value, one.period, one.indicator) for one in read(before + text)]
    assert moved == [(one.char_start, one.value, one.period, one.indicator) for one in read(text)]


# Twice the length may cost twice the calls and a tenth; one more loop within a loop would cost four times.
LENGTHS, MOST_GROWTH = (1_500, 3_000), 2.2
HOSTILE = {
    "digits": "1",
    "commas": ",",
    "digits and commas": "123,",
    "digits and full stops": "1.",
    "dollars": "$1 ",
    "shares": "36% ",
    "cells of a table": "| 1 % ",
    "blanks": "10" + " " * 50,
    "years": "2019-23 ",
    "hyphens": "- ",
    "telephones": "+1",
    "addresses": "a.",
    "capitals": "Abc Def ",
    "words of trade": "trade of arms imports from Russia to India ",
    "sayers": "according to the data from The ",
    "control characters": "\x00\x01 12 %\x07",
    "marks of direction": "\u202e36\u200f per cent \u0600",
    "markup": "<script>alert(36 per cent)</script>",
}


@pytest.mark.parametrize("repeated", HOSTILE.values(), ids=HOSTILE)
def test_reading_takes_work_in_proportion_to_length(repeated: str) -> None:
    """All in one line. The time that it takes is measured in tests/benchmarks/bench_reading.py."""
    short, long = (repeated * (length // len(repeated)) for length in LENGTHS)
    read(short)
    assert count_calls(long) <= MOST_GROWTH * count_calls(short)
    hold_in_place(read(long)[:200], long)


def count_calls(text: str) -> int:
    """How many functions are called to read a text: the same on every machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return calls


def test_an_article_of_a_thousand_words_is_read_whole() -> None:
    paragraph = (
        "Russia accounted for 76 per cent of Indian arms imports in 2009-13, and for 36 per cent in 2019-23, "
        "as the institute in Stockholm has it. Trade between the two countries "
        "rose from $13.1 billion in 2021-22 to $68.7 billion in 2024-25, and they want to reach $100 billion "
        "by 2030. The ministers spoke at length of what they had in mind for the years to come, and of "
        "little else, before they went to lunch, to which they had been invited by their hosts, who were "
        "glad of the company.\n\n"
    )
    text = paragraph * (1000 // len(paragraph.split()))
    assert len(read(text)) == 5 * text.count("\n\n")

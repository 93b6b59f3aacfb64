"""Layout: lines that were wrapped, headings, bullets, tables, and figures that are printed twice."""

from __future__ import annotations

from tests.documents.prose.reading import read, read_one


def test_a_sentence_that_runs_over_wrapped_lines_is_one() -> None:
    claim = read_one(
        "According to the ministry, trade between India and Russia\n"
        "reached a record of $68.7 billion in the fiscal year that\n"
        "ended in March 2025, which is more than ever before in it.\n"
    )
    assert (claim.stated_as, claim.indicator, claim.period.label) == (
        "$68.7 billion",
        "bilateral_trade",
        "2024-25",
    )


def test_an_amount_that_is_broken_over_two_lines_is_found_at_its_place() -> None:
    text = (
        "The ministry of commerce says that trade between India and Russia reached $68.7\n"
        "billion in 2024-25, and that it wants more of it in the years that come after.\n"
    )
    claim = read_one(text)
    assert (claim.stated_as, text[claim.char_start : claim.char_end]) == ("$68.7\nbillion", "$68.7\nbillion")


def test_an_abbreviation_ends_no_sentence() -> None:
    claim = read_one("The contract with Russia was worth Rs. 35,000 crore in Oct. 2018 for the S-400.")
    assert (claim.stated_as, claim.period.label) == ("Rs. 35,000 crore", "2018-10")


def test_a_heading_gives_its_measure_and_period_to_what_stands_under_it() -> None:
    claims = read("Russia's share of India's arms imports, 2019-23\n\nIt stood at 36 per cent.\n")
    assert [(one.indicator, one.period.label) for one in claims] == [("arms_import_share", "2019-23")]


def test_bullets_take_what_their_lead_in_says() -> None:
    claims = read(
        "India-Russia trade in recent years:\n"
        "- 2021-22: $13.1 billion\n- 2022-23: $49.4 billion\n- 2023-24: $65.7 billion\n"
    )
    assert [(one.indicator, one.period.label) for one in claims] == [
        ("bilateral_trade", "2021-22"),
        ("bilateral_trade", "2022-23"),
        ("bilateral_trade", "2023-24"),
    ]


def test_a_period_spoken_of_before_holds_for_the_next_sentence() -> None:
    claims = read(
        "In 2024-25 India's exports to Russia were $4.9 billion. Its imports from Russia were $63.8 billion."
    )
    assert [one.period.label for one in claims] == ["2024-25", "2024-25"]
    assert any("spoken of before" in reading for reading in claims[1].readings)


def test_a_figure_in_a_headline_takes_the_period_that_it_has_below() -> None:
    claims = read(
        "Russia supplies 36 per cent of India's arms imports\n\n"
        "Russia accounted for 36 per cent of India's arms imports in 2019-23, the institute says.\n"
    )
    assert [one.period.label for one in claims] == ["2019-23", "2019-23"]


def test_the_paragraph_of_a_claim_is_the_line_it_stands_in() -> None:
    claims = read(
        "Title of the article\n\nTrade with Russia was $13 billion in 2021.\n\nIt was $44 billion in 2022.\n"
    )
    assert [one.paragraph for one in claims] == [2, 3]


def test_a_claim_has_the_text_around_it_as_selectors() -> None:
    text = "India and Russia: trade between them was $68.7 billion in 2024-25, the ministry said."
    quote, position = read_one(text).build_selectors()
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": "$68.7 billion",
        "prefix": text[9:41],
        "suffix": text[54:86],
    }
    assert position == {"type": "TextPositionSelector", "start": 41, "end": 54}

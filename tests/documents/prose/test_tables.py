"""Tables: each cell is read with its caption, its row and its column, and stands where it is printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.documents.prose import FoundClaim
from tests.documents.prose.reading import read

SHARES = """Arms imports of India by supplier

| Supplier | 2009-13 | 2014-18 | 2019-23 |
|----------|--------:|--------:|--------:|
| Russia   | 76%     | 58%     | 36%     |
| France   | 1.2%    | 3.9%    | 33%     |
| Others   | 9%      | 12%     | 8%      |
| Total    | 100%    | 100%    | 100%    |
"""
TRADE = """India-Russia trade (US$ billion)

Year\tExports\tImports\tTotal\tDeficit\tGrowth (%)\tRank
2021-22\t3.25\t9.87\t13.12\t6.61\t61.2\t11
2022-23\t3.15\t46.21\t49.36\t43.07\t276\t5
"""


def describe(claims: list[FoundClaim]) -> list[tuple[str, str | None, str | None, str]]:
    return [(one.stated_as, one.indicator, one.counterpart_area, one.period.label) for one in claims]


def test_columns_give_periods_and_rows_give_parties() -> None:
    assert describe(read(SHARES)) == [
        ("76%", "arms_import_share", "RUS", "2009-13"),
        ("58%", "arms_import_share", "RUS", "2014-18"),
        ("36%", "arms_import_share", "RUS", "2019-23"),
        ("1.2%", "arms_import_share", "FRA", "2009-13"),
        ("3.9%", "arms_import_share", "FRA", "2014-18"),
        ("33%", "arms_import_share", "FRA", "2019-23"),
    ]


def test_columns_give_measures_and_rows_give_periods() -> None:
    assert [(one.stated_as, one.indicator, one.unit_measure) for one in read(TRADE)][:5] == [
        ("3.25", "exports", "USD"),
        ("9.87", "imports", "USD"),
        ("13.12", "bilateral_trade", "USD"),
        ("6.61", "trade_balance", "USD"),
        ("61.2", "bilateral_trade", "PERCENT"),
    ]
    assert {one.period.label for one in read(TRADE)} == {"2021-22", "2022-23"}


def test_the_unit_of_a_caption_scales_the_numbers_under_it() -> None:
    claim = read(TRADE)[0]
    assert (claim.value, claim.read_as) == (Decimal("3.25e9"), "US$ 3.25 billion")


def test_a_column_of_ranks_holds_no_figures() -> None:
    assert not {"11", "5"} & {one.stated_as for one in read(TRADE)}


def test_a_growth_is_a_change() -> None:
    assert [one.stated_as for one in read(TRADE) if one.is_change] == ["61.2", "276"]


def test_the_rest_and_the_whole_say_nothing_of_one_supplier() -> None:
    assert not {"9%", "12%", "8%", "100%"} & {one.stated_as for one in read(SHARES)}


@pytest.mark.parametrize("text", [SHARES, TRADE, TRADE.replace("\t", " | "), SHARES.replace("\n", "\r\n")])
def test_a_cell_stands_where_it_is_printed(text: str) -> None:
    claims = read(text)
    assert claims
    for claim in claims:
        assert text[claim.char_start : claim.char_end] == claim.stated_as
        assert claim.stated_as in claim.sentence


def test_the_paragraph_of_a_cell_is_its_row() -> None:
    assert [one.paragraph for one in read(SHARES)] == [4, 4, 4, 5, 5, 5]


def test_a_volume_has_the_unit_of_its_caption() -> None:
    claims = read(
        "Arms deliveries to India (million TIV)\n\n"
        "Supplier | 2009-13 | 2019-23\nRussia | 13,815 | 5,015\nAll suppliers | 18,150 | 13,856\n"
    )
    assert [(one.unit_measure, one.value, one.counterpart_area) for one in claims] == [
        ("TIV_MILLIONS", Decimal(13815), "RUS"),
        ("TIV_MILLIONS", Decimal(5015), "RUS"),
        ("TIV_MILLIONS", Decimal(18150), "W00"),
        ("TIV_MILLIONS", Decimal(13856), "W00"),
    ]


def test_a_caption_stands_above_a_line_that_only_says_the_unit() -> None:
    claims = read(
        "India's trade with Russia\n\n(US$ million)\n"
        "Year | India's exports to Russia | Total\n2021-22 | 3,254.7 | 13,124.7\n"
    )
    assert [(one.indicator, one.value) for one in claims] == [
        ("exports", Decimal("3254700000.0")),
        ("bilateral_trade", Decimal("13124700000.0")),
    ]


def test_of_two_columns_the_first_says_what_the_second_is() -> None:
    claims = read(
        "Key facts | India and Russia\nTrade in 2024-25 | $68.7 billion\nTarget for 2030 | $100 billion\n"
    )
    assert describe(claims) == [
        ("$68.7 billion", "bilateral_trade", "RUS", "2024-25"),
        ("$100 billion", "trade_target", "RUS", "2030"),
    ]


def test_a_table_without_names_of_columns_is_read_by_its_rows() -> None:
    claims = read("India-Russia trade\n\n2021-22 | $13.12 bn\n2022-23 | $49.4 bn\n")
    assert describe(claims) == [
        ("$13.12 bn", "bilateral_trade", "RUS", "2021-22"),
        ("$49.4 bn", "bilateral_trade", "RUS", "2022-23"),
    ]


def test_a_number_without_a_unit_is_no_figure() -> None:
    assert read("India and Russia\n\nYear | Visits\n2021 | 3\n2022 | 5\n") == []


def test_a_cell_does_not_go_on_from_the_cell_before_it() -> None:
    """What is not named in its own row and column is left open rather than borrowed."""
    claims = read(
        "Figure | Value\nRussia's share of India's arms imports, 2019-23 | 36%\nSatellites launched | 9%\n"
    )
    assert [(one.indicator, one.period.label) for one in claims] == [
        ("arms_import_share", "2019-23"),
        (None, ""),
    ]


def test_a_line_between_bars_is_no_table() -> None:
    claims = read("Home | World | India-Russia trade was $68.7 billion in 2024-25\n")
    assert describe(claims) == [("$68.7 billion", "bilateral_trade", "RUS", "2024-25")]


def test_prose_after_a_table_is_read_as_before() -> None:
    claims = read(SHARES + "\nTrade between India and Russia was $68.7 billion in 2024-25.\n")
    assert describe(claims)[-1] == ("$68.7 billion", "bilateral_trade", "RUS", "2024-25")

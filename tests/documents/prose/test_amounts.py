"""Amounts of money are read with their currency and scale, and as they are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.documents.prose.reading import list_stated, read, read_one


@pytest.mark.parametrize(
    "printed",
    [
        "$68.7 billion",
        "US$68.7 billion",
        "US $68.7 billion",
        "U.S.$ 68.7 billion",
        "US\u00a0$\u202f68.7\u00a0billion",
        "$68.7bn",
        "$68.7 bn",
        "$68.7b",
        "$68.7B",
        "USD 68.7 billion",
        "USD68.7bn",
        "68.7 billion dollars",
        "68.7 billion US dollars",
        "68.7 billion USD",
        "68.7-billion-dollar",
        "$68,700 million",
        "$68,700 mn",
        "$68,700m",
        "$6,870 crore",
        "$68,700,000,000",
        "$0.0687 trillion",
    ],
)
def test_an_amount_of_dollars_is_read_in_every_way_of_printing_it(printed: str) -> None:
    claim = read_one(f"Trade between India and Russia was {printed} in 2024-25.")
    assert (claim.stated_as, claim.value, claim.unit_measure) == (printed, Decimal("68.7e9"), "USD")


@pytest.mark.parametrize(
    "printed",
    [
        "Rs 35,000 crore",
        "Rs. 35,000 crore",
        "Rs35,000 crore",
        "INR 35,000 crore",
        "\u20b935,000 crore",
        "\u20b9 35,000 cr",
        "35,000 crore rupees",
        "Rs 0.35 lakh crore",
        "Rs 350 billion",
        "Rs 3,50,00,00,00,000",
        "35,000 crore",
    ],
)
def test_an_amount_of_rupees_is_read_in_every_way_of_printing_it(printed: str) -> None:
    claim = read_one(f"The contract for the S-400 was worth {printed}.")
    assert (claim.stated_as, claim.value, claim.unit_measure) == (printed, Decimal("35e10"), "INR")


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("\u20ac7.87 billion", "EUR"),
        ("EUR 7.87 billion", "EUR"),
        ("7.87 billion euros", "EUR"),
        ("C$7.87 billion", "CAD"),
        ("7.87 billion yuan", "CNY"),
        ("\u00a37.87bn", "GBP"),
        ("PLN 7.87 billion", "PLN"),
        ("7.87 billion SEK", "SEK"),
        ("7.87 trillion roubles", "RUB"),
        ("\u00a57.87 trillion", "JPY"),
    ],
)
def test_another_currency_is_read_and_kept(printed: str, unit: str) -> None:
    claim = read_one(f"The contract was worth {printed}.")
    assert (claim.stated_as, claim.unit_measure) == (printed, unit)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("two billion dollars", "2e9"),
        ("twenty-five billion dollars", "25e9"),
        ("one hundred billion dollars", "100e9"),
        ("one hundred and fifty million dollars", "150e6"),
        ("a hundred billion dollars", "100e9"),
    ],
)
def test_an_amount_in_words_is_read(printed: str, value: str) -> None:
    claim = read_one(f"Trade between India and Russia came to {printed} in 2024.")
    assert claim.value == Decimal(value)


def test_a_scale_without_a_currency_is_an_amount_where_trade_is_spoken_of() -> None:
    claim = read_one("India-Russia trade stood at 68.7 billion in 2024-25.")
    assert (claim.value, claim.unit_measure, claim.indicator) == (Decimal("68.7e9"), "USD", "bilateral_trade")


def test_a_scale_without_a_currency_is_nothing_where_nothing_is_measured() -> None:
    assert list_stated("Some 1.4 billion people live there.") == []


def test_the_unit_of_a_pair_is_read_for_both_of_its_numbers() -> None:
    claims = read("India-Russia trade rose from 13 to nearly 27 billion dollars.")
    assert [(one.stated_as, one.read_as, one.value) for one in claims] == [
        ("13", "13 billion dollars", Decimal("13e9")),
        ("27 billion dollars", "27 billion dollars", Decimal("27e9")),
    ]


def test_the_scale_of_a_pair_is_read_for_both_of_its_numbers() -> None:
    claims = read("India-Russia trade rose from $13 to $27 billion.")
    assert [(one.stated_as, one.value) for one in claims] == [
        ("$13", Decimal("13e9")),
        ("$27 billion", Decimal("27e9")),
    ]


def test_a_pair_with_decimals_and_one_unit_is_read_as_a_pair() -> None:
    claims = read("India-Russia trade grew from 13.12 to 65.70 billion dollars.")
    assert [one.value for one in claims] == [Decimal("13.12e9"), Decimal("65.70e9")]


def test_a_year_before_an_amount_is_not_the_first_number_of_a_pair() -> None:
    assert list_stated("Between 2021 and $27 billion of trade lay one year.") == ["$27 billion"]


def test_the_same_amount_in_a_second_currency_is_a_claim_of_its_own() -> None:
    claims = read("The S-400 contract was worth $5.43 billion (Rs 35,000 crore).")
    assert [(one.stated_as, one.unit_measure) for one in claims] == [
        ("$5.43 billion", "USD"),
        ("Rs 35,000 crore", "INR"),
    ]


def test_an_amount_beyond_belief_is_not_read() -> None:
    assert list_stated(f"Trade was ${'9' * 40} billion in 2024.") == []


@pytest.mark.parametrize(
    ("printed", "ends"),
    [
        ("$64-65 billion", [("$64", "$64 billion", "64e9"), ("65 billion", "$65 billion", "65e9")]),
        ("US$64\u201365bn", [("US$64", "US$64bn", "64e9"), ("65bn", "US$65bn", "65e9")]),
        (
            "64.5 - 65 billion dollars",
            [("64.5", "64.5 billion dollars", "64.5e9"), ("65 billion dollars",) * 2 + ("65e9",)],
        ),
    ],
)
def test_a_range_is_at_least_its_first_end_and_at_most_its_second(
    printed: str, ends: list[tuple[str, str, str]]
) -> None:
    claims = read(f"Trade between India and Russia came to {printed} in 2024.")
    assert [(one.stated_as, one.read_as, one.value) for one in claims] == [
        (stated_as, read_as, Decimal(value)) for stated_as, read_as, value in ends
    ]
    assert [one.hedge for one in claims] == ["at_least", "up_to"]


def test_the_currency_of_a_pair_is_read_for_both_of_its_numbers() -> None:
    claims = read("India-Russia trade rose from Rs 10.1 to 65.7 billion.")
    assert [(one.read_as, one.unit_measure, one.value) for one in claims] == [
        ("10.1 billion", "INR", Decimal("10.1e9")),
        ("65.7 billion", "INR", Decimal("65.7e9")),
    ]


def test_a_price_is_no_flow_of_trade() -> None:
    claim = read_one("India bought Russian crude at $60 a barrel in 2023.")
    assert (claim.value, claim.indicator) == (Decimal(60), None)


def test_a_text_with_decimal_commas_is_read_by_them() -> None:
    first, second = read(
        "Imports from Russia were 3,25 billion dollars in 2021-22. Exports fell 4,6 per cent."
    )

    assert (first.value, first.unit_measure) == (Decimal("3.25e9"), "USD")
    assert (second.value, second.unit_measure) == (Decimal("4.6"), "PERCENT")


def test_a_comma_that_groups_stays_one_where_the_text_has_decimal_points() -> None:
    first, _ = read("Imports were $5,25 million in one print and $5.2 million in another.")

    assert first.value != Decimal("5.25e6")

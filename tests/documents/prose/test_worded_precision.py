"""What a figure in words allows: number words, scales, simple fractions and multiples of all lexicons."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.documents.precision import PrecisionError, find_printed_number, read_interval, rough_interval
from tests.documents.prose.reading import read


@pytest.mark.parametrize(
    ("stated_as", "value", "unit", "low", "high"),
    [
        ("Rs 5.25 lakh crore", "5.25e12", "INR", "5.245e12", "5.255e12"),
        ("Rs 5 lakh crore", "5e12", "INR", "4.5e12", "5.5e12"),
        ("Rs 35,000 crore", "35e10", "INR", "349995e6", "350005e6"),
        ("35 thousand crore rupees", "35e10", "INR", "345e9", "355e9"),
        ("Rs 5,25,000 crore", "5.25e12", "INR", "5249995e6", "5250005e6"),
        ("$68.7bn", "68.7e9", "USD", "68.65e9", "68.75e9"),
        ("$248m", "248e6", "USD", "247.5e6", "248.5e6"),
        ("$248 mln", "248e6", "USD", "247.5e6", "248.5e6"),
        ("US\u202f$13\u00a0billion", "13e9", "USD", "12.5e9", "13.5e9"),
        ("twenty-five billion dollars", "25e9", "USD", "24.5e9", "25.5e9"),
        ("twenty billion dollars", "20e9", "USD", "19.5e9", "20.5e9"),
        ("one hundred and fifty million dollars", "150e6", "USD", "149.5e6", "150.5e6"),
        ("thirty-six per cent", "36", "PERCENT", "35.5", "36.5"),
        ("sixty per cent", "60", "PERCENT", "59.5", "60.5"),
        ("13.86 thousand million TIV", "13860", "TIV_MILLIONS", "13855", "13865"),
        ("five S-400 regiments", "5", "REGIMENTS", "4.5", "5.5"),
    ],
)
def test_number_words_and_scales_are_read_as_digits_are(
    stated_as: str, value: str, unit: str, low: str, high: str
) -> None:
    interval = read_interval(stated_as, value=Decimal(value), unit=unit, hedge="exact")
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("stated_as", "value", "low", "high"),
    [
        ("a quarter of", "25", "22.5", "29.17"),
        ("a third of", "33.3333", "29.17", "41.67"),
        ("one-third", "33.3", "29.17", "41.67"),
        ("half of", "50", "41.67", "58.33"),
        ("Half of", "50", "41.67", "58.33"),
        ("two thirds", "66.6667", "58.33", "70.83"),
        ("two\u2011thirds", "66.7", "58.33", "70.83"),
        ("three quarters", "75", "70.83", "77.5"),
        ("a fifth of", "20", "15", "22.5"),
        ("a tenth of", "10", "5", "15"),
    ],
)
@pytest.mark.parametrize("hedge", ["exact", "about"])
def test_a_simple_fraction_allows_what_is_nearer_to_it_than_to_its_neighbours(
    stated_as: str, value: str, low: str, high: str, hedge: str
) -> None:
    interval = read_interval(stated_as, value=Decimal(value), unit="PERCENT", hedge=hedge)
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


def test_the_reading_of_a_fraction_names_its_neighbours() -> None:
    reading = read_interval("two-thirds", value=Decimal("66.6667"), unit="PERCENT", hedge="exact").reading
    assert reading == (
        "\u201ctwo-thirds\u201d is a simple fraction and allows 58.33 to 70.83, "
        "nearer to it than to half or three quarters."
    )


def test_more_than_half_is_a_lower_bound() -> None:
    interval = read_interval("half of", value=50, unit="PERCENT", hedge="over")
    assert (interval.low, interval.high) == (Decimal(50), None)


@pytest.mark.parametrize(("hedge", "is_set"), [("target", False), ("exact", True)])
def test_a_fraction_that_was_set_is_taken_as_exact(hedge: str, is_set: bool) -> None:
    interval = read_interval("half of", value=50, unit="PERCENT", hedge=hedge, is_set=is_set)
    assert (interval.low, interval.high) == (Decimal("49.5"), Decimal("50.5"))


def test_half_of_another_share_is_no_half() -> None:
    """Half of a tariff of 50 per cent is 25 per cent, whatever the words say."""
    interval = read_interval("Half of it", value=25, unit="PERCENT", hedge="exact")
    assert (interval.low, interval.high) == (Decimal("24.5"), Decimal("25.5"))


@pytest.mark.parametrize(
    ("stated_as", "value", "hedge", "low", "high"),
    [
        ("threefold", "3", "exact", "2.5", "3.5"),
        ("doubled", "2", "exact", "1.5", "2.5"),
        ("five-fold", "5", "exact", "4.5", "5.5"),
        ("fivefold", "5", "about", "4", "6"),
        ("halved", "0.5", "exact", "0.4", "0.67"),
    ],
)
def test_a_multiple_in_words_allows_half_a_time_on_either_side(
    stated_as: str, value: str, hedge: str, low: str, high: str
) -> None:
    interval = read_interval(stated_as, value=Decimal(value), unit="TIMES", hedge=hedge)
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


def test_the_reading_of_a_multiple_says_how_it_was_read() -> None:
    reading = read_interval("threefold", value=3, unit="TIMES", hedge="exact").reading
    assert reading == "\u201cthreefold\u201d printed in words, read to half a time allows 2.5 to 3.5."


def test_a_multiple_in_digits_is_read_at_its_digits() -> None:
    interval = read_interval("2.5 times", value=Decimal("2.5"), unit="TIMES", hedge="exact")
    assert (interval.low, interval.high) == (Decimal("2.45"), Decimal("2.55"))


def test_a_fraction_has_one_reading() -> None:
    assert rough_interval("two thirds", value=Decimal("66.6667"), unit="PERCENT", hedge="exact") is None


@pytest.mark.parametrize("stated_as", ["five million dollars", "Rs 35,000 lakh"])
def test_words_that_say_another_amount_are_refused(stated_as: str) -> None:
    with pytest.raises(PrecisionError, match="does not say 35000000000"):
        find_printed_number(stated_as, value=Decimal("35e9"), unit="INR")


def test_what_the_reader_finds_can_be_read_for_its_precision() -> None:
    """The reader and the reading of print share their words: neither knows a scale that the other lacks."""
    text = (
        "Trade between India and Russia was $68.7bn, Rs 5.8 lakh crore, twenty-five billion dollars, 35 "
        "crore rupees, 68,700 mln dollars and one hundred and five million dollars in 2024-25. It grew "
        "fivefold. Russia supplied two-thirds, 36 per cent or thirty-six per cent of India's arms imports in "
        "2019-23, or 13.8 thousand million TIV."
    )
    claims = read(text)
    assert len(claims) == 11
    for claim in claims:
        interval = read_interval(claim.read_as, value=claim.value, unit=claim.unit_measure, hedge=claim.hedge)
        assert interval.holds(claim.value)

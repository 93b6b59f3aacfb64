"""Numbers: read strictly, said as a reader says them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.units import NumberError, format_ends, format_value, read_millions, read_number

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)


@given(DECIMALS)
def test_a_number_written_plainly_is_read_back_exactly(number: Decimal) -> None:
    assert read_number(f"{number:f}") == number


@given(DECIMALS)
def test_millions_are_exact_in_the_base_unit(number: Decimal) -> None:
    assert read_millions(f"{number:f}") == number * 1_000_000


@pytest.mark.parametrize(
    "text", ["NaN", "inf", "-Infinity", "1,000", "1 000", "", "12 bn", "0x10", "1e", "--1", "٣"]
)
def test_what_is_not_a_plain_finite_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError, match="not a plain number"):
        read_number(text)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (68.7e9, "USD", "$68.7 bn"),
        (13_124_680_000.0, "USD", "$13.12 bn"),
        (248e6, "USD", "$248 m"),
        (999.6e6, "USD", "$1 bn"),
        (-58.9e9, "USD", "−$58.9 bn"),
        (36.19258, "PERCENT", "36.2%"),
        (76.0, "PERCENT", "76%"),
        (13856.43, "TIV_MILLIONS", "13,856 million TIV"),
        (0.18, "TIV_MILLIONS", "0.18 million TIV"),
        (1.0, "UNITS", "1 unit"),
        (10.0, "UNITS", "10 units"),
        (2345.4, "HHI_POINTS", "2,345 points"),
        (None, "USD", "not available"),
    ],
)
def test_a_value_is_said_as_a_reader_says_it(value: float | None, unit: str, said: str) -> None:
    assert format_value(value, unit) == said


def test_a_volume_is_never_said_in_dollars() -> None:
    assert "$" not in format_value(5015.0, "TIV_MILLIONS")


def test_a_unit_without_words_is_refused() -> None:
    with pytest.raises(NumberError, match="no words for the unit 'FURLONGS'"):
        format_value(1.0, "FURLONGS")


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (75.5, 76.5, "PERCENT", ("75.5%", "76.5%")),
        (68.65e9, 68.75e9, "USD", ("$68.65 bn", "$68.75 bn")),
        (-59.0e9, -58.8e9, "USD", ("−$59.0 bn", "−$58.8 bn")),
        (999e6, 1.01e9, "USD", ("$0.999 bn", "$1.010 bn")),
        (13_812.5, 13_817.5, "TIV_MILLIONS", ("13,812.5 million TIV", "13,817.5 million TIV")),
        (-1e9, 1e9, "USD", ("−$1 bn", "$1 bn")),
    ],
)
def test_the_ends_of_an_interval_are_said_alike(
    low: float, high: float, unit: str, said: tuple[str, str]
) -> None:
    assert format_ends(low, high, unit) == said


@pytest.mark.parametrize(("low", "high"), [(36.1923, 36.1928), (36.1497, 36.1503), (36.0, 36.0)])
def test_an_interval_narrower_than_the_last_digit_said_is_not_said(low: float, high: float) -> None:
    assert format_ends(low, high, "PERCENT") is None


@given(
    st.floats(-1e12, 1e12), st.floats(0, 1e12), st.sampled_from(["USD", "PERCENT", "TIV_MILLIONS", "UNITS"])
)
def test_two_ends_that_are_said_never_read_the_same(low: float, width: float, unit: str) -> None:
    ends = format_ends(low, low + width, unit)

    assert ends is None or ends[0] != ends[1]

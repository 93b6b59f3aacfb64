"""Numbers: read strictly, said as a reader says them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.units import NumberError, read_millions, read_number, say_value

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
        (None, "USD", "not available"),
    ],
)
def test_a_value_is_said_as_a_reader_says_it(value: float | None, unit: str, said: str) -> None:
    assert say_value(value, unit) == said


def test_a_volume_is_never_said_in_dollars() -> None:
    assert "$" not in say_value(5015.0, "TIV_MILLIONS")


def test_a_unit_without_words_is_refused() -> None:
    with pytest.raises(NumberError, match="no words for the unit 'FURLONGS'"):
        say_value(1.0, "FURLONGS")

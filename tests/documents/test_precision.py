"""What a printed figure allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.precision import PrecisionError, PrintedInterval, read_interval, rough_interval

BILLION = Decimal(10) ** 9
HEDGES = st.sampled_from(["exact", "about", "over", "under", "up_to", "at_least", "target"])


@pytest.mark.parametrize(
    ("stated_as", "value", "unit", "hedge", "low", "high"),
    [
        ("76 per cent", "76", "PERCENT", "exact", "75.5", "76.5"),
        ("36.0 per cent", "36", "PERCENT", "exact", "35.95", "36.05"),
        ("70 per cent", "70", "PERCENT", "exact", "69.5", "70.5"),
        ("40 per cent", "40", "PERCENT", "about", "39", "41"),
        ("10 percentage points", "10", "PERCENTAGE_POINTS", "exact", "9.5", "10.5"),
        ("US $27 billion", "27e9", "USD", "about", "26e9", "28e9"),
        ("$70 billion", "70e9", "USD", "exact", "69.5e9", "70.5e9"),
        ("$5.43 billion", "5.43e9", "USD", "exact", "5.425e9", "5.435e9"),
        ("$248 million", "248e6", "USD", "exact", "247.5e6", "248.5e6"),
        ("13,856 million TIV", "13856", "TIV_MILLIONS", "exact", "13855.5", "13856.5"),
        ("$100 billion", "100e9", "USD", "target", "99.5e9", "100.5e9"),
        ("two billion dollars", "2e9", "USD", "exact", "1.5e9", "2.5e9"),
        ("10", "10", "COUNT", "exact", "9.5", "10.5"),
        ("about 300 missiles", "300", "UNITS", "about", "299", "301"),
        ("five", "5", "BATTERIES", "exact", "4.5", "5.5"),
        ("two decades", "20", "YEARS", "exact", "19.5", "20.5"),
        ("Half of it", "25", "PERCENT", "exact", "24.5", "25.5"),
    ],
)
def test_a_figure_allows_half_a_unit_of_its_last_printed_digit(
    stated_as: str, value: str, unit: str, hedge: str, low: str, high: str
) -> None:
    interval = read_interval(stated_as, value=Decimal(value), unit=unit, hedge=hedge)
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("hedge", ["over", "at_least"])
def test_a_lower_bound_has_no_upper_end(hedge: str) -> None:
    interval = read_interval("Over 25", value=25, unit="COUNT", hedge=hedge)
    assert (interval.low, interval.high) == (Decimal(25), None)


@pytest.mark.parametrize("hedge", ["under", "up_to"])
def test_an_upper_bound_has_no_lower_end(hedge: str) -> None:
    interval = read_interval("up to 25", value=25, unit="COUNT", hedge=hedge)
    assert (interval.low, interval.high) == (None, Decimal(25))


def test_a_rate_that_was_set_keeps_every_digit() -> None:
    interval = read_interval("50 per cent", value=50, unit="PERCENT", hedge="exact", is_set=True)
    assert (interval.low, interval.high) == (Decimal("49.5"), Decimal("50.5"))


@pytest.mark.parametrize(
    ("stated_as", "value", "unit", "hedge", "low", "high"),
    [
        ("$70 billion", "70e9", "USD", "exact", "65e9", "75e9"),
        ("$13,000 million", "13e9", "USD", "exact", "12.5e9", "13.5e9"),
        ("Rs 35,000 crore", "35e10", "INR", "exact", "345e9", "355e9"),
        ("$100 billion", "100e9", "USD", "exact", "95e9", "150e9"),
        ("about $20 billion", "20e9", "USD", "about", "10e9", "30e9"),
        ("about $100 billion", "100e9", "USD", "about", "90e9", "150e9"),
        ("about 300 missiles", "300", "UNITS", "about", "200", "400"),
        ("13,000 million TIV", "13000", "TIV_MILLIONS", "exact", "12500", "13500"),
    ],
)
def test_a_round_amount_may_stand_for_all_that_rounds_to_it(
    stated_as: str, value: str, unit: str, hedge: str, low: str, high: str
) -> None:
    rough = rough_interval(stated_as, value=Decimal(value), unit=unit, hedge=hedge)
    assert rough is not None
    assert (rough.low, rough.high) == (Decimal(low), Decimal(high))


def test_the_rough_reading_says_which_digit_was_taken() -> None:
    rough = rough_interval("$70 billion", value=70e9, unit="USD", hedge="exact")
    assert rough is not None
    assert rough.reading == "\u201c$70 billion\u201d read at its last non-zero digit allows 65 to 75 billion."


@pytest.mark.parametrize(
    ("stated_as", "value", "unit", "hedge"),
    [
        ("$73 billion", "73e9", "USD", "exact"),
        ("$70.0 billion", "70e9", "USD", "exact"),
        ("40 per cent", "40", "PERCENT", "exact"),
        ("about 40 per cent", "40", "PERCENT", "about"),
        ("30 percentage points", "30", "PERCENTAGE_POINTS", "exact"),
        ("10 times", "10", "TIMES", "exact"),
        ("300 missiles", "300", "UNITS", "exact"),
        ("over $70 billion", "70e9", "USD", "over"),
        ("$100 billion", "100e9", "USD", "target"),
    ],
)
def test_nothing_else_has_a_rough_reading(stated_as: str, value: str, unit: str, hedge: str) -> None:
    assert rough_interval(stated_as, value=Decimal(value), unit=unit, hedge=hedge) is None


def test_an_amount_that_was_set_has_no_rough_reading() -> None:
    assert rough_interval("$30 billion", value=30e9, unit="USD", hedge="exact", is_set=True) is None


def test_a_fragment_that_says_another_value_is_refused() -> None:
    with pytest.raises(PrecisionError, match="does not say 36 PERCENT"):
        read_interval("76 per cent", value=36, unit="PERCENT", hedge="exact")


def test_dollars_without_a_number_are_refused() -> None:
    with pytest.raises(PrecisionError, match="no number"):
        read_interval("a fortune", value=1e9, unit="USD", hedge="exact")


@pytest.mark.parametrize(("unit", "hedge"), [("BUSHELS", "exact"), ("PERCENT", "perhaps")])
def test_an_unknown_unit_or_hedge_is_refused(unit: str, hedge: str) -> None:
    with pytest.raises(PrecisionError, match="no precision for"):
        read_interval("76", value=76, unit=unit, hedge=hedge)


def contains(outer: PrintedInterval, inner: PrintedInterval) -> bool:
    return all(end is not None and outer.holds(end) for end in (inner.low, inner.high))


@given(st.integers(1, 10**6), st.integers(0, 4), HEDGES)
def test_a_value_lies_inside_its_own_interval(digits: int, places: int, hedge: str) -> None:
    number = Decimal(digits).scaleb(-places)
    interval = read_interval(f"${number:f} billion", value=number * BILLION, unit="USD", hedge=hedge)
    assert interval.holds(number * BILLION)


@given(st.integers(1, 10**6), st.integers(0, 4))
def test_about_widens_what_is_allowed(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    plain, hedged = (
        read_interval(f"{number:f} per cent", value=number, unit="PERCENT", hedge=hedge)
        for hedge in ("exact", "about")
    )
    assert contains(hedged, plain)


@given(st.integers(1, 10**6), st.integers(0, 6), st.sampled_from(["exact", "about"]))
def test_a_rough_reading_holds_all_that_the_printed_digits_allow(digits: int, zeros: int, hedge: str) -> None:
    number = Decimal(digits * 10**zeros)
    stated_as = f"${number:f}"
    printed = read_interval(stated_as, value=number, unit="USD", hedge=hedge)
    rough = rough_interval(stated_as, value=number, unit="USD", hedge=hedge)
    assert rough is None or contains(rough, printed)


@given(st.integers(2, 9), st.integers(1, 6), st.integers(-500, 500))
def test_one_digit_with_zeros_stands_for_half_a_unit_of_it_on_either_side(
    digit: int, zeros: int, thousandths: int
) -> None:
    size = Decimal(digit) * 10**zeros
    rough = rough_interval(f"${size:f}", value=size, unit="USD", hedge="exact")
    assert rough is not None
    assert rough.holds(size + Decimal(thousandths) / 1000 * 10**zeros)


@given(st.integers(1, 999), st.integers(0, 9))
def test_a_coarser_print_allows_all_that_a_finer_print_of_it_allows(tenths: int, hundredths: int) -> None:
    coarse = Decimal(tenths).scaleb(-1)
    fine = Decimal(tenths * 10).scaleb(-2)
    readings = [
        read_interval(f"${number:f} billion", value=number * BILLION, unit="USD", hedge="exact")
        for number in (coarse, fine)
    ]
    assert contains(*readings)
    exact = (coarse + Decimal(hundredths - 5).scaleb(-2)) * BILLION
    assert readings[0].holds(exact)

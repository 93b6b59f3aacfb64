"""Closeness: how exactly a figure agrees with a reference, and whether it is close enough to point to it.

A verdict takes a round amount or one whose last digit was cut, and says so; a search for what else a figure
may be takes its last printed digit alone, or it would always find something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.documents.precision import (
    ABOUT_WIDENS,
    HALF,
    LOWER_BOUND_HEDGES,
    MOST_ROUGH,
    SET_INDICATORS,
    UPPER_BOUND_HEDGES,
    PrecisionError,
    PrintedNumber,
    find_printed_number,
    is_roughly_read,
)
from etl.judge.references import Claim, Reference

# How far beyond a one-sided figure its true value may lie, as a share of it: nobody says "over 40" of 90. Set
# by hand: "over 40" reaches 50 by its tens, and larger figures with more digits a twentieth
# (test_a_lower_bound_is_no_label_of_a_value_far_above_it).
BEYOND_BOUND = Decimal("0.05")
# How a figure may agree, the most exact way first: the reasons of *supported*.
PRINTED_DIGIT = "within_printed_precision"
NON_ZERO_DIGIT = "within_last_nonzero_digit"
CUT_DIGIT = "last_digit_cut"
AGREEMENTS = (PRINTED_DIGIT, NON_ZERO_DIGIT, CUT_DIGIT)
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class CloseReading:
    """The size of a printed figure with the narrowest interval its digits allow; the sign is left out."""

    size: Decimal
    low: Decimal
    high: Decimal
    step: Decimal
    scale: Decimal
    digits: str

    @property
    def significant_digits(self) -> int:
        """How many digits are set: 2 in "13 billion", 3 in "68.0", 1 in "70"."""
        whole = self.digits.lstrip("0.")
        return len(whole.replace(".", "")) if "." in self.digits else len(whole.rstrip("0"))

    def holds(self, value: float) -> bool:
        """Whether the size of a value lies in the interval."""
        return self.low <= abs(Decimal(repr(value))) <= self.high

    def fits(self, reference: Reference) -> bool:
        """Whether a reference lies in the interval, or its own rounding holds the figure."""
        if self.holds(reference.obs_value):
            return True
        low, high = reference.obs_low, reference.obs_high
        # Both ends on one side of zero: sizes are compared, and the sign was held against the claim's before.
        if low is None or high is None or low * high < 0:
            return False
        return min(abs(low), abs(high)) <= self.size <= max(abs(low), abs(high))


def read_closely(claim: Claim) -> CloseReading:
    """The close reading of a claim; a number in words is taken as exact."""
    size = abs(Decimal(repr(claim.value)))
    printed = find_print(claim.stated_as, size=size, unit=claim.unit_measure)
    if printed is None:
        # "Five regiments": words count, and the half leaves room for a float.
        return CloseReading(size, size - HALF, size + HALF, Decimal(1), Decimal(1), f"{size.normalize():f}")
    low, high = _find_ends(size, printed, hedge=claim.hedge)
    return CloseReading(size, low, high, printed.printed_step, printed.scale, f"{printed.number:f}")


def find_print(stated_as: str, *, size: Decimal, unit: str) -> PrintedNumber | None:
    """The number in a fragment that says a size, whatever scales it; None where words say it."""
    try:
        return find_printed_number(stated_as, value=size, unit=unit)
    except PrecisionError:
        digits = _DIGITS.search(stated_as)
    number = Decimal(digits[0].replace(",", "")) if digits else Decimal(0)
    scale = size / number if number else Decimal(0)
    if digits is None or not _is_scale(scale):
        # Its number is in words beside other digits, as in "five S-400 regiments".
        # The step of the last digit that the value has, for none is printed.
        step = Decimal(1).scaleb(int(size.normalize().as_tuple().exponent))
        return PrintedNumber(size, Decimal(1), "", step, step)
    plain = find_printed_number(digits[0], value=number, unit=unit)
    return None if plain is None else _scale_print(plain, scale)


def find_agreement(claim: Claim, reference: Reference) -> str | None:
    """How a claim agrees with a reference: one of AGREEMENTS, the most exact that applies; None where not."""
    if claim.agrees_with(reference):
        return PRINTED_DIGIT
    is_alike = reference.unit_measure == claim.unit_measure and reference.obs_value * claim.value > 0
    return find_rough_agreement(claim, reference.obs_value) if is_alike else None


def find_rough_agreement(claim: Claim, value: float) -> str | None:
    """Whether the size of a value rounds to a round amount, or is cut to it instead of rounded."""
    printed = _find_rough_print(claim)
    if printed is None:
        return None
    size, exact = printed.size, abs(Decimal(repr(value)))
    ends = printed.find_rough_ends(hedge=claim.hedge)
    if ends is not None and ends[0] <= exact <= ends[1]:
        return NON_ZERO_DIGIT
    is_cut = size < exact < size + min(printed.printed_step, size * MOST_ROUGH)
    return CUT_DIGIT if is_cut and claim.hedge == "exact" else None


def find_rough_ends(claim: Claim) -> tuple[float, float] | None:
    """The least and the greatest value of the rougher reading of a claim; None where it has one alone."""
    printed = _find_rough_print(claim)
    ends = None if printed is None else printed.find_rough_ends(hedge=claim.hedge)
    if ends is None:
        return None
    low, high = float(ends[0]), float(ends[1])
    return (low, high) if claim.value >= 0 else (-high, -low)


def _find_rough_print(claim: Claim) -> PrintedNumber | None:
    """The number of an amount that a text may print roughly."""
    is_set = claim.indicator in SET_INDICATORS
    if is_set or not is_roughly_read(unit=claim.unit_measure, hedge=claim.hedge):
        return None
    return find_print(claim.stated_as, size=abs(Decimal(repr(claim.value))), unit=claim.unit_measure)


def fits_closely(claim: Claim, reference: Reference) -> bool:
    """Whether claim and reference agree at the last printed digit, in one unit and with one sign."""
    return claim.agrees_with(reference) and read_closely(claim).fits(reference)


def _find_ends(size: Decimal, printed: PrintedNumber, *, hedge: str) -> tuple[Decimal, Decimal]:
    beyond = max(printed.non_zero_step, size * BEYOND_BOUND)
    if hedge in LOWER_BOUND_HEDGES:
        return size, size + beyond
    if hedge in UPPER_BOUND_HEDGES:
        return size - beyond, size
    half_width = printed.printed_step * HALF * (ABOUT_WIDENS if hedge == "about" else 1)
    return size - half_width, size + half_width


def _scale_print(printed: PrintedNumber, scale: Decimal) -> PrintedNumber:
    return PrintedNumber(
        printed.number, scale, "", printed.printed_step * scale, printed.non_zero_step * scale
    )


def _is_scale(factor: Decimal) -> bool:
    """Whether words can scale by a factor: thousand, lakh, crore, lakh crore are all powers of ten."""
    return factor > 0 and factor.normalize().as_tuple().digits == (1,)

"""Printed precision: which values a figure allows, given how it is printed and how the text hedges it.

A measured amount is read at its last printed digit or at its last non-zero digit, whichever is kinder. Only
zeros left of the decimal point can be unset digits: nobody prints "36.0" without meaning the nought. What is
set rather than measured (a target, a tariff) and what is counted keep every digit they print.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.errors import FootnotedError
from etl.units import MILLION

MEASURED_UNITS = frozenset(
    {
        "USD",
        "INR",
        "PERCENT",
        "PERCENT_OF_TWO_WAY_TRADE",
        "PERCENTAGE_POINTS",
        "TIMES",
        "TIV_MILLIONS",
        "BARRELS",
        "BARRELS_PER_DAY",
        "TONNES",
    }
)
COUNTED_UNITS = frozenset({"UNITS", "BATTERIES", "REGIMENTS", "COUNT", "YEARS", "DAYS"})
# A text may print these in words alone: "half of", "threefold".
WORDED_UNITS = frozenset({"PERCENT", "PERCENT_OF_TWO_WAY_TRADE", "PERCENTAGE_POINTS", "TIMES"})
# Announced by someone, so that every digit was chosen.
SET_INDICATORS = frozenset({"trade_target", "tariff_rate"})
LOWER_BOUND_HEDGES = frozenset({"over", "at_least"})
UPPER_BOUND_HEDGES = frozenset({"under", "up_to"})
TWO_SIDED_HEDGES = frozenset({"exact", "about", "target"})
HALF = Decimal("0.5")

_SCALES = {
    "": Decimal(1),
    "thousand": Decimal(1_000),
    "lakh": Decimal(100_000),
    "million": MILLION,
    "mn": MILLION,
    "m": MILLION,
    "crore": Decimal(10_000_000),
    "billion": Decimal(1_000_000_000),
    "bn": Decimal(1_000_000_000),
    "trillion": Decimal(1_000_000_000_000),
}
_NUMBER_WORDS = {
    word: Decimal(number)
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
}
_SCALE_PATTERN = "|".join(sorted(filter(None, _SCALES), key=len, reverse=True))
_DIGITS = re.compile(
    rf"(?<![\d.,])(\d{{1,3}}(?:,\d{{2,3}})+|\d+)(\.\d+)?(?:[\s\u00a0-]*({_SCALE_PATTERN})\b)?", re.IGNORECASE
)
_WORDS = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})[\s\u00a0-]+({_SCALE_PATTERN})\b", re.IGNORECASE)


class PrecisionError(FootnotedError):
    """A printed figure that does not say the value recorded for it."""


@dataclass(frozen=True)
class Interval:
    """The values that a printed figure allows; an open end is None."""

    low: Decimal | None
    high: Decimal | None
    reading: str

    def holds(self, value: Decimal | float) -> bool:
        """Whether a value is allowed."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class PrintedNumber:
    """A number as printed: its digits, the word that scales it, and the steps it may be read at, scaled."""

    number: Decimal
    scale: Decimal
    scale_word: str
    printed_step: Decimal
    non_zero_step: Decimal

    @property
    def is_kinder_at_non_zero(self) -> bool:
        """Whether the last non-zero digit is coarser than the last printed one."""
        return self.non_zero_step > self.printed_step


def read_interval(
    stated_as: str, *, value: Decimal | float, unit: str, hedge: str, is_set: bool = False
) -> Interval:
    """The interval that print and hedge allow around a value, ends included.

    Raises: PrecisionError where the print says another value, or unit or hedge is unknown.
    """
    exact_value = _read_exact(value)
    _refuse_unknown(unit, hedge)
    printed = find_printed_number(stated_as, value=exact_value, unit=unit)
    if hedge in LOWER_BOUND_HEDGES:
        return Interval(exact_value, None, f"\u201c{stated_as}\u201d is a lower bound and has no upper one.")
    if hedge in UPPER_BOUND_HEDGES:
        return Interval(None, exact_value, f"\u201c{stated_as}\u201d is an upper bound and has no lower one.")
    is_rounded = (unit in MEASURED_UNITS or hedge == "about") and not (is_set or hedge == "target")
    half_width, how = _find_half_width(printed, unit=unit, is_rounded=is_rounded)
    if hedge == "about":
        half_width, how = half_width * 2, f"{how} and doubled, for it is hedged,"
    return _build_interval(stated_as, exact_value, half_width, how, printed)


def narrow_interval(stated_as: str, *, value: Decimal | float, unit: str, hedge: str) -> Interval | None:
    """The interval at the last printed digit where the kinder one is wider; None where there is one reading.

    Raises: PrecisionError as `read_interval` does.
    """
    exact_value = _read_exact(value)
    _refuse_unknown(unit, hedge)
    printed = find_printed_number(stated_as, value=exact_value, unit=unit)
    if hedge not in {"exact", "about"} or printed is None or not printed.is_kinder_at_non_zero:
        return None
    if unit in COUNTED_UNITS and hedge == "exact":
        return None
    half_width = printed.printed_step * HALF * (2 if hedge == "about" else 1)
    return _build_interval(stated_as, exact_value, half_width, "read at its last printed digit", printed)


def find_printed_number(stated_as: str, *, value: Decimal, unit: str) -> PrintedNumber | None:
    """The number in a fragment that says the value; None where the fragment has words instead of digits.

    Raises: PrecisionError where the fragment has digits and none of them say the value.
    """
    numbers = [_read_digits(match, unit=unit) for match in _DIGITS.finditer(stated_as)]
    if not numbers:
        numbers = [_read_words(match, unit=unit) for match in _WORDS.finditer(stated_as)]
        if not numbers and unit in MEASURED_UNITS - WORDED_UNITS:
            raise PrecisionError(
                f"{stated_as!r} has no number to read in {unit}. Choose the fragment that holds the figure."
            )
    for printed in numbers:
        if printed.number * printed.scale == value:
            return printed
    if numbers:
        raise PrecisionError(
            f"{stated_as!r} does not say {value.normalize():f} {unit}. "
            "Correct the value, or choose the fragment that holds the figure."
        )
    return None


def say_number(number: Decimal) -> str:
    """A number in plain digits, without noughts that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read_exact(value: Decimal | float) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _refuse_unknown(unit: str, hedge: str) -> None:
    if unit not in MEASURED_UNITS | COUNTED_UNITS:
        raise PrecisionError(f"no precision for the unit {unit!r}. Add it to etl/documents/precision.py.")
    if hedge not in LOWER_BOUND_HEDGES | UPPER_BOUND_HEDGES | TWO_SIDED_HEDGES:
        raise PrecisionError(f"no precision for the hedge {hedge!r}. Add it to etl/documents/precision.py.")


def _read_digits(match: re.Match[str], *, unit: str) -> PrintedNumber:
    whole, decimals, word = match[1].replace(",", ""), match[2] or "", (match[3] or "").lower()
    number, scale = Decimal(whole + decimals), _find_scale(word, unit=unit)
    printed_step = Decimal(1).scaleb(-max(len(decimals) - 1, 0))
    unset_digits = 0 if decimals else len(whole) - len(whole.rstrip("0"))
    non_zero_step = Decimal(1).scaleb(unset_digits) if unset_digits < len(whole) else printed_step
    return PrintedNumber(
        number, scale, word, printed_step * scale, (printed_step if decimals else non_zero_step) * scale
    )


def _read_words(match: re.Match[str], *, unit: str) -> PrintedNumber:
    scale = _find_scale(match[2].lower(), unit=unit)
    return PrintedNumber(_NUMBER_WORDS[match[1].lower()], scale, match[2].lower(), scale, scale)


def _find_scale(word: str, *, unit: str) -> Decimal:
    scale = _SCALES[word]
    return scale / MILLION if unit == "TIV_MILLIONS" and word else scale


def _find_half_width(printed: PrintedNumber | None, *, unit: str, is_rounded: bool) -> tuple[Decimal, str]:
    if printed is None:
        return HALF, "printed in words, taken as exact,"
    if is_rounded and printed.is_kinder_at_non_zero:
        return printed.non_zero_step * HALF, "read at its last non-zero digit"
    if unit in COUNTED_UNITS and not is_rounded:
        return HALF, "a count, taken as exact,"
    return printed.printed_step * HALF, "read at its last printed digit"


def _build_interval(
    stated_as: str, value: Decimal, half_width: Decimal, how: str, printed: PrintedNumber | None
) -> Interval:
    low, high = value - half_width, value + half_width
    scale = printed.scale if printed else Decimal(1)
    word = f" {printed.scale_word}" if printed and printed.scale_word else ""
    allowed = f"{say_number(low / scale)} to {say_number(high / scale)}{word}"
    return Interval(low, high, f"\u201c{stated_as}\u201d {how} allows {allowed}.")

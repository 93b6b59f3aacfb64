"""Printed precision: which values a figure allows, given how it is printed and how the text hedges it.

A figure is read at its last printed digit: "76 per cent" allows 75.5 to 76.5, "40 per cent" 39.5 to 40.5
and "$70 billion" 69.5 to 70.5. An amount (of money, of goods, of arms) whose number ends in zeros has a
rougher reading beside it, at its last non-zero digit: "$70 billion" may stand for all that rounds to it, 65
to 75. Only zeros left of the decimal point can be unset digits: nobody prints "36.0" without meaning the
nought. Without a rougher reading are percentages, changes, and what is set rather than measured (a target,
a tariff); a count has one where it is hedged ("about 300 missiles"). A share printed as a simple fraction
("two thirds") is read as what is nearer to that than to the next one. Number words, scales and fractions
are those of all lexicons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from etl.documents.lexicon import DEFAULT_LANGUAGE, Lexicon, flatten, join_words, list_languages, load_lexicon
from etl.errors import FootnotedError
from etl.units import MILLION
from etl.vocabulary.currencies import CURRENCIES

MEASURED_UNITS = frozenset(
    {
        *CURRENCIES,
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
# Of these a text may leave digits unset: "$70 billion" for 68.7.
AMOUNT_UNITS = frozenset({*CURRENCIES, "TIV_MILLIONS", "BARRELS", "BARRELS_PER_DAY", "TONNES"})
# Counted one by one: "5 regiments" is no rounding of 4.6.
COUNTED_UNITS = frozenset({"UNITS", "BATTERIES", "REGIMENTS", "COUNT", "YEARS", "DAYS"})
# A text may print these in words alone: "half of", "threefold".
WORDED_UNITS = frozenset({"PERCENT", "PERCENT_OF_TWO_WAY_TRADE", "PERCENTAGE_POINTS", "TIMES"})
# Announced by someone, so that every digit was chosen.
SET_INDICATORS = frozenset({"trade_target", "tariff_rate"})
LOWER_BOUND_HEDGES = frozenset({"over", "at_least"})
UPPER_BOUND_HEDGES = frozenset({"under", "up_to"})
TWO_SIDED_HEDGES = frozenset({"exact", "about", "target"})
# Print is rounded to the nearest: half a step on either side.
HALF = Decimal("0.5")
# "About" is given twice the room that the digits have: a choice of this project, said with every reading.
ABOUT_WIDENS = 2
ROUGH_HEDGES = frozenset({"exact", "about"})
# Rounding to one digit never moves a number by more than half of it: "$1 billion" is no way to say 1.9.
MOST_ROUGH = Decimal("0.5")
# Below a power of ten numbers have a digit less, so that 95 to 150 round to 100.
DIGIT_LESS = 10

SHARE_UNITS = frozenset({"PERCENT", "PERCENT_OF_TWO_WAY_TRADE"})
# Fractions that a text may choose from, in per cent; it takes the one that is nearest.
SIMPLE_FRACTIONS = (
    (Decimal(0), "nothing"),
    (Decimal(10), "a tenth"),
    (Decimal(20), "a fifth"),
    (Decimal(25), "a quarter"),
    (Decimal(100) / 3, "a third"),
    (Decimal(50), "half"),
    (Decimal(200) / 3, "two thirds"),
    (Decimal(75), "three quarters"),
    (Decimal(80), "four fifths"),
    (Decimal(90), "nine tenths"),
    (Decimal(100), "all"),
)
HUNDREDTH = Decimal("0.01")


class PrecisionError(FootnotedError):
    """A printed figure that does not say the value recorded for it."""


@dataclass(frozen=True)
class PrintedInterval:
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

    @property
    def size(self) -> Decimal:
        """What the number says, scaled."""
        return self.number * self.scale

    def find_rough_ends(self, *, hedge: str) -> tuple[Decimal, Decimal] | None:
        """The least and greatest size that round to it at its last non-zero digit; None without zeros."""
        if not self.is_kinder_at_non_zero:
            return None
        above = self.non_zero_step * HALF * (ABOUT_WIDENS if hedge == "about" else 1)
        below = above / DIGIT_LESS if self.size == self.non_zero_step else above
        most = self.size * MOST_ROUGH
        return self.size - min(below, most), self.size + min(above, most)


@dataclass(frozen=True)
class PrintForms:
    """How one language prints numbers, scales and fractions."""

    lexicon: Lexicon
    digits: re.Pattern[str]
    words: re.Pattern[str]
    fractions: re.Pattern[str]


def read_interval(
    stated_as: str, *, value: Decimal | float, unit: str, hedge: str, is_set: bool = False
) -> PrintedInterval:
    """The interval that print and hedge allow around a value, ends included.

    Raises: PrecisionError where the print says another value, or unit or hedge is unknown.
    """
    exact_value = _read_exact(value)
    _refuse_unknown(unit, hedge)
    printed = find_printed_number(stated_as, value=exact_value, unit=unit)
    if hedge in LOWER_BOUND_HEDGES:
        return PrintedInterval(
            exact_value, None, f"\u201c{stated_as}\u201d is a lower bound and has no upper one."
        )
    if hedge in UPPER_BOUND_HEDGES:
        return PrintedInterval(
            None, exact_value, f"\u201c{stated_as}\u201d is an upper bound and has no lower one."
        )
    # A target of "half" was chosen as half; a share of "half" was measured and said roughly.
    if printed is None and not (is_set or hedge == "target"):
        worded = _read_worded(stated_as, exact_value, unit=unit, hedge=hedge)
        if worded is not None:
            return worded
    half_width, how = _find_half_width(printed, unit=unit, hedge=hedge)
    if hedge == "about":
        half_width, how = half_width * ABOUT_WIDENS, f"{how} and doubled, for it is hedged,"
    return _build_interval(stated_as, exact_value - half_width, exact_value + half_width, how, printed)


def rough_interval(
    stated_as: str, *, value: Decimal | float, unit: str, hedge: str, is_set: bool = False
) -> PrintedInterval | None:
    """The wider interval at the last non-zero digit of an amount; None where there is one reading alone.

    Raises: PrecisionError as `read_interval` does.
    """
    exact_value = _read_exact(value)
    _refuse_unknown(unit, hedge)
    printed = find_printed_number(stated_as, value=exact_value, unit=unit)
    if printed is None or is_set or not is_roughly_read(unit=unit, hedge=hedge):
        return None
    ends = printed.find_rough_ends(hedge=hedge)
    if ends is None:
        return None
    how = "read at its last non-zero digit"
    how = f"{how} and doubled, for it is hedged," if hedge == "about" else how
    return _build_interval(stated_as, *ends, how, printed)


def is_roughly_read(*, unit: str, hedge: str) -> bool:
    """Whether zeros at the end of such a figure may be digits that were not set."""
    return hedge in ROUGH_HEDGES and (unit in AMOUNT_UNITS or (unit in COUNTED_UNITS and hedge == "about"))


def find_printed_number(stated_as: str, *, value: Decimal, unit: str) -> PrintedNumber | None:
    """The number in a fragment that says the value; None where the fragment says it in other words.

    Raises: PrecisionError where the fragment has a number and none of its numbers say the value.
    """
    has_number = False
    for printed, is_plain in _list_printed(flatten(stated_as), unit):
        if printed.number * printed.scale == value:
            return printed
        # "Two decades" has a number word and says no figure; digits always say one.
        has_number = has_number or is_plain
    if has_number:
        raise PrecisionError(
            f"{stated_as!r} does not say {value.normalize():f} {unit}. "
            "Correct the value, or choose the fragment that holds the figure."
        )
    if unit in MEASURED_UNITS - WORDED_UNITS:
        raise PrecisionError(
            f"{stated_as!r} has no number to read in {unit}. Choose the fragment that holds the figure."
        )
    return None


def format_number(number: Decimal) -> str:
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


def _list_printed(plain: str, unit: str) -> Iterator[tuple[PrintedNumber, bool]]:
    """Every number of a fragment in every language, and whether it is one beyond doubt.

    A number word alone may be part of something else: "two decades", "two thirds".
    """
    for forms in _list_forms():
        for match in forms.digits.finditer(plain):
            yield _read_match(match, forms.lexicon, unit=unit), True
        for match in forms.words.finditer(plain):
            if forms.lexicon.read_number(match["number"]) is not None:
                yield _read_match(match, forms.lexicon, unit=unit), match["scale"] is not None


@lru_cache(maxsize=1)
def _list_forms() -> tuple[PrintForms, ...]:
    others = [language for language in list_languages() if language != DEFAULT_LANGUAGE]
    return tuple(_compile_forms(load_lexicon(language)) for language in (DEFAULT_LANGUAGE, *others))


def _compile_forms(lexicon: Lexicon) -> PrintForms:
    scale = rf"(?:[ -]*(?P<scale>{lexicon.scale_pattern}))?"
    digits = rf"(?<![\d.,])(?P<number>{lexicon.digits_pattern}){scale}"
    text = rf"\b(?P<number>{lexicon.words_pattern})\b{scale}"
    fractions = rf"\b{join_words(lexicon.entries['fractions'])}(?!\w)"
    return PrintForms(
        lexicon,
        lexicon.compile(digits, used="digits"),
        lexicon.compile(text, used="numbers"),
        lexicon.compile(fractions, used="fractions"),
    )


def _read_match(match: re.Match[str], lexicon: Lexicon, *, unit: str) -> PrintedNumber:
    number, word = lexicon.read_number(match["number"]) or Decimal(0), match["scale"] or ""
    # TIV is counted in millions by its publisher, so "5,015 million TIV" scales by one.
    scale = lexicon.read_scale(word) / (MILLION if unit == "TIV_MILLIONS" and word else 1)
    digits = f"{number:f}"
    places = len(digits.partition(".")[2])
    # Nobody prints "36.0" without meaning the nought; "$70 billion" may stand for 68.7.
    unset_digits = 0 if places else len(digits) - len(digits.rstrip("0"))
    printed_step = Decimal(1).scaleb(-places)
    non_zero_step = Decimal(1).scaleb(unset_digits) if 0 < unset_digits < len(digits) else printed_step
    return PrintedNumber(number, scale, word.lower(), printed_step * scale, non_zero_step * scale)


def _read_worded(stated_as: str, value: Decimal, *, unit: str, hedge: str) -> PrintedInterval | None:
    """A simple fraction or a multiple in words; None for other words."""
    if unit == "TIMES" and value > 0:
        return _read_multiple(stated_as, value, hedge=hedge)
    if unit not in SHARE_UNITS:
        return None
    plain = flatten(stated_as)
    for forms in _list_forms():
        found = forms.fractions.search(plain)
        fraction = None if found is None else forms.lexicon.read_words("fractions", found[0])
        # 33.33 and 33.3333 are both a third.
        if fraction is not None and abs(fraction - value) < HALF:
            return _read_fraction(stated_as, fraction)
    return None


def _read_fraction(stated_as: str, fraction: Decimal) -> PrintedInterval:
    # Half a point apart at least, so that a third is not its own neighbour.
    below = max(one for one in SIMPLE_FRACTIONS if one[0] < fraction - HALF)
    above = min(one for one in SIMPLE_FRACTIONS if one[0] > fraction + HALF)
    low, high = (((fraction + end) / 2).quantize(HUNDREDTH) for end, _ in (below, above))
    ends = f"{format_number(low)} to {format_number(high)}"
    allowed = f"allows {ends}, nearer to it than to {below[1]} or {above[1]}."
    return PrintedInterval(low, high, f"\u201c{stated_as}\u201d is a simple fraction and {allowed}")


def _read_multiple(stated_as: str, value: Decimal, *, hedge: str) -> PrintedInterval:
    """Half a time around "threefold"; "halved" is the same of its reverse."""
    half_width = HALF * (ABOUT_WIDENS if hedge == "about" else 1)
    hedged = " and doubled, for it is hedged," if hedge == "about" else ""
    low, high = value - half_width, value + half_width
    if value < 1:
        low, high = ((1 / (1 / value + end)).quantize(HUNDREDTH) for end in (half_width, -half_width))
    how = (
        f"printed in words, read to half a time{hedged} allows {format_number(low)} to {format_number(high)}."
    )
    return PrintedInterval(low, high, f"\u201c{stated_as}\u201d {how}")


def _find_half_width(printed: PrintedNumber | None, *, unit: str, hedge: str) -> tuple[Decimal, str]:
    if printed is None:
        return HALF, "printed in words, taken as exact,"
    if unit in COUNTED_UNITS and hedge != "about":
        return HALF, "a count, taken as exact,"
    return printed.printed_step * HALF, "read at its last printed digit"


def _build_interval(
    stated_as: str, low: Decimal, high: Decimal, how: str, printed: PrintedNumber | None
) -> PrintedInterval:
    scale = printed.scale if printed else Decimal(1)
    word = f" {printed.scale_word}" if printed and printed.scale_word else ""
    allowed = f"{format_number(low / scale)} to {format_number(high / scale)}{word}"
    return PrintedInterval(low, high, f"\u201c{stated_as}\u201d {how} allows {allowed}.")

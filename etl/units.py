"""Numbers and units: reading a printed number strictly, and saying a value as a reader would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.errors import FootnotedError
from etl.vocabulary.currencies import OTHER_CURRENCIES

MILLION = Decimal(1_000_000)
THOUSAND = 1_000
# Beyond any amount that is counted here; a float would lose whole dollars.
LARGEST = Decimal(10) ** 15
# A width that a float has made a little narrower than the digit it is.
_TOLERANCE = 1e-9
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_AMOUNTS = {
    "INR": "rupees",
    "LOCAL_CURRENCY": "in local currency",
    "USD_CONSTANT": "constant US dollars",
    "USD_PER_CAPITA": "US dollars per head",
    "USD_PER_TONNE": "US dollars a tonne",
    **OTHER_CURRENCIES,
}
_COUNTED = {
    "UNITS": ("unit", "units"),
    "BATTERIES": ("battery", "batteries"),
    "REGIMENTS": ("regiment", "regiments"),
    "TIMES": ("time", "times"),
    "PERCENTAGE_POINTS": ("percentage point", "percentage points"),
    "HHI_POINTS": ("point", "points"),
    "BARRELS": ("barrel", "barrels"),
    "BARRELS_PER_DAY": ("barrel a day", "barrels a day"),
    "TONNES": ("tonne", "tonnes"),
    "COUNT": ("", ""),
    "RANK": ("", ""),
    "YEARS": ("year", "years"),
    "DAYS": ("day", "days"),
}


class NumberError(FootnotedError):
    """A text that is not a plain finite number."""


def read_number(text: str) -> Decimal:
    """A finite number from plain digits, exactly as printed.

    Raises: NumberError for anything else, thousands separators, NaN and infinity among it.
    """
    stripped = text.strip()
    if not _PLAIN_NUMBER.fullmatch(stripped):
        raise NumberError(f"{text!r} is not a plain number.")
    number = Decimal(stripped)
    if abs(number) > LARGEST:
        raise NumberError(f"{text!r} is not a plain number of a size that can be meant.")
    return number


def read_millions(text: str) -> Decimal:
    """A number printed in millions, in the base unit.

    Raises: NumberError where the text is not a number.
    """
    return read_number(text) * MILLION


@dataclass(frozen=True)
class _Form:
    """How values of one size and unit are written: signs before and after, the scale, and the decimals."""

    before: str
    scale: float
    decimals: int
    after: str

    @property
    def step(self) -> float:
        """The last digit in the base unit."""
        return self.scale / 10.0**self.decimals

    def write(self, value: float, *, more_decimals: int = 0) -> str:
        """A value in this form, its zeros at the end kept."""
        sign = "\u2212" if value < 0 else ""
        number = f"{abs(value) / self.scale:,.{self.decimals + more_decimals}f}"
        return f"{sign}{self.before}{number}{self.after}"


def format_value(value: float | None, unit: str) -> str:
    """A value as a reader says it: "$68.7 bn", "76%", "13,856 million TIV".

    Raises: NumberError for a unit that has no words.
    """
    if value is None:
        return "not available"
    form = _find_form(abs(value), unit)
    (text,) = _drop_zeros([form.write(value)], after=form.after)
    return text


def format_ends(low: float, high: float, unit: str) -> tuple[str, str] | None:
    """The ends of an interval, with a digit more than a value has where they lie close together.

    None where the interval is narrower than the last digit that a value is said with: it would not show.
    Raises: NumberError for a unit that has no words.
    """
    form = _find_form(max(abs(low), abs(high)), unit)
    width = (high - low) * (1 + _TOLERANCE)
    if width < form.step:
        return None
    more_decimals = 1 if width < 10 * form.step else 0
    texts = [form.write(end, more_decimals=more_decimals) for end in (low, high)]
    first, second = _drop_zeros(texts, after=form.after)
    return first, second


def _find_form(size: float, unit: str) -> _Form:
    if unit == "USD":
        return _find_dollars(size)
    if unit in _AMOUNTS:
        return _Form("", 1, 0 if size >= THOUSAND else 2, f" {_AMOUNTS[unit]}")
    if unit.startswith("PERCENT") and unit not in _COUNTED:
        return _Form("", 1, 1, "%")
    if unit == "AS_NAMED":
        return _Form("", 1, 2, "")
    if unit == "TIV_MILLIONS":
        return _Form("", 1, 0 if size >= 10 else 2, " million TIV")
    if unit in _COUNTED:
        word = _COUNTED[unit][0 if size == 1 else 1]
        return _Form("", 1, 0 if size >= THOUSAND else 1, f" {word}" if word else "")
    raise NumberError(f"no words for the unit {unit!r}.")


def _find_dollars(size: float) -> _Form:
    for scale, name in ((1e9, "bn"), (1e6, "m")):
        if size >= scale * 0.9995:
            return _Form("$", scale, 1 if size / scale >= 20 else 2, f" {name}")
    return _Form("$", 1, 0, "")


def _drop_zeros(texts: list[str], *, after: str) -> list[str]:
    """Numbers without the zeros after the point that all of them end in."""
    numbers = [text.removesuffix(after) for text in texts]
    while all("." in number and number[-1] in "0." for number in numbers):
        numbers = [number[:-1] for number in numbers]
    return [f"{number}{after}" for number in numbers]

"""Numbers and units: reading a printed number strictly, and saying a value as a reader would."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.errors import FootnotedError

MILLION = Decimal(1_000_000)
THOUSAND = 1_000
# Beyond any amount that is counted here; a float would lose whole dollars.
LARGEST = Decimal(10) ** 15
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_AMOUNTS = {
    "INR": "rupees",
    "LOCAL_CURRENCY": "in local currency",
    "USD_CONSTANT": "constant US dollars",
    "USD_PER_CAPITA": "US dollars per head",
}
_COUNTED = {
    "UNITS": ("unit", "units"),
    "BATTERIES": ("battery", "batteries"),
    "REGIMENTS": ("regiment", "regiments"),
    "TIMES": ("time", "times"),
    "PERCENTAGE_POINTS": ("percentage point", "percentage points"),
    "BARRELS": ("barrel", "barrels"),
    "BARRELS_PER_DAY": ("barrel a day", "barrels a day"),
    "TONNES": ("tonne", "tonnes"),
    "COUNT": ("", ""),
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


def say_value(value: float | None, unit: str) -> str:
    """A value as a reader says it: "$68.7 bn", "76%", "13,856 million TIV".

    Raises: NumberError for a unit that has no words.
    """
    if value is None:
        return "not available"
    sign, size = ("\u2212" if value < 0 else ""), abs(value)
    if unit == "USD":
        return sign + _say_dollars(size)
    if unit in _AMOUNTS:
        return f"{sign}{_trim(size, 0 if size >= 1000 else 2)} {_AMOUNTS[unit]}"
    if unit.startswith("PERCENT") and unit not in _COUNTED:
        return f"{sign}{_trim(size, 1)}%"
    if unit == "AS_NAMED":
        return f"{sign}{_trim(size, 2)}"
    if unit == "TIV_MILLIONS":
        return f"{sign}{_trim(size, 0 if size >= 10 else 2)} million TIV"
    if unit in _COUNTED:
        one, many = _COUNTED[unit]
        return f"{sign}{_trim(size, 0 if size >= THOUSAND else 1)} {one if size == 1 else many}".strip()
    raise NumberError(f"no words for the unit {unit!r}.")


def _say_dollars(size: float) -> str:
    for scale, name in ((1e9, "bn"), (1e6, "m")):
        if size >= scale * 0.9995:
            scaled = size / scale
            return f"${_trim(scaled, 1 if scaled >= 20 else 2)} {name}"
    return f"${_trim(size, 0)}"


def _trim(size: float, decimals: int) -> str:
    text = f"{size:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

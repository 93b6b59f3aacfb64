"""Printed numbers with thousands separators, in Western or Indian groups."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.reading import InputRow
from etl.units import LARGEST, NumberError

# Whole groups only: in "1.903,06" or "19,03,6" the separator may be a decimal sign, and a guess would be
# wrong by a factor of a thousand.
_GROUPED = re.compile(
    r"[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d+)?",
    re.ASCII,
)


def read_grouped_number(text: str) -> Decimal:
    """A finite number such as 1903.06, 1,903.06 or 4,65,580.98.

    Raises: NumberError for anything else, a decimal comma or a group of the wrong length among it.
    """
    stripped = text.strip()
    if not _GROUPED.fullmatch(stripped):
        raise NumberError(f"{text!r} is not a number with a decimal point and whole groups of digits.")
    number = Decimal(stripped.replace(",", ""))
    if abs(number) > LARGEST:
        raise NumberError(f"{text!r} is not a number of a size that can be meant.")
    return number


def read_grouped_amount(row: InputRow, column: str, *, floor: int | None = 0) -> Decimal:
    """The number in a cell, not below the floor.

    Raises: RowProblemError where it is no such number.
    """
    try:
        number = read_grouped_number(row.require(column))
    except NumberError as error:
        raise row.refuse(
            column,
            reason="not_a_number",
            problem="not a plain number",
            remedy="Write digits with a decimal point; leave the cell empty where nothing was reported.",
        ) from error
    return row.hold_above(column, number, floor=floor)

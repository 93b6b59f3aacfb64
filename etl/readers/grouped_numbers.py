"""Printed numbers with thousands separators, in Western or Indian groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from etl.reading import InputRow
from etl.units import LARGEST, NumberError

# Whole groups only: in "1.903,06" or "19,03,6" the separator may be a decimal sign, and a guess would be
# wrong by a factor of a thousand.
_GROUPED = re.compile(
    r"[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d+)?",
    re.ASCII,
)
_PLAIN_THOUSANDS = re.compile(r"[1-9]\d{3,}(?:\.\d+)?", re.ASCII)


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


def holds_plain_thousands(rows: Iterable[InputRow], columns: Iterable[str]) -> bool:
    """Whether some number of a thousand or more stands without separators, so that none of them has any."""
    named = tuple(columns)
    return any(_PLAIN_THOUSANDS.fullmatch(row.cells[column].strip()) for row in rows for column in named)


def check_grouping(row: InputRow, column: str) -> None:
    """Refuse groups of digits without a decimal point among numbers that are not grouped.

    The comma of "585,848" may then be a decimal sign: a text that a spreadsheet did not take for a number.
    """
    if "," in row.cells[column] and "." not in row.cells[column]:
        raise row.refuse(
            column,
            reason="text_among_numbers",
            problem="a comma where the other numbers have none: whether it parts thousands is not said",
            remedy="Compare with the publisher's own file, and write digits with a decimal point.",
        )


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

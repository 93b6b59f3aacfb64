"""Numbers that a spreadsheet wrote with decimal commas, in a text whose cells are parted by other signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A point before three digits may part groups, and so may a comma.
_DECIMAL_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+", re.ASCII)
_MAY_BE_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_DECIMAL_POINT = re.compile(r"[+-]?\d+\.(?:\d{1,2}|\d{4,})|[+-]?0\.\d+", re.ASCII)
_POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)


def write_decimal_points(rows: Sequence[list[str]], *, delimiter: str) -> list[list[str]]:
    """The cells with decimal points; as they are in a text parted by commas, or where it is not sure.

    One cell that no grouping explains proves decimal commas, such as "8,5" or "1.234,5"; one with a decimal
    point, such as "8.5", disproves them.
    """
    cells = {cell.strip() for row in rows for cell in row}
    written = {cell for cell in cells if _DECIMAL_COMMA.fullmatch(cell)}
    is_proven = any(not _MAY_BE_GROUPS.fullmatch(cell) for cell in written)
    if delimiter == "," or not is_proven or any(_DECIMAL_POINT.fullmatch(cell) for cell in cells):
        return list(rows)
    has_groups = any("." in cell for cell in written)

    def convert(cell: str) -> str:
        stripped = cell.strip()
        if stripped in written:
            return stripped.replace(".", "").replace(",", ".")
        return stripped.replace(".", "") if has_groups and _POINT_GROUPS.fullmatch(stripped) else cell

    return [[convert(cell) for cell in row] for row in rows]

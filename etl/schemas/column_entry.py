"""Lines of the data dictionary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnEntry:
    """One line of the data dictionary; `codes` are the only values of the column, where it has such."""

    table: str
    column: str
    type: str
    unit: str
    nullable: bool
    description: str
    codes: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None

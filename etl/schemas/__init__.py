"""One pandera model per table of a snapshot; names and columns are a public contract.

`table` is what every model has: columns with unit and description, a key, a check that names the row. The
other modules are one table each, and `TABLES` below lists them by name: builds check against it, exports
and the data dictionary are written from it.

Each model is `etl/schemas/<table>.py`, read when its table is asked for: the names alone need no pandera.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from etl.schemas.column_entry import ColumnEntry

if TYPE_CHECKING:
    from etl.schemas.table import Table


class TableModels(Mapping[str, "type[Table]"]):
    """The model of each table by the table's name, imported on first use."""

    _names = (
        "observations",
        "documents",
        "claims",
        "verdicts",
        "disagreements",
        "deals",
        "milestones",
        "sources",
        "dossiers",
        "areas",
        "quarantine",
    )

    def __getitem__(self, name: str) -> type[Table]:
        if name not in self._names:
            raise KeyError(name)
        model: type[Table] = getattr(import_module(f"etl.schemas.{name}"), name.capitalize())
        return model

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


TABLES = TableModels()

__all__ = ["TABLES", "ColumnEntry", "describe_tables"]


def describe_tables() -> list[ColumnEntry]:
    """The data dictionary: every column of every table with its type, unit and description."""
    return [entry for name, table in TABLES.items() for entry in table.describe_columns(name)]

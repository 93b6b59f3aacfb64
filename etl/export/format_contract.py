"""What every format module gives: FORMAT, and a way to write rows or a whole release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

import polars as pl

from etl.errors import FootnotedError
from etl.export.release import Release

# The same rows must give the same bytes: where a format writes when it was made, it writes this.
# 1980 is the earliest year that a zip file can write.
FIXED_TIME = datetime(1980, 1, 1, tzinfo=UTC)


class ExportFormatError(FootnotedError):
    """A format that nothing writes, or rows that a format cannot hold."""


@dataclass(frozen=True)
class ExportFormat:
    """One way to take data away.

    `tables` are the tables it can write, one file each; None stands for all of them. A format of the whole
    snapshot has no tables but a `stem`, the name of its one file.
    """

    name: str
    suffix: str
    media_type: str
    title: str
    tables: tuple[str, ...] | None = None
    stem: str | None = None

    def name_file(self, table: str | None = None) -> str:
        """The name of the file that holds a table, or the whole."""
        return f"{self.stem or table}.{self.suffix}"

    def holds(self, table: str) -> bool:
        """Whether it has a file for a table."""
        return self.stem is None and (self.tables is None or table in self.tables)


@runtime_checkable
class RowsFormat(Protocol):
    """A module under etl/export/formats/ that writes the rows of one table."""

    FORMAT: ExportFormat

    def write_rows(self, rows: pl.DataFrame) -> bytes:
        """The rows as a file."""


@runtime_checkable
class WholeFormat(Protocol):
    """A module under etl/export/formats/ that writes what a whole snapshot holds."""

    FORMAT: ExportFormat

    def write_release(self, release: Release) -> bytes:
        """The release as one file."""


FormatModule = RowsFormat | WholeFormat

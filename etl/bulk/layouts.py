"""What a bulk layout is: how its header is known, what its blocks give, what its output means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import polars as pl

from etl.bulk.areas import AreaTable
from etl.bulk.blocks import Block, BulkHeader
from etl.errors import InputError, Place

# Columns of a block of flows that lead to its output and are not part of it.
KEY, LINE_OF_FLOW, YEAR = "key", "line", "year"
# Each year is a folder of the output: a code or a value in the year's column must not make thousands.
EARLIEST_YEAR, LATEST_YEAR = 1962, 2100
# Columns of row numbers that other programs put before or behind a table.
UNNAMED = re.compile(r"(other )?column [0-9]+")


@dataclass(frozen=True)
class BulkColumn:
    """One column of the output: its type, its unit and what it holds."""

    dtype: type[pl.DataType]
    unit: str
    description: str


@dataclass(frozen=True)
class BlockContext:
    """What reading a block needs to know of its file."""

    file: str
    header: BulkHeader
    areas: AreaTable
    restore_zeros: bool


@dataclass(frozen=True)
class BlockRead:
    """What a block gave: flows with their year, key and line, and the rows set aside.

    Lines are counted from 0 at the block's first, until `count_from` counts them through the file.
    `lines` counts the block's lines, `rows_read` those of them that are not blank.
    `codes_restored` counts product codes that got back a zero a spreadsheet ate; `has_leading_zeros` says
    that the block holds product codes whose zero was never eaten.
    """

    flows: pl.DataFrame
    quarantine: pl.DataFrame
    lines: int
    rows_read: int
    codes_restored: int = 0
    has_leading_zeros: bool = False

    def count_from(self, first_line: int) -> BlockRead:
        """The same with the lines of a block whose first has this number in its file."""
        flows = self.flows.with_columns(pl.col(LINE_OF_FLOW) + pl.lit(first_line, pl.UInt32))
        quarantine = self.quarantine
        if not quarantine.is_empty():
            quarantine = quarantine.with_columns(pl.col("line") + first_line)
        return replace(self, flows=flows, quarantine=quarantine)


@dataclass(frozen=True)
class BulkLayout:
    """One layout of bulk files: its names (lower case), how a block is read, and the output's columns.

    `required` names are always there; `optional` ones are read where they are, and `unread` ones are known.
    The names of each series in `in_order` stand in its order: exchanged ones would give every flow another's
    side, value or flag, unseen. `area_columns` gives the output's area columns by the column of their numeric
    codes. What `pack` leaves out of flows that wait to be sorted, `unpack` gives back from their keys.
    """

    layout: str
    title: str
    required: frozenset[str]
    optional: frozenset[str]
    unread: frozenset[str]
    in_order: tuple[tuple[str, ...], ...]
    rename: Callable[[str], str]
    columns: Mapping[str, BulkColumn]
    area_columns: Mapping[str, str]
    counts_totals: bool
    read_block: Callable[[Block, BlockContext], BlockRead]
    pack: Callable[[pl.DataFrame], pl.DataFrame]
    unpack: Callable[[pl.DataFrame], pl.DataFrame]

    def find_header(self, headers: list[BulkHeader]) -> BulkHeader | None:
        """The reading of a header line that has this layout's names, renamed to them."""
        for header in headers:
            names = tuple(self.rename(name) for name in header.names)
            if self.required <= set(names) and len(set(names)) == len(names):
                return BulkHeader(header.line, header.delimiter, names)
        return None

    def check_header(self, header: BulkHeader, *, file: str) -> None:
        """Whether the header keeps the publisher's names and order where they matter.

        A name that nobody knows may be that of a column which is missing, misspelt: its flags would be lost.
        Raises: InputError where it does not.
        """
        for series in self.in_order:
            present = [name for name in series if name in header.names]
            for first, second in pairwise(present):
                if header.names.index(first) > header.names.index(second):
                    raise InputError(
                        Place(file, header.line, first),
                        problem=f"the column stands behind {second}, unlike in any file of its publisher",
                        remedy="Restore the publisher's order of columns.",
                    )
        known = self.required | self.optional | self.unread
        strange = [name for name in header.names if name not in known and not UNNAMED.fullmatch(name)]
        missing = sorted(self.optional - set(header.names))
        if strange and missing:
            raise InputError(
                Place(file, header.line, strange[0]),
                problem=f"no column of this layout, of which {', '.join(missing[:4])} are missing",
                remedy="Restore the publisher's names, or remove the column.",
            )

    def complete(self, flows: pl.DataFrame, areas: AreaTable) -> pl.DataFrame:
        """Flows in the output's columns, areas added by their codes."""
        found = [areas.take(flows[code]).alias(name) for name, code in self.area_columns.items()]
        return flows.with_columns(found).select(
            pl.col(name).cast(column.dtype) for name, column in self.columns.items()
        )

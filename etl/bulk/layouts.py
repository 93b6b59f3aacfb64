"""What a bulk layout is: how its header is known, what its blocks give, what its output means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from etl.bulk.areas import AreaTable
from etl.bulk.blocks import Block, Header
from etl.errors import InputError, Place

# Columns of a block of flows that lead to its output and are not part of it.
KEY, LINE_OF_FLOW, YEAR = "key", "line", "year"
EARLIEST_YEAR, LATEST_YEAR = 1962, 2100


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
    header: Header
    areas: AreaTable
    restore_zeros: bool


@dataclass(frozen=True)
class BlockRead:
    """What a block gave: flows with their year, key and line, and the rows set aside.

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


@dataclass(frozen=True)
class BulkLayout:
    """One layout of bulk files: required names (lower case), how a block is read, and the output's columns.

    `area_columns` gives the output's area columns by the column of their numeric codes. The first of each
    pair in `in_order` must stand before the second: exchanged names would turn every flow round, unseen.
    What `pack` leaves out of flows that wait to be sorted, `unpack` gives back from their keys.
    """

    layout: str
    title: str
    required: frozenset[str]
    in_order: tuple[tuple[str, str], ...]
    rename: Mapping[str, str]
    columns: Mapping[str, BulkColumn]
    area_columns: Mapping[str, str]
    counts_totals: bool
    read_block: Callable[[Block, BlockContext], BlockRead]
    pack: Callable[[pl.DataFrame], pl.DataFrame]
    unpack: Callable[[pl.DataFrame], pl.DataFrame]

    def find_header(self, headers: list[Header]) -> Header | None:
        """The reading of a header line that has this layout's names, renamed to them."""
        for header in headers:
            names = tuple(self.rename.get(name, name) for name in header.names)
            if self.required <= set(names) and len(set(names)) == len(names):
                return Header(header.line, header.delimiter, names)
        return None

    def check_order(self, header: Header, *, file: str) -> None:
        """Whether the header keeps the publisher's order where it matters.

        Raises: InputError where it does not.
        """
        for first, second in self.in_order:
            if header.names.index(first) > header.names.index(second):
                raise InputError(
                    Place(file, header.line, first),
                    problem=f"the column stands behind {second}, unlike in any file of its publisher",
                    remedy="Restore the publisher's order of columns.",
                )

    def complete(self, flows: pl.DataFrame, areas: AreaTable) -> pl.DataFrame:
        """Flows in the output's columns, areas added by their codes."""
        found = [areas.take(flows[code]).alias(name) for name, code in self.area_columns.items()]
        return flows.with_columns(found).select(
            pl.col(name).cast(column.dtype) for name, column in self.columns.items()
        )

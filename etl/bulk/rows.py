"""Rows looked at one by one, where a block holds anything unusual: each fault has line, column and value."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from etl.bulk.blocks import Block, BulkHeader
from etl.errors import InputError
from etl.schemas import TABLES

LINE, ROW_TEXT = "line of file", "text of row"
# Three digits of exponent reach beyond the largest float: what is
# too large is found as such, not as no number.
NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
NOT_FINITE = "(?i)^[+-]?(nan|inf|infinity)$"
# Signs that no table holds: one of them stands for the separator where a line is read as one cell.
_UNUSED = "\x01\x02\x03\x04\x05\x06\x07\x1c\x1d\x1e\x1f"


@dataclass(frozen=True)
class Fault:
    """One promise a row breaks: `breaks` is true, and never null, for a row that does."""

    reason: str
    column: str
    breaks: pl.Expr
    problem: str
    remedy: str


@dataclass(frozen=True)
class TextRows:
    """A block as text: the cells of rows that have the header's shape, and the rows that have not."""

    cells: pl.DataFrame
    misshapen: pl.DataFrame
    lines: int

    @property
    def rows_read(self) -> int:
        """All rows of the block."""
        return self.cells.height + self.misshapen.height


def read_text_rows(block: Block, *, header: BulkHeader, file: str) -> TextRows:
    """Every line of a block that is not blank, cut into cells without their outer white space.

    Raises: InputError where the block is no text.
    """
    lines = pl.read_csv(
        block.content,
        has_header=False,
        schema={ROW_TEXT: pl.String},
        separator=_find_unused(block, file=file),
        quote_char=None,
        encoding="utf8-lossy",
        truncate_ragged_lines=True,
    )
    height = lines.height
    lines = lines.with_row_index(LINE).with_columns(
        pl.col(LINE).cast(pl.Int64), pl.col(ROW_TEXT).str.strip_chars_end("\r")
    )
    lines = lines.filter(pl.col(ROW_TEXT).str.strip_chars().str.len_bytes() > 0)
    delimiter, wanted = header.delimiter, len(header.names) - 1
    bare = pl.col(ROW_TEXT).str.replace_all('"[^"]*"', "")
    count = bare.str.count_matches(delimiter, literal=True)
    # Some spreadsheets end every row with one delimiter too many.
    spare = (count == wanted + 1) & bare.str.ends_with(delimiter)
    open_quote = bare.str.contains('"', literal=True)
    lines = lines.with_columns(
        pl.when(spare).then(pl.col(ROW_TEXT).str.head(-1)).otherwise(pl.col(ROW_TEXT)).alias(ROW_TEXT),
        open_quote.alias("open quote"),
        ((count == wanted) | spare).alias("fits"),
        (count + 1).alias("fields"),
    )
    fits = pl.col("fits") & ~pl.col("open quote")
    misshapen = _reject_shapes(lines.filter(~fits), wanted=len(header.names), file=file)
    return TextRows(_cut_cells(lines.filter(fits).select(LINE, ROW_TEXT), header), misshapen, height)


def _find_unused(block: Block, *, file: str) -> str:
    for sign in _UNUSED:
        if sign.encode() not in block.content:
            return sign
    raise InputError(file, problem="control characters, as no text has", remedy="Download the file anew.")


def read_numbers(column: str) -> pl.Expr:
    """The numbers of a column of text, NaN and infinity among them; null for what is no number."""
    cell = pl.col(column)
    is_number = cell.str.contains(NUMBER) | cell.str.contains(NOT_FINITE)
    return pl.when(is_number).then(cell.cast(pl.Float64, strict=False)).alias(f"{column} read")


def list_number_faults(column: str, *, missing: pl.Expr, ceiling: float, remedy: str) -> list[Fault]:
    """What can be wrong with a number that `read_numbers` has read, missing ones excepted."""
    read = pl.col(f"{column} read")
    unread = (read.is_null() & ~missing).fill_null(False)
    return [
        Fault("not_a_number", column, unread, "not a plain number", remedy),
        Fault("not_finite", column, (~read.is_finite()).fill_null(False), "NaN or infinity", remedy),
        Fault("negative", column, (read < 0).fill_null(False), "a negative amount", remedy),
        Fault("too_large", column, (read > ceiling).fill_null(False), "more than can be meant", remedy),
    ]


def set_aside(
    rows: pl.DataFrame, faults: tuple[Fault, ...], *, file: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows without a fault, and the others as quarantine: each under the first fault that it has."""
    first = pl.coalesce([pl.when(fault.breaks).then(pl.lit(n)) for n, fault in enumerate(faults)])
    judged = rows.with_columns(first.alias("fault"))
    found = [
        describe_rows(judged.filter(pl.col("fault") == n), fault, file=file) for n, fault in enumerate(faults)
    ]
    good = judged.filter(pl.col("fault").is_null()).drop("fault")
    return good, pl.concat([empty_quarantine(), *found])


def describe_rows(rows: pl.DataFrame, fault: Fault, *, file: str) -> pl.DataFrame:
    """Rows under one fault in the columns of the quarantine table."""
    value = pl.col(fault.column).cast(pl.String) if fault.column in rows.columns else pl.lit(None, pl.String)
    return rows.select(
        pl.lit(file).alias("file"),
        pl.col(LINE).alias("line"),
        pl.lit(fault.column or None, pl.String).alias("column"),
        value.alias("value"),
        pl.lit(fault.reason).alias("reason"),
        pl.lit(fault.problem).alias("problem"),
        pl.lit(fault.remedy).alias("remedy"),
        pl.col(ROW_TEXT).alias("row_text"),
    )


def empty_quarantine() -> pl.DataFrame:
    """The quarantine table without a row."""
    return pl.DataFrame(schema=TABLES["quarantine"].list_columns())


def _reject_shapes(lines: pl.DataFrame, *, wanted: int, file: str) -> pl.DataFrame:
    shape = Fault(
        "wrong_field_count",
        "",
        pl.lit(True),
        f"not the {wanted} fields of the header",
        "Restore the line from the publisher's file: it may be cut short.",
    )
    quoting = Fault(
        "broken_quoting", "", pl.lit(True), "a quote that does not close on its line", "Restore the line."
    )
    is_open = pl.col("open quote")
    found = [
        describe_rows(lines.filter(~is_open), shape, file=file),
        describe_rows(lines.filter(is_open), quoting, file=file),
    ]
    return pl.concat([empty_quarantine(), *found])


def _cut_cells(lines: pl.DataFrame, header: BulkHeader) -> pl.DataFrame:
    schema = dict.fromkeys(header.names, pl.String)
    if lines.is_empty():
        return pl.DataFrame(schema={**schema, LINE: pl.Int64, ROW_TEXT: pl.String})
    text = "\n".join(lines[ROW_TEXT].to_list()) + "\n"
    cells = pl.read_csv(
        text.encode(), has_header=False, schema=schema, separator=header.delimiter, infer_schema=False
    )
    cleaned = cells.select(pl.col(name).str.strip_chars().replace("", None) for name in header.names)
    return cleaned.hstack(lines)

"""Rows for trying formats on: texts that a spreadsheet might run, and workbooks read by a library."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import polars as pl
import python_calamine as calamine
from hypothesis import strategies as st

DANGEROUS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
# XML has no way to hold these, and U+FFFE and U+FFFF are no characters.
WRITABLE = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
texts = st.text(st.one_of(st.sampled_from("'" + DANGEROUS), WRITABLE), max_size=12)
# To what a spreadsheet can hold.
numbers = st.floats(-1e307, 1e307)
days = st.dates(date(1800, 1, 1), date(2100, 12, 31))
SCHEMA = {"text": pl.String, "number": pl.Float64, "count": pl.Int64, "day": pl.Date, "flag": pl.Boolean}


def build_rows(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Rows of one column of each kind."""
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


whole_rows = st.lists(
    st.tuples(
        st.one_of(st.none(), texts),
        st.one_of(st.none(), numbers),
        st.one_of(st.none(), st.integers(-(2**50), 2**50)),
        st.one_of(st.none(), days),
        st.one_of(st.none(), st.booleans()),
    ),
    max_size=6,
).map(build_rows)


def read_csv(content: bytes, like: pl.DataFrame) -> pl.DataFrame:
    """A CSV by the columns and types of the rows it was written from."""
    return pl.read_csv(io.BytesIO(content), schema=like.schema)


def read_workbook(content: bytes) -> list[list[Any]]:
    """The one sheet of a workbook, its header first."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    (name,) = book.sheet_names
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)

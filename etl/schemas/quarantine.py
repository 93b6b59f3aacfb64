"""Quarantine: rows that were read and not accepted, with the reason."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from etl.schemas.table import Table, described


class Quarantine(Table):
    """One rejected row of an input; nothing is dropped in silence."""

    _sort: ClassVar[tuple[str, ...]] = ("file", "line", "column")

    file: str = described("path under datasets/", unit="path")
    line: pl.Int64 = described("line of the file, from 1", unit="line", ge=0)
    column: str = described("column at fault", nullable=True)
    value: str = described("value at fault, as found", nullable=True)
    reason: str = described("what is wrong with it", unit="code")
    problem: str = described("what is wrong, in words")
    remedy: str = described("what to do")
    row_text: str = described("the row as found")

"""Formats that rows leave in, beside JSON: those that etl writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

import etl
from dashboard.api.contract import Asked, Reply
from dashboard.api.parameters import Code, Parameter
from dashboard.api.problems import ProblemError

JSON = "json"


@dataclass(frozen=True)
class Format:
    """One format of rows: its name in addresses, the ending of its files, and its media type."""

    name: str
    suffix: str
    media_type: str

    @property
    def plain_type(self) -> str:
        """The media type without its parameters."""
        return self.media_type.partition(";")[0]


def list_formats(table: str | None = None) -> tuple[Format, ...]:
    """The formats that hold the rows of a table, or, without one, rows of any kind."""
    return tuple(
        Format(one.name, one.suffix, one.media_type)
        for one in etl.list_formats()
        if one.stem is None and (one.tables is None if table is None else one.holds(table))
    )


def build_format(formats: Sequence[Format], text: str) -> Parameter:
    """The parameter that chooses among formats."""
    return Parameter("format", Code((JSON, *(one.name for one in formats))), text)


def send_rows(
    asked: Asked, rows: pl.DataFrame, *, chosen: Format, stem: str, following: str | None = None
) -> Reply:
    """Rows as a file, named after what they are and their snapshot.

    Raises: ProblemError where the format cannot hold them.
    """
    try:
        content = etl.write_rows(rows, chosen.name)
    except etl.ExportFormatError as error:
        raise ProblemError("format-refused", str(error), parameter="format") from error
    name = f"{stem}.{asked.snapshot.snapshot_id}.{chosen.suffix}"
    return Reply(content, chosen.media_type, file_name=name, following=following)

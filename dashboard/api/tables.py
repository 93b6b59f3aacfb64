"""Tables as resources: filters by column, pages of rows in JSON, whole files in the other formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import polars as pl

import etl
from dashboard.api.contract import (
    PLAIN_FORMAT,
    AnswerFormat,
    Reply,
    Route,
    build_format,
    describe_envelope,
    list_formats,
    send_rows,
    write_envelope,
)
from dashboard.api.parameters import CodeValue, ColumnValue, Parameter, find_known
from dashboard.api.problems import ProblemError
from dashboard.api.requests import CURSOR, LIMIT, MOST_ROWS, PLACE, USUAL_ROWS, Asked, read_cursor, write_next
from dashboard.api.schemas import Schema, describe_row, find_column, list_columns
from dashboard.chart_cache import ChartCache
from dashboard.views.tables import find_table
from etl import Snapshot

MOST_IN_A_FILE = 100_000
FORMAT_WORDS = (
    "json where it is not given. The others are files of all rows that the filters let through, or of "
    "`limit` rows with the next address in the Link header."
)
# As long as the chart cache that they belong to is kept, and no longer.
_cached: WeakKeyDictionary[ChartCache, dict[str, pl.DataFrame]] = WeakKeyDictionary()


@dataclass(frozen=True)
class RowFilter:
    """A parameter that lets rows through by more than the value of one column."""

    parameter: Parameter
    select: Callable[[Snapshot, Any], pl.Expr]


def _select_dossier(snapshot: Snapshot, dossier_id: str) -> pl.Expr:
    """Whether a row is of a document of a dossier."""
    documents = snapshot.documents(dossier=dossier_id).select("document_id").collect()["document_id"]
    return pl.col("document_id").is_in(documents.to_list())


OF_A_DOSSIER = RowFilter(
    Parameter(
        "dossier", ColumnValue("dossiers", "dossier_id"), "only what the documents of this dossier state."
    ),
    _select_dossier,
)


@dataclass(frozen=True)
class TableResource:
    """One table of the snapshot: the columns that its rows are filtered by, and other ways to choose them."""

    table: str
    summary: str
    row: str
    filters: tuple[str, ...]
    row_filters: tuple[RowFilter, ...] = ()
    description: str = ""

    @property
    def formats(self) -> tuple[AnswerFormat, ...]:
        """The formats that its rows leave in, beside JSON."""
        return list_formats(self.table)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What an address may hold."""
        return (
            *(self._build_filter(name) for name in self.filters),
            *(one.parameter for one in self.row_filters),
            *PLACE,
            build_format(self.formats, FORMAT_WORDS),
            LIMIT,
            CURSOR,
        )

    def build_route(self) -> Route:
        """The table as a route of the API."""
        return Route(
            path=f"/{self.table}",
            summary=self.summary,
            description=self.description,
            answer=self.answer,
            shape=self.describe,
            parameters=self.parameters,
            files=tuple(one.plain_type for one in self.formats),
        )

    def describe(self, _snapshot: Snapshot) -> Schema:
        """The JSON Schema of an answer."""
        row = describe_row(list_columns(self.table), description=self.row)
        return describe_envelope({"type": "array", "items": row, "maxItems": MOST_ROWS}, of=self.summary)

    def answer(self, asked: Asked) -> Reply:
        """The rows that a request's filters let through, in the order of the table.

        Raises: ProblemError.
        """
        rows = self._select(asked)
        chosen = asked.values.get("format", PLAIN_FORMAT)
        start = read_cursor(asked, rows=rows.height)
        limit = asked.values.get("limit", USUAL_ROWS if chosen == PLAIN_FORMAT else rows.height)
        page = rows.slice(start, limit)
        following = write_next(asked, start + limit, rows=rows.height)
        if chosen == PLAIN_FORMAT:
            return write_envelope(asked, page.write_json().encode(), following=following)
        if page.height > MOST_IN_A_FILE:
            message = (
                f"{page.height:,} rows fit these filters, and a file holds at most {MOST_IN_A_FILE:,}. "
                "Give a limit and follow the Link header, or export the snapshot from the command line."
            )
            raise ProblemError("too-many-rows", message, parameter="limit")
        one = next(one for one in self.formats if one.name == chosen)
        return send_rows(asked, page, chosen=one, stem=self.table, following=following)

    def _select(self, asked: Asked) -> pl.DataFrame:
        whole, values = asked.whole.snapshot, asked.values
        kept = [
            pl.col(name).is_in(find_known(self._build_filter(name), values[name], snapshot=whole))
            for name in self.filters
            if name in values
        ]
        for one in self.row_filters:
            name = one.parameter.name
            if name in values:
                find_known(one.parameter, [values[name]], snapshot=whole)
                kept.append(one.select(asked.snapshot, values[name]))
        rows = read_rows(asked.day, self.table)
        return rows.filter(*kept) if kept else rows

    def _build_filter(self, name: str) -> Parameter:
        column = find_column(self.table, name)
        kind = CodeValue(column.codes) if column.codes else ColumnValue(self.table, name)
        return Parameter(name, kind, f"{column.description}; several may be given.", is_list=True)


def read_rows(chart_cache: ChartCache, table: str) -> pl.DataFrame:
    """A whole table with only the values that may be passed on; prepared once for each chart cache."""
    tables = _cached.setdefault(chart_cache, {})
    if table not in tables:
        snapshot = chart_cache.snapshot
        tables[table] = etl.Release(snapshot).prepare(find_table(snapshot, table).collect(), table=table)
    return tables[table]

"""Tables as resources: filters by column, pages of rows in JSON, whole files in the other formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.api.columns import Schema, describe_row, find_column, list_columns
from dashboard.api.contract import Asked, Reply, Route, describe_envelope, write_envelope
from dashboard.api.formats import JSON, Format, build_format, list_formats, send_rows
from dashboard.api.origins import DOSSIER, find_dossier_documents, read_rows
from dashboard.api.paging import CURSOR, LIMIT, MOST_ROWS, USUAL_ROWS, read_cursor, write_next
from dashboard.api.parameters import PLACE, Code, InColumn, Parameter, find_known
from dashboard.api.problems import ProblemError
from etl import Snapshot

MOST_IN_A_FILE = 100_000
FORMAT_WORDS = (
    "json where it is not given. The others are files of all rows that the filters let through, or of "
    "`limit` rows with the next address in the Link header."
)


@dataclass(frozen=True)
class Choice:
    """A parameter that lets rows through by more than the value of one column."""

    parameter: Parameter
    select: Callable[[Snapshot, Any], pl.Expr]


OF_A_DOSSIER = Choice(DOSSIER, find_dossier_documents)


@dataclass(frozen=True)
class TableResource:
    """One table of the snapshot: the columns that its rows are filtered by, and other ways to choose them."""

    table: str
    summary: str
    row: str
    filters: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    description: str = ""

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats that its rows leave in, beside JSON."""
        return list_formats(self.table)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What an address may hold."""
        return (
            *(self._build_filter(name) for name in self.filters),
            *(choice.parameter for choice in self.choices),
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
        chosen = asked.values.get("format", JSON)
        start = read_cursor(asked, rows=rows.height)
        limit = asked.values.get("limit", USUAL_ROWS if chosen == JSON else rows.height)
        page = rows.slice(start, limit)
        following = write_next(asked, start + limit, rows=rows.height)
        if chosen == JSON:
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
        for choice in self.choices:
            name = choice.parameter.name
            if name in values:
                find_known(choice.parameter, [values[name]], snapshot=whole)
                kept.append(choice.select(asked.snapshot, values[name]))
        rows = read_rows(asked.day, self.table)
        return rows.filter(*kept) if kept else rows

    def _build_filter(self, name: str) -> Parameter:
        column = find_column(self.table, name)
        kind = Code(column.codes) if column.codes else InColumn(self.table, name)
        return Parameter(name, kind, f"{column.description}; several may be given.", is_list=True)

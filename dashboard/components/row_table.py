"""Tables whose rows stack on a phone, each cell under the name of its column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.components.attributes import name_attributes

EMPTY: Mapping[str, str | None] = {}


@dataclass(frozen=True)
class Column:
    """One column: its heading (words or components), its plain name for phones, and how its cells are set."""

    name: str
    heading: Any = None
    kind: str = "text"
    sorted_as: str | None = None


@dataclass(frozen=True)
class TableRow:
    """One row: its cells in the order of the columns, and the row of the snapshot it opens."""

    cells: tuple[Any, ...]
    opens: str | None = None


def build_table(
    columns: Sequence[Column], *, rows: Sequence[TableRow], caption: str, class_name: str = ""
) -> Any:
    """A table with a caption for those who hear the page; `look` names a layout of its own for phones."""
    heads = [_build_head(column) for column in columns]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(html.Tr(heads)),
                html.Tbody([_build_row(columns, row) for row in rows]),
            ],
            className=f"rows {class_name}".strip(),
        ),
        className="table-box",
        role="region",
        tabIndex=0,
        **name_attributes({"aria-label": caption}),
    )


@dataclass(frozen=True)
class PlainRow:
    """One row of a folded table: words only, the row of the snapshot it opens, and the sources behind it."""

    cells: tuple[str, ...]
    opens: str | None = None
    sources: tuple[int, ...] = ()


def build_folded_table(
    summary: str, *, columns: Sequence[str], rows: Sequence[PlainRow], caption: str
) -> Any:
    """A table that the browser builds when it is unfolded: hundreds of rows cost nothing before."""
    return build_fold(summary, text=write_rows(columns=columns, rows=rows, caption=caption))


def build_fold(summary: str, *, text: str | None, attributes: Mapping[str, str | None] = EMPTY) -> Any:
    """A fold for a table: `text` is its lines, where they do not lie elsewhere."""
    return html.Details(
        [html.Summary(summary), html.Div(className="fold")],
        className="folded",
        **name_attributes({"data-table": text, **attributes}),
    )


def write_rows(*, columns: Sequence[str], rows: Sequence[PlainRow], caption: str) -> str:
    """The lines of a folded table as JSON."""
    content = {
        "caption": caption,
        "columns": list(columns),
        "rows": [{"cells": row.cells, "opens": row.opens, "sources": row.sources} for row in rows],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def build_opener(text: Any, row_id: str) -> Any:
    """A button that opens the evidence of a row."""
    return html.Button(text, className="opener", type="button", **name_attributes({"data-point": row_id}))


def _build_head(column: Column) -> Any:
    extra = name_attributes({"aria-sort": column.sorted_as})
    return html.Th(column.heading or column.name, scope="col", className=f"cell-{column.kind}", **extra)


def _build_row(columns: Sequence[Column], row: TableRow) -> Any:
    cells = [
        html.Td(cell, className=f"cell-{column.kind}", **name_attributes({"data-label": column.name}))
        for column, cell in zip(columns, row.cells, strict=True)
    ]
    return html.Tr(cells, **name_attributes({"data-opens": row.opens}))

"""Editions beside each other: what each gives for each window, and what it restates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components.row_table import Column, TableRow, build_opener, build_table
from dashboard.views.editions import Edition, EditionValue


def build_edition_table(editions: Sequence[Edition], *, caption: str) -> Any:
    """One row per edition, the newest first; every value opens its evidence."""
    columns = [Column("Edition", kind="title"), Column("What it gives")]
    return build_table(columns, rows=[_build_row(edition) for edition in editions], caption=caption)


def _build_row(edition: Edition) -> TableRow:
    return TableRow(
        (
            [html.Span(edition.day_text), html.Br(), html.Span(edition.publisher, className="minor")],
            html.Ul([html.Li(_build_value(value)) for value in edition.values], className="windows"),
        )
    )


def _build_value(value: EditionValue) -> list[Any]:
    parts = [build_opener(value.value_text, value.row_id), f" for {value.period}"]
    if value.before:
        parts.append(html.Span(f", restated from {value.before}", className="minor"))
    return parts

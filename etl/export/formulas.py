"""Cells of text that a spreadsheet would run as a formula, and how to tell their text again.

A text that begins with one of = + - @, a tab or a line end, or with the full-width twin of such a sign, gets
an apostrophe in front. So does one that begins with apostrophes and then such a sign, so that nothing is
lost: to undo it, take one apostrophe from every text that begins with one or more of them and then a sign.
"""

from __future__ import annotations

import polars as pl

SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
APOSTROPHE = "'"
_SIGN = f"[{SIGNS.replace('-', chr(92) + '-')}]"
_STARTS, _DEFUSED = f"^'*{_SIGN}", f"^'+{_SIGN}"
UNDO_RULE = (
    "A text that begins with one or more apostrophes followed by = + - @, a tab, a line end or a full-width "
    "twin of these signs has had one apostrophe put in front; take it away to have the text as it was."
)


def defuse_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with an apostrophe in front of every text that would run; numbers and dates as they are."""
    return rows.with_columns(
        pl.when(pl.col(name).str.contains(_STARTS))
        .then(pl.concat_str(pl.lit(APOSTROPHE), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in _list_texts(rows, _STARTS)
    )


def restore_text(rows: pl.DataFrame) -> pl.DataFrame:
    """Defused rows as they were."""
    return rows.with_columns(
        pl.when(pl.col(name).str.contains(_DEFUSED))
        .then(pl.col(name).str.strip_prefix(APOSTROPHE))
        .otherwise(pl.col(name))
        .alias(name)
        for name in _list_texts(rows, _DEFUSED)
    )


def _list_texts(rows: pl.DataFrame, pattern: str) -> list[str]:
    """Columns in which a text begins so; in most tables there is none."""
    found = rows.select(pl.col(pl.String).str.contains(pattern).any())
    return [name for name in found.columns if found[name].item()]

"""Markdown of the reference: headings, tables, and the refusal of what has no words."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence


class UndocumentedError(Exception):
    """Something that the reference must describe and that has no words in the code."""


def require(words: str | None, *, of: str) -> str:
    """The words, in one line.

    Raises: UndocumentedError where there are none, naming what lacks them.
    """
    if words is None or not words.strip() or words.strip() == "None":
        raise UndocumentedError(f"{of} has no words. Describe it where it is declared.")
    return " ".join(words.split())


def read_docstring(documented: object, *, of: str) -> str:
    """The first sentence of a docstring.

    Raises: UndocumentedError where there is none of its own.
    """
    text = inspect.cleandoc(vars(documented).get("__doc__") or "")
    return require(text.partition("\n\n")[0], of=of)


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars and line ends in cells are kept from breaking it."""
    lines = [_join(columns), _join(["---"] * len(columns)), *(_join(row) for row in rows)]
    return "\n".join(lines)


def write_code(text: str) -> str:
    """Words set as code; nothing where there are none."""
    return f"`{text}`" if text else ""


def _join(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_escape(cell) for cell in cells)} |"


def _escape(cell: str) -> str:
    return " ".join(cell.split()).replace("|", "\\|")

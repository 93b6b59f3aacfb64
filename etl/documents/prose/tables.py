"""Tables in prose: each cell as a statement of its own, with its caption, its row and its column before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.documents.lexicon import Lexicon
from etl.documents.lexicon_patterns import YEAR
from etl.documents.passages import Paragraph
from etl.documents.prose.quantity_forms import CURRENCIES

# A longer cell lays out a page, a longer line above is no caption, and beyond so many cells nothing is a table.
LONGEST_CELL, LONGEST_CAPTION, MOST_CELLS = 200, 150, 2_000
# A line this short above a table says its unit only: its caption stands above that.
SHORTEST_CAPTION = 30
_RULE = re.compile(r"[\s|:+=-]+")
_YEAR = re.compile(YEAR)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_UNIT_SIGN = re.compile(r"[%$\u20b9\u20ac\u00a3]")


@dataclass(frozen=True)
class Cell:
    """One cell: its words without the white space around them, and where they begin."""

    start: int
    words: str


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Lines that stand together and are cut into cells, and what stands above them."""

    header: Row | None
    rows: tuple[Row, ...]
    caption: str


@dataclass(frozen=True)
class CellStatement:
    """A cell written out: `lead` says what it is about, `before` and `after` are a unit printed elsewhere."""

    row: Row
    start: int
    lead: str
    before: str
    words: str
    after: str


def part_tables(paragraphs: Sequence[Paragraph], plain: str) -> Iterator[Table | list[Paragraph]]:
    """The tables of a text, and the paragraphs between them."""
    between: list[Paragraph] = []
    run: list[Row] = []
    cells = 0
    for paragraph in [*paragraphs, None]:
        row = None if paragraph is None or cells > MOST_CELLS else _split_row(paragraph, plain)
        if row is not None and (not run or _continues(run[-1], row, plain)):
            run.append(row)
            cells += len(row.cells)
            continue
        table = _build_table(run, between, plain)
        if table is not None:
            yield between
            yield table
            between = []
        else:
            between = [*between, *(Paragraph(0, one.start, one.end, plain[one.start : one.end]) for one in run)]
        run = [] if row is None else [row]
        if row is None and paragraph is not None:
            between = [*between, paragraph]
    yield between

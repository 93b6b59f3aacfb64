"""Sentences: a text cut where one statement ends, with a plain copy to search in at the same places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from etl.documents.lexicon import Lexicon, flatten
from etl.documents.passages import Paragraph, split_paragraphs
from etl.documents.prose.tables import CellStatement, TableWriter, TextTable, part_tables

_LAST_WORD = re.compile(r"((?:[^\W\d_]+\.)*[^\W\d_]+)\.?$")
# In characters: the longest abbreviation of a lexicon, with room for its full stops.
_LONGEST_LAST_WORD = 12
# A line that is cut off by its width rather than ended; a heading or a bullet is shorter or marked. Mail and
# terminals wrap at 60 to 80, ragged by a word.
SHORTEST_WRAPPED_LINE = 55
# A text none of whose lines is longer was wrapped at a width; its full lines run on into the next. Wider than
# any editor wraps.
WIDEST_WRAP = 130
# Of the longest line: ragged type leaves up to a long word free.
FULL_LINE = 0.7
# Blocks between two cells of a table: none goes on from the one before it. More than SAME_SUBJECT in
# `memory`.
APART = 10
# In characters. Nobody writes a sentence as long as this; what has no full stops is cut, or reading it would
# take for ever (tests/documents/prose/test_any_text.py).
LONGEST_SENTENCE = 1_200
_MARKED = re.compile(r"\s*(?:[-*\u2022\u2023#>|]|\d{1,2}[.)]\s|\(?[a-z]\)\s)")
_ENDED = re.compile(r"[.!?:;][\"')\]\u201d\u2019*_]*\s*$")
_WORD = re.compile(r"\w")
# Of a line: a mark that ends it and what closes after the mark.
_TAIL = 40


@dataclass(frozen=True)
class Sentence:
    """One statement: its place in the text, a plain copy of it, and where it stands among the others.

    `block` numbers paragraphs, with lines that were only wrapped joined; `is_heading` says that it is a short
    line of its own that no full stop ends, `is_last` that it ends its block. The cell of a table is one too:
    the first `lead` characters of its copy say what it is about, and only those from `own_start` to `own_end`
    stand in the text, as if the copy began at `offset`.
    """

    start: int
    end: int
    plain: str
    block: int
    is_heading: bool
    offset: int
    own_start: int
    own_end: int
    lead: int = 0
    is_last: bool = False

    def locate(self, first: int, last: int) -> tuple[int, int]:
        """Where a stretch of the plain copy stands in the text."""
        return self.offset + max(first, self.own_start), self.offset + min(last, self.own_end)


class Places:
    """Stretches of one sentence that are taken; a stretch is free where none of its characters is."""

    def __init__(self, length: int, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._marks = bytearray(length)
        for start, end in taken:
            self.take(start, end)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing of a stretch has been taken."""
        return 1 not in self._marks[start:end]

    def take(self, start: int, end: int) -> None:
        """Marks a stretch as read."""
        self._marks[start:end] = b"\1" * (end - start)


class SentenceSplitter:
    """Cuts texts into sentences with the marks and the abbreviations of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        ends = "".join(map(re.escape, lexicon.list_phrases("sentences", "ends")))
        self._end = lexicon.compile(rf"[{ends}][\"')\]]*\s+[\"'(\[*_-]*(?=\S)", used="sentences.ends")
        words = lexicon.list_phrases("sentences", "abbreviations")
        self._abbreviations = frozenset(word.rstrip(".") for word in words)
        self._tables = TableWriter(lexicon)

    def split(self, text: str) -> list[Sentence]:
        """Every sentence of a text in order, the cells of its tables among them."""
        plain, paragraphs = flatten(text), split_paragraphs(text)
        widest = max((len(paragraph.text) for paragraph in paragraphs), default=0)
        full = widest * FULL_LINE if widest <= WIDEST_WRAP else None
        sentences: list[Sentence] = []
        block = 0
        for part in part_tables(paragraphs, text):
            if isinstance(part, TextTable):
                for cell in self._tables.write(part):
                    block += APART
                    sentences.append(_copy_cell(cell, block))
                block += APART
                continue
            for start, end in _join_wrapped(part, text, full=full):
                sentences.extend(self._cut_block(plain, start, end, block=block))
                block += 1
        return sentences

    def _cut_block(self, plain: str, start: int, end: int, *, block: int) -> Iterator[Sentence]:
        cuts = [start, *self._find_cuts(plain, start, end), end]
        # A heading may run over two lines.
        is_short = len(cuts) == 2 and end - start < SHORTEST_WRAPPED_LINE * 2
        is_heading = is_short and not _ENDED.search(plain[start:end])
        for whole in pairwise(cuts):
            for first, last in _cut_long(plain, *whole):
                copy = plain[first:last]
                if _WORD.search(copy):
                    yield Sentence(
                        first, last, copy, block, is_heading, first, 0, len(copy), is_last=last == end
                    )

    def _find_cuts(self, plain: str, start: int, end: int) -> list[int]:
        cuts = []
        for found in self._end.finditer(plain, start, end):
            if not _may_begin(plain[found.end()]):
                continue
            before = _LAST_WORD.search(plain[max(start, found.start() - _LONGEST_LAST_WORD) : found.start()])
            is_abbreviated = before is not None and before[1] in self._abbreviations
            # Only a full stop is also the mark of an abbreviation.
            if plain[found.start()] != "." or not is_abbreviated:
                cuts.append(found.start() + len(found[0].rstrip("\"'([*_-")))
        return cuts


def _may_begin(sign: str) -> bool:
    """Whether a sentence may begin with a sign: a digit, a currency, or a letter that is not a small one."""
    return (sign.isalnum() and not sign.islower()) or unicodedata.category(sign) == "Sc"


def _cut_long(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in parts that are short enough to read, cut at a mark or a blank where there is one."""
    while end - start > LONGEST_SENTENCE:
        last = start + LONGEST_SENTENCE
        # Not before the half, or a text of commas would fall into crumbs.
        earliest = start + LONGEST_SENTENCE // 2
        cuts = (plain.rfind(mark, earliest, last) for mark in ("; ", ", ", " "))
        cut = next((place + 1 for place in cuts if place >= 0), last)
        yield start, cut
        start = cut
    yield start, end


def _copy_cell(cell: CellStatement, block: int) -> Sentence:
    own_start = len(cell.lead) + len(cell.before)
    plain = f"{cell.lead}{cell.before}{cell.words}{cell.after}"
    return Sentence(
        cell.row.paragraph.char_start,
        cell.row.paragraph.char_end,
        plain,
        block,
        is_heading=False,
        offset=cell.start - own_start,
        own_start=own_start,
        own_end=own_start + len(cell.words),
        lead=len(cell.lead),
        is_last=True,
    )


def _join_wrapped(paragraphs: list[Paragraph], text: str, *, full: float | None) -> list[tuple[int, int]]:
    """Start and end of each block: lines that a narrow page has wrapped belong together."""
    blocks: list[tuple[int, int]] = []
    for paragraph in paragraphs:
        if blocks and _is_wrapped(text, blocks[-1], paragraph, full=full):
            blocks[-1] = (blocks[-1][0], paragraph.char_end)
        else:
            blocks.append((paragraph.char_start, paragraph.char_end))
    return blocks


def _is_wrapped(text: str, block: tuple[int, int], paragraph: Paragraph, *, full: float | None) -> bool:
    between = text[block[1] : paragraph.char_start]
    # An empty line ends a paragraph, whatever stands before it.
    if between.count("\n") > 1 or between.count("\r") > 1 or _MARKED.match(paragraph.text):
        return False
    line_start = max(text.rfind("\n", *block) + 1, block[0])
    length, tail = block[1] - line_start, text[max(line_start, block[1] - _TAIL) : block[1]]
    if _MARKED.match(text, line_start, block[1]) and not paragraph.text[:1].islower():
        return False
    is_long = length >= SHORTEST_WRAPPED_LINE
    if full is not None and is_long and length >= full:
        return True
    return is_long and (not _ENDED.search(tail) or paragraph.text[:1].islower())

"""Lines of printed pages as paragraphs, by where they stand and how far they reach."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from etl.documents.opening.joined_lines import (
    HYPHEN,
    ends_sentence,
    first_word,
    join_pair,
    list_words,
    starts_list_item,
)

# In heights of a line. A label or a cell is narrower, and no line of it is full.
NARROWEST_COLUMN = 6.0
# Prose is set at 1.1 to 1.5 heights from line to line, 2 where a draft is double spaced; a first line is set
# in by one to three, and less than 0.6 is the play of ragged type.
WIDEST_LEADING, FARTHEST_INDENT, LEAST_INDENT = 2.0, 4.0, 0.6
# A paragraph's gap against the usual one of its block, and how much larger a heading is set: a step of a type
# scale, 12 to 16 points, is more, and the play between fonts of one size is less.
GAP_RATIO, HEIGHT_RATIO = 1.25, 1.3
# Room at the end of a line that no word needs: a space, a full stop, the play of ragged type.
LEAST_ROOM = 0.4
# A head or foot that stands on as many pages runs through the document: two may repeat a heading by chance
# (test_a_paragraph_goes_on_over_a_page_with_running_heads).
LEAST_RUNNING = 3
# A page of fewer lines may be all title.
LEAST_LINES = 4
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class PageLine:
    """One line of a page: its text, with tabs between cells, and its place in points."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


@dataclass(frozen=True)
class _Frame:
    """Of a block: where most lines begin, how far the longest reaches, and the usual step between them."""

    left: float
    right: float
    leading: float


@dataclass(frozen=True)
class JoinedPages:
    """The paragraphs of a document, and how many running heads and feet were left out."""

    paragraphs: list[str]
    running: int


def join_pages(pages: Sequence[Sequence[PageLine]]) -> JoinedPages:
    """Every line of every page, in order, as paragraphs; words cut at line ends made whole."""
    kept, running = _drop_running(pages)
    words = list_words(line.text for page in kept for line in page)
    paragraphs: list[str] = []
    last: PageLine | None = None
    was_full = False
    for block in (block for page in kept for block in _split_blocks(page)):
        frame = _measure(block)
        for index, line in enumerate(block):
            before = block[index - 1] if index else None
            if before is not None:
                goes_on = _goes_on(before, line, frame)
            else:
                goes_on = last is not None and was_full and _goes_over(last, line)
            if goes_on:
                paragraphs[-1] = join_pair(paragraphs[-1], line.text, words=words)
            else:
                paragraphs.append(line.text)
        last, was_full = block[-1], len(block) > 1 and _is_full(block[-1], frame, room_for=1.0)
    return JoinedPages(paragraphs, running)


def _drop_running(pages: Sequence[Sequence[PageLine]]) -> tuple[list[list[PageLine]], int]:
    """The pages without the heads and feet that stand on several, their numbers aside."""
    edges = [
        {min(page, key=_find_bottom), max(page, key=_find_bottom)} if len(page) >= LEAST_LINES else set()
        for page in pages
    ]
    counts = Counter(key for found in edges for key in {_describe_running(line) for line in found})
    running = [
        {line for line in found if counts[_describe_running(line)] >= LEAST_RUNNING} for found in edges
    ]
    kept = [[line for line in page if line not in gone] for page, gone in zip(pages, running, strict=True)]
    return kept, sum(len(gone) for gone in running)


def _find_bottom(line: PageLine) -> float:
    return line.bottom


def _describe_running(line: PageLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.bottom / 4)


def _split_blocks(page: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    """Runs of lines of one size, each under the one before: columns and their parts."""
    block: list[PageLine] = []
    for line in page:
        if block and not _stands_under(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _stands_under(before: PageLine, line: PageLine) -> bool:
    step, height = before.bottom - line.bottom, max(before.height, line.height)
    ratio = height / max(min(before.height, line.height), 0.1)
    is_near = 0 < step <= WIDEST_LEADING * height
    return is_near and ratio < HEIGHT_RATIO and abs(before.left - line.left) < FARTHEST_INDENT * height


def _measure(block: Sequence[PageLine]) -> _Frame:
    steps = [above.bottom - below.bottom for above, below in pairwise(block)]
    return _Frame(
        left=median(line.left for line in block),
        right=max(line.right for line in block),
        leading=median(steps) if steps else 0.0,
    )


def _goes_on(before: PageLine, line: PageLine, frame: _Frame) -> bool:
    """Whether a line continues the one above it, in the same block."""
    if "\t" in before.text or "\t" in line.text or starts_list_item(line.text):
        return False
    if before.bottom - line.bottom > frame.leading * GAP_RATIO:
        return False
    if line.left - before.left > LEAST_INDENT * line.height and not starts_list_item(before.text):
        return False
    # An indent after a full stop begins a paragraph where no gap does.
    if line.left - frame.left > LEAST_INDENT * line.height and ends_sentence(before.text):
        return False
    return _is_full(before, frame, room_for=_measure_first_word(line))


def _goes_over(last: PageLine, line: PageLine) -> bool:
    """Whether a line continues the last one of another column or page."""
    if "\t" in last.text or "\t" in line.text or starts_list_item(line.text) or ends_sentence(last.text):
        return False
    ratio = max(last.height, line.height) / max(min(last.height, line.height), 0.1)
    # Over a column a capital may well begin a new paragraph, so only a small letter or a cut word goes on.
    return ratio < HEIGHT_RATIO and (last.text.endswith(HYPHEN) or not line.text[0].isupper())


def _measure_first_word(line: PageLine) -> float:
    letters = len(first_word(line.text))
    return (line.right - line.left) / max(len(line.text), 1) * letters


def _is_full(line: PageLine, frame: _Frame, *, room_for: float) -> bool:
    """Whether the next word would not have fitted on the line."""
    if line.text.endswith(HYPHEN):
        return True
    return (
        line.right - line.left > NARROWEST_COLUMN * line.height
        and frame.right - line.right < room_for + LEAST_ROOM * line.height
    )

"""Lines of a plain text that were broken at a width, as paragraphs again; other line breaks stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from etl.documents.opening.byte_text import Noted
from etl.documents.opening.line_joints import ends_sentence, first_word, starts_list_item

NARROWEST, WIDEST = 40, 110
# A text of a book's length is left as it is.
LONGEST_JOINED = 400_000
# From as many full lines on, of which so many go on within a sentence, a text is broken at a width.
LEAST_FULL, LEAST_FULL_SHARE, LEAST_WITHIN_SHARE = 3, 0.9, 0.4
_LINE = re.compile(r"[^\n]+")
_COLUMNS = re.compile(r"\S(?:\t|\||  )")


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str


def join_wrapped(text: str) -> Noted:
    """The text with the breaks inside its paragraphs as spaces, where it was broken at a width."""
    if len(text) > LONGEST_JOINED:
        return Noted(text)
    pairs = [pair for pair in _list_pairs(text) if _may_join(*pair)]
    width = max((len(line.text) for pair in pairs for line in pair), default=0)
    if not NARROWEST <= width <= WIDEST:
        return Noted(text)
    full = [(one, two) for one, two in pairs if len(one.text) + 1 + len(first_word(two.text)) > width]
    within = [(one, two) for one, two in full if not two.text[0].isupper()]
    is_broken = (
        len(full) >= max(LEAST_FULL, len(pairs) * LEAST_FULL_SHARE)
        and len(within) >= len(full) * LEAST_WITHIN_SHARE
    )
    joined = full if is_broken else [(one, two) for one, two in within if not ends_sentence(one.text)]
    if not joined:
        return Noted(text)
    return Noted(_join(text, joined), (f"Lines broken at {width} characters were joined into paragraphs.",))


def _list_pairs(text: str) -> Iterator[tuple[_Line, _Line]]:
    """Lines that follow each other with no empty line between them."""
    for one, two in pairwise(_LINE.finditer(text)):
        left, right = _strip(one), _strip(two)
        if two.start() - one.end() == 1 and left.text and right.text:
            yield left, right


def _strip(match: re.Match[str]) -> _Line:
    stripped = match[0].strip()
    start = match.start() + (len(match[0]) - len(match[0].lstrip()))
    return _Line(start, start + len(stripped), stripped)


def _may_join(one: _Line, two: _Line) -> bool:
    has_columns = _COLUMNS.search(one.text) or _COLUMNS.search(two.text)
    return not (has_columns or starts_list_item(two.text) or two.text[0] in "|#>")


def _join(text: str, pairs: list[tuple[_Line, _Line]]) -> str:
    parts: list[str] = []
    done = 0
    for one, two in pairs:
        parts += [text[done : one.end], "" if one.text.endswith("-") and one.text[-2:-1].isalpha() else " "]
        done = two.start
    return "".join([*parts, text[done:]])

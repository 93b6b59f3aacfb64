"""Joined lines: whether a line goes on with the one before it, and texts broken at a width made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from etl.documents.opening.byte_text import Noted

HYPHEN = "-"
# Of a compound: shorter ones are endings of words that happen to be words ("in", "or").
SHORTEST_TAIL = 3
_LIST_MARK = re.compile(r"(?:[•●▪■◦‣·*–—-]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))\s")
# Raised digits are the marks of notes, which stand after the full stop.
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]⁰¹²³⁴⁵⁶⁷⁸⁹]{0,4}$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Typewriters, mail and terminals break at 60 to 80 characters, some editors at 100; narrower lines are lists
# or verse, and wider ones are paragraphs already.
NARROWEST, WIDEST = 40, 110
# A text of a book's length is left as it is.
LONGEST_JOINED = 400_000
# From as many full lines on, of which so many go on within a sentence, a text is broken at a width. A
# sentence on each line has full lines too, but begins most of them with a capital
# (test_lines_that_stand_alone_stay_alone).
LEAST_FULL, LEAST_FULL_SHARE, LEAST_WITHIN_SHARE = 3, 0.9, 0.4
_LINE = re.compile(r"[^\n]+")
# Lines of a table stay apart, or its figures would run into one another.
_COLUMNS = re.compile(r"\S(?:\t|\||  )")


@dataclass(frozen=True)
class _TextLine:
    start: int
    end: int
    text: str


def starts_list_item(line: str) -> bool:
    """Whether a line begins with a bullet or a number of a list."""
    return _LIST_MARK.match(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence or an introduction does."""
    # A mark, four closing signs and raised digits: the rest of the line says nothing.
    return _SENTENCE_END.search(line[-8:]) is not None


def first_word(line: str) -> str:
    """The first word of a line, as far as the first space."""
    return line.split(maxsplit=1)[0] if line else ""


def list_words(lines: Iterable[str]) -> frozenset[str]:
    """The words of lines in lower case, compounds whole; halves that a line end cuts are left out."""
    words: set[str] = set()
    was_cut = False
    for line in lines:
        found = [word.lower() for word in _WORD.findall(line)]
        is_cut = line.endswith(HYPHEN)
        words.update(found[1 if was_cut else 0 : len(found) - (1 if is_cut else 0)])
        was_cut = is_cut
    return frozenset(words)


def join_pair(left: str, right: str, *, words: frozenset[str]) -> str:
    """Two lines as one; a word that the line end cut is made whole where it is one word."""
    if (left.endswith("—") and left[-2:-1] != " ") or (right.startswith("—") and right[1:2] != " "):
        return f"{left}{right}"
    if not left.endswith((HYPHEN, "–")) or left[-2:-1].isspace() or len(left) == 1:
        return f"{left} {right}"
    before, after = left[-2], right[:1]
    if left.endswith("–"):
        return f"{left}{right}" if before.isdigit() and after.isdigit() else f"{left} {right}"
    if not (before.isalpha() and after.islower()):
        return f"{left}{right}"
    return f"{left}{right}" if _is_compound(left, right, words) else f"{left[:-1]}{right}"


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


def _list_pairs(text: str) -> Iterator[tuple[_TextLine, _TextLine]]:
    """Lines that follow each other with no empty line between them."""
    for one, two in pairwise(_LINE.finditer(text)):
        left, right = _strip(one), _strip(two)
        if two.start() - one.end() == 1 and left.text and right.text:
            yield left, right


def _strip(match: re.Match[str]) -> _TextLine:
    stripped = match[0].strip()
    start = match.start() + (len(match[0]) - len(match[0].lstrip()))
    return _TextLine(start, start + len(stripped), stripped)


def _may_join(one: _TextLine, two: _TextLine) -> bool:
    has_columns = _COLUMNS.search(one.text) or _COLUMNS.search(two.text)
    return not (has_columns or starts_list_item(two.text) or two.text[0] in "|#>")


def _join(text: str, pairs: list[tuple[_TextLine, _TextLine]]) -> str:
    parts: list[str] = []
    done = 0
    for one, two in pairs:
        parts += [text[done : one.end], "" if one.text.endswith("-") and one.text[-2:-1].isalpha() else " "]
        done = two.start
    return "".join([*parts, text[done:]])


def _is_compound(left: str, right: str, words: frozenset[str]) -> bool:
    """Whether the hyphen at the end of a line is the word's own."""
    head, tail = _WORD.findall(left[:-1])[-1:], _WORD.findall(right)[:1]
    if not head or not tail:
        return True
    first, second = head[0].lower(), tail[0].lower()
    if f"{first}-{second}" in words or "-" in first:
        return True
    # The text itself says how it writes the word; where it does not, a tail that is a word speaks for a
    # compound.
    return first + second not in words and len(second) >= SHORTEST_TAIL and second in words

"""Where two lines meet: whether the second goes on with the first, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

HYPHEN = "-"
# Of a compound: shorter ones are endings of words that happen to be words ("in", "or").
SHORTEST_TAIL = 3
_LIST_MARK = re.compile(r"(?:[•●▪■◦‣·*–—-]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))\s")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]⁰¹²³⁴⁵⁶⁷⁸⁹]{0,4}$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def starts_list_item(line: str) -> bool:
    """Whether a line begins with a bullet or a number of a list."""
    return _LIST_MARK.match(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence or an introduction does."""
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


def _is_compound(left: str, right: str, words: frozenset[str]) -> bool:
    """Whether the hyphen at the end of a line is the word's own."""
    head, tail = _WORD.findall(left[:-1])[-1:], _WORD.findall(right)[:1]
    if not head or not tail:
        return True
    first, second = head[0].lower(), tail[0].lower()
    if f"{first}-{second}" in words or "-" in first:
        return True
    return first + second not in words and len(second) >= SHORTEST_TAIL and second in words

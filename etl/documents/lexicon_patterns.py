"""Lexicon patterns: words as alternatives, and the plain signs among which they are searched."""

from __future__ import annotations

import re
from collections.abc import Iterable

YEAR = r"(?:19|20)\d\d"
# What a list without words is as a pattern: it is found nowhere.
NEVER = "(?!)"
# Between two words; a longer run of blanks or hyphens parts them.
MOST_BLANKS = 8
_PLAIN = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u00a0\u2009\u202f\u2007\u2002\u2003\u200a\t\r\n\f\v", " "),
    "\uff05": "%",
    "\u2044": "/",
}
_PLAIN_SIGNS = str.maketrans(_PLAIN)


def flatten(text: str) -> str:
    """A copy of the same length with one kind of dash, blank and quotation mark."""
    return text.translate(_PLAIN_SIGNS)


def join_words(words: Iterable[str]) -> str:
    """Words as one alternative, the longest first so that none hides another."""
    ordered = sorted(words, key=len, reverse=True)
    escaped = (widen_blanks(re.escape(word).replace("\\ ", " ")) for word in ordered)
    return f"(?:{'|'.join(escaped)})" if ordered else NEVER


def widen_blanks(phrase: str) -> str:
    """A phrase in which every blank outside a character class also stands for a hyphen or several blanks."""
    written, in_class, escaped = [], False, False
    for position, sign in enumerate(phrase):
        if sign == " " and not in_class:
            optional = phrase[position + 1 : position + 2] in {"?", "*", "+"}
            written.append("[ -]" if optional else f"[ -]{{1,{MOST_BLANKS}}}")
        else:
            written.append(sign)
        if not escaped and sign in "[]":
            in_class = sign == "["
        escaped = sign == "\\" and not escaped
    return "".join(written)

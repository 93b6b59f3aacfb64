"""Sentences: a text cut where one statement ends, with a plain copy to search in at the same places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.documents.lexicon import Lexicon
from etl.documents.passages import Paragraph, split_paragraphs

_PLAIN = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad", "-"),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u00a0\u2009\u202f\u2007\u2002\u2003\u200a\t\r\n\f\v", " "),
    "\uff05": "%",
    "\u2044": "/",
}
_TABLE = str.maketrans(_PLAIN)
_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[*_-]*[A-Z0-9$\u20b9])")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)$")
# A line that is cut off by its width rather than ended; a heading or a bullet is shorter or marked.
SHORTEST_WRAPPED_LINE = 55
# A text none of whose lines is longer was wrapped at a width; its full lines run on into the next.
WIDEST_WRAP = 130
FULL_LINE = 0.7
_MARKED = re.compile(r"\s*(?:[-*\u2022\u2023#>|]|\d{1,2}[.)]\s|\(?[a-z]\)\s)")
_ENDED = re.compile(r"[.!?:;][\"')\]\u201d\u2019*_]*\s*$")


@dataclass(frozen=True)
class Sentence:
    """One statement: its place in the text, a plain copy of it, and where it stands among the others.

    `block` numbers paragraphs, with lines that were only wrapped joined; `is_heading` says that it is a short
    line of its own that no full stop ends.
    """

    start: int
    end: int
    plain: str
    block: int
    is_heading: bool


def flatten(text: str) -> str:
    """A copy of the same length with one kind of dash, blank and quotation mark."""
    return text.translate(_TABLE)


def split_sentences(text: str, *, lexicon: Lexicon) -> list[Sentence]:
    """Every sentence of a text in order."""
    plain = flatten(text)
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_join_wrapped(split_paragraphs(text), text)):
        cuts = [start, *_find_cuts(plain, start, end, lexicon), end]
        is_heading = (
            len(cuts) == 2 and end - start < SHORTEST_WRAPPED_LINE * 2 and not _ENDED.search(plain[start:end])
        )
        sentences.extend(
            Sentence(first, last, plain[first:last], number, is_heading)
            for first, last in zip(cuts, cuts[1:], strict=False)
            if plain[first:last].strip()
        )
    return sentences


def _join_wrapped(paragraphs: list[Paragraph], text: str) -> list[tuple[int, int]]:
    """Start and end of each block: lines that a narrow page has wrapped belong together."""
    blocks: list[tuple[int, int]] = []
    widest = max((len(paragraph.text) for paragraph in paragraphs), default=0)
    full = widest * FULL_LINE if widest <= WIDEST_WRAP else None
    for paragraph in paragraphs:
        if blocks and _is_wrapped(text, blocks[-1], paragraph, full=full):
            blocks[-1] = (blocks[-1][0], paragraph.char_end)
        else:
            blocks.append((paragraph.char_start, paragraph.char_end))
    return blocks


def _is_wrapped(text: str, block: tuple[int, int], paragraph: Paragraph, *, full: float | None) -> bool:
    between = text[block[1] : paragraph.char_start]
    if between.count("\n") > 1 or between.count("\r") > 1 or _MARKED.match(paragraph.text):
        return False
    last_line = text[block[0] : block[1]].rsplit("\n", 1)[-1]
    if _MARKED.match(last_line) and not paragraph.text[:1].islower():
        return False
    is_long = len(last_line) >= SHORTEST_WRAPPED_LINE
    if full is not None and is_long and len(last_line) >= full:
        return True
    return (is_long and not _ENDED.search(last_line)) or (paragraph.text[:1].islower() and is_long)


def _find_cuts(plain: str, start: int, end: int, lexicon: Lexicon) -> list[int]:
    cuts = []
    abbreviations = _list_abbreviations(lexicon.language, tuple(lexicon.entries["abbreviations"]))
    for found in _END.finditer(plain, start, end):
        before = _LAST_WORD.search(plain[max(start, found.start() - 12) : found.start()])
        is_short = (
            plain[found.start()] == "." and before is not None and before[1].rstrip(".") in abbreviations
        )
        if not is_short:
            cuts.append(found.end())
    return cuts


@lru_cache(maxsize=8)
def _list_abbreviations(_language: str, words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in words)

"""Words as the search reads them: without case and accents, numbers as printed, hyphened names as one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

MOST_CHARACTERS, MOST_WORDS, LONGEST_WORD = 200, 12, 40
SHORTEST_MISSPELT, LONGEST_MISSPELT = 5, 24
# A language's letters are some dozens; more are several languages in one snapshot.
MOST_LETTERS = 80
CACHED_TEXTS = 65_536
# They say nothing where other words are asked for.
FILLERS = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "did", "do", "does", "for", "from", "how", "in", "is", "it"}
    | {"many", "much", "of", "on", "or", "than", "that", "the", "there", "to", "was", "were", "what", "when"}
    | {"where", "which", "who", "with"}
)
# Units in one spelling, so that "36%" and "36 per cent", "$27 bn" and "27 billion" are the same.
SPELLINGS = (
    (re.compile(r"%|\bper\s*cent\b|\bper\s+c(?:en?)?$|\bpct\b"), " percent "),
    (re.compile(r"\$\s*(\d[\d.,]*)\s*m(?![^\W_])"), r" dollar \1 million "),
    (re.compile(r"\$|\b(?:dollars|usd)\b"), " dollar "),
    (re.compile(r"(?<![^\W\d_])(?:bn|bln|billions)(?![^\W_])"), " billion "),
    (re.compile(r"(?<=\d)\s*(?:mn|mln|millions)(?![^\W_])"), " million "),
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
    (re.compile(r"['\u2019]s(?![^\W_])"), ""),
)
_CHUNK = re.compile(r"[^\W_]+(?:[-\u2010-\u2015\u2212.'\u2019\u00b7][^\W_]+)*")
_PART = re.compile(r"\d+(?:\.\d+)+|\d+|[^\W\d_]+")
_SEGMENT = re.compile(r"\d+(?:\.\d+)+|[^\W_]+")
UNPRINTED = "dollar"


@dataclass(frozen=True)
class Chunk:
    """What stands between two spaces: "S-400" is one word, `s400`, and two parts, `s` and `400`.

    `is_begun` says that more may follow: of a query only the last word is still being written.
    """

    joined: str
    parts: tuple[str, ...]
    is_begun: bool = False

    @property
    def has_figure(self) -> bool:
        """Whether a figure is in it."""
        return any(part[0].isdecimal() for part in self.parts)

    @property
    def is_number(self) -> bool:
        """Whether it is nothing but a figure."""
        return len(self.parts) == 1 and self.has_figure


def clean_query(text: str) -> str:
    """What a reader typed, on one line, without signs that cannot be seen, and no longer than is read."""
    seen = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text[: 8 * MOST_CHARACTERS]
    )
    return " ".join(seen.split())[:MOST_CHARACTERS]


def split_query(text: str) -> tuple[Chunk, ...]:
    """The words that are to be found; words that say nothing are left out where others are there."""
    chunks = [_build_chunk(chunk) for chunk in _CHUNK.findall(_spell(text))]
    telling = [
        chunk for chunk in chunks if chunk.joined not in FILLERS and chunk.joined != UNPRINTED
    ] or chunks
    asked = tuple(dict.fromkeys(telling))[:MOST_WORDS]
    return (*asked[:-1], *(replace(chunk, is_begun=True) for chunk in asked[-1:]))


def list_words(texts: Iterable[str]) -> set[str]:
    """Every word by which texts are found."""
    return set().union(*(_list_words(text) for text in texts))


def write_key(text: str) -> str:
    """What a text has in common with one that differs in signs, case, accents or spelling of units alone."""
    parts = (part for chunk in _CHUNK.findall(_spell(text)) for part in _PART.findall(chunk))
    return " ".join(part for part in parts if part != UNPRINTED)


def list_misspellings(word: str, letters: Iterable[str]) -> set[str]:
    """All words that are one slip away from a word: a letter left out, added, changed, or two swapped.

    Rows: none for short words and numbers, of which every slip is another one, nor for endless words.
    """
    if not SHORTEST_MISSPELT <= len(word) <= LONGEST_MISSPELT or not word.isalpha():
        return set()
    known = sorted(letters)[:MOST_LETTERS]
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    shortened = {left + right[1:] for left, right in splits if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    changed = {left + letter + right[1:] for left, right in splits if right for letter in known}
    lengthened = {left + letter + right for left, right in splits for letter in known}
    return (shortened | swapped | changed | lengthened) - {word}


# Names of countries and kinds of weapons come back in thousands of entries.
@lru_cache(maxsize=CACHED_TEXTS)
def _list_words(text: str) -> frozenset[str]:
    return frozenset().union(*(_list_readings(found) for found in _CHUNK.findall(_spell(text))))


@lru_cache(maxsize=CACHED_TEXTS)
def _list_readings(found: str) -> frozenset[str]:
    chunk = _build_chunk(found)
    return frozenset({chunk.joined, *chunk.parts, *(word[:LONGEST_WORD] for word in _SEGMENT.findall(found))})


def _build_chunk(text: str) -> Chunk:
    parts = tuple(part[:LONGEST_WORD] for part in _PART.findall(text))
    return Chunk("".join(parts)[:LONGEST_WORD], parts)


def _spell(text: str) -> str:
    folded = _fold(text.strip())
    for pattern, spelling in SPELLINGS:
        folded = pattern.sub(spelling, folded)
    return folded


def _fold(text: str) -> str:
    """Letters without case and accents: "Café" and "CAFE" are the same."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign))

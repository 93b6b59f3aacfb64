"""What can be found, by its words: exactly, by the beginnings of words, and past one slip of the finger."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from dashboard.search.terms import Chunk, clean_query, list_misspellings, list_words, split_query, write_key
from etl import VerdictMark

# How well an entry answers; what is called exactly so comes first.
EXACT, WHOLE, BEGUN, WITHIN_WHOLE, WITHIN = range(5)
# Sorts after every character that a word has.
LAST_SIGN = "\U0010ffff"
MOST_MISSPELT = 3


@dataclass(frozen=True)
class SearchEntry:
    """One thing that can be found, in words, and where it opens.

    `href` is an address of ours, without the reader's dossier and day; `names` are what else it is called,
    `words` what else it is found by. `value`, `period`, `verdict` (its mark) and `detail` say what it is;
    `cited` is the id of the row or document whose sources it has.
    """

    title: str
    href: str
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    value: str = ""
    period: str = ""
    verdict: VerdictMark | None = None
    detail: str = ""
    cited: str = ""


@dataclass(frozen=True)
class Matches:
    """The entries of one kind that answer a query, the best first and only so many of `total`."""

    kind: str
    total: int
    rank: int
    entries: tuple[SearchEntry, ...]


@dataclass(frozen=True)
class SearchAnswer:
    """What a query found; `corrected` are the words that nothing has, each with the one taken for it."""

    asked: str
    chunks: tuple[Chunk, ...]
    groups: tuple[Matches, ...]
    corrected: Mapping[str, str]


class SearchIndex:
    """Entries of several kinds, each kind in the order in which equally good answers are given.

    Kinds that are `for_figures` answer only where a figure is asked for. What lies `beside` comes after the
    entries of the same kind here, however well it answers.
    """

    def __init__(
        self,
        entries: Mapping[str, Sequence[SearchEntry]],
        *,
        for_figures: frozenset[str] = frozenset(),
        beside: SearchIndex | None = None,
    ) -> None:
        self.entries = {kind: tuple(group) for kind, group in entries.items()}
        self._for_figures = for_figures
        self._kinds: dict[str, _KindIndex] = {kind: _KindIndex(group) for kind, group in self.entries.items()}
        self._beside: dict[str, _KindIndex] = beside._kinds if beside else {}

    def count_entries(self) -> dict[str, int]:
        """How many entries of each kind can be found."""
        return {
            kind: len(index.entries) + (len(self._beside[kind].entries) if kind in self._beside else 0)
            for kind, index in self._kinds.items()
        }

    def find(self, query: str, *, most: int, is_alone: bool = False) -> SearchAnswer:
        """The answers to a query, kinds with the best answers first, at most so many of each kind.

        `is_alone` leaves out what lies beside.
        """
        asked = clean_query(query)
        chunks = split_query(asked)
        keys = (write_key(asked), asked)
        beside = {} if is_alone else self._beside
        return SearchAnswer(asked, chunks, self._find_groups(chunks, beside, keys=keys, most=most), {})

    def find_near(self, query: str, *, most: int) -> SearchAnswer:
        """The answers to a query that finds nothing as written, one letter of its long words forgiven."""
        asked = clean_query(query)
        chunks = split_query(asked)
        unknown = [chunk.joined for chunk in chunks if not self._has(chunk.joined)][:MOST_MISSPELT]
        corrected = {word: near for word in unknown if (near := self._find_near_word(word))}
        mended = [_mend(chunk, corrected.get(chunk.joined)) for chunk in chunks]
        keys = (" ".join(chunk.joined for chunk in mended),)
        groups = self._find_groups(mended, self._beside, keys=keys, most=most) if corrected else ()
        return SearchAnswer(asked, chunks, groups, corrected)

    def _find_groups(
        self, chunks: Sequence[Chunk], beside: Mapping[str, _KindIndex], *, keys: Sequence[str], most: int
    ) -> tuple[Matches, ...]:
        if not chunks:
            return ()
        left_out = frozenset() if any(chunk.has_figure for chunk in chunks) else self._for_figures
        groups = []
        for kind, index in self._kinds.items():
            parts = [index, *([beside[kind]] if kind in beside else [])]
            if kind not in left_out:
                groups.append(
                    _join([part.find(kind, chunks, keys=keys, most=most) for part in parts], most=most)
                )
        return tuple(sorted((group for group in groups if group.total), key=lambda group: group.rank))

    def _find_near_word(self, word: str) -> str | None:
        """The word that most entries have of those one slip away; the first in the alphabet of equals."""
        letters = set().union(*(index.letters for index in self._list_indexes()))
        near = [each for each in list_misspellings(word, letters) if self._has(each)]
        return min(near, key=self._rank_word, default=None)

    def _rank_word(self, word: str) -> tuple[int, int, str]:
        lists = [index.everything for index in self._list_indexes()]
        whole = sum(len(words.find_whole(word)) for words in lists)
        return -whole, -sum(len(words.find_begun(word)) for words in lists), word

    def _has(self, word: str) -> bool:
        return any(index.everything.has_begun(word) for index in self._list_indexes())

    def _list_indexes(self) -> list[_KindIndex]:
        return [*self._kinds.values(), *self._beside.values()]


class _KindIndex:
    """The entries of one kind by the words of their titles, and by all their words."""

    def __init__(self, entries: Sequence[SearchEntry]) -> None:
        self.entries = entries
        self._keys: dict[str, set[int]] = defaultdict(set)
        titles: list[set[str]] = []
        others: list[set[str]] = []
        for place, entry in enumerate(entries):
            for key in (*(write_key(name) for name in (entry.title, *entry.names)), entry.cited):
                self._keys[key].add(place)
            titles.append(list_words((entry.title, *entry.names)))
            others.append(titles[-1] | list_words((entry.value, entry.period, entry.detail, *entry.words)))
        self._titles, self.everything = _WordList(titles), _WordList(others)
        self.letters = self.everything.list_letters()

    def find(self, kind: str, chunks: Sequence[Chunk], *, keys: Sequence[str], most: int) -> Matches:
        exact = set().union(*(self._keys.get(key, set()) for key in keys))
        found = self.everything.meet(chunks) | exact
        # Each only where those before it do not give enough.
        tiers: tuple[Callable[[], set[int]], ...] = (
            lambda: exact,
            lambda: self._titles.meet(chunks, whole=True),
            lambda: self._titles.meet(chunks),
            lambda: self.everything.meet(chunks, whole=True),
            lambda: found,
        )
        chosen: dict[int, None] = {}
        ranks = []
        for rank, find_tier in enumerate(tiers):
            if len(chosen) < min(most, len(found)):
                places = nsmallest(most - len(chosen), find_tier() - chosen.keys())
                chosen.update(dict.fromkeys(places))
                ranks += [rank] if places else []
        entries = tuple(self.entries[place] for place in chosen)
        return Matches(kind, len(found), min(ranks, default=WITHIN), entries)


class _WordList:
    """In which entries each word is; beginnings of words are found in the alphabet."""

    def __init__(self, texts: Iterable[set[str]]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(texts):
            for word in words:
                self._places[word].append(place)
        self._alphabet = sorted(self._places)

    def meet(self, chunks: Sequence[Chunk], *, whole: bool = False) -> set[int]:
        """The entries that have every word, whole or as the beginning of one of theirs."""
        found: set[int] | None = None
        for chunk in chunks:
            places = self._find_chunk(chunk, self.find_whole if whole else self.find_begun)
            found = places if found is None else found & places
            if not found:
                break
        return found or set()

    def has_begun(self, word: str) -> bool:
        """Whether any entry has a word with this beginning."""
        place = bisect_left(self._alphabet, word)
        return place < len(self._alphabet) and self._alphabet[place].startswith(word)

    def find_whole(self, word: str) -> set[int]:
        """The entries that have this word."""
        return set(self._places.get(word, ()))

    def find_begun(self, word: str) -> set[int]:
        """The entries that have a word with this beginning."""
        first = bisect_left(self._alphabet, word)
        last = bisect_left(self._alphabet, word + LAST_SIGN, lo=first)
        return set().union(*(self._places[begun] for begun in self._alphabet[first:last]))

    def list_letters(self) -> set[str]:
        """Every letter of every word."""
        return {sign for word in self._alphabet for sign in word if sign.isalpha()}

    def _find_chunk(self, chunk: Chunk, find: Callable[[str], set[int]]) -> set[int]:
        """As one word, or as all of its parts."""
        if chunk.is_number and not chunk.is_begun:
            # Nothing of a number that other words follow is still to come, but decimals may be left out.
            return self.find_whole(chunk.joined) | self.find_begun(f"{chunk.joined}.")
        places = find(chunk.joined)
        # A designation such as S-400 is looked for in parts only where nothing has the whole.
        if len(chunk.parts) == 1 or (places and chunk.has_figure):
            return places
        return places | set.intersection(*(find(part) for part in chunk.parts))


def _join(parts: Sequence[Matches], *, most: int) -> Matches:
    entries = tuple(entry for part in parts for entry in part.entries)
    rank = min(part.rank for part in parts)
    return Matches(parts[0].kind, sum(part.total for part in parts), rank, entries[:most])


def _mend(chunk: Chunk, corrected: str | None) -> Chunk:
    return chunk if corrected is None else Chunk(corrected, (corrected,), is_begun=chunk.is_begun)

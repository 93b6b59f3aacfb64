"""Parties in prose: countries by name, adjective or capital, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from etl.countries import AreaBook
from etl.documents.lexicon import Lexicon, flatten, widen_blanks
from etl.documents.prose.sentences import Places

# Shorter spellings are codes of publishers and words of other languages; a lexicon names those of prose
# ("US", "UAE"). Four is the length of the shortest names of states: Cuba, Iran, Iraq, Mali, Oman, Peru, Togo.
SHORTEST_SPELLING = 4
STATES = frozenset({"country", "former_country"})
_BLANKS, _ESCAPED = re.compile(r"[ -]+"), re.compile(r"\\(.)")
# How much text around a party tells its role: the longest wording of a role with the words that may stand in
# it.
NEAR = 90


@dataclass(frozen=True)
class PartyMention:
    """One area as a sentence names it, and the roles that the words around it give it."""

    start: int
    end: int
    area: str
    roles: frozenset[str]


class PartyFinder:
    """Finds areas with the names of a book of areas and the words of one lexicon."""

    def __init__(self, lexicon: Lexicon, areas: AreaBook) -> None:
        self._lexicon = lexicon
        self._areas = areas
        names = sorted(self._names, key=len, reverse=True)
        joined = "|".join(widen_blanks(name) for name in names)
        # Names keep their capitals: "us" and "turkey" are words.
        self._pattern = lexicon.compile(rf"(?<!\w)(?:{joined})(?!\w)", used="parties", flags=0)
        # "U\\.S\\.?" is a pattern and stands in no text as it is.
        self._written = [
            (pattern, area)
            for area in lexicon.entries["parties"]
            for pattern in lexicon.compile_each("parties", area)
        ]
        others = lexicon.join_phrases("not_parties", "phrases")
        self._others = lexicon.compile(others, used="not_parties.phrases", flags=0)
        the, also = (lexicon.join_phrases("small_words", name) for name in ("articles", "and"))
        self._after = self._compile_roles("_after", "^{}(?!\\w)")
        self._before = self._compile_roles(
            "_before", rf"(?<!\w){{}}(?: {the})? ?(?:\w+ {also} (?:{the} )?)?$"
        )

    def find(self, plain: str, *, taken: Iterable[tuple[int, int]]) -> list[PartyMention]:
        """Every area that a sentence names, in order."""
        places = Places(len(plain), [*taken, *(match.span() for match in self._others.finditer(plain))])
        return [
            PartyMention(*match.span(), self._find_area(match[0]), self._find_roles(plain, *match.span()))
            for match in self._pattern.finditer(plain)
            if places.is_free(*match.span())
        ]

    def _find_roles(self, plain: str, start: int, end: int) -> frozenset[str]:
        after, before = plain[end : end + NEAR], plain[max(0, start - NEAR) : start]
        roles = {role for role, pattern in self._after.items() if pattern.search(after)}
        return frozenset(roles | {role for role, pattern in self._before.items() if pattern.search(before)})

    def _find_area(self, name: str) -> str:
        area = self._words.get(_BLANKS.sub(" ", name))
        return area or next(area for pattern, area in self._written if pattern.fullmatch(name))

    @cached_property
    def _words(self) -> dict[str, str]:
        """Areas by their names as a text prints them."""
        return {_BLANKS.sub(" ", _ESCAPED.sub(r"\1", name)): area for name, area in self._names.items()}

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {
            _write_name(spelling): area
            for spelling, area in self._areas.spellings.items()
            if self._is_prose(spelling, area)
        }
        # Two areas may share an adjective; the state of today has it.
        states = sorted(self._areas.areas.values(), key=lambda entry: entry.kind != "country")
        for entry in states:
            if entry.kind in STATES and len(entry.area) == len(entry.area.strip("X")):
                for word in (entry.label, entry.adjective):
                    if len(word) >= SHORTEST_SPELLING:
                        names.setdefault(_write_name(word), entry.area)
        # Last, so that a lexicon may correct the book of areas.
        for area, words in self._lexicon.entries["parties"].items():
            names.update(dict.fromkeys(words, area))
        return names

    def _is_prose(self, spelling: str, area: str) -> bool:
        known = self._areas.areas.get(area)
        is_state = known is not None and known.kind in STATES
        return (
            is_state and len(spelling) >= SHORTEST_SPELLING and spelling[0].isupper() and "," not in spelling
        )

    def _compile_roles(self, suffix: str, form: str) -> dict[str, re.Pattern[str]]:
        return {
            name: self._lexicon.compile(
                form.replace("{}", self._lexicon.join_phrases("roles", name)), used=f"roles.{name}"
            )
            for name in self._lexicon.entries["roles"]
            if name.endswith(suffix)
        }


def _write_name(name: str) -> str:
    """A name as a pattern, as a plain copy of a text has it."""
    return re.escape(_BLANKS.sub(" ", flatten(name))).replace("\\ ", " ")

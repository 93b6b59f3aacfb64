"""Designations: weapons as texts name them, found among the designations of SIPRI's register."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from etl.judge.references import Claim, SeriesBook

UNIT_INDICATORS = frozenset({"units_ordered", "units_delivered", "units_pending"})
SHORTEST_NAME = 4
_WORD = re.compile(r"[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*")
_ROOT = re.compile(r"[a-z]+\d+")


def find_designations(claim: Claim, book: SeriesBook) -> list[Claim]:
    """The claim on every series whose designation its weapon's name may mean; one where that is plain.

    The other side may be left open ("India ordered 36 Rafale") or taken from the text around it: where that
    side has sold no such weapon, the register says who has.
    """
    known = book.list_series(claim.indicator, claim.ref_area)
    own = [one for one in known if one[2] == claim.counterpart_area]
    return _choose_series(claim, own) or _choose_series(claim, known)


def _choose_series(claim: Claim, series: list[tuple[str, ...]]) -> list[Claim]:
    meant = choose_designations(claim.commodity, {one[3] for one in series})
    return [replace(claim, counterpart_area=one[2], commodity=one[3]) for one in series if one[3] in meant]


def choose_designations(name: str, designations: Iterable[str]) -> list[str]:
    """The designations that a printed name fits best, in alphabetical order.

    A word of the name that is a word of the designation comes first (S-400, BrahMos); then a designation that
    begins with the name (T-90: T-90S); then a name that begins with a designation which itself names a
    variant, or which has no other variant (Su-30MKI: Su-30MK). Words with a number come before words without.
    """
    known = {one: _split_words(one) for one in sorted(designations)}
    words = [word for word in _split_words(name) if _is_specific(word)]
    numbered = [word for word in words if not word.isalpha()]
    for tried in (numbered, [] if numbered else words):
        for is_fitting in (_is_word_of, _is_singular_of, _begins_designation):
            found = [one for one, parts in known.items() if any(is_fitting(word, parts) for word in tried)]
            if found:
                return found
    return _find_variants(numbered, known)


def _split_words(name: str) -> list[str]:
    """Words without their hyphens, in small letters."""
    plain = re.sub("[\u2010-\u2015\u2212]", "-", name)
    return [re.sub(r"[-/.]", "", word).lower() for word in _WORD.findall(plain)]


def _is_specific(word: str) -> bool:
    return len(word) >= SHORTEST_NAME if word.isalpha() else any(sign.isalpha() for sign in word)


def _is_word_of(word: str, parts: list[str]) -> bool:
    return word in parts


def _is_singular_of(word: str, parts: list[str]) -> bool:
    return word.endswith("s") and word[:-1] in parts


def _begins_designation(word: str, parts: list[str]) -> bool:
    # T-90 begins T-90S but S-40 does not begin S-400: what follows is a variant and no other number.
    singular = word.removesuffix("s") if word[-2:-1].isdigit() else word
    has_digit = any(sign.isdigit() for sign in singular)
    return has_digit and any(
        part.startswith(singular) and part[len(singular)].isalpha() for part in parts if part != singular
    )


def _find_variants(words: list[str], known: dict[str, list[str]]) -> list[str]:
    for word in words:
        shorter = {
            one: part
            for one, parts in known.items()
            for part in parts
            if _ROOT.match(part) and word.startswith(part) and word[len(part) : len(part) + 1].isalpha()
        }
        if not shorter:
            continue
        longest = max(map(len, shorter.values()))
        best = [one for one, part in shorter.items() if len(part) == longest]
        root = _ROOT.match(shorter[best[0]])
        is_root = root is not None and root[0] == shorter[best[0]]
        family = [
            one for one, parts in known.items() if root and any(part.startswith(root[0]) for part in parts)
        ]
        return family if is_root else best
    return []

"""Anchoring: the passage of a claim in a text that may not be the one it was recorded in.

The recorded place comes first. Where the text has shifted, the fragment is looked for: in the paragraph whose
hash fits, else as the only one of its words, else as the one nearest to the recorded place, which is said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from etl.documents.passages import CONTEXT_CHARACTERS, Paragraph, Passage, hash_text, split_paragraphs

How = Literal["exact", "paragraph", "only", "nearest"]
# A fragment of one digit may stand in a long text many times; more are not weighed. No claim needs as many:
# the bound keeps a text of two million digits (the longest that is opened) from holding up a page.
MOST_PLACES = 10_000
# Signs that copies of one text exchange, as editors and web pages write them; letters and digits are never
# exchanged, for they would make another figure.
_ALIKE = ("'\u2018\u2019`\u00b4", '"\u201c\u201d\u201e', "-\u2010\u2011\u2012\u2013\u2014\u2212")


@dataclass(frozen=True)
class Anchored:
    """A passage found, how it was found, and how far it stands from its recorded place."""

    passage: Passage
    how: How
    moved_by: int
    places: int
    is_paragraph_as_recorded: bool

    @property
    def has_moved(self) -> bool:
        """Whether it stands elsewhere than its record says."""
        return self.how != "exact"

    @property
    def is_certain(self) -> bool:
        """Whether no other place could be meant."""
        return self.how == "exact" or self.places == 1

    def say(self, stated_as: str) -> str:
        """How the passage was found, in words."""
        said = {
            "exact": "Stands where its record says",
            "paragraph": f"{self._format_distance()}, with its paragraph",
            "only": f"{self._format_distance()}; the text has these words in one place only",
            "nearest": f"{self._format_distance()}: of {self.places:,} places with these words, "
            "the nearest to the recorded one",
        }[self.how]
        around = (
            "" if self.is_paragraph_as_recorded else "; the paragraph around it differs from the recorded one"
        )
        other = "" if self.passage.exact == stated_as else f"; printed here as “{self.passage.exact}”"
        return f"{said}{around}{other}."

    def _format_distance(self) -> str:
        characters = "character" if abs(self.moved_by) == 1 else "characters"
        return f"Moved {abs(self.moved_by):,} {characters} {'forward' if self.moved_by > 0 else 'back'}"


@dataclass(frozen=True)
class Unanchored:
    """A passage that the text does not hold, and why."""

    reason: str


Anchor = Anchored | Unanchored


@dataclass(frozen=True)
class _IndexedText:
    paragraphs: list[Paragraph]
    starts: list[int]
    hashes: dict[int, str]

    def find_paragraph(self, start: int, end: int) -> Paragraph | None:
        """The paragraph that holds the characters, all of them."""
        at = bisect_right(self.starts, start) - 1
        if at < 0 or end > self.paragraphs[at].char_end:
            return None
        return self.paragraphs[at]


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    paragraph: Paragraph
    fits: bool


def anchor_passage(
    text: str,
    *,
    stated_as: str,
    paragraph: int,
    char_start: int,
    char_end: int,
    quote_sha256: str,
    paragraph_sha256: str,
    shift: int = 0,
) -> Anchor:
    """The passage of a claim in a text, or why it cannot be found.

    `shift` is how far the text around the recorded place is known to have moved. A fragment found at its very
    place counts as such in whatever paragraph, for a paragraph's number shifts with every line put before it.
    """
    if hash_text(stated_as) != quote_sha256:
        return Unanchored(f"The recorded hash is not that of “{stated_as}”: the record itself is damaged.")
    indexed = _index_text(text)
    found = _list_candidates(text, stated_as, indexed=indexed, paragraph_sha256=paragraph_sha256)
    if not found:
        return Unanchored(f"The text does not hold “{stated_as}” anywhere.")
    fitting = [one for one in found if one.fits]
    in_place = [one for one in found if (one.start, one.end) == (char_start, char_end)]
    # A number printed twice may stand by chance where the record says: its paragraph speaks first.
    if in_place and (in_place[0].fits or not fitting):
        return _anchor(text, in_place[0], how="exact", moved_by=0, places=len(found))
    # A paragraph that was copied twice fits twice; the nearer copy is taken, and that is said.
    narrowed = fitting or found
    chosen = min(
        narrowed, key=lambda one: (abs(one.start - char_start - shift), one.paragraph.number != paragraph)
    )
    how: How = "paragraph" if fitting else "only" if len(found) == 1 else "nearest"
    return _anchor(text, chosen, how=how, moved_by=chosen.start - char_start, places=len(narrowed))


def anchor_claims(text: str, claims: Iterable[Mapping[str, Any]]) -> dict[str, Anchor]:
    """The anchor of each claim of a document by its id.

    Claims that are certain of their place say how far the text has moved there, and the others follow them.
    """
    rows = list(claims)
    anchors = {str(row["claim_id"]): _anchor_row(text, row, shift=0) for row in rows}
    shifts = sorted(
        (int(row["char_start"]), anchor.moved_by)
        for row in rows
        if isinstance(anchor := anchors[str(row["claim_id"])], Anchored) and anchor.is_certain
    )
    for row in rows:
        anchor = anchors[str(row["claim_id"])]
        # What moved one claim (a new heading, a note taken out) moved its neighbours as far.
        if isinstance(anchor, Anchored) and not anchor.is_certain and shifts:
            start = int(row["char_start"])
            shift = min(shifts, key=lambda known: abs(known[0] - start))[1]
            anchors[str(row["claim_id"])] = _anchor_row(text, row, shift=shift)
    return anchors


def _anchor_row(text: str, row: Mapping[str, Any], *, shift: int) -> Anchor:
    return anchor_passage(
        text,
        stated_as=row["stated_as"],
        paragraph=row["paragraph"],
        char_start=row["char_start"],
        char_end=row["char_end"],
        quote_sha256=row["quote_sha256"],
        paragraph_sha256=row["paragraph_sha256"],
        shift=shift,
    )


def _anchor(text: str, found: _Candidate, *, how: How, moved_by: int, places: int) -> Anchored:
    passage = Passage(
        text[found.start : found.end],
        text[max(0, found.start - CONTEXT_CHARACTERS) : found.start],
        text[found.end : found.end + CONTEXT_CHARACTERS],
        found.start,
        found.end,
        found.paragraph,
    )
    return Anchored(passage, how, moved_by, places, found.fits)


# The claims of one document ask for the same text one after the other.
@lru_cache(maxsize=4)
def _index_text(text: str) -> _IndexedText:
    paragraphs = split_paragraphs(text)
    return _IndexedText(paragraphs, [one.char_start for one in paragraphs], {})


def _list_candidates(
    text: str, stated_as: str, *, indexed: _IndexedText, paragraph_sha256: str
) -> list[_Candidate]:
    """The places of a fragment: as printed, or, where there is none, with other spaces and signs."""
    # The printed form first: a looser one would find more places and make a certain one doubtful.
    for pattern in (re.escape(stated_as), _loosen(stated_as)):
        found: list[_Candidate] = []
        for match in re.finditer(_bound(stated_as, pattern), text):
            holder = indexed.find_paragraph(match.start(), match.end())
            if holder is not None:
                if holder.number not in indexed.hashes:
                    indexed.hashes[holder.number] = hash_text(holder.text)
                fits = indexed.hashes[holder.number] == paragraph_sha256
                found.append(_Candidate(match.start(), match.end(), holder, fits))
            if len(found) >= MOST_PLACES:
                break
        if found:
            return found
    return []


def _bound(stated_as: str, pattern: str) -> str:
    """The pattern where it does not stand inside a longer number or word."""
    # "13 billion" is not found in "113 billion", in "2.13 billion", or in "1,13 billion".
    before = r"(?<!\w)(?<!\d[.,])" if stated_as[0].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if stated_as[-1].isalnum() else ""
    return f"{before}{pattern}{after}"


def _loosen(stated_as: str) -> str:
    words = ("".join(_loosen_sign(sign) for sign in word) for word in stated_as.split())
    return r"[^\S\r\n]+".join(words)


def _loosen_sign(sign: str) -> str:
    return next((f"[{re.escape(alike)}]" for alike in _ALIKE if sign in alike), re.escape(sign))

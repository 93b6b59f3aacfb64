"""Passages: the place of a claim in its document, as W3C Web Annotation selectors, held against the text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import polars as pl

from etl.errors import FootnotedError

# On each side: what Hypothesis, the best known reader of Web Annotations, keeps. Enough to tell two places of
# one figure apart, and too little to be a copy of the text.
CONTEXT_CHARACTERS = 32
Selector = dict[str, str | int]
# Either line end of any system, for a text is hashed as it is.
_LINE = re.compile(r"[^\r\n]+")


class PassageError(FootnotedError):
    """A text that does not hold a claim where its record says it does."""


@dataclass(frozen=True)
class Paragraph:
    """One non-empty line of a text; its place spans the line without surrounding white space."""

    number: int
    char_start: int
    char_end: int
    text: str


@dataclass(frozen=True)
class Passage:
    """A fragment with what stands around it; made at run time, for a snapshot stores the fragment alone."""

    exact: str
    prefix: str
    suffix: str
    char_start: int
    char_end: int
    paragraph: Paragraph

    def build_selectors(self) -> tuple[Selector, Selector]:
        """The quote with its context and the position, as W3C Web Annotation selectors."""
        quote, position = build_selectors(self.exact, char_start=self.char_start, char_end=self.char_end)
        return {**quote, "prefix": self.prefix, "suffix": self.suffix}, position


@dataclass(frozen=True)
class PassageMismatch:
    """One way in which a claim's record and its text differ."""

    claim_id: str
    column: str
    problem: str
    remedy: str


def build_selectors(stated_as: str, *, char_start: int, char_end: int) -> tuple[Selector, Selector]:
    """A TextQuoteSelector and a TextPositionSelector for a claim whose text is not at hand."""
    return (
        {"type": "TextQuoteSelector", "exact": stated_as},
        {"type": "TextPositionSelector", "start": char_start, "end": char_end},
    )


def split_paragraphs(text: str) -> list[Paragraph]:
    """The non-empty lines of a text, numbered from 1; a line of only white space is empty."""
    paragraphs: list[Paragraph] = []
    for line in _LINE.finditer(text):
        stripped = line[0].strip()
        if not stripped:
            continue
        start = line.start() + line[0].index(stripped)
        paragraphs.append(Paragraph(len(paragraphs) + 1, start, start + len(stripped), stripped))
    return paragraphs


def find_passage(text: str, *, stated_as: str, paragraph: int, char_start: int, char_end: int) -> Passage:
    """The passage of a claim in its text.

    Raises: PassageError where the fragment does not stand at that place or in that paragraph.
    """
    found = text[char_start:char_end]
    if found != stated_as:
        place = f"characters {char_start} to {char_end}"
        raise PassageError(f"{place} hold {found!r}, not {stated_as!r}. {_advise(text, stated_as)}")
    paragraphs = split_paragraphs(text)
    holder = next((one for one in paragraphs if one.char_start <= char_start < one.char_end), None)
    if holder is None or holder.number != paragraph:
        actual = "no paragraph" if holder is None else f"paragraph {holder.number}"
        raise PassageError(f"{stated_as!r} stands in {actual}, not in {paragraph}. Correct `paragraph`.")
    return Passage(
        stated_as,
        text[max(0, char_start - CONTEXT_CHARACTERS) : char_start],
        text[char_end : char_end + CONTEXT_CHARACTERS],
        char_start,
        char_end,
        holder,
    )


def check_passages(claims: pl.DataFrame, text: str) -> list[PassageMismatch]:
    """Everything in which the claims of one document differ from its text; empty when all hold."""
    return [mismatch for claim in claims.iter_rows(named=True) for mismatch in _check_claim(claim, text)]


def hash_text(text: str) -> str:
    """SHA-256 of a text's UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _check_claim(claim: dict[str, object], text: str) -> list[PassageMismatch]:
    claim_id, stated_as = str(claim["claim_id"]), str(claim["stated_as"])
    mismatches: list[PassageMismatch] = []
    if claim["quote_sha256"] != hash_text(stated_as):
        remedy = f"Write {hash_text(stated_as)}."
        mismatches.append(
            PassageMismatch(claim_id, "quote_sha256", f"is not the SHA-256 of {stated_as!r}", remedy)
        )
    try:
        passage = find_passage(
            text,
            stated_as=stated_as,
            paragraph=int(str(claim["paragraph"])),
            char_start=int(str(claim["char_start"])),
            char_end=int(str(claim["char_end"])),
        )
    except PassageError as error:
        mismatches.append(
            PassageMismatch(claim_id, "char_start", str(error), "Compare the record with the text.")
        )
        return mismatches
    paragraph_sha256 = hash_text(passage.paragraph.text)
    if claim["paragraph_sha256"] != paragraph_sha256:
        remedy = f"Write {paragraph_sha256}."
        mismatches.append(
            PassageMismatch(claim_id, "paragraph_sha256", "is not the SHA-256 of its paragraph", remedy)
        )
    return mismatches


def _advise(text: str, stated_as: str) -> str:
    # A maintainer who moved a paragraph needs the new place, not only that the old one is wrong.
    places = [str(match.start()) for match in re.finditer(re.escape(stated_as), text)]
    if not places:
        return "The text does not hold it anywhere: is this the text with the recorded SHA-256?"
    return f"The text holds it at character {', '.join(places)}: correct `char_start` and `char_end`."

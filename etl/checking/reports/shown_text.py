"""Text of others made safe to show, and a checked text in parts: figures, and what stands between."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from etl.checking.reports.report import CheckedClaim
from etl.documents.text_parts import PartedParagraph, TextSpan, part_text

KEPT = frozenset("\n\t")
# Unicode has a picture for each control sign up to 1F, in their order from 2400 on; delete has its own.
FIRST_PICTURE, LAST_PICTURED = 0x2400, 0x1F
DELETE, DELETE_PICTURE = "\x7f", "\u2421"
REPLACEMENT = "\ufffd"
# Signs of no width that only fill or join; a soft hyphen may stay where a text has it.
HARMLESS_FORMATS = frozenset("\u00ad\u200c\u200d")
UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def show_safely(text: str) -> str:
    """A text with each control, direction mark and lone surrogate drawn as a sign, position for position."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_show_character, text))


def show_on_one_line(text: str) -> str:
    """The same with every run of white space as one space."""
    return show_safely(" ".join(text.split()))


@dataclass(frozen=True)
class TextPart:
    """A span of a text, safe to show; `claims` are those read out of it, none for what lies between."""

    text: str
    claims: tuple[CheckedClaim, ...] = ()


@dataclass(frozen=True)
class MarkedParagraph:
    """One paragraph of a text in its parts."""

    number: int
    parts: tuple[TextPart, ...]


def mark_text(text: str, claims: Iterable[CheckedClaim]) -> tuple[MarkedParagraph, ...]:
    """The paragraphs of a text with each figure apart; figures that overlap share one part."""
    places = [TextSpan(claim.found.char_start, claim.found.char_end, (claim,)) for claim in claims]
    return tuple(
        MarkedParagraph(parted.number, _build_parts(text, parted)) for parted in part_text(text, places)
    )


def _show_character(character: str) -> str:
    if character.isprintable() or character in KEPT or character in HARMLESS_FORMATS:
        return character
    if ord(character) <= LAST_PICTURED:
        return chr(FIRST_PICTURE + ord(character))
    if character == DELETE:
        return DELETE_PICTURE
    return REPLACEMENT if unicodedata.category(character) in UNSHOWABLE else character


def _build_parts(text: str, parted: PartedParagraph[CheckedClaim]) -> tuple[TextPart, ...]:
    return tuple(TextPart(show_safely(text[span.start : span.end]), span.subjects) for span in parted.spans)

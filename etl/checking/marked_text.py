"""A checked text in parts: what stands between figures, and the figures with the claims read out of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.checking.report import CheckedClaim
from etl.checking.shown_text import show_safely
from etl.documents.text_parts import PartedParagraph, TextSpan, part_text


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


def _build_parts(text: str, parted: PartedParagraph[CheckedClaim]) -> tuple[TextPart, ...]:
    return tuple(TextPart(show_safely(text[span.start : span.end]), span.subjects) for span in parted.spans)

"""Text parts: the paragraphs of a text, with the spans apart that something is said of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from etl.documents.passages import split_paragraphs

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class TextSpan(Generic[Subject]):
    """Characters of a text, and what is said of them; places that overlap share one span."""

    start: int
    end: int
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True)
class PartedParagraph(Generic[Subject]):
    """One paragraph as the spans it consists of, without gap or overlap."""

    number: int
    spans: tuple[TextSpan[Subject], ...]


def part_text(text: str, places: Iterable[TextSpan[Subject]]) -> tuple[PartedParagraph[Subject], ...]:
    """The paragraphs of a text with the given places apart."""
    joined = _join_overlaps(sorted(places, key=lambda place: (place.start, place.end)))
    starts = [place.start for place in joined]
    parted = []
    for paragraph in split_paragraphs(text):
        first, last = (bisect_left(starts, at) for at in (paragraph.char_start, paragraph.char_end))
        spans = _fill(joined[first:last], start=paragraph.char_start, end=paragraph.char_end)
        parted.append(PartedParagraph(paragraph.number, spans))
    return tuple(parted)


def _join_overlaps(places: Sequence[TextSpan[Subject]]) -> list[TextSpan[Subject]]:
    joined: list[TextSpan[Subject]] = []
    for place in places:
        if joined and place.start < joined[-1].end:
            before = joined.pop()
            subjects = (*before.subjects, *place.subjects)
            joined.append(TextSpan(before.start, max(before.end, place.end), subjects))
        else:
            joined.append(place)
    return joined


def _fill(places: Sequence[TextSpan[Subject]], *, start: int, end: int) -> tuple[TextSpan[Subject], ...]:
    filled: list[TextSpan[Subject]] = []
    at = start
    for place in places:
        if place.start > at:
            filled.append(TextSpan(at, place.start))
        at = min(place.end, end)
        filled.append(TextSpan(place.start, at, place.subjects))
    if at < end:
        filled.append(TextSpan(at, end))
    return tuple(filled)

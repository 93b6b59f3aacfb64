"""The text of a document with the passages of its claims, where a user has put it into datasets/texts/."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.checking.reports.shown_text import show_safely
from etl.documents.anchoring import Anchor, Anchored, anchor_claims
from etl.documents.loader import load_text
from etl.documents.text_parts import PartedParagraph, TextSpan, part_text
from etl.errors import UnknownRowError
from etl.folders import find_datasets
from etl.snapshot import Snapshot


@dataclass(frozen=True)
class DocumentPart:
    """A span of a text, safe to show, and the claims that stand in it."""

    text: str
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentParagraph:
    """One paragraph of a text in its parts."""

    number: int
    parts: tuple[DocumentPart, ...]


@dataclass(frozen=True)
class PlacedClaim:
    """Where a claim stands in the text at hand, in words; `is_found` says whether it stands there at all."""

    claim_id: str
    stated_as: str
    is_found: bool
    has_moved: bool
    is_paragraph_as_recorded: bool
    words: str


@dataclass(frozen=True)
class DocumentText:
    """The text at hand, whether it is the recorded one, and the place of each claim in it."""

    paragraphs: tuple[DocumentParagraph, ...]
    is_as_recorded: bool
    file: str
    notes: tuple[str, ...]
    places: tuple[PlacedClaim, ...]


def open_document_text(
    snapshot: Snapshot, document_id: str, *, datasets: Path | None = None
) -> DocumentText | None:
    """The text of a document in paragraphs with its passages apart; None where no text is at hand.

    Raises: UnknownRowError for a document that is not there; TextRefusedError for a text that cannot be read.
    """
    records = snapshot.documents(document_id=document_id).collect().to_dicts()
    if not records:
        raise UnknownRowError(f"no document {document_id!r} in snapshot {snapshot.snapshot_id}.")
    # A record that was made without the text has no place to look for.
    if records[0]["text_sha256"] is None:
        return None
    loaded = load_text(datasets or find_datasets(), document_id, text_sha256=records[0]["text_sha256"])
    if loaded is None:
        return None
    claims = snapshot.claims(document_id=document_id).sort("char_start", "claim_id").collect().to_dicts()
    anchors = anchor_claims(loaded.text, claims)
    return DocumentText(
        paragraphs=_build_paragraphs(loaded.text, anchors.items()),
        is_as_recorded=loaded.is_as_recorded,
        file=loaded.file,
        notes=loaded.notes,
        places=tuple(
            _place(claim["claim_id"], claim["stated_as"], anchors[claim["claim_id"]]) for claim in claims
        ),
    )


def _build_paragraphs(text: str, anchors: Iterable[tuple[str, Anchor]]) -> tuple[DocumentParagraph, ...]:
    spans = [
        TextSpan(anchor.passage.char_start, anchor.passage.char_end, (claim_id,))
        for claim_id, anchor in anchors
        if isinstance(anchor, Anchored)
    ]
    return tuple(
        DocumentParagraph(parted.number, _build_parts(text, parted)) for parted in part_text(text, spans)
    )


def _build_parts(text: str, parted: PartedParagraph[str]) -> tuple[DocumentPart, ...]:
    return tuple(
        DocumentPart(show_safely(text[span.start : span.end]), span.subjects) for span in parted.spans
    )


def _place(claim_id: str, stated_as: str, anchor: Anchor) -> PlacedClaim:
    if isinstance(anchor, Anchored):
        text = anchor.say(stated_as)
        return PlacedClaim(
            claim_id, stated_as, True, anchor.has_moved, anchor.is_paragraph_as_recorded, show_safely(text)
        )
    return PlacedClaim(claim_id, stated_as, False, False, False, show_safely(anchor.reason))

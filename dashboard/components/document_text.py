"""The text of a document as its page shows it: what is at hand, what has moved, and the marked text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

import etl
from dashboard.components.marked_text import MarkedPart, TextMark, build_marked_text
from dashboard.components.row_table import build_opener
from etl import DocumentText, PlacedClaim, TextRefusedError, format_count

TEXTS_FOLDER = "datasets/texts"
NOT_FOUND = "Not found in this text"


def build_absent_text(document_id: str) -> Any:
    """What to do where no text is at hand."""
    return html.P(
        [
            "The text is not kept here, for texts belong to their authors; claims stand by place and hash. "
            "To read it here with its figures marked, save it as ",
            html.Code(f"{TEXTS_FOLDER}/{document_id}.txt"),
            " (or .md, .html, .pdf) and open this page again: nothing has to be built anew.",
        ],
        className="minor text-state",
    )


def build_refused_text(refusal: TextRefusedError) -> Any:
    """Why the file that is there cannot be read."""
    return html.P(
        [
            f"The file {TEXTS_FOLDER}/{etl.show_on_one_line(str(refusal.place))} ",
            f"{refusal.problem}. {refusal.remedy}",
        ],
        className="text-state",
    )


def build_document_text(text: DocumentText, *, marks: Mapping[str, TextMark]) -> Any:
    """The text with each claim's passage marked, after what is to be said of it; marks are by claim."""
    paragraphs = [
        [
            MarkedPart(part.text, tuple(marks[claim_id] for claim_id in part.claim_ids))
            for part in paragraph.parts
        ]
        for paragraph in text.paragraphs
    ]
    return html.Div([*_build_state(text), build_marked_text(paragraphs)])


def _build_state(text: DocumentText) -> list[Any]:
    """Whether it is the recorded text, how many passages it holds, and which are not where they were."""
    parts: list[Any] = []
    if not text.is_as_recorded:
        message = (
            f"This is not the text that was recorded: the SHA-256 of {text.file} differs, so passages are "
            "looked for by their words."
        )
        parts.append(html.P(message, className="banner text-state"))
    lines = [*([_format_found(text)] if text.places else []), *map(etl.show_on_one_line, text.notes)]
    parts += [html.P(line, className="minor text-state") for line in lines]
    found = [place for place in text.places if place.is_found]
    listed = {
        NOT_FOUND: [place for place in text.places if not place.is_found],
        "Found elsewhere than recorded": [place for place in found if place.has_moved],
        "Found in place, in a paragraph that differs from the recorded one": [
            place for place in found if not place.has_moved and not place.is_paragraph_as_recorded
        ],
    }
    return parts + [_build_places(title, places) for title, places in listed.items() if places]


def _format_found(text: DocumentText) -> str:
    found, named = sum(place.is_found for place in text.places), len(text.places)
    if found == named:
        return "Every figure that the record names is marked, and opens its evidence."
    return f"{found} of {format_count(named, 'figure')} that the record names can be marked."


def _build_places(title: str, places: list[PlacedClaim]) -> Any:
    entries = [
        html.Li(
            [build_opener(f"“{etl.show_on_one_line(place.stated_as)}”", place.claim_id), f" {place.words}"]
        )
        for place in places
    ]
    return html.Details(
        [html.Summary(f"{title}: {len(places)}"), html.Ul(entries, className="text-places")],
        open=title == NOT_FOUND,
    )

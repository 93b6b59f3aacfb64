"""Annotations: the claims of a document as a page of W3C Web Annotations, for any reader of the standard."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from etl.documents.anchoring import Anchor, Anchored
from etl.documents.passages import Selector, build_selectors

# The W3C's Web Annotation Data Model of 2017 and its JSON-LD context; readers of the standard compare the
# address.
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Where a claim stands is in the target, and not said again in the body.
PLACE_COLUMNS = frozenset(
    ("document_id", "paragraph", "char_start", "char_end", "quote_sha256", "paragraph_sha256", "stated_as")
)


def write_annotations(
    claims: Iterable[Mapping[str, Any]],
    *,
    source: str,
    base: str = "urn:footnoted:",
    anchors: Mapping[str, Anchor] | None = None,
    verdicts: Mapping[str, str] | None = None,
) -> str:
    """A page of annotations as JSON-LD: one for each claim, its columns in the body, its place in the target.

    `source` is the address of the document; anchors give the places in the text at hand, without which the
    recorded ones stand; verdicts, by claim, add a second body that says what checking gave.
    """
    items = [
        _annotate(
            claim,
            source=source,
            base=base,
            anchor=(anchors or {}).get(str(claim["claim_id"])),
            verdict=(verdicts or {}).get(str(claim["claim_id"])),
        )
        for claim in claims
    ]
    page = {"@context": CONTEXT, "id": f"{base}annotations", "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _annotate(
    claim: Mapping[str, Any], *, source: str, base: str, anchor: Anchor | None, verdict: str | None
) -> dict[str, Any]:
    said = {column: _write_value(value) for column, value in claim.items() if column not in PLACE_COLUMNS}
    bodies = [
        {
            "type": "TextualBody",
            "format": "application/json",
            "purpose": "describing",
            # The standard has no words for a claim, so its columns travel as one JSON text that any reader
            # keeps.
            "value": json.dumps(said, ensure_ascii=False),
        }
    ]
    if verdict is not None:
        bodies.append(
            {"type": "TextualBody", "format": "text/plain", "purpose": "assessing", "value": verdict}
        )
    return {
        "id": f"{base}{claim['claim_id']}",
        "type": "Annotation",
        "motivation": "describing" if verdict is None else "assessing",
        "body": bodies,
        "target": {"source": source, "selector": list(_select(claim, anchor))},
    }


def _select(claim: Mapping[str, Any], anchor: Anchor | None) -> tuple[Selector, ...]:
    """Quote and position; the quote alone where the text at hand does not hold it."""
    if isinstance(anchor, Anchored):
        return anchor.passage.build_selectors()
    is_placed = claim["char_start"] is not None
    start, end = (int(claim[name]) if is_placed else 0 for name in ("char_start", "char_end"))
    quote, position = build_selectors(str(claim["stated_as"]), char_start=start, char_end=end)
    # A quote that is gone may still be searched for by a reader; a position in another text would mislead.
    return (quote, position) if anchor is None and is_placed else (quote,)


def _write_value(value: Any) -> Any:
    """Days as ISO writes them; decimals as text, which loses nothing."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value

"""Text, RIS and CSL-JSON of one citation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from etl.snapshot.citation_names import Name, PersonName, write_name

if TYPE_CHECKING:
    from etl.snapshot.citation import Citation

HOUSE = "Footnoted"
RIS_TYPES = {
    "dataset": "DATA",
    "graphic": "FIGURE",
    "article-newspaper": "NEWS",
    "report": "RPRT",
    "webpage": "ELEC",
}
RIS_LINE_END = "\r\n"
_CLOSING_MARKS = "\u201d\u2019\"')"


def write_text(citation: Citation) -> str:
    """A citation as a reference list prints it, in sentences on one line."""
    names = [write_name(name) for name in citation.author]
    # A publisher that is the author, or the work itself, is not said twice.
    house = citation.publisher if citation.publisher not in (*names, "; ".join(names), HOUSE) else None
    published = [citation.container_title, None if citation.is_own else house, citation.issued.words]
    sentences = [
        "; ".join(names) or (house if citation.is_own else None),
        citation.title,
        ", ".join(part for part in published if part),
        house if citation.is_own and names else None,
        None if citation.is_own else citation.url,
        citation.note,
        citation.place,
    ]
    address = citation.link_here
    said = " ".join(
        sentence if sentence == citation.url else end_sentence(sentence) for sentence in sentences if sentence
    )
    return f"{said} {address}" if address else said


def write_ris(citation: Citation) -> str:
    """A citation as a RIS record; days that are not known are left out of its dates."""
    issued, accessed = citation.issued, citation.accessed
    day = "" if issued.day is None else f"{issued.day:02d}"
    lines = [
        ("TY", RIS_TYPES[citation.type]),
        ("ID", citation.id),
        *(("AU", write_name(name)) for name in citation.author),
        ("TI", citation.title),
        ("T2", citation.container_title),
        ("PB", citation.publisher),
        ("PY", f"{issued.year:04d}"),
        ("DA", f"{issued.year:04d}/{issued.month:02d}/{day}/"),
        ("Y2", f"{accessed:%Y/%m/%d}/" if accessed and citation.url else None),
        ("ET", citation.version if citation.is_own else None),
        ("M1", citation.number if citation.is_own else None),
        ("M3", citation.genre),
        ("N1", citation.remarks),
        ("DP", HOUSE if citation.is_own else None),
        ("UR", citation.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}{RIS_LINE_END}" for tag, text in lines if text is not None)


def write_csl(citation: Citation) -> str:
    """A citation as CSL-JSON: a list of one item, as reference managers take it in."""
    issued: dict[str, Any] = {"date-parts": [list(citation.issued.parts)]}
    if citation.issued.is_inferred:
        issued["circa"] = True
    day = citation.accessed if citation.url else None
    item = {
        "type": citation.type,
        "id": citation.id,
        "title": citation.title,
        "author": [_split_name(name) for name in citation.author] or None,
        "container-title": citation.container_title,
        "publisher": citation.publisher,
        "issued": issued,
        "accessed": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": citation.url,
        "version": citation.version if citation.is_own else None,
        "number": citation.number if citation.is_own else None,
        "genre": citation.genre,
        "source": HOUSE if citation.is_own else None,
        "note": citation.remarks,
    }
    present = {name: value for name, value in item.items() if value is not None}
    return json.dumps([present], ensure_ascii=False, indent=2) + "\n"


def end_sentence(text: str) -> str:
    """A text with one full stop, unless it ends a sentence already."""
    return text if text.rstrip(_CLOSING_MARKS).endswith((".", "?", "!")) else f"{text}."


def _split_name(name: Name) -> dict[str, str]:
    if not isinstance(name, PersonName) or name.given is None:
        return {"literal": write_name(name)}
    return {"family": name.family, "given": name.given}

"""Text, BibTeX, RIS and CSL-JSON of one citation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from etl.snapshot.wording import say_day

if TYPE_CHECKING:
    from etl.snapshot.citation import Citation

SOURCE = "Footnoted"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
RIS_TYPES = {"dataset": "DATA", "graphic": "FIGURE", "document": "GEN"}
RIS_LINE_END = "\r\n"
# BibTeX counts every brace, escaped or not, so that a lone one would end or swallow an entry.
BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_BIBTEX_SPECIAL = re.compile("[" + re.escape("".join(BIBTEX_ESCAPES)) + "]")


def write_text(citation: Citation) -> str:
    """A citation as a reference list prints it, in sentences on one line."""
    house = citation.publisher if citation.publisher not in (*citation.author, SOURCE) else None
    sentences = [
        "; ".join(citation.author) or house,
        citation.title,
        _join(", ", (citation.container_title, citation.issued.words)),
        house if citation.author else None,
        citation.note,
        f"{SOURCE}, {_say_place(citation)}",
    ]
    said = " ".join(_end_sentence(sentence) for sentence in sentences if sentence)
    return f"{said} {citation.url}" if citation.url else said


def write_bibtex(citation: Citation) -> str:
    """A citation as a BibTeX entry: `howpublished` is what styles print that know no versions."""
    issued = citation.issued
    fields = {
        "title": _brace_all(citation.title),
        "author": _brace(" and ".join(_brace(_escape(name)) for name in citation.author)),
        "booktitle": _brace_escaped(citation.container_title),
        "publisher": _brace_escaped(citation.publisher),
        "year": _brace(str(issued.year)),
        "month": MONTHS[issued.month - 1],
        "day": None if issued.day is None else _brace(str(issued.day)),
        "howpublished": _brace_escaped(f"{SOURCE}, {_say_place(citation)}"),
        "version": _brace_escaped(citation.version),
        "number": _brace_escaped(citation.number),
        "type": _brace_escaped(citation.genre),
        "url": _brace_plain(citation.url),
        "urldate": _brace(citation.accessed.isoformat()),
        "note": _brace_escaped(_join_notes(citation)),
    }
    body = ",\n".join(f"  {name} = {text}" for name, text in fields.items() if text and text != "{}")
    return f"@misc{{{citation.id},\n{body}\n}}\n"


def write_ris(citation: Citation) -> str:
    """A citation as a RIS record; days that are not known are left out of its dates."""
    issued = citation.issued
    day = "" if issued.day is None else f"{issued.day:02d}"
    lines = [
        ("TY", RIS_TYPES[citation.type]),
        ("ID", citation.id),
        *(("AU", name) for name in citation.author),
        ("TI", citation.title),
        ("T2", citation.container_title),
        ("PB", citation.publisher),
        ("PY", str(issued.year)),
        ("DA", f"{issued.year:04d}/{issued.month:02d}/{day}/"),
        ("Y2", f"{citation.accessed:%Y/%m/%d}/"),
        ("ET", citation.version),
        ("M1", citation.number),
        ("M3", citation.genre),
        ("N1", _join_notes(citation)),
        ("DP", SOURCE),
        ("UR", citation.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}{RIS_LINE_END}" for tag, text in lines if text is not None)


def write_csl(citation: Citation) -> str:
    """A citation as CSL-JSON: a list of one item, as reference managers take it in."""
    issued: dict[str, Any] = {"date-parts": [list(citation.issued.parts)]}
    if citation.issued.is_inferred:
        issued["circa"] = True
    day = citation.accessed
    item = {
        "type": citation.type,
        "id": citation.id,
        "title": citation.title,
        "author": [{"literal": name} for name in citation.author] or None,
        "container-title": citation.container_title,
        "publisher": citation.publisher,
        "issued": issued,
        "accessed": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": citation.url,
        "version": citation.version,
        "number": citation.number,
        "genre": citation.genre,
        "source": SOURCE,
        "note": citation.note,
    }
    present = {name: value for name, value in item.items() if value is not None}
    return json.dumps([present], ensure_ascii=False, indent=2) + "\n"


def _say_place(citation: Citation) -> str:
    """Where it is kept: "snapshot 2026-03-09-10e25abf95, as known on 31 March 2019, <id>"."""
    # A snapshot's id begins with its own day.
    is_whole = citation.version.startswith(citation.accessed.isoformat())
    known = None if is_whole else f"as known on {say_day(citation.accessed)}"
    number = None if citation.number == citation.version else citation.number
    return _join(", ", (f"snapshot {citation.version}", known, number))


def _join_notes(citation: Citation) -> str | None:
    inferred = "Date inferred." if citation.issued.is_inferred else None
    return _join(" ", (citation.note, inferred)) or None


def _join(sign: str, parts: Iterable[str | None]) -> str:
    return sign.join(part for part in parts if part)


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _escape(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(lambda found: BIBTEX_ESCAPES[found[0]], text)


def _brace(text: str) -> str:
    return f"{{{text}}}"


def _brace_escaped(text: str | None) -> str | None:
    return text and _brace(_escape(text))


def _brace_all(text: str) -> str:
    """A title whose capitals no style may lower."""
    return _brace(_brace(_escape(text)))


def _brace_plain(text: str | None) -> str | None:
    """An address: styles set it as it stands."""
    return text and _brace(text)

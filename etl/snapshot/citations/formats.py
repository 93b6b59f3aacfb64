"""The forms of a citation: text for a reference list, RIS, CSL-JSON and BibTeX.

BibTeX is in signs that every LaTeX sets: only letters go beyond ASCII.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from etl.errors import FootnotedError
from etl.snapshot.citations.record import HOUSE, CitationRecord, Name, PersonName, write_name
from etl.snapshot.wording import end_sentence

RIS_TYPES = {
    "dataset": "DATA",
    "graphic": "FIGURE",
    "article-newspaper": "NEWS",
    "report": "RPRT",
    "webpage": "ELEC",
}
RIS_LINE_END = "\r\n"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# An entry of one of these kinds needs the field; without it a reference is @misc.
BIBTEX_TYPES = {
    "dataset": ("misc", None),
    "graphic": ("misc", None),
    "webpage": ("misc", None),
    "article-newspaper": ("article", "journal"),
    "report": ("techreport", "institution"),
}
# BibTeX counts every brace, escaped or not, so that a lone one would end or swallow an entry.
BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    # Blanks, dashes and quotation marks that fonts of older engines lack.
    "\u00a0": "~",
    "\u2007": "~",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "--",
    "\u2212": "--",
    "\u2014": "---",
    "\u2018": "`",
    "\u2019": "'",
    "\u201c": "``",
    "\u201d": "''",
    "\u2026": r"\ldots{}",
    "\u00b1": r"$\pm$",
    "\u00b2": "$^2$",
    "\u00b3": "$^3$",
    "\u00b7": r"$\cdot$",
    "\u00d7": r"$\times$",
    "\u2248": r"$\approx$",
    "\u2264": r"$\leq$",
    "\u2265": r"$\geq$",
    "\u20ac": r"\texteuro{}",
    "\u00a3": r"\pounds{}",
    "\u00a7": r"\S{}",
    "\u00b0": r"\textdegree{}",
}
# Two of these in a row are set as one sign; so is a question or exclamation mark before a backtick.
_LIGATURES = "-`',"
_AMBIGUOUS_IN_NAMES = re.compile(r",|\band\b", re.IGNORECASE)


@dataclass(frozen=True)
class CitationForm:
    """One form of a citation: its name, the ending of its files, and their media type."""

    name: str
    suffix: str
    media_type: str


CITATION_FORMS = (
    CitationForm("Text", "txt", "text/plain; charset=utf-8"),
    CitationForm("BibTeX", "bib", "application/x-bibtex; charset=utf-8"),
    CitationForm("RIS", "ris", "application/x-research-info-systems; charset=utf-8"),
    CitationForm("CSL-JSON", "json", "application/vnd.citationstyles.csl+json"),
)


@dataclass(frozen=True)
class Citation(CitationRecord):
    """A reference; the fields are CSL's variables.

    They are those of `CitationRecord`; what is added are the four forms in which it is written.
    """

    @property
    def text(self) -> str:
        """As a reference list prints it."""
        return write_text(self)

    @property
    def bibtex(self) -> str:
        """As a BibTeX entry."""
        return write_bibtex(self)

    @property
    def ris(self) -> str:
        """As a RIS record."""
        return write_ris(self)

    @property
    def csl(self) -> str:
        """As CSL-JSON: a list of one item."""
        return write_csl(self)

    def write(self, suffix: str) -> str:
        """One form, named by the ending of its files.

        Raises: FootnotedError for a form that there is not.
        """
        if suffix not in _WRITERS:
            raise FootnotedError(f"no citations of the form {suffix!r}. Known: {', '.join(_WRITERS)}.")
        return _WRITERS[suffix](self)


def write_text(citation: CitationRecord) -> str:
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


def write_ris(citation: CitationRecord) -> str:
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


def write_csl(citation: CitationRecord) -> str:
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


def write_bibtex(citation: CitationRecord) -> str:
    """A citation as a BibTeX entry: `howpublished` is what styles print that know no versions."""
    issued = citation.issued
    kind, holder_field = BIBTEX_TYPES[citation.type]
    holder = citation.container_title if holder_field == "journal" else citation.publisher
    is_lacking = holder_field is not None and not holder
    kind, holder_field = ("misc", None) if is_lacking else (kind, holder_field)
    place = citation.place if citation.is_own else None
    fields = {
        "title": _brace(escape_bibtex(citation.title)),
        "author": " and ".join(_write_author(name) for name in citation.author),
        "booktitle": None if holder_field == "journal" else escape_bibtex(citation.container_title),
        "publisher": None if holder_field == "institution" else escape_bibtex(citation.publisher),
        holder_field or "": escape_bibtex(holder),
        "year": str(issued.year),
        "month": MONTHS[issued.month - 1],
        "day": None if issued.day is None else str(issued.day),
        "date": issued.iso,
        "howpublished": escape_bibtex(
            "; ".join(part for part in (citation.container_title, place) if part) if place else None
        ),
        "version": escape_bibtex(citation.version) if citation.is_own else None,
        "number": escape_bibtex(citation.number) if citation.is_own else None,
        "type": escape_bibtex(citation.genre),
        "url": citation.url,
        "urldate": citation.accessed.isoformat() if citation.accessed and citation.url else None,
        "note": escape_bibtex(citation.remarks),
    }
    # A month is a word that styles know, and stands bare.
    said = {name: text if name == "month" else _brace(text) for name, text in fields.items() if name and text}
    body = ",\n".join(f"  {name} = {text}" for name, text in said.items())
    return f"@{kind}{{{citation.id},\n{body}\n}}\n"


def escape_bibtex(text: str | None) -> str:
    """A text as LaTeX sets it; signs that it has no way to write fall back to their plainest form."""
    written = ""
    for sign in text or "":
        code = BIBTEX_ESCAPES.get(sign) or _simplify(sign)
        written += "{}" if _joins(written, code) else ""
        written += code
    return written


def _split_name(name: Name) -> dict[str, str]:
    if not isinstance(name, PersonName) or name.given is None:
        return {"literal": write_name(name)}
    return {"family": name.family, "given": name.given}


def _simplify(sign: str) -> str:
    """Letters and their accents as they are, other signs in ASCII where they have such a form."""
    if sign.isascii() or unicodedata.category(sign)[0] in "LM":
        return sign
    plain = unicodedata.normalize("NFKD", sign)
    if plain == sign or not plain.isascii():
        return sign
    return "".join(BIBTEX_ESCAPES.get(each, each) for each in plain)


def _joins(before: str, code: str) -> bool:
    if not before or not code:
        return False
    return (before[-1] == code[0] and code[0] in _LIGATURES) or (before[-1] in "?!" and code[0] == "`")


def _write_author(name: Name) -> str:
    """A person in two parts; an institution in braces, which keep it whole."""
    if not isinstance(name, PersonName) or name.given is None:
        return _brace(escape_bibtex(name.family if isinstance(name, PersonName) else name))
    return ", ".join(
        _brace(part) if _AMBIGUOUS_IN_NAMES.search(part) else part
        for part in (escape_bibtex(name.family), escape_bibtex(name.given))
    )


def _brace(text: str) -> str:
    return f"{{{text}}}"


_WRITERS = {"txt": write_text, "bib": write_bibtex, "ris": write_ris, "json": write_csl}

"""BibTeX of one citation, in signs that every LaTeX sets: only letters go beyond ASCII."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from etl.snapshot.citation_names import Name, PersonName

if TYPE_CHECKING:
    from etl.snapshot.citation import Citation

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


def write_bibtex(citation: Citation) -> str:
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

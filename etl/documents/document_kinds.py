"""Kinds of documents, each of which is cited in its own way, and their authors who are persons."""

from __future__ import annotations

from etl.vocabulary import Code, CodeList

DOCUMENT_KINDS = CodeList(
    "document_kind",
    Code("article", "article", "an article of a newspaper or news site"),
    Code("commentary", "commentary", "an essay of opinion or analysis, of an institute or of its authors"),
    Code("report", "report", "a study or report of an institution"),
    Code("fact sheet", "fact sheet", "a short print of figures by an institution"),
    Code("statement", "statement", "a statement or speech of a government or office"),
    Code("press release", "press release", "an announcement to the press"),
)
# Names of authors are separated by semicolons, the parts of a name by a comma.
AUTHOR_SEPARATOR = "; "
SIGNS_IN_NAMES = frozenset(",;")


def list_authors(author: str | None) -> list[str]:
    """The authors that a record names, in their order."""
    return [name.strip() for name in (author or "").split(AUTHOR_SEPARATOR) if name.strip()]


def list_spellings(family: str, given: str | None) -> set[str]:
    """How a byline may print a person's name: either part first."""
    # Chinese, Hungarian and Korean names are printed family name first, and no list says whose.
    return {f"{given} {family}", f"{family} {given}"} if given else {family}


def write_person(family: str, given: str | None) -> str:
    """A person's name as the table of documents holds it: "Bhattacharjya, Satarupa"."""
    return f"{family}, {given}" if given else family

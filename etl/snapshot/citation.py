"""One reference to something of a snapshot, and the four forms it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from etl.errors import FootnotedError
from etl.snapshot.citation_forms import write_bibtex, write_csl, write_ris, write_text
from etl.snapshot.wording import say_day, say_month

HOUSE = "Footnoted"
# Blanks that keep a printed figure together, as in "US $13 billion", stay.
_WHITE = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_UNSAFE_IN_KEYS = re.compile(r"[^A-Za-z0-9._+-]+")
# What an address may hold as it stands; braces, backslashes and blanks would break one form or another.
_SAFE_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%-._~"


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
_WRITERS = {"txt": write_text, "bib": write_bibtex, "ris": write_ris, "json": write_csl}


@dataclass(frozen=True)
class PartialDate:
    """A day, or only its month; `is_inferred` where the source does not state it."""

    year: int
    month: int
    day: int | None = None
    is_inferred: bool = False

    @property
    def parts(self) -> tuple[int, ...]:
        """Year and month, and the day where it is known."""
        return (self.year, self.month) if self.day is None else (self.year, self.month, self.day)

    @property
    def words(self) -> str:
        """As a reader says it: "5 December 2025", "March 2019 (date inferred)"."""
        first = date(self.year, self.month, self.day or 1)
        said = say_month(first) if self.day is None else say_day(first)
        return f"{said} (date inferred)" if self.is_inferred else said


def date_partly(day: date, *, precision: str = "day", is_inferred: bool = False) -> PartialDate:
    """A day as exactly as it is known.

    Raises: FootnotedError for a precision other than day and month.
    """
    if precision not in {"day", "month"}:
        raise FootnotedError(f"no date of the precision {precision!r}. Known: day, month.")
    return PartialDate(day.year, day.month, day.day if precision == "day" else None, is_inferred)


@dataclass(frozen=True)
class Citation:
    """A reference; the fields are CSL's variables.

    `version` is the snapshot's id, `accessed` the day it shows (never the clock), `number` the id of what is
    cited within it, `url` its permanent link or, without one, its publisher's page. Texts lose line breaks.
    Raises: FootnotedError without a number, a title or a version.
    """

    type: str
    number: str
    title: str
    version: str
    accessed: date
    issued: PartialDate
    author: tuple[str, ...] = ()
    container_title: str | None = None
    publisher: str | None = None
    genre: str | None = None
    note: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        for name in ("number", "title", "version"):
            text = _keep_on_one_line(getattr(self, name))
            if text is None:
                raise FootnotedError(f"a citation of {self.number!r} without a {name}. Give it one.")
            object.__setattr__(self, name, text)
        for name in ("container_title", "publisher", "genre", "note"):
            object.__setattr__(self, name, _keep_on_one_line(getattr(self, name)))
        names = tuple(_keep_on_one_line(author) for author in self.author)
        object.__setattr__(self, "author", tuple(name for name in names if name))
        object.__setattr__(self, "url", quote(self.url, safe=_SAFE_IN_ADDRESSES) if self.url else None)

    @property
    def id(self) -> str:
        """The key by which a text cites it."""
        return _UNSAFE_IN_KEYS.sub("-", self.number).strip("-") or HOUSE

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

    def link(self, url: str | None) -> Citation:
        """The same reference with a permanent link; itself where there is none."""
        return replace(self, url=url) if url else self


def _keep_on_one_line(text: str | None) -> str | None:
    return (_WHITE.sub(" ", text).strip(" ") or None) if text else None

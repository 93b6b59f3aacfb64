"""What a citation is: one reference to something of a snapshot, its names, its dates and its key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import quote

from etl.errors import FootnotedError
from etl.formatting import format_day
from etl.provenance import ASSUMED
from etl.snapshot.wording import end_sentence
from etl.vocabulary import VINTAGE_PRECISIONS

HOUSE = "Footnoted"
# CSL's types of the works that are cited here.
CITATION_TYPES = ("dataset", "graphic", "webpage", "article-newspaper", "report")
NAME_SEPARATOR = "; "
FAMILY_SEPARATOR = ", "
KEY_SEPARATOR = ":"
_UNSAFE_IN_KEYS = re.compile(r"[^A-Za-z0-9._-]")
# Blanks that keep a printed figure together, as in "US $13 billion", stay.
_WHITE = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
# What an address may hold as it stands; braces, backslashes and blanks would break one form or another.
_SAFE_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True)
class PersonName:
    """A person's name in its two parts; `given` is None for those who have one name only."""

    family: str
    given: str | None = None

    @property
    def inverted(self) -> str:
        """As lists of references sort it: "Bhattacharjya, Satarupa"."""
        return FAMILY_SEPARATOR.join(part for part in (self.family, self.given) if part)

    @property
    def spellings(self) -> tuple[str, ...]:
        """As a byline may print it: either part may come first."""
        if not self.given:
            return (self.family,)
        return f"{self.given} {self.family}", f"{self.family} {self.given}"


Name = str | PersonName


def write_name(name: Name) -> str:
    """A person's name with the family name first; an institution's as it is."""
    return name.inverted if isinstance(name, PersonName) else name


def read_names(authors: str | None, *, persons: str | None) -> tuple[Name, ...]:
    """Authors in their order; those that `persons` lists as "family, given" are persons."""
    known = [PersonName(*entry.split(FAMILY_SEPARATOR, 1)) for entry in _split(persons)]
    by_spelling = {spelling: name for name in known for spelling in name.spellings}
    return tuple(by_spelling.get(author, author) for author in _split(authors))


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
    def iso(self) -> str:
        """As computers write it, as far as it is known: "2025-12-05", "2019-03"."""
        month = f"{self.year:04d}-{self.month:02d}"
        return month if self.day is None else f"{month}-{self.day:02d}"

    @property
    def words(self) -> str:
        """As a reader says it: "5 December 2025", "March 2019 (date inferred)"."""
        first = date(self.year, self.month, self.day or 1)
        said = format_day(first, precision="month" if self.day is None else "day")
        return f"{said} (date inferred)" if self.is_inferred else said


def date_partly(day: date, *, precision: str = "day", is_inferred: bool = False) -> PartialDate:
    """A day as exactly as it is known; one that nothing states is inferred.

    Raises: FootnotedError for a precision other than day, month and assumed.
    """
    if precision not in VINTAGE_PRECISIONS.codes:
        known = ", ".join(VINTAGE_PRECISIONS.codes)
        raise FootnotedError(f"no date of the precision {precision!r}. Known: {known}.")
    is_unsaid = precision == ASSUMED
    return PartialDate(
        day.year, day.month, None if precision == "month" else day.day, is_inferred or is_unsaid
    )


@dataclass(frozen=True)
class CitationRecord:
    """A reference before it is written in any form; the fields are CSL's variables.

    `version` is the snapshot's id, `as_of` the day it shows, `number` the id of what is cited within it, and
    `choices` what else a reader chose. `record` says of a work of others what this house recorded of it
    ("Figure as recorded by"): `url` is then the work's own address and `record_url` the one here; without it
    `url` is a permanent link here or, without one, the publisher's page. `accessed` is the recorded day of
    retrieval from `url`, never the clock's. Texts lose line breaks.
    Raises: FootnotedError without a number, a title or a version, or for an unknown type.
    """

    type: str
    number: str
    title: str
    version: str
    as_of: date
    issued: PartialDate
    author: tuple[Name, ...] = ()
    container_title: str | None = None
    publisher: str | None = None
    genre: str | None = None
    note: str | None = None
    url: str | None = None
    accessed: date | None = None
    record: str | None = None
    record_url: str | None = None
    choices: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.type not in CITATION_TYPES:
            raise FootnotedError(
                f"no citations of the type {self.type!r}. Known: {', '.join(CITATION_TYPES)}."
            )
        for name in ("number", "title", "version"):
            text = _keep_on_one_line(getattr(self, name))
            if text is None:
                raise FootnotedError(f"a citation of {self.number!r} without a {name}. Give it one.")
            object.__setattr__(self, name, text)
        for name in ("container_title", "publisher", "genre", "note", "record"):
            object.__setattr__(self, name, _keep_on_one_line(getattr(self, name)))
        names = tuple(_keep_name_on_one_line(author) for author in self.author)
        object.__setattr__(self, "author", tuple(name for name in names if name))
        for name in ("url", "record_url"):
            address = getattr(self, name)
            object.__setattr__(self, name, quote(address, safe=_SAFE_IN_ADDRESSES) if address else None)

    @property
    def id(self) -> str:
        """The key by which a text cites it: other choices, another day or snapshot give another."""
        day = [] if self._is_whole else [f"as-of.{self.as_of.isoformat()}"]
        chosen = [f"{name}.{value}" for name, value in self.choices]
        build = [] if self.number == self.version else [self.version.rpartition("-")[2] or self.version]
        return write_key([self.number, *chosen, *day, *build])

    @property
    def is_own(self) -> bool:
        """Whether it is published here; the others are works that something was recorded of."""
        return self.record is None

    @property
    def link_here(self) -> str | None:
        """Its permanent link here; of a work published here, what `url` holds."""
        return self.url if self.is_own else self.record_url

    @property
    def place(self) -> str:
        """Where it is kept: "Footnoted, snapshot 2026-03-09-10e25abf95, as known on 31 March 2019, <id>"."""
        parts = [
            HOUSE if self.record is None else f"{self.record} {HOUSE}",
            f"snapshot {self.version}",
            None if self._is_whole else f"as known on {format_day(self.as_of)}",
            None if self.number == self.version else self.number,
        ]
        return ", ".join(part for part in parts if part)

    @property
    def remarks(self) -> str | None:
        """Its note in full: what is inferred, and of a work of others where it is recorded."""
        inferred = "Date inferred." if self.issued.is_inferred else None
        # An address ends without a full stop, which would become a part of it.
        record = None if self.is_own else ", ".join(part for part in (self.place, self.record_url) if part)
        note = end_sentence(self.note) if self.note and (inferred or record) else self.note
        return " ".join(part for part in (note, inferred, record) if part) or None

    @property
    def _is_whole(self) -> bool:
        # A snapshot's id begins with its own day.
        return self.version.startswith(self.as_of.isoformat())

    def link(self, url: str | None) -> Self:
        """The same reference with a permanent link here; itself where there is none."""
        if not url:
            return self
        # Nobody is known to have looked at a link that is only now given.
        return replace(self, url=url, accessed=None) if self.is_own else replace(self, record_url=url)


def write_key(parts: Iterable[str]) -> str:
    """A key in ASCII that BibTeX takes; other parts give another key."""
    return KEY_SEPARATOR.join(_UNSAFE_IN_KEYS.sub(_encode_sign, part) for part in parts)


def _keep_on_one_line(text: str | None) -> str | None:
    return (_WHITE.sub(" ", text).strip(" ") or None) if text else None


def _keep_name_on_one_line(name: Name) -> Name | None:
    if not isinstance(name, PersonName):
        return _keep_on_one_line(name)
    family, given = _keep_on_one_line(name.family), _keep_on_one_line(name.given)
    return PersonName(family, given) if family else given


def _encode_sign(found: re.Match[str]) -> str:
    return "".join(f"+{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _split(names: str | None) -> list[str]:
    return [name.strip() for name in (names or "").split(NAME_SEPARATOR) if name.strip()]

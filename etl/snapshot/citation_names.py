"""Names in citations: of persons, whose family name leads, and the keys by which a text cites."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

NAME_SEPARATOR = "; "
FAMILY_SEPARATOR = ", "
KEY_SEPARATOR = ":"
_UNSAFE_IN_KEYS = re.compile(r"[^A-Za-z0-9._-]")


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


def write_key(parts: Iterable[str]) -> str:
    """A key in ASCII that BibTeX takes; other parts give another key."""
    return KEY_SEPARATOR.join(_UNSAFE_IN_KEYS.sub(_encode_sign, part) for part in parts)


def _encode_sign(found: re.Match[str]) -> str:
    return "".join(f"+{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _split(names: str | None) -> list[str]:
    return [name.strip() for name in (names or "").split(NAME_SEPARATOR) if name.strip()]

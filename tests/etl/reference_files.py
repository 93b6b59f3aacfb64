"""Readers of BibTeX and RIS written for the tests, apart from what writes them."""

from __future__ import annotations

import re

BIBTEX_LETTERS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}
_LETTER = re.compile("|".join(re.escape(code) for code in sorted(BIBTEX_LETTERS, key=len, reverse=True)))
_FIELD = re.compile(r"\s*([a-z]+)\s*=\s*")
RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


def read_bibtex(entry: str) -> dict[str, str]:
    """The fields of one entry as they stand between their braces, its kind and its key.

    Raises: ValueError where the entry does not end with its own brace.
    """
    kind, _, rest = entry.strip().partition("{")
    key, _, rest = rest.partition(",")
    fields = {"ENTRYTYPE": kind.removeprefix("@"), "ID": key}
    while found := _FIELD.match(rest):
        text, rest = read_field(rest[found.end() :])
        fields[found[1]] = text
        rest = rest.removeprefix(",")
    if rest.strip() != "}":
        raise ValueError(f"the entry goes on with {rest[:40]!r}")
    return fields


def read_field(rest: str) -> tuple[str, str]:
    """A field's text without its outer braces, or a bare word, and what follows it."""
    if not rest.startswith("{"):
        word = re.match(r"\w+", rest)
        assert word is not None
        return word[0], rest[word.end() :]
    depth = 0
    for place, character in enumerate(rest):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return rest[1:place], rest[place + 1 :]
    raise ValueError("a brace is never closed")


def read_names(text: str) -> list[str]:
    """The names of an author field, each in braces of its own."""
    names = []
    while text:
        name, text = read_field(text)
        names.append(unescape(name))
        text = text.removeprefix(" and ")
    return names


def unescape(text: str) -> str:
    """A field's text as a reader sees it.

    Raises: ValueError for a sign that a style would take for a command.
    """
    if bare := re.search(r"[{}\\&%$#_~^]", _LETTER.sub("", text)):
        raise ValueError(f"{bare[0]!r} stands bare in {text!r}")
    return _LETTER.sub(lambda found: BIBTEX_LETTERS[found[0]], text)


def read_ris(record: str) -> list[tuple[str, str]]:
    """Tags and texts of one record, in their order.

    Raises: ValueError for a line that is not one, or a record that does not begin with TY and end with ER.
    """
    *lines, last = record.split("\r\n")
    pairs = []
    for line in lines:
        found = RIS_LINE.fullmatch(line)
        if found is None or "\n" in line or "\r" in line:
            raise ValueError(f"{line!r} is no line of RIS")
        pairs.append((found[1], found[2]))
    if last or pairs[0][0] != "TY" or pairs[-1] != ("ER", ""):
        raise ValueError("the record does not begin with TY and end with ER")
    return pairs

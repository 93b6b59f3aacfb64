"""Readers of BibTeX and RIS written for the tests, apart from what writes them."""

from __future__ import annotations

import re
import unicodedata

BIBTEX_LETTERS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\ldots{}": "\u2026",
    r"\texteuro{}": "\u20ac",
    r"\pounds{}": "\u00a3",
    r"\S{}": "\u00a7",
    r"\textdegree{}": "\u00b0",
    r"$\pm$": "\u00b1",
    "$^2$": "\u00b2",
    "$^3$": "\u00b3",
    r"$\cdot$": "\u00b7",
    r"$\times$": "\u00d7",
    r"$\approx$": "\u2248",
    r"$\leq$": "\u2264",
    r"$\geq$": "\u2265",
    r"\,": " ",
    "~": " ",
    "---": "\u2014",
    "--": "\u2013",
    "``": "\u201c",
    "''": "\u201d",
    "`": "\u2018",
    "'": "\u2019",
    # Between two signs that would be set as one.
    "{}": "",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}
# What a font of older engines cannot tell apart is read back as the sign on the right.
LOOKALIKE_SIGNS = "\u00a0\u2007\u2009\u202f\u2010\u2011\u2212'`"
LOOKALIKES = str.maketrans(LOOKALIKE_SIGNS, "    --\u2013\u2019\u2018")
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


def read_authors(text: str) -> list[str]:
    """The names of an author field: an institution in braces of its own, a person in two parts."""
    names = []
    while text:
        name, text = read_part(text)
        while text.startswith(", "):
            given, text = read_part(text.removeprefix(", "))
            name = f"{name}, {given}"
        names.append(name)
        text = text.removeprefix(" and ")
    return names


def read_part(text: str) -> tuple[str, str]:
    """One part of a name, in braces or up to a comma or the next name, and what follows it."""
    if text.startswith("{") and not text.startswith("{}"):
        part, rest = read_field(text)
        return unescape(part), rest
    end = re.search(r"(?<!\\),| and |$", text)
    assert end is not None
    return unescape(text[: end.start()]), text[end.start() :]


def unescape(text: str) -> str:
    """A field's text as a reader sees it.

    Raises: ValueError for a sign that a style would take for a command.
    """
    if bare := re.search(r"[{}\\&%$#_~^]", _LETTER.sub("", text)):
        raise ValueError(f"{bare[0]!r} stands bare in {text!r}")
    return _LETTER.sub(lambda found: BIBTEX_LETTERS[found[0]], text)


def say_as_set(text: str) -> str:
    """A text as BibTeX sets it, for comparison: signs that look alike are one."""
    return "".join(_format_sign(sign) for sign in text).translate(LOOKALIKES)


def _format_sign(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign)
    is_letter = unicodedata.category(sign)[0] in "LM"
    is_written = is_letter or sign in LOOKALIKE_SIGNS or sign in BIBTEX_LETTERS.values()
    return plain if plain.isascii() and not is_written else sign


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

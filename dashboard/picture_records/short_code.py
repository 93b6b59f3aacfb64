"""Short codes such as FN-7K3Q9M2A: letters that are not taken for each other, the last one a check."""

from __future__ import annotations

import re

PREFIX = "FN-"
# Crockford's: no I, L, O and U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans("OIL", "011")
SIGNS, BITS = 7, 5
# x^5 + x^2 + 1: with it, multiplying by x visits all 31 numbers but zero.
FIELD = 0b100101
_SHAPE = re.compile(rf"FN([{ALPHABET}]{{{SIGNS}}})([{ALPHABET}])")


class CodeError(ValueError):
    """A text that is no short code, or one that was mistyped."""


def write_code(digest: bytes) -> str:
    """The short code of a hash: its first 35 bits and a check character."""
    number = int.from_bytes(digest[:5], "big") >> (40 - SIGNS * BITS)
    signs = [number >> (BITS * place) & 31 for place in reversed(range(SIGNS))]
    return f"{PREFIX}{''.join(ALPHABET[sign] for sign in signs)}{ALPHABET[_find_check(signs)]}"


def read_code(text: str) -> str:
    """A code as a reader typed it, in its one spelling: O is read as 0, I and L as 1, blanks and dashes fall.

    Raises: CodeError for what is no code, and for one with a wrong character or two changed places.
    """
    typed = re.sub(r"[\s\-\u2010-\u2015]", "", text.upper())
    found = _SHAPE.fullmatch(typed[:2] + typed[2:].translate(LOOK_ALIKES))
    if not found:
        raise CodeError(f"{text!r} is no code. A code looks like {PREFIX}7K3Q9M2A.")
    signs = [ALPHABET.index(sign) for sign in found[1]]
    if ALPHABET[_find_check(signs)] != found[2]:
        raise CodeError(
            f"{text!r} was mistyped: its last character does not fit the others. Compare it again."
        )
    return f"{PREFIX}{found[1]}{found[2]}"


def _find_check(signs: list[int]) -> int:
    """A sum whose weights all differ, so that one wrong sign or two that changed places give another."""
    check = 0
    for sign in reversed(signs):
        check = _double(check ^ sign)
    return check


def _double(number: int) -> int:
    doubled = number << 1
    return doubled ^ FIELD if doubled >> BITS else doubled

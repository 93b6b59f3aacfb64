"""Text of others made safe to show: nothing in it moves the cursor, turns the line or hides a letter."""

from __future__ import annotations

import unicodedata

KEPT = frozenset("\n\t")
FIRST_PICTURE, LAST_PICTURED = 0x2400, 0x1F
DELETE, DELETE_PICTURE = "\x7f", "\u2421"
REPLACEMENT = "\ufffd"
# Signs of no width that only fill or join; a soft hyphen may stay where a text has it.
HARMLESS_FORMATS = frozenset("\u00ad\u200c\u200d")
UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def show_safely(text: str) -> str:
    """A text with each control, direction mark and lone surrogate drawn as a sign, position for position."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_show_character, text))


def show_on_one_line(text: str) -> str:
    """The same with every run of white space as one space."""
    return show_safely(" ".join(text.split()))


def _show_character(character: str) -> str:
    if character.isprintable() or character in KEPT or character in HARMLESS_FORMATS:
        return character
    if ord(character) <= LAST_PICTURED:
        return chr(FIRST_PICTURE + ord(character))
    if character == DELETE:
        return DELETE_PICTURE
    return REPLACEMENT if unicodedata.category(character) in UNSHOWABLE else character

"""Bytes as characters: encodings, and the characters that no reader of a text can see."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from etl.documents.opening.refusals import LARGEST_TEXT_BYTES, OPENED_KINDS, TextRefusedError, refuse_large

# Encodings a page may declare for itself; Python knows others that are no encodings of text.
DECLARABLE = frozenset(
    (
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1257",
        "iso-8859-1",
        "iso-8859-2",
        "iso-8859-5",
        "iso-8859-9",
        "iso-8859-15",
        "koi8-r",
        "koi8-u",
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "shift_jis",
        "euc-jp",
        "euc-kr",
    )
)
UNREADABLE = "\ufffd"
# What browsers take a page for that declares nothing; every byte of it is some character.
FALLBACK = "windows-1252"
# More control characters than this, of all, and it is no text; a stray one is cleaned away. Texts have next
# to none, random bytes a tenth: the share stands between (test_what_is_no_text_is_refused_for_what_it_is).
MOST_CONTROL_SHARE = 0.05
_DECLARED = re.compile(rb"charset\s{0,4}=\s{0,4}[\"']?([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
# Twice the 1,024 bytes within which HTML wants the declaration, for pages that put a comment before it.
_DECLARED_WITHIN = 2048

# Breaks that other programs end a line at and Python's readers of lines do not.
_LINE_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Direction marks turn what follows them round on the screen; the rest has no width.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_WIDTH = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    # Joiners shape Indic and Arabic letters; after an ASCII character they only hide.
    "|(?<=[\x00-\x7f])[\u200c\u200d]+"
)


@dataclass(frozen=True)
class Noted:
    """A text, and what was done to it."""

    text: str
    notes: tuple[str, ...] = ()


def decode_text(content: bytes, *, name: str) -> Noted:
    """The characters of a file: UTF-8, UTF-16 with its mark, what a page declares, or Windows-1252.

    Raises: TextRefusedError for bytes that are no text.
    """
    if content[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        try:
            return Noted(_refuse_control(content.decode("utf-16"), name=name))
        except UnicodeDecodeError as error:
            problem = "starts as UTF-16 and is not"
            raise TextRefusedError(name, problem=problem, remedy="Save it as UTF-8.") from error
    if b"\x00" in content:
        raise TextRefusedError(name, problem="holds bytes that no text has", remedy=OPENED_KINDS)
    try:
        return Noted(_refuse_control(content.decode("utf-8-sig"), name=name))
    except UnicodeDecodeError:
        encoding = _find_declared(content) or FALLBACK
        text = _refuse_control(content.decode(encoding, errors="replace"), name=name)
        return Noted(text, (f"The text is not UTF-8 and was read as {encoding}.",))


def clean_text(text: str) -> Noted:
    """A text without characters that hide, turn round or steer; no digit is among them.

    Control characters become spaces, breaks of every kind line breaks; carriage returns stay.
    """
    broken = _LINE_BREAKS.sub("\n", text)
    spaced, controls = _CONTROL.subn(" ", broken)
    turned, directions = _DIRECTION.subn("", spaced)
    cleaned, unseen = _NO_WIDTH.subn("", turned)
    counted = (
        (controls, "control character", "was replaced by a space", "were replaced by spaces"),
        (directions, "direction mark", "was removed", "were removed"),
        (unseen, "character without width", "was removed", "were removed"),
        (cleaned.count(UNREADABLE), "character", "cannot be read", "cannot be read"),
    )
    notes = [_format_count(count, what, one, several) for count, what, one, several in counted if count]
    return Noted(cleaned, tuple(notes))


def encode_pasted(text: str, *, name: str) -> bytes:
    """Pasted characters as UTF-8; a surrogate without its partner becomes a question mark.

    Raises: TextRefusedError where there are too many.
    """
    content = text.encode("utf-8", errors="replace")
    refuse_large(content, most=LARGEST_TEXT_BYTES, name=name)
    return content


def _find_declared(content: bytes) -> str | None:
    found = _DECLARED.search(content[:_DECLARED_WITHIN])
    declared = found[1].decode("ascii").lower() if found else None
    return declared if declared in DECLARABLE else None


def _refuse_control(text: str, *, name: str) -> str:
    controls = sum(1 for _ in _CONTROL.finditer(text))
    # One is forgiven in the shortest text: a bell or a form feed at its end.
    if controls > max(1, len(text) * MOST_CONTROL_SHARE):
        raise TextRefusedError(
            name,
            problem=f"holds {controls:,} control characters and is no text",
            remedy=OPENED_KINDS,
        )
    return text


def _format_count(count: int, what: str, one: str, several: str) -> str:
    return f"One {what} {one}." if count == 1 else f"{count:,} {what}s {several}."

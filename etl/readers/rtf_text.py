"""Rich text as plain paragraphs: control words followed, letters decoded, and the line where each starts.

A library would give the words and not the lines, and would take a file that was cut off for a whole one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.errors import InputError, Place
from etl.provenance import RawFile
from etl.readers.reading_apart import read_apart

REMEDY = "Download the file again, and keep it as it comes."
# Every byte belongs to some token, a lone backslash at the end too, so that nothing is skipped unseen.
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?|\\([^a-zA-Z])|"
    rb"([{}])|(\r\n|\r|\n)|([^\\{}\r\n]+)|(\\)"
)
_CHARSETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
_SIGNS = {
    "tab": "\t",
    "line": " ",
    "emdash": "\u2014",
    "endash": "\u2013",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "bullet": "\u2022",
    "cell": "\t",
    "row": "\n",
    "par": "\n",
    "sect": "\n",
    "page": "\n",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
# Groups whose text a reader of the document does not see.
_ASIDE = frozenset(
    (
        "fonttbl",
        "stylesheet",
        "colortbl",
        "info",
        "pict",
        "object",
        "header",
        "footer",
        "headerl",
        "headerr",
        "footerl",
        "footerr",
        "footnote",
        "listtable",
        "listoverridetable",
        "generator",
        "themedata",
    )
)


@dataclass(frozen=True)
class RtfParagraph:
    """The text of one paragraph, tabs kept, its number, and the line of the file on which it starts.

    Lines break anywhere, so that several paragraphs may start on one line.
    """

    number: int
    line: int
    text: str


@dataclass
class _Reader:
    """Where the reading stands: what is open, what is passed over, and the text so far."""

    charset: str = "cp1252"
    line: int = 1
    depth: int = 0
    aside_from: int | None = None
    skip: int = 0
    unicode_skips: list[int] = field(default_factory=lambda: [1])
    started: int = 1
    text: list[str] = field(default_factory=list)
    paragraphs: list[RtfParagraph] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Text, where it is not passed over; a newline ends the paragraph."""
        if self.aside_from is not None:
            return
        if text == "\n":
            self.paragraphs.append(RtfParagraph(len(self.paragraphs) + 1, self.started, "".join(self.text)))
            self.text.clear()
            return
        if not self.text:
            self.started = self.line
        self.text.append(text)

    def open_group(self) -> None:
        """A brace opens."""
        self.depth += 1
        self.unicode_skips.append(self.unicode_skips[-1])

    def close_group(self) -> None:
        """A brace closes, and with it what was passed over within."""
        self.depth -= 1
        if self.aside_from is not None and self.depth < self.aside_from:
            self.aside_from = None
        if len(self.unicode_skips) > 1:
            self.unicode_skips.pop()

    def put_aside(self) -> None:
        """Pass over the group that is open."""
        if self.aside_from is None:
            self.aside_from = self.depth


def is_rich_text(content: bytes) -> bool:
    """Whether the bytes start as rich text does."""
    return content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read_head(content: bytes) -> str:
    """The text at the start of rich text that may be cut off or damaged; never raises."""
    reader = _Reader()
    for match in _TOKEN.finditer(content):
        _take_token(reader, match)
    return "\n".join([*(paragraph.text for paragraph in reader.paragraphs), "".join(reader.text)])


def read_paragraphs(file: RawFile) -> list[RtfParagraph]:
    """All paragraphs, in order.

    Raises: InputError where braces do not close, or more of them than opened.
    """
    found = read_apart("etl.readers.rtf_text:read_parts", file.content, name=file.name)
    return [RtfParagraph(*part) for part in found]


def read_parts(content: bytes, name: str) -> list[tuple[int, int, str]]:
    """In the helper process: number, line and text of every paragraph."""
    reader = _Reader()
    for match in _TOKEN.finditer(content.removeprefix(b"\xef\xbb\xbf")):
        _take_token(reader, match)
        # A second document, or what a transfer put behind the first.
        if reader.depth < 1 and match[5] is None and match[0].strip(b" \t\r\n\x00"):
            raise _refuse(name, reader, "text outside of the braces of rich text")
    if reader.depth != 0:
        raise _refuse(name, reader, "braces that do not close: the file is cut off")
    reader.add("\n")
    return [(part.number, part.line, part.text) for part in reader.paragraphs]


def _refuse(name: str, reader: _Reader, problem: str) -> InputError:
    return InputError(Place(name, reader.line), problem=problem, remedy=REMEDY)


def _take_token(reader: _Reader, match: re.Match[bytes]) -> None:
    letter, word, number, symbol, brace, newline, plain, _ = match.groups()
    if newline is not None:
        reader.line += 1
    elif brace is not None:
        (reader.open_group if brace == b"{" else reader.close_group)()
    elif word is not None:
        _take_word(reader, word.decode("ascii"), number)
    elif symbol == b"*":
        reader.put_aside()
    elif symbol in {b"\n", b"\r"}:
        reader.add("\n")
        reader.line += 1
    elif symbol is not None:
        reader.add(_SYMBOLS.get(symbol, ""))
    else:
        _take_letters(reader, bytes.fromhex(letter.decode("ascii")) if letter is not None else plain or b"")


def _take_word(reader: _Reader, word: str, number: bytes | None) -> None:
    value = int(number) if number is not None else None
    if word in _ASIDE:
        reader.put_aside()
    elif word in _SIGNS:
        reader.add(_SIGNS[word])
    elif word in _CHARSETS:
        reader.charset = _CHARSETS[word]
    # How many letters stand in for a sign given by its number, for readers that do not know it; 9 bounds a
    # damaged file.
    elif word == "uc" and value is not None:
        reader.unicode_skips[-1] = min(max(value, 0), 9)
    elif word == "u" and value is not None and -0x8000 <= value <= 0x10FFFF:
        # Rich text writes numbers of sixteen bits, the upper half of them negative.
        code = value + 0x10000 if value < 0 else value
        reader.add("\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code))
        reader.skip = reader.unicode_skips[-1]


def _take_letters(reader: _Reader, content: bytes) -> None:
    """Letters in the file's charset, less those that stand in for a sign given by its number."""
    kept = content[reader.skip :]
    reader.skip = max(0, reader.skip - len(content))
    if kept:
        reader.add(kept.decode(reader.charset, errors="replace"))

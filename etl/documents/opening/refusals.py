"""Refusals: which files are not opened, too large or no text by their first bytes, and what to do instead."""

from __future__ import annotations

from dataclasses import dataclass

from etl.errors import InputError

UNNAMED = "the text"
OPENED_KINDS = "Open a text, Markdown, HTML or PDF file."
MEGABYTE = 1_000_000
# Some 330,000 words, more than any report; a page is mostly markup, a PDF mostly pictures and fonts.
LARGEST_TEXT_BYTES = 2 * MEGABYTE
LARGEST_PAGE_BYTES = 5 * MEGABYTE
LARGEST_PDF_BYTES = 20 * MEGABYTE
SIZES_READ = "at most 2 MB of text or Markdown, 5 MB of HTML and 20 MB of PDF are read"
# Of text once it is opened: a 1,000-word article has 6,000 characters.
MOST_CHARACTERS = 2_000_000
# Longer than a report; as many dense pages take about three seconds (`child_process`).
MOST_PDF_PAGES = 500

PDF_MARK = b"%PDF-"
# Producers may write a line or two before the mark; readers look for it in the first kilobyte.
PDF_MARK_WITHIN = 1024

_EXPORT = "Save it as text, HTML or PDF, and open that."
_UNPACK = "Unpack it, and open the text inside."
_PICTURE = "A picture holds no text: open the text it was made from, or run text recognition on it first."
_MEDIA = "Open a transcript of it instead."
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older office document", _EXPORT),
    (b"{\\rtf", "a rich text file", _EXPORT),
    (b"%!PS", "a PostScript file", "Convert it to PDF, and open that."),
    (b"\x89PNG\r\n", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF87a", "a GIF picture", _PICTURE),
    (b"GIF89a", "a GIF picture", _PICTURE),
    (b"II*\x00", "a TIFF picture", _PICTURE),
    (b"MM\x00*", "a TIFF picture", _PICTURE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"(\xb5/\xfd", "a Zstandard archive", _UNPACK),
    (b"ID3", "a sound recording", _MEDIA),
    (b"OggS", "a recording", _MEDIA),
    (b"\x1aE\xdf\xa3", "a film", _MEDIA),
    (b"\x7fELF", "a program", OPENED_KINDS),
    (b"SQLite format 3\x00", "a database", OPENED_KINDS),
    (b"PAR1", "a Parquet table", OPENED_KINDS),
)
_RIFF = {b"WEBP": ("a WebP picture", _PICTURE), b"WAVE": ("a sound recording", _MEDIA)}
_ZIP_MEMBERS = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"mimetypeapplication/epub", "an EPUB book"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file"),
)
# The names of the first members stand at the start of the file.
_ZIP_LOOKED_AT = 64 * 1024


@dataclass(frozen=True)
class TextLimits:
    """The most that one text may hold that a server checks.

    `text_bytes` of a pasted one, `file_bytes` of a file; `numbers` in it, and `figures` that can be judged.
    """

    text_bytes: int = LARGEST_TEXT_BYTES
    file_bytes: int = LARGEST_PDF_BYTES
    # A 1,000-word article has some sixty numbers; tables of thousands are not prose.
    numbers: int = 20_000
    figures: int = 1_000


TEXT_LIMITS = TextLimits()


class TextRefusedError(InputError):
    """A text that is not opened: what is wrong with it, and what to do."""

    def __init__(self, name: str, *, problem: str, remedy: str) -> None:
        super().__init__(name or UNNAMED, problem=problem, remedy=remedy)


def refuse_large(content: bytes, *, most: int, name: str) -> None:
    """Nothing, where the bytes are few enough.

    Raises: TextRefusedError.
    """
    if len(content) > most:
        problem = f"has {len(content) / MEGABYTE:.1f} MB, and {SIZES_READ}"
        raise TextRefusedError(name, problem=problem, remedy="Open it in parts.")


def is_pdf(content: bytes) -> bool:
    """Whether the bytes are those of a PDF, damaged or not."""
    return PDF_MARK in content[:PDF_MARK_WITHIN]


def refuse_other_files(content: bytes, *, name: str) -> None:
    """Nothing, where the bytes may be a text.

    Raises: TextRefusedError for a file of a known kind that is not one.
    """
    found = _find_kind(content)
    if found is not None:
        what, remedy = found
        raise TextRefusedError(name, problem=f"is {what}, not a text", remedy=remedy)


def _find_kind(content: bytes) -> tuple[str, str] | None:
    if content[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _find_zip_kind(content)
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12], ("a recording", _MEDIA))
    if content[4:8] == b"ftyp":
        return "a film or a sound recording", _MEDIA
    for mark, what, remedy in _SIGNATURES:
        if content.startswith(mark):
            return what, remedy
    return None


def _find_zip_kind(content: bytes) -> tuple[str, str]:
    head = content[:_ZIP_LOOKED_AT]
    for mark, what in _ZIP_MEMBERS:
        if mark in head:
            return what, _EXPORT
    return "a ZIP archive", _UNPACK

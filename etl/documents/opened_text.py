"""Opened texts: the bytes of a text, Markdown, HTML or PDF file as plain paragraphs, or a clear refusal.

The kind is told by content; a name decides only between Markdown and plain text, which look alike. HTML,
Markdown and PDF are read in a process of their own, within limits (`opening/child_process.py`). Nothing in a
file is run and nothing it names is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.documents.opening.byte_text import Noted, clean_text, decode_text, encode_pasted
from etl.documents.opening.child_process import (
    MARKUP_CPU_SECONDS,
    PDF_CPU_SECONDS,
    PDF_READING_SECONDS,
    ReaderBusyError,
    ReaderFailedError,
    read_apart,
)
from etl.documents.opening.joined_lines import join_wrapped
from etl.documents.opening.markdown_text import looks_like_markdown, prepare_markdown
from etl.documents.opening.page_lines import PageLine, join_pages
from etl.documents.opening.refusals import (
    LARGEST_PAGE_BYTES,
    LARGEST_PDF_BYTES,
    LARGEST_TEXT_BYTES,
    MOST_CHARACTERS,
    MOST_PDF_PAGES,
    OPENED_KINDS,
    TextRefusedError,
    is_pdf,
    refuse_large,
    refuse_other_files,
)

__all__ = ["OpenedText", "TextRefusedError", "open_pasted", "open_text", "open_text_file"]

KINDS = ("text", "markdown", "html", "pdf")
_MARKDOWN_ENDINGS, _TEXT_ENDINGS = (".md", ".markdown", ".mdown"), (".txt", ".text")
# A page is known by its first element. The bounds keep a text of blanks or open comments from taking long: no
# page puts as much before it.
_PAGE_START = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--(?:(?!-->).){0,2000}-->\s{0,200}){0,5}"
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|header|div|p|h[1-6]|table|ul|ol|span|"
    r"script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
# Printed as one glyph by typesetting programs; a search for "financial" must find it.
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
# What programs write into the title of a PDF where the author gave none.
_JUNK_TITLE = re.compile(r"(?i)untitled|microsoft word|\.(?:docx?|pdf|html?|indd|rtf|odt|tex)$")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_PDF_PROBLEMS = {
    "locked": ("is locked with a password", "Save it without the password, and open that."),
    "damaged": ("is damaged", "Download it again, or open it in a viewer and save it as a new PDF."),
}


@dataclass(frozen=True)
class OpenedText:
    """A text as plain paragraphs, one a line, and what its file states of it."""

    text: str
    kind: str
    title: str | None = None
    published_on: date | None = None
    notes: tuple[str, ...] = ()


def open_text_file(path: Path) -> OpenedText:
    """The text of a file.

    Raises: TextRefusedError.
    """
    if not path.is_file():
        raise TextRefusedError(
            str(path), problem="is no file", remedy="Name a text, Markdown, HTML or PDF file."
        )
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_PDF_BYTES + 1)
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise TextRefusedError(path.name, problem=problem, remedy="Check the path and its rights.") from error
    return open_text(content, name=path.name)


def open_pasted(text: str, *, kind: str | None = None) -> OpenedText:
    """The text of characters that someone pasted.

    Raises: TextRefusedError.
    """
    return _open_characters(Noted(encode_pasted(text, name="").decode("utf-8")), name="", kind=kind)


def open_text(content: bytes, *, name: str = "", kind: str | None = None) -> OpenedText:
    """The text of a file's bytes; its kind is told by content unless it is given.

    Raises: TextRefusedError with what is wrong and what to do.
    """
    _refuse_kind(kind)
    if not content.strip():
        raise _refuse_empty(name)
    # A PDF has the largest limit, so it is told before sizes are compared.
    if kind == "pdf" or (kind is None and is_pdf(content)):
        refuse_large(content, most=LARGEST_PDF_BYTES, name=name)
        return _open_pdf(content, name=name)
    refuse_other_files(content, name=name)
    refuse_large(content, most=LARGEST_PAGE_BYTES, name=name)
    return _open_characters(decode_text(content, name=name), name=name, kind=kind)


def _open_characters(decoded: Noted, *, name: str, kind: str | None) -> OpenedText:
    kind = kind or _find_kind(decoded.text, name=name)
    if kind == "html":
        return _open_markup(decoded, name=name, kind=kind)
    # A page may be larger: most of it is markup, and only what is visible is read.
    refuse_large(decoded.text.encode("utf-8", errors="replace"), most=LARGEST_TEXT_BYTES, name=name)
    if kind == "markdown":
        return _open_markup(decoded, name=name, kind=kind)
    cleaned = clean_text(decoded.text)
    joined = join_wrapped(cleaned.text)
    return _finish(joined.text, kind=kind, name=name, notes=(*decoded.notes, *cleaned.notes, *joined.notes))


def _open_markup(decoded: Noted, *, name: str, kind: str) -> OpenedText:
    # Carriage returns of a plain text stay, for its hash counts them; in markup they are white space.
    cleaned = clean_text(decoded.text.replace("\r\n", "\n"))
    markdown = prepare_markdown(cleaned.text) if kind == "markdown" else None
    markup = cleaned.text if markdown is None else markdown.body
    answer = _read_apart(
        "markup_lines.py", kind, content=markup.encode("utf-8"), cpu_seconds=MARKUP_CPU_SECONDS, name=name
    )
    if "problem" in answer:
        raise TextRefusedError(
            name, problem=str(answer["problem"]), remedy="Copy the text out of it, and open that."
        )
    stated = answer["days"] if markdown is None else markdown.days
    published_on, day_notes = _choose_day(str(day) for day in stated)
    # Entities of a page may stand for any character at all.
    visible = clean_text("\n".join(str(line) for line in answer["lines"]))
    title = (markdown.title if markdown else None) or answer["title"]
    return _finish(
        visible.text,
        kind=kind,
        name=name,
        title=clean_text(str(title)).text if title else None,
        published_on=published_on,
        notes=(*decoded.notes, *cleaned.notes, *visible.notes, *day_notes),
    )


def _open_pdf(content: bytes, *, name: str) -> OpenedText:
    arguments = (str(MOST_PDF_PAGES), str(MOST_CHARACTERS), str(PDF_READING_SECONDS))
    answer = _read_apart("pdf_lines.py", *arguments, content=content, cpu_seconds=PDF_CPU_SECONDS, name=name)
    if "problem" in answer:
        problem, remedy = _PDF_PROBLEMS[answer["problem"]]
        raise TextRefusedError(name, problem=problem, remedy=remedy)
    joined = join_pages([[PageLine(*line) for line in page] for page in answer["pages"]])
    if not joined.paragraphs:
        raise TextRefusedError(
            name,
            problem="holds no text: its pages are pictures",
            remedy="Run text recognition (OCR) on it first, or copy the text out of it.",
        )
    cleaned = clean_text("\n".join(joined.paragraphs).translate(_LIGATURES))
    title = " ".join(str(answer["title"] or "").split())
    return _finish(
        cleaned.text,
        kind="pdf",
        name=name,
        title=title if title and not _JUNK_TITLE.search(title) else None,
        notes=(*_note_pages(answer, running=joined.running), *cleaned.notes),
    )


def _note_pages(answer: dict[str, Any], *, running: int) -> list[str]:
    notes = []
    read, pages, damaged = len(answer["pages"]), answer["page_count"], answer["damaged"]
    if read < pages:
        notes.append(f"Only the first {read:,} of {pages:,} pages were read.")
    if damaged:
        notes.append(f"{damaged:,} of its pages are damaged and could not be read.")
    if running:
        notes.append(f"Heads and feet of pages were left out ({running:,} lines).")
    return notes


def _read_apart(reader: str, *arguments: str, content: bytes, cpu_seconds: int, name: str) -> dict[str, Any]:
    try:
        return read_apart(reader, *arguments, content=content, cpu_seconds=cpu_seconds)
    except ReaderBusyError as error:
        problem = "waits behind others that are being read"
        raise TextRefusedError(name, problem=problem, remedy="Try again in a minute.") from error
    except ReaderFailedError as error:
        raise TextRefusedError(
            name,
            problem="cannot be read in the time and memory allowed: it is damaged, or made so",
            remedy="Copy the text out of it, and open that.",
        ) from error


def _finish(
    text: str,
    *,
    kind: str,
    name: str,
    title: str | None = None,
    published_on: date | None = None,
    notes: tuple[str, ...] = (),
) -> OpenedText:
    if not text.strip():
        raise _refuse_empty(name)
    if len(text) > MOST_CHARACTERS:
        problem = f"has {len(text):,} characters, and at most {MOST_CHARACTERS:,} are read"
        raise TextRefusedError(name, problem=problem, remedy="Open it in parts.")
    return OpenedText(text, kind, title, published_on, notes)


def _read_day(text: str) -> date | None:
    """The day that an ISO date or moment starts with, as its own place on earth counts days."""
    found = _ISO_DAY.match(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _choose_day(stated: Iterable[str]) -> tuple[date | None, tuple[str, ...]]:
    """The one day stated; where several are, none, and a note that says so."""
    days = sorted({day for text in stated if (day := _read_day(text)) is not None})
    if len(days) > 1:
        # Enough to see what differs; a list of archive dates would fill the page.
        shown = ", ".join(day.isoformat() for day in days[:4])
        return None, (f"More than one day of publication is stated ({shown}), and none was taken.",)
    return (days[0] if days else None), ()


def _find_kind(text: str, *, name: str) -> str:
    if _PAGE_START.match(text):
        return "html"
    ending = Path(name.lower()).suffix
    if ending in _MARKDOWN_ENDINGS or (ending not in _TEXT_ENDINGS and looks_like_markdown(text)):
        return "markdown"
    return "text"


def _refuse_kind(kind: str | None) -> None:
    if kind is not None and kind not in KINDS:
        raise TextRefusedError(
            "", problem=f"no reader for the kind {kind!r}", remedy=f"Use {', '.join(KINDS)}."
        )


def _refuse_empty(name: str) -> TextRefusedError:
    return TextRefusedError(name, problem="holds no text", remedy=OPENED_KINDS)

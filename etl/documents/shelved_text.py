"""Shelved texts: the text of a document where a user has put it into datasets/texts/, recorded or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.documents.opened_text import open_text_file
from etl.documents.passages import hash_text

# In the order in which they are looked for; the recorded text is always the first.
ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf")


@dataclass(frozen=True)
class ShelvedText:
    """A text as it lies on the shelf, and whether it is the one that the document's record was made from."""

    text: str
    is_as_recorded: bool
    file: str
    notes: tuple[str, ...] = ()


def open_shelved_text(datasets: Path, document_id: str, *, text_sha256: str) -> ShelvedText | None:
    """The text of a document; None where none is there.

    Raises: TextRefusedError where a file is there and cannot be opened.
    """
    for ending in ENDINGS:
        path = datasets / "texts" / f"{document_id}{ending}"
        if path.parent == datasets / "texts" and path.is_file():
            state = path.stat()
            return _open_shelved(path, text_sha256, state.st_mtime_ns, state.st_size)
    return None


# Keyed by the file's time and size, so that an exchanged text is read anew.
@lru_cache(maxsize=16)
def _open_shelved(path: Path, text_sha256: str, changed_at: int, size: int) -> ShelvedText:
    recorded = _read_recorded(path, text_sha256)
    if recorded is not None:
        return ShelvedText(recorded, True, path.name)
    opened = open_text_file(path)
    return ShelvedText(opened.text, False, path.name, opened.notes)


def _read_recorded(path: Path, text_sha256: str) -> str | None:
    """The text, character for character, where it is the recorded one: no mark or line end is touched."""
    if path.suffix != ENDINGS[0]:
        return None
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if hash_text(text) == text_sha256 else None

"""Reads the lines of a PDF with their places: a script that runs apart (see `bounded_child`).

The file comes on the standard input; the lines of each page go out as JSON. Arguments: the most pages,
characters and seconds to read. Nothing in the file is run: this build of PDFium has no scripts and no forms.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

# In heights of a line. A space as wide as this stands between cells, a step as high between lines: the widest
# space of justified type is about one height, and a raised digit steps up by less than half.
CELL_GAP, LINE_STEP = 1.6, 0.7
# A raised digit is the mark of a note: smaller than its line, and above its foot. Type sets it at 0.6 to 0.7
# of the line and up by a third; both bounds lie between that and the line itself.
RAISED_SIZE, RAISED_STEP = 0.85, 0.15
# What PDFium gives for a hyphen at a line's end: its own sign 2, the soft hyphen, or U+FFFE, which is no
# character.
HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PASSWORD_ERRORS = frozenset((pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY))


@dataclass(frozen=True)
class _Box:
    left: float
    right: float
    bottom: float
    height: float


@dataclass
class _GrowingLine:
    """One line as it grows."""

    text: list[str] = field(default_factory=list)
    first: _Box | None = None
    last: _Box | None = None
    tallest: float = 0.0

    def write(self) -> list[Any] | None:
        """The line's text, left, right, bottom and height; None where it is empty."""
        text = "".join(self.text).strip()
        if not text or self.first is None or self.last is None:
            return None
        places = [self.first.left, self.last.right, self.first.bottom, self.tallest]
        # A hostile file can place a line nowhere.
        return [text, *(round(place, 2) if math.isfinite(place) else 0.0 for place in places)]


class _PageText:
    """The characters of one page, and where they stand."""

    def __init__(self, page: Any) -> None:
        self.text_page = page.get_textpage()
        self.count = self.text_page.count_chars()
        self._sides = [ctypes.c_double() for _ in range(4)]
        self._loose = pdfium.FS_RECTF()
        self._origin = [ctypes.c_double() for _ in range(2)]

    def read_code(self, index: int) -> int:
        """The code point of a character."""
        return int(pdfium.FPDFText_GetUnicode(self.text_page, index))

    def is_generated(self, index: int) -> bool:
        """Whether the library put the character in, a break or a space, for the look of the page."""
        return bool(pdfium.FPDFText_IsGenerated(self.text_page, index))

    def find_box(self, index: int) -> _Box:
        """The place of a character: its sides, its baseline, and the height of its font."""
        left, right, bottom, top = self._sides
        pdfium.FPDFText_GetCharBox(self.text_page, index, left, right, bottom, top)
        pdfium.FPDFText_GetLooseCharBox(self.text_page, index, self._loose)
        pdfium.FPDFText_GetCharOrigin(self.text_page, index, *self._origin)
        height = abs(self._loose.top - self._loose.bottom)
        return _Box(left.value, right.value, self._origin[1].value, height)


def read_lines(page: Any, *, most_characters: int) -> list[list[Any]]:
    """The lines of a page: each its text with tabs between cells, its left, right and bottom, its height."""
    source = _PageText(page)
    lines, line, is_after_space = [], _GrowingLine(), True
    for index in range(min(source.count, most_characters)):
        code = source.read_code(index)
        if code in HYPHENS or (code in {10, 13} and source.is_generated(index)):
            line.text.append("-" if code in HYPHENS else "")
            lines.append(line.write())
            line, is_after_space = _GrowingLine(), True
        elif code <= 32 or code == 0xA0:
            is_after_space = True
        else:
            sign = chr(code)
            if is_after_space or sign.isdigit():
                box = source.find_box(index)
                if _is_elsewhere(line, box):
                    lines.append(line.write())
                    line = _GrowingLine()
                sign = _place(line, sign, box, is_after_space=is_after_space)
            line.text.append(sign)
            is_after_space = False
            if index + 1 == source.count or source.read_code(index + 1) <= 32:
                _end_word(line, source.find_box(index))
    lines.append(line.write())
    return [written for written in lines if written is not None]


def _is_elsewhere(line: _GrowingLine, box: _Box) -> bool:
    """Whether a word stands on another line than the one before it, whatever the file says of breaks."""
    if line.last is None:
        return False
    step = abs(box.bottom - line.last.bottom)
    return step > LINE_STEP * max(line.tallest, box.height) or box.right < line.last.left


def _place(line: _GrowingLine, sign: str, box: _Box, *, is_after_space: bool) -> str:
    """What to write for the first sign of a word, or for a digit, given where it stands."""
    if line.first is None:
        line.first, line.last, line.tallest = box, box, box.height
        return sign
    is_raised = (
        box.height < line.tallest * RAISED_SIZE
        and box.bottom > line.first.bottom + line.tallest * RAISED_STEP
    )
    if is_raised and not is_after_space:
        return sign.translate(_RAISED)
    line.tallest = max(line.tallest, box.height)
    if not is_after_space or line.last is None:
        return sign
    is_cell = box.left - line.last.right > CELL_GAP * line.tallest
    return f"\t{sign}" if is_cell else f" {sign}"


def _end_word(line: _GrowingLine, box: _Box) -> None:
    line.last = box


def read_pdf(content: bytes, *, most_pages: int, most_characters: int, most_seconds: float) -> dict[str, Any]:
    """The lines of the pages that the limits allow; or, where none can be read, what is wrong."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return {"problem": "locked" if error.err_code in _PASSWORD_ERRORS else "damaged"}
    pages: list[list[list[Any]]] = []
    damaged, left = 0, most_characters
    for number in range(min(len(document), most_pages)):
        try:
            lines = read_lines(document[number], most_characters=left)
        except pypdfium2.PdfiumError:
            lines, damaged = [], damaged + 1
        left -= sum(len(line[0]) for line in lines)
        pages.append(lines)
        # Between two pages: what was read so far is worth more than nothing.
        if left <= 0 or time.process_time() > most_seconds:
            break
    title = document.get_metadata_dict().get("Title") or None
    return {"pages": pages, "page_count": len(document), "damaged": damaged, "title": title}


if __name__ == "__main__":
    pages, characters, seconds = (int(argument) for argument in sys.argv[1:])
    file = sys.stdin.buffer.read()
    answer = read_pdf(file, most_pages=pages, most_characters=characters, most_seconds=seconds)
    json.dump(answer, sys.stdout)

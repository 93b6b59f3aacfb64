"""Publishers' delimited text: encodings tried strictly, and tables whose header stands below a preamble.

The same table in a sheet of a workbook is read alike.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from etl.errors import InputError, Place
from etl.provenance import RawFile
from etl.readers.decimal_commas import write_decimal_points
from etl.readers.spreadsheets import Workbook, Worksheet, find_workbook, looks_like_workbook, read_workbook
from etl.reading import CsvText, InputRow, Rejected, reject_header, set_aside_cut

# Headers of the publishers at hand stand on lines 1 to 14; three times as many lines leave room for a longer
# preamble, and keep recognising a file cheap.
HEAD_BYTES, HEAD_LINES = 65_536, 40
DELIMITERS = (",", ";", "\t")
# A title or a date above the header fills a cell or two; a row with more stands above its own header.
PREAMBLE_CELLS = 3
# A spreadsheet that shortens a number leaves "E+"; programs that keep every digit write a small e.
_SHORTENED = re.compile(r"[+-]?\d+(?:\.(\d+))?E\+(\d+)", re.ASCII)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# Signs that stand for a letter that could not be read, and codes that no western encoding gives a letter.
_LOST = re.compile("[\ufffd\x80-\x9f]")
_WESTERN = ("cp1252", "latin-1", "mac-roman")


@dataclass(frozen=True)
class Layout:
    """How the table in a file is found: names its header must have, and how its names are to be read.

    `rename` turns a column name as found into the one a source knows; the names of `required` are of the
    latter kind, and so are those of `one_of`, of which each set has at least one in the header. A preamble is
    allowed above the header.
    """

    required: frozenset[str]
    rename: Callable[[str], str] = str.strip
    delimiters: tuple[str, ...] = DELIMITERS
    one_of: tuple[frozenset[str], ...] = ()

    def fits(self, written: Iterable[str]) -> bool:
        """Whether these are the names of a header of the layout."""
        names = {self.rename(cell) for cell in written}
        return self.required <= names and all(names & choice for choice in self.one_of)


@dataclass(frozen=True)
class DelimitedTable:
    """The rows under the names that a source knows, and those names as the file writes them."""

    text: CsvText
    written: dict[str, str]


def decode_western(file: RawFile) -> str:
    """The file as text: UTF-8 if it is that throughout, else Windows-1252 or Latin-1.

    Raises: InputError where it holds a NUL, or letters that an earlier conversion has spoilt.
    """
    text = _decode(file.content)
    if "\x00" in text:
        raise InputError(
            Place(file.name, text[: text.index("\x00")].count("\n") + 1),
            problem="a NUL character",
            remedy="Save the file as plain UTF-8 text.",
        )
    spoilt = find_spoilt_letters(text)
    if spoilt:
        raise InputError(
            Place(file.name, text[: text.index(spoilt)].count("\n") + 1),
            problem="letters spoilt by a conversion between encodings",
            value=spoilt,
            remedy="Download the file again: what the letters were cannot be told for certain.",
        )
    return text


def find_spoilt_letters(text: str) -> str | None:
    """The first run of letters that is UTF-8 read as another encoding, or was replaced, or None."""
    for match in _NOT_ASCII.finditer(text):
        run = match[0]
        if _LOST.search(run) or any(_is_utf8_misread(run, encoding) for encoding in _WESTERN):
            return run
    return None


def is_shortened(number: str) -> bool:
    """Whether a spreadsheet has cut digits from a number: "2.72E+12"."""
    match = _SHORTENED.fullmatch(number.strip())
    return match is not None and len(match[1] or "") < int(match[2])


def has_table(file: RawFile, layout: Layout) -> bool:
    """Whether a header of the layout stands among the first lines; cheap, and never raises."""
    if looks_like_workbook(file):
        return bool(_find_sheets(find_workbook(file), layout))
    head = file.content[:HEAD_BYTES].decode("utf-8-sig", errors="replace")
    return _find_header(head, layout) is not None


def read_table(file: RawFile, layout: Layout) -> DelimitedTable:
    """The table of the layout, rows that do not fit its header apart.

    Empty cells beyond the header's last name are no fields: exports and spreadsheets end lines with them.
    A cell that holds a line break is taken for a quotation mark gone astray.
    Raises: InputError where there is no such header, a name stands twice in it, quoting never closes, or more
    than one sheet of a workbook has the table.
    """
    start, records, sheet = _open_records(file, layout)
    written = next((cells for line, cells in records if line == start), [])
    names = _name_columns(file, start, written, layout)
    _refuse_rows_above(file, [entry for entry in records if entry[0] < start], width=len(names))
    rows: list[InputRow] = []
    rejected: list[Rejected] = []
    for line, cells in (entry for entry in records if entry[0] > start):
        if not any(cell.strip() for cell in cells):
            continue
        fitted = _fit_cells(cells, len(names))
        if cells == written:
            rejected.append(reject_header(file, line=line, cells=cells))
        elif fitted is None:
            rejected.append(_reject_shape(file, line, cells, len(names)))
        else:
            rows.append(InputRow(line, dict(zip(names, fitted, strict=True)), sheet))
    as_written = dict(zip(names, written, strict=False))
    whole = CsvText(tuple(names), tuple(rows), tuple(rejected))
    is_open = sheet is None and not file.content.endswith((b"\n", b"\r"))
    return DelimitedTable(set_aside_cut(file, whole, is_open=is_open), as_written)


def _open_records(file: RawFile, layout: Layout) -> tuple[int, list[tuple[int, list[str]]], str | None]:
    """The header's line, every line with its cells, and the sheet that they stand in."""
    if looks_like_workbook(file):
        found = _find_sheets(read_workbook(file), layout)
        if len(found) > 1:
            raise InputError(
                file.name,
                problem="more than one sheet has this table",
                value=", ".join(sheet.name for _, sheet in found),
                remedy="Save each in a file of its own.",
            )
        for start, sheet in found:
            return start, [(line, list(cells)) for line, cells in enumerate(sheet.rows, start=1)], sheet.name
    text = decode_western(file)
    header = _find_header(text[:HEAD_BYTES], layout)
    if header is None:
        raise InputError(
            file.name,
            problem=f"no header with {', '.join(sorted(layout.required))}",
            remedy="Restore the file from its publisher.",
        )
    start, delimiter = header
    records = _read_records(file, text, delimiter)
    rows = write_decimal_points([cells for _, cells in records], delimiter=delimiter)
    return start, [(line, cells) for (line, _), cells in zip(records, rows, strict=True)], None


def _find_sheets(workbook: Workbook | None, layout: Layout) -> list[tuple[int, Worksheet]]:
    """Every sheet with a header of the layout among its first rows, and the row of the header."""
    found = []
    for sheet in workbook.sheets if workbook else ():
        rows = enumerate(sheet.rows[:HEAD_LINES], start=1)
        start = next((line for line, cells in rows if layout.fits(cells)), None)
        if start is not None:
            found.append((start, sheet))
    return found


def _decode(content: bytes) -> str:
    # UTF-8 refuses nearly everything that is not UTF-8; Windows-1252 lacks five bytes, Latin-1 none.
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _is_utf8_misread(run: str, encoding: str) -> bool:
    try:
        # Letters that make sense as UTF-8 and grow fewer by it were UTF-8 before.
        return len(run.encode(encoding).decode("utf-8")) < len(run)
    except UnicodeError:
        return False


def _find_header(text: str, layout: Layout) -> tuple[int, str] | None:
    lines = re.split(r"\r\n|\r|\n", text, maxsplit=HEAD_LINES)[:HEAD_LINES]
    for number, line in enumerate(lines, start=1):
        for delimiter in layout.delimiters:
            # Cheaper than parsing, and most lines fail it.
            if line.count(delimiter) < len(layout.required) + len(layout.one_of) - 1:
                continue
            try:
                cells = next(csv.reader([line], delimiter=delimiter), [])
            except csv.Error:
                continue
            if layout.fits(cells):
                return number, delimiter
    return None


def _read_records(file: RawFile, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(_number_lines(reader))
    except csv.Error as error:
        raise InputError(
            Place(file.name, reader.line_num),
            problem=f"broken quoting: {error}",
            remedy="Close the quotes, or restore the file from its publisher.",
        ) from error


def _number_lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    start = 1
    for cells in reader:
        yield start, cells
        start = reader.line_num + 1


def _name_columns(file: RawFile, line: int, written: list[str], layout: Layout) -> list[str]:
    names = [layout.rename(cell) for cell in written]
    while names and not names[-1]:
        names.pop()
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InputError(
            Place(file.name, line),
            problem="a column name stands twice",
            value=", ".join(twice),
            remedy="Restore the header from the publisher's file.",
        )
    if not all(names[1:]):
        raise InputError(
            Place(file.name, line),
            problem="a column without a name between others: the names may have moved by one",
            value=names[names.index("", 1) - 1],
            remedy="Restore the header from the publisher's file.",
        )
    # Programs that number the rows leave the first name empty.
    return [name or "row number" for name in names]


def _refuse_rows_above(file: RawFile, preamble: list[tuple[int, list[str]]], *, width: int) -> None:
    # Of a table of three columns, a row has no more cells than a title may have.
    fewest = min(PREAMBLE_CELLS + 1, width)
    for line, cells in preamble:
        if sum(bool(cell.strip()) for cell in cells) >= fewest:
            raise InputError(
                Place(file.name, line),
                problem="a row above the header",
                remedy="Put the header first, or restore the file from its publisher.",
            )


def _fit_cells(cells: list[str], width: int) -> list[str] | None:
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return None
    return None if any("\n" in cell or "\r" in cell for cell in cells) else cells[:width]


def _reject_shape(file: RawFile, line: int, cells: list[str], width: int) -> Rejected:
    broken = any("\n" in cell or "\r" in cell for cell in cells)
    problem = "a line break inside a cell" if broken else f"{len(cells)} fields where the header has {width}"
    return Rejected(
        file.name,
        line,
        None,
        None,
        "wrong_field_count",
        problem,
        "Restore the line from the publisher's file: it may be cut short, or lack a quotation mark.",
        ",".join(cells),
    )

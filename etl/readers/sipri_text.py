"""SIPRI's registers as text: envelope, encodings, preamble, changing names, records that a newline broke."""

from __future__ import annotations

import base64
import binascii
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.errors import InputError, Place
from etl.provenance import Coverage, RawFile, Vintage
from etl.readers.decimal_commas import write_decimal_points
from etl.readers.json_values import read_json
from etl.readers.sipri_preamble import read_edition, read_table_scope, read_years
from etl.reading import CsvText, InputRow, Rejected, lacks_line_end, reject_header, set_aside_cut

# SIPRI's header stands on line 12 of the registers at hand, below eleven lines of preamble; three times that
# is looked at.
HEADER_LINES, HEAD_BYTES = 40, 16_384
# A comment with more newlines than this would put whole other records into one.
MOST_PIECES = 6
LAST_LINE = "last line"
NOT_AVAILABLE = frozenset(("NA", "NaN", "nan"))
REMEDY = "Download the register again, and keep it as SIPRI gives it."
# What a spreadsheet puts in by itself from windows-1252; the further letters of it would be guesses.
_TYPOGRAPHY = {code: bytes([code]).decode("cp1252") for code in (0x85, *range(0x91, 0x98), 0x99)}
_TYPOGRAPHIC = re.compile("[\x80-\x9f]")
# What UTF-8 looks like once it was read as Latin-1 or Windows-1252, and signs that no text has.
_DAMAGED = re.compile(
    "\ufffd|\u00ef\u00bf\u00bd|\u00e2[\u0080\u20ac]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|"
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u2013-\u203a\u20ac\u2122]"
)
_UNNAMED = re.compile(r"|\d+|x|x \d+|v\d+|unnamed.*|.*is estimate|.*uncertain(ty)?")
_ENVELOPE = re.compile(rb'"bytes"\s*:\s*"([A-Za-z0-9+/=\\]*)')


@dataclass(frozen=True)
class SipriColumn:
    """One column: SIPRI's title for it, and a pattern of the names that releases gave it.

    A column of question marks has no name: `flags` is then the title of the column before it. A header is
    known by its `known_by` columns; any other without a known name is found by its place among all.
    """

    title: str
    names: str = ""
    known_by: bool = False
    flags: str | None = None


@dataclass(frozen=True)
class SipriHeader:
    """Where the header stands, how its fields are parted, and at which place each title is."""

    line: int
    delimiter: str
    places: dict[str, int]
    width: int


@dataclass(frozen=True)
class Register:
    """A register's rows by SIPRI's titles, and the lines above its header."""

    text: CsvText
    preamble: tuple[str, ...]

    @property
    def selection(self) -> tuple[str, str] | None:
        """Whose deliveries to whom the download was asked for, where the preamble says so."""
        return read_table_scope(self.preamble)

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year that the download was asked for, where the preamble names them."""
        return read_years(self.preamble)


def has_header(file: RawFile, columns: tuple[SipriColumn, ...]) -> bool:
    """Whether one of the first lines is a header of these columns; looks at the head only, never raises."""
    return _find_header(_split_lines(_decode(_open_head(file.content))), columns) is not None


def find_edition(file: RawFile) -> Vintage | None:
    """The day on which the download was generated, where it prints it above its rows."""
    return read_edition("\n".join(_split_lines(_decode(_open_head(file.content)))[:HEADER_LINES]))


def find_coverage(file: RawFile) -> Coverage | None:
    """Whose deliveries to whom the download was asked for, and of which years, as far as it prints that."""
    lines = tuple(_split_lines(_decode(_open_head(file.content)))[:HEADER_LINES])
    asked, years = read_table_scope(lines), read_years(lines)
    if asked is None:
        return None
    return Coverage(*asked, years=None if years is None else f"{years[0]} to {years[1]}")


def read_register(
    file: RawFile, columns: tuple[SipriColumn, ...], *, broken_in: str | None = None
) -> Register:
    """All rows below the header; those that do not fit it, or hold damaged letters, are set aside.

    `broken_in` is the column of free text in which a stray newline may break a record; such records are put
    together again, and their cell `last line` says where they end.
    Raises: InputError where the envelope or the header is damaged, or a column is missing.
    """
    content = file.content if _find_envelope(file.content) is None else _open_envelope(file)
    decoded = _decode(content)
    lines = _split_lines(decoded)
    header = _require_header(file, lines, columns)
    above = {line.strip(" ,;\t") for line in lines[: header.line + 1]}
    rows: list[InputRow] = []
    rejected: list[Rejected] = []
    comment = None if broken_in is None else header.places[broken_in]
    records = list(_read_records(lines, header, comment))
    pointed = write_decimal_points([cells for *_, cells in records], delimiter=header.delimiter)
    for (first, last, _), cells in zip(records, pointed, strict=True):
        # Of registers put one behind the other, the lines above the rows come again too.
        if first == last and lines[first - 1].strip(" ,;\t") in above:
            rejected.append(reject_header(file, line=first, cells=cells))
            continue
        problem_found = _find_problem(cells, header.width)
        if problem_found is not None:
            reason, problem = problem_found
            entry = Rejected(file.name, first, None, None, reason, problem, REMEDY, ",".join(cells))
            rejected.append(entry)
            continue
        placed = {title: _clean_cell(cells[place]) for title, place in header.places.items()}
        rows.append(InputRow(first, placed if first == last else {**placed, LAST_LINE: str(last)}))
    text = CsvText(tuple(header.places), tuple(rows), tuple(rejected))
    text = set_aside_cut(file, text, is_open=lacks_line_end(decoded))
    return Register(text, tuple(lines[: header.line]))


def _require_header(file: RawFile, lines: list[str], columns: tuple[SipriColumn, ...]) -> SipriHeader:
    header = _find_header(lines, columns)
    if header is None:
        raise InputError(file.name, problem="no header of a SIPRI register", remedy=REMEDY)
    missing = [column.title for column in columns if column.title not in header.places]
    if missing:
        spoilt = _DAMAGED.search("\n".join(lines))
        beside = "" if spoilt is None else f"; and letters are damaged, the first as {spoilt[0]!r}"
        problem = f"columns are missing, and what they say with them: {', '.join(missing)}{beside}"
        raise InputError(file.name, problem=problem, remedy=REMEDY)
    if sorted(header.places.values()) != list(header.places.values()):
        problem = "columns in another order than SIPRI's: two of their names may have changed places"
        raise InputError(Place(file.name, header.line + 1), problem=problem, remedy=REMEDY)
    above = next(
        (number for number, line in enumerate(lines[: header.line], 1) if _is_row(line, header)), None
    )
    if above is not None:
        problem = "a row above the header: the lines are not in their order"
        raise InputError(Place(file.name, above), problem=problem, remedy=REMEDY)
    return header


def _read_records(
    lines: list[str], header: SipriHeader, comment: int | None
) -> Iterator[tuple[int, int, list[str]]]:
    """First line, last line (both from 1) and cells of every record below the header."""
    at = header.line + 1
    while at < len(lines):
        if not lines[at].strip(" ,;\t"):
            at += 1
            continue
        pieces = 1
        cells = _split_cells(lines[at], header)
        whole = None if comment is None else _join_broken(lines, at, cells, header=header, comment=comment)
        if whole is not None:
            cells, pieces = whole
        yield at + 1, at + pieces, cells
        at += pieces


def _join_broken(
    lines: list[str], at: int, cells: list[str], *, header: SipriHeader, comment: int
) -> tuple[list[str], int] | None:
    """The cells of a record whose free text goes on in the next lines, and how many lines it takes."""
    if len(cells) <= comment or any(cell.strip() for cell in cells[comment + 1 :]):
        return None
    words = [cells[comment].strip()]
    for pieces in range(2, MOST_PIECES + 1):
        if at + pieces > len(lines):
            return None
        more = _split_cells(lines[at + pieces - 1], header)
        tail = header.width - comment
        if len(more) > tail and not any(cell.strip() for cell in more[tail:]):
            more = more[: tail if any(more[1:tail]) else 1]
        words.append(more[0].strip())
        if len(more) == tail:
            return [*cells[:comment], " ".join(filter(None, words)), *more[1:]], pieces
        if len(more) > 1:
            return None
    return None


def _is_row(line: str, header: SipriHeader) -> bool:
    # Lines of the preamble fill a cell or two; a row of the register fills most.
    return sum(bool(cell.strip()) for cell in _split_cells(line, header)) > header.width // 2


def _split_cells(line: str, header: SipriHeader) -> list[str]:
    cells = _split_fields(line, header.delimiter)
    while len(cells) > header.width and not cells[-1].strip():
        cells.pop()
    return cells


def _split_fields(line: str, delimiter: str) -> list[str]:
    """Fields of one line; the semicolons with which a spreadsheet fills its rows up are no fields."""
    stripped = line.rstrip("; \t\r") if delimiter == "," else line
    if '"' not in stripped:
        return stripped.split(delimiter)
    try:
        return next(csv.reader([stripped], delimiter=delimiter, strict=True))
    except csv.Error:
        return stripped.split(delimiter)


def _find_problem(cells: list[str], width: int) -> tuple[str, str] | None:
    if len(cells) != width:
        return "wrong_field_count", f"{len(cells)} fields where the header has {width}"
    damaged = next((cell for cell in cells if not cell.isascii() or not cell.isprintable()), None)
    if damaged is not None:
        spoilt = _DAMAGED.search("\n".join(cells))
        if spoilt is not None:
            return "damaged_text", f"letters that were lost in a change of encoding: {spoilt[0]!r}"
    return None


def _clean_cell(cell: str) -> str:
    stripped = cell.strip()
    return "" if stripped in NOT_AVAILABLE else stripped


def _find_header(lines: list[str], columns: tuple[SipriColumn, ...]) -> SipriHeader | None:
    for number, line in enumerate(lines[:HEADER_LINES]):
        for delimiter in (",", ";", "\t"):
            names = [_fold_name(name) for name in _split_fields(line, delimiter)]
            while len(names) > len(columns) and not names[-1]:
                names.pop()
            # Half of the columns at least, and not twice as many: a cheap test before names are compared.
            wide = len(columns) // 2 <= len(names) <= 2 * len(columns)
            places = _place_columns(names, columns) if wide else {}
            if places and all(column.title in places for column in columns if column.known_by):
                return SipriHeader(number, delimiter, places, len(names))
    return None


def _fold_name(name: str) -> str:
    return re.sub(r"[^a-z0-9_]+", " ", name.lower()).strip()


def _place_columns(names: list[str], columns: tuple[SipriColumn, ...]) -> dict[str, int]:
    """The place of each title: by name, question marks behind their column, the rest by its usual place."""
    places: dict[str, int] = {}
    for column in columns:
        found = [place for place, name in enumerate(names) if re.fullmatch(column.names, name)]
        if column.names and len(found) == 1:
            places[column.title] = found[0]
    for column in columns:
        behind = places.get(column.flags or "", len(names)) + 1
        if column.flags and behind < len(names) and _UNNAMED.fullmatch(names[behind]):
            places[column.title] = behind
    # Only a header of the full width has usual places; in another, a column without a known name is missing.
    if len(names) == len(columns):
        for place, column in enumerate(columns):
            if not (column.title in places or column.known_by or column.flags or place in places.values()):
                places[column.title] = place
    return {column.title: places[column.title] for column in columns if column.title in places}


def _split_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


def _decode(content: bytes) -> str:
    """Text as UTF-8 if it is that throughout, else as latin-1, in which SIPRI writes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        return text.translate(_TYPOGRAPHY) if _TYPOGRAPHIC.search(text) else text


def _open_head(content: bytes) -> bytes:
    """The first bytes of the text, out of the site's JSON answer where it is one."""
    match = _find_envelope(content)
    if match is None:
        return content[:HEAD_BYTES]
    coded = match[1].replace(b"\\", b"").rstrip(b"=")
    try:
        # Base64 comes in fours; the head may end within one.
        return base64.b64decode(coded[: len(coded) // 4 * 4])
    except binascii.Error:
        return b""


def _find_envelope(content: bytes) -> re.Match[bytes] | None:
    head = content[:HEAD_BYTES]
    return _ENVELOPE.search(head) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else None


def _open_envelope(file: RawFile) -> bytes:
    try:
        answer = read_json(file.content, name=file.name)
        return base64.b64decode(answer["bytes"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            file.name, problem=f"the site's answer is damaged: {error}", remedy=REMEDY
        ) from error

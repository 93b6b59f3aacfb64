"""Reading delimited text strictly: every row keeps its line, and whatever is wrong with it has a reason."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from etl.errors import InputError, MendableError, Place
from etl.provenance import RawFile
from etl.units import NumberError, read_number

Record = dict[str, Any]
Cell = TypeVar("Cell")
# Numbers of a column have one number of decimals where eight in ten do: copies drop zeros, of one in ten.
FIXED_DECIMALS_FROM = 0.8
# With fewer numbers above it a shorter last one is no surprise.
FEWEST_COMPARED = 3
_DIGITS = re.compile(r"[+-]?[\d,]*(?:\.(?P<decimals>\d*))?", re.ASCII)


class RowProblemError(Exception):
    """What is wrong with one row: the column, the value as found, a reason code and what to do."""

    def __init__(self, column: str, value: str, *, reason: str, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.column, self.value = column, value
        self.reason, self.problem, self.remedy = reason, problem, remedy


@dataclass(frozen=True)
class Rejected:
    """One row that was not accepted, or with `is_cell_alone` one cell of a row whose other cells stand."""

    file: str
    line: int
    column: str | None
    value: str | None
    reason: str
    problem: str
    remedy: str
    row_text: str
    is_cell_alone: bool = False

    def __str__(self) -> str:
        shown = "" if self.value is None else f" (found {self.value!r})"
        return f"{Place(self.file, self.line, self.column)}: {self.problem}{shown}. {self.remedy}"


@dataclass(frozen=True)
class InputRow:
    """One line of an input as text, with strict readers for its cells; of a workbook, in a sheet."""

    line: int
    cells: dict[str, str]
    sheet: str | None = None

    @property
    def place(self) -> str:
        """The line, and the sheet where there is one, as locators say them."""
        return f"line {self.line}" if self.sheet is None else f"sheet {self.sheet}, row {self.line}"

    @property
    def text(self) -> str:
        """The row as it was found."""
        return ",".join(self.cells.values())

    def require(self, column: str) -> str:
        """The text of a cell that may not be empty."""
        value = self.cells[column].strip()
        if not value:
            raise self.refuse(
                column,
                reason="empty_cell",
                problem="the cell is empty",
                remedy="Fill it in, or remove the row.",
            )
        return value

    def find(self, column: str) -> str | None:
        """The text of a cell, or None where it is empty."""
        return self.cells[column].strip() or None

    def read_number(self, column: str, *, floor: int | None = None) -> Decimal:
        """The number in a cell, exactly as printed, not below the floor."""
        try:
            number = read_number(self.require(column))
        except NumberError as error:
            raise self.refuse(
                column,
                reason="not_a_number",
                problem="not a plain finite number",
                remedy="Write digits with a decimal point, or leave the cell empty where none was reported.",
            ) from error
        return self.hold_above(column, number, floor=floor)

    def hold_above(self, column: str, number: Decimal, *, floor: int | None) -> Decimal:
        """The number of a cell, which may not be below the floor."""
        if floor is not None and number < floor:
            raise self.refuse(
                column,
                reason="below_floor",
                problem=f"below {floor}, which this column cannot be",
                remedy="Compare with the publisher's own file and correct the sign or the value.",
            )
        return number

    def find_number(self, column: str, *, floor: int | None = None) -> Decimal | None:
        """The number in a cell, or None where it is empty: not reported is not zero."""
        return None if self.find(column) is None else self.read_number(column, floor=floor)

    def read_whole(self, column: str, *, floor: int | None = None) -> int:
        """The whole number in a cell."""
        number = self.read_number(column, floor=floor)
        if number != int(number):
            raise self.refuse(
                column, reason="not_whole", problem="not a whole number", remedy="Correct the value."
            )
        return int(number)

    def convert(
        self, column: str, reader: Callable[[str], Any], *, errors: tuple[type[Exception], ...], reason: str
    ) -> Any:
        """The cell through a reader of its own, whose refusal becomes the row's."""
        value = self.require(column)
        try:
            return reader(value)
        except errors as error:
            if isinstance(error, MendableError):
                problem, remedy = error.problem, error.remedy
            else:
                problem, remedy = str(error), "Correct the value."
            raise self.refuse(column, reason=reason, problem=problem.rstrip("."), remedy=remedy) from error

    def refuse(self, column: str, *, reason: str, problem: str, remedy: str) -> RowProblemError:
        """The error for a cell of this row."""
        return RowProblemError(
            column, self.cells.get(column, ""), reason=reason, problem=problem, remedy=remedy
        )


@dataclass(frozen=True)
class CsvText:
    """A delimited file as rows of text, the rows that do not fit its header apart."""

    header: tuple[str, ...]
    rows: tuple[InputRow, ...]
    rejected: tuple[Rejected, ...]

    @property
    def rows_read(self) -> int:
        """Rows below the header, accepted or not."""
        return len(self.rows) + len(self.rejected)


def decode_text(file: RawFile) -> str:
    """The file as UTF-8 text, a byte order mark removed.

    Raises: InputError naming the line where the bytes are not UTF-8, or hold a NUL.
    """
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content[: error.start].count(b"\n") + 1
        raise InputError(
            Place(file.name, line),
            problem="not UTF-8 text",
            value=file.content[error.start : error.start + 1],
            remedy="Save the file as UTF-8.",
        ) from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise InputError(
            Place(file.name, line), problem="a NUL character", remedy="Save the file as plain UTF-8 text."
        )
    return text


def read_header(file: RawFile) -> tuple[str, ...]:
    """The names in the first line, or nothing where the file has none."""
    first_line = file.content[:4096].decode("utf-8-sig", errors="replace").split("\n", 1)[0].rstrip("\r")
    try:
        return tuple(next(csv.reader([first_line]), []))
    except csv.Error:
        return ()


def read_csv_text(file: RawFile) -> CsvText:
    """All rows of a comma-separated file with a header.

    Raises: InputError where the file is empty, not UTF-8, or its quoting never closes.
    """
    content = decode_text(file)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    rows: list[InputRow] = []
    rejected: list[Rejected] = []
    try:
        header = tuple(next(reader))
        for line, cells in _number_lines(reader):
            if tuple(cells) == header:
                rejected.append(reject_header(file, line=line, cells=cells))
            elif len(cells) == len(header):
                rows.append(InputRow(line, dict(zip(header, cells, strict=True))))
            elif cells:
                rejected.append(_reject_shape(file, line=line, cells=cells, expected=len(header)))
    except StopIteration:
        raise InputError(
            file.name, problem="the file is empty", remedy="Restore it from its publisher."
        ) from None
    except csv.Error as error:
        place = Place(file.name, reader.line_num)
        raise InputError(
            place, problem=f"broken quoting: {error}", remedy="Close the quotes, or restore the file."
        ) from error
    text = CsvText(header, tuple(rows), tuple(rejected))
    return set_aside_cut(file, text, is_open=lacks_line_end(content))


def lacks_line_end(content: str) -> bool:
    """Whether the last line of a text has no end."""
    return not content.endswith(("\n", "\r"))


def reject_header(file: RawFile, *, line: int, cells: Sequence[str]) -> Rejected:
    """A header that stands again among the rows, as in files put one behind the other."""
    told = ("header_again", "the header stands here again", "Remove it.", ",".join(cells))
    return Rejected(file.name, line, None, None, *told)


def set_aside_cut(file: RawFile, text: CsvText, *, is_open: bool) -> CsvText:
    """The rows without the last one where a download may have stopped inside its last cell.

    `is_open` says that the last line has no end. Where no cell shows a sign of a cut, it is whole without.
    """
    if not is_open or len(text.rows) < 2:
        return text
    *others, last = text.rows
    if any(entry.line > last.line for entry in text.rejected):
        return text
    column = text.header[-1]
    cell = last.cells[column].strip()
    if not looks_cut(cell, [row.cells[column].strip() for row in others]):
        return text
    problem = "the file stops without a line end, and its last cell is shorter than those above"
    remedy = "Download the file again; if it is whole, end its last line."
    rejected = Rejected(file.name, last.line, column, cell, "cut_short", problem, remedy, last.text)
    return CsvText(text.header, tuple(others), (*text.rejected, rejected))


def looks_cut(cell: str, others: Sequence[str]) -> bool:
    """Whether the last cell of a file may be the beginning of one, going by those above it in its column.

    A number has fewer decimals than they have, or fewer digits than each; a text begins another and is none
    of them; a cell lacks the sign that all end in; or it alone is empty.
    """
    filled = [other for other in others if other]
    if not filled or not cell:
        return bool(filled) and len(filled) == len(others)
    if not filled[0][-1].isalnum() and len({other[-1] for other in filled}) == 1:
        return cell[-1] != filled[0][-1]
    numbers = [match for other in filled if (match := _DIGITS.fullmatch(other))]
    number = _DIGITS.fullmatch(cell)
    if number is None or len(numbers) < FIXED_DECIMALS_FROM * len(filled):
        return cell not in filled and any(other.startswith(cell) for other in filled)
    decimals, usual = Counter(len(match["decimals"] or "") for match in numbers).most_common(1)[0]
    if decimals and usual >= FIXED_DECIMALS_FROM * len(numbers):
        return len(number["decimals"] or "") < decimals
    fewest = min(sum(map(str.isdigit, match[0])) for match in numbers)
    return len(numbers) >= FEWEST_COMPARED and sum(map(str.isdigit, cell)) < fewest


def convert_rows(
    file: RawFile, text: CsvText, build: Callable[[InputRow], Sequence[Record | RowProblemError]]
) -> tuple[list[Record], list[Rejected]]:
    """Every row through `build`: records with their line, and rejected rows.

    A problem that `build` raises sets the whole row aside; one that it gives among the records of a row with
    many cells is that of its own cell, and the others stand.
    """
    records: list[Record] = []
    rejected = list(text.rejected)
    for row in text.rows:
        try:
            for entry in build(row):
                if isinstance(entry, RowProblemError):
                    rejected.append(_reject_row(file, row, entry, is_cell_alone=True))
                else:
                    records.append({**entry, "line": row.line})
        except RowProblemError as error:
            rejected.append(_reject_row(file, row, error))
    return records, rejected


def read_cells_alone(
    cells: Iterable[Cell], read: Callable[[Cell], Record | None]
) -> list[Record | RowProblemError]:
    """What the cells of a wide row give, empty ones nothing; a problem of one leaves the others standing."""
    entries: list[Record | RowProblemError] = []
    for cell in cells:
        try:
            record = read(cell)
        except RowProblemError as error:
            entries.append(error)
            continue
        if record is not None:
            entries.append(record)
    return entries


def _reject_row(
    file: RawFile, row: InputRow, error: RowProblemError, *, is_cell_alone: bool = False
) -> Rejected:
    told = (error.column, error.value, error.reason, error.problem, error.remedy)
    return Rejected(file.name, row.line, *told, row.text, is_cell_alone)


def _number_lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    start = reader.line_num + 1
    for cells in reader:
        yield start, cells
        start = reader.line_num + 1


def _reject_shape(file: RawFile, *, line: int, cells: list[str], expected: int) -> Rejected:
    return Rejected(
        file.name,
        line,
        None,
        None,
        "wrong_field_count",
        f"{len(cells)} fields where the header has {expected}",
        "Restore the line from the publisher's file: it may be cut short.",
        ",".join(cells),
    )

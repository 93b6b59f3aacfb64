"""SIPRI's wide tables of volumes: a preamble, a row per country or category, a column per year, a total."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from etl.countries import Lookups
from etl.errors import ExpectationError, InputError, Place
from etl.provenance import RawFile, Vintage
from etl.readers.decimal_commas import write_decimal_points
from etl.readers.delimited_text import DELIMITERS, HEAD_BYTES, HEAD_LINES, decode_western
from etl.readers.grouped_numbers import read_grouped_amount, read_grouped_number
from etl.readers.sipri_preamble import read_edition
from etl.reading import CsvText, InputRow, Rejected, RowProblemError, lacks_line_end, set_aside_cut
from etl.units import NumberError

NAME = "name"
RECIPIENTS, SUPPLIERS = "recipients", "suppliers"
ZERO_NOTE = "Printed as 0: a volume above nothing and below half a million TIV."
# Every cell is rounded to the last digit that is printed, so each may be off by half of it.
HALF = Decimal("0.5")
REMEDY = "Download the table again from SIPRI: a line or a cell of it has been lost or changed."
_EDGES = ' ,;\t"'
_YEAR = re.compile(r"(?:19|20)\d{2}", re.ASCII)

# SIPRI's own headings; a table can be asked for by them instead of by country.
CATEGORIES = frozenset(
    (
        "Air defence systems",
        "Aircraft",
        "Anti-submarine warfare weapons",
        "Armoured vehicles",
        "Artillery",
        "Engines",
        "Missiles",
        "Naval weapons",
        "Other",
        "Satellites",
        "Sensors",
        "Ships",
    )
)

_CATEGORY_KEYS = {name.lower().replace("-", " "): name for name in CATEGORIES}
# The row and the total.
ROWS_OF_ONE = 2
LONE_ROW_NOTE = "The table has one row: its total may be that row's alone, and not of all."
Recogniser = Callable[[list[str]], bool]


@dataclass(frozen=True)
class YearTable:
    """A table as text: what stands above it, its columns of years, and its rows by the names of the columns.

    The first column is called `name` whatever its header says, which is in `first`.
    """

    preamble: tuple[str, ...]
    first: str
    years: tuple[str, ...]
    summaries: tuple[str, ...]
    text: CsvText


@dataclass(frozen=True)
class TivFlow:
    """What the rows of a table are, and who stands on the other side of them all: a name, or None for all."""

    rows_are: str
    other: str | None

    def find_sides(self, own: str, other: str) -> tuple[str, str]:
        """Importer and supplier of a row, from its own code and that of the other side."""
        return (own, other) if self.rows_are == RECIPIENTS else (other, own)


@dataclass(frozen=True)
class TivAmount:
    """A number as printed, and half of its last digit."""

    value: Decimal
    half_width: Decimal


def find_category(name: str, table: YearTable, lookups: Lookups) -> str | None:
    """The weapon category of a row, or None where its name is of none.

    A new category is kept as printed among known ones: more than half of the rows have SIPRI's names then,
    and it is no area's.
    """
    printed = name.strip()
    known = _CATEGORY_KEYS.get(printed.lower().replace("-", " "))
    if known is not None or lookups.areas.has_spelling(printed) or printed.lower().startswith("total"):
        return known
    names = [row.cells[NAME].strip().lower().replace("-", " ") for row in table.text.rows]
    others = [name for name in names if not name.startswith("total")]
    return printed if 2 * sum(name in _CATEGORY_KEYS for name in others) > len(others) else None


def find_years(cells: list[str]) -> list[str]:
    """The cells of a header that are years."""
    return [cell.strip() for cell in cells if _YEAR.fullmatch(cell.strip())]


def has_year_table(file: RawFile, recognise: Recogniser) -> bool:
    """Whether one of the first lines is a header that is recognised; cheap, and never raises."""
    head = file.content[:HEAD_BYTES].decode("utf-8-sig", errors="replace")
    return _find_header(head, recognise) is not None


def find_table_edition(file: RawFile) -> Vintage | None:
    """The day on which the table was generated, where it is printed above the header."""
    head = file.content[:HEAD_BYTES].decode("utf-8-sig", errors="replace")
    return read_edition("\n".join(_split_lines(head)[:HEAD_LINES]))


def read_year_table(file: RawFile, recognise: Recogniser) -> YearTable:
    """The table under the recognised header; rows of another width apart, blank rows left out.

    Raises: InputError where there is no such header, its years are not complete, or quoting never closes.
    """
    text = decode_western(file)
    found = _find_header(text, recognise)
    if found is None:
        raise InputError(file.name, problem="no header with years", remedy=REMEDY)
    start, delimiter = found
    lines = _split_lines(text)
    preamble = tuple(line.strip(_EDGES) for line in lines[: start - 1])
    records = list(_read_records(file, lines[start - 1 :], start, delimiter))
    pointed = write_decimal_points([cells for _, cells in records], delimiter=delimiter)
    records = [(line, cells) for (line, _), cells in zip(records, pointed, strict=True)]
    header = records[0][1]
    columns = _name_columns(file, start, header)
    rows: list[InputRow] = []
    rejected: list[Rejected] = []
    for line, cells in records:
        if line <= start or not any(cell.strip() for cell in cells):
            continue
        if recognise(cells):
            raise InputError(
                Place(file.name, line),
                problem="a second table begins here",
                remedy="Put each in its own file.",
            )
        entry = _fit_row(file, line, cells, columns)
        if isinstance(entry, InputRow):
            rows.append(entry)
        else:
            rejected.append(entry)
    years = tuple(find_years(list(columns)))
    read = CsvText(columns, tuple(rows), tuple(rejected))
    whole = set_aside_cut(file, read, is_open=lacks_line_end(text))
    summaries = tuple(name for name in columns[1:] if name not in years)
    return YearTable(preamble, header[0].strip(), years, summaries, whole)


def read_amount(row: InputRow, column: str) -> TivAmount | None:
    """The volume in a cell with its rounding, or None where the cell is empty: no delivery is not zero."""
    if row.find(column) is None:
        return None
    value = read_grouped_amount(row, column)
    exponent = value.as_tuple().exponent
    # "12" is off by up to a half, "12.3" by up to a twentieth.
    digits = exponent if isinstance(exponent, int) and exponent < 0 else 0
    return TivAmount(value, HALF.scaleb(digits))


def check_sum(row: InputRow, *, years: tuple[str, ...], total: str) -> None:
    """Whether a row's years add up to its total within the rounding of each.

    Raises: RowProblemError where they do not, or a row with volumes has no total.
    """
    amounts = [amount for year in years if (amount := read_amount(row, year)) is not None]
    stated = read_amount(row, total)
    # A country without a delivery in any year has no total either.
    if stated is None and not amounts:
        return
    added = sum((amount.value for amount in amounts), Decimal(0))
    allowed = sum((amount.half_width for amount in amounts), HALF if stated is None else stated.half_width)
    if stated is None or abs(stated.value - added) > allowed:
        raise row.refuse(
            total,
            reason="does_not_add_up",
            problem=f"the years add up to {added}, more than rounding away from the total",
            remedy=REMEDY,
        )


def find_total(file: RawFile, table: YearTable, is_total: Callable[[str], bool]) -> InputRow:
    """The total row, which must be the last and the only one.

    Raises: ExpectationError where there is none, as in a file that was cut short, or rows come after it.
    """
    totals = [row for row in table.text.rows if is_total(row.cells[NAME].strip())]
    lines = [row.line for row in table.text.rows] + [row.line for row in table.text.rejected]
    last = max(lines, default=0)
    if len(totals) != 1 or totals[0].line != last:
        raise ExpectationError(
            file.name,
            expected="one total row, and nothing below it",
            found=f"total rows in lines {', '.join(str(row.line) for row in totals) or 'none'} of {last}",
            remedy=REMEDY,
        )
    return totals[0]


def check_columns(file: RawFile, table: YearTable, total: InputRow) -> None:
    """Whether every year's rows add up to the total row within the rounding of each.

    A row that is set aside for its shape or for a cell that is no number leaves its years short, never long.
    Raises: ExpectationError naming the years that do not add up.
    """
    parts = [row for row in table.text.rows if row.line != total.line]
    wrong = [
        year for year in table.years if not _adds_up(parts, total, year, short=bool(table.text.rejected))
    ]
    if wrong:
        shown = ", ".join(wrong[:5])
        raise ExpectationError(
            file.name,
            expected="rows that add up to the total row",
            found=f"years that do not: {shown}",
            remedy=REMEDY,
        )


def _adds_up(parts: list[InputRow], total: InputRow, year: str, *, short: bool) -> bool:
    added, allowed = Decimal(0), Decimal(0)
    for row in parts:
        try:
            amount = read_amount(row, year)
        except RowProblemError:
            short = True
            continue
        if amount is not None:
            added, allowed = added + amount.value, allowed + amount.half_width
    try:
        stated = read_grouped_number(total.cells[year]) if total.cells[year].strip() else None
    except NumberError:
        return False
    if stated is None:
        # An empty total is a zero that is not printed: its rows may only be what rounding leaves.
        return added <= allowed
    # Rows set aside leave a year short and never long: the lower bound holds in any case.
    return -allowed - HALF <= stated - added and (short or stated - added <= allowed + HALF)


def _find_header(text: str, recognise: Recogniser) -> tuple[int, str] | None:
    for number, line in enumerate(_split_lines(text[:HEAD_BYTES])[:HEAD_LINES], start=1):
        for delimiter in DELIMITERS:
            try:
                cells = next(csv.reader([line], delimiter=delimiter), [])
            except csv.Error:
                continue
            if find_years(cells) and recognise(cells):
                return number, delimiter
    return None


def _split_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def _read_records(
    file: RawFile, lines: list[str], first: int, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    start = first
    try:
        for cells in reader:
            yield start, cells
            start = first + reader.line_num
    except csv.Error as error:
        place = Place(file.name, start)
        raise InputError(place, problem=f"broken quoting: {error}", remedy=REMEDY) from error


def _name_columns(file: RawFile, line: int, header: list[str]) -> tuple[str, ...]:
    names = [NAME, *(cell.strip() for cell in header[1:])]
    while not names[-1]:
        names.pop()
    first, years = int(find_years(names)[0]), find_years(names)
    # Names that changed places without their columns would show as years out of order.
    in_order = names[1 : len(years) + 1] == [str(first + at) for at in range(len(years))]
    names = [
        name if at == names.index(name) else f"{name} in column {at + 1}" for at, name in enumerate(names)
    ]
    if "" in names or not in_order:
        raise InputError(
            Place(file.name, line),
            problem="a column without a name, or a year that is left out, there twice or out of order",
            remedy=REMEDY,
        )
    return tuple(names)


def _fit_row(file: RawFile, line: int, cells: list[str], columns: tuple[str, ...]) -> InputRow | Rejected:
    width = len(columns)
    broken = any("\n" in cell or "\r" in cell for cell in cells)
    if len(cells) >= width and not broken and not any(cell.strip() for cell in cells[width:]):
        return InputRow(line, dict(zip(columns, cells, strict=False)))
    problem = "a line break inside a cell" if broken else f"{len(cells)} fields where the header has {width}"
    return Rejected(file.name, line, None, None, "wrong_field_count", problem, REMEDY, ",".join(cells))

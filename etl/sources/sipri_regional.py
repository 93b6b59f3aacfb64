"""SIPRI's volumes of arms delivered to regions and groups of states, by supplier and year.

A title, notes and the day of the download stand above a header of years; then block after block, each a line
`Africa,Regional total,...` and a line per supplier with the first cell empty. Regions overlap and are not
countries: each is an area that totals others, of its own kind in the lookups. Zero is less than half a
million; an empty cell is a year without deliveries, and a row of nothing but zeros has no sum. A total of 0
above suppliers with nothing is none either: a group that did not exist. The title says whether suppliers
deliver to the region; tables by recipient are refused.

Of its own file a table asserts that no year is left out, that no region stands twice, that each row adds up
to its sum (or is set aside), and that the suppliers of a region add up to its total in every year, within the
rounding.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from etl.countries import Lookups, UnknownNameError
from etl.errors import ExpectationError, InputError, Place
from etl.periods import build_calendar_year
from etl.provenance import InputFile, Product, RawFile, Vintage
from etl.readers.delimited_text import DELIMITERS, HEAD_BYTES, HEAD_LINES, PREAMBLE_CELLS, decode_western
from etl.readers.sipri_preamble import read_edition
from etl.readers.sipri_tables import NAME, REMEDY, ZERO_NOTE, check_sum, find_years, read_amount
from etl.readers.spreadsheets import Worksheet, find_workbook, looks_like_workbook, read_workbook
from etl.reading import CsvText, InputRow, Record, Rejected, RowProblemError
from etl.source_contract import (
    Expected,
    FileReading,
    Parsed,
    Series,
    Source,
    build_observation,
    parse_rows,
    read_area,
)
from etl.vocabulary.series_codes import WORLD

REGION, TOTAL, SHARE = "region", "Regional total", "% of regional total"
AGGREGATE = "aggregate"
HALF = Decimal("0.5")
_TITLE = re.compile(r"volume of exports of major arms by region broken down by suppliers\b.*", re.IGNORECASE)
_SPAN = re.compile(r"\d{4}\s*[-\u2013]\s*\d{4}", re.ASCII)
Rows = list[tuple[int, list[str]]]


def find_vintage(file: RawFile) -> Vintage | None:
    """The day on which the table was generated, where it is printed above the header."""
    rows, header = _open_rows(file, head_only=True)
    return read_edition("\n".join(" ".join(cells) for line, cells in rows if line < header))


SOURCE = Source(
    layout="sipri_regional",
    title="SIPRI volumes of arms delivered to regions and groups, by supplier and year",
    table="observations",
    columns=("", "", "1990", "1991", "...", "1990-2023", SHARE),
    product=Product(
        source_id="sipri_regional",
        publisher="SIPRI",
        product="Arms Transfers Database, transfers by region",
        url="https://armstransfers.sipri.org/",
        licence="SIPRI terms: non-commercial use with attribution; for commercial use ask SIPRI, https://www.sipri.org",
        redistributable=False,
    ),
    find_vintage=find_vintage,
)
EXPECTED = Expected(rows_min=1, rows_max=20_000)


@dataclass(frozen=True)
class RegionTable:
    """All rows with the region that each belongs to, and the columns of years and of sums."""

    years: tuple[str, ...]
    span: str
    text: CsvText


def matches(file: RawFile) -> bool:
    """Whether a header of years ends in percentages of a region's total."""
    return _open_rows(file, head_only=True)[1] > 0


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One `arms_import_volume` of a region per year's cell that is not empty.

    Raises: InputError where the title is another, the years are not complete or a region is out of order;
    ExpectationError where suppliers do not add up to their region's total.
    """
    table = _read_table(file)
    blocks = _split_blocks(file, table)
    idle = {(block[0].line, year) for block in blocks for year in table.years if _is_idle(block, year)}

    def build(row: InputRow) -> list[Record]:
        _check_row(row, table)
        is_total = row.cells[NAME].strip() == TOTAL
        region = _read_region(row, lookups)
        supplier = WORLD if is_total else read_area(row, NAME, lookups)
        series = Series("arms_import_volume", region, supplier, "TIV_MILLIONS", "TIV")
        records = []
        for year in table.years:
            amount = read_amount(row, year)
            if amount is None or (row.line, year) in idle:
                continue
            note = None if amount.value else ZERO_NOTE
            reading = FileReading(amount.value, year, half_width=amount.half_width, note=note)
            period = build_calendar_year(int(year))
            records.append(build_observation(file, row, series=series, period=period, reading=reading))
        return records

    for block in blocks:
        _check_block(file, block, table)
    return parse_rows(file, SOURCE, build, text=table.text)


def _check_row(row: InputRow, table: RegionTable) -> None:
    """Whether a row adds up to its sum; one of nothing but zeros has none."""
    amounts = [amount.value for year in table.years if (amount := read_amount(row, year)) is not None]
    if row.cells[table.span].strip() or any(amounts):
        check_sum(row, years=table.years, total=table.span)


def _read_region(row: InputRow, lookups: Lookups) -> str:
    name = row.require(REGION)
    for spelling in (f"{name} (members)", name):
        try:
            code = lookups.areas.find_code(spelling)
        except UnknownNameError:
            continue
        # NATO is an organisation that buys arms, and the states in it.
        if lookups.areas.areas[code].kind == AGGREGATE:
            return code
    raise row.refuse(
        REGION,
        reason="unknown_area",
        problem="no region or group that is known",
        remedy="Add it to datasets/lookups/areas.csv as an aggregate, and its spelling to area_names.csv.",
    )


def _is_header(cells: list[str]) -> bool:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return len(names) > 4 and not names[0] and not names[1] and names[-1] == SHARE and bool(find_years(names))


def _open_rows(file: RawFile, *, head_only: bool = False) -> tuple[Rows, int]:
    """Every line with its cells, and the line of the header; 0 where there is none."""
    if looks_like_workbook(file):
        workbook = find_workbook(file) if head_only else read_workbook(file)
        return _find_sheet(workbook.sheets if workbook else ())
    if head_only:
        head = file.content[:HEAD_BYTES].decode("utf-8-sig", errors="replace")
        lines = re.split(r"\r\n|\r|\n", head)[:HEAD_LINES]
    else:
        lines = re.split(r"\r\n|\r|\n", decode_western(file))
    for delimiter in DELIMITERS:
        if not any(line.startswith(delimiter * 2) for line in lines[:HEAD_LINES]):
            continue
        rows = [(number, _split(line, delimiter)) for number, line in enumerate(lines, start=1)]
        header = next((line for line, cells in rows[:HEAD_LINES] if _is_header(cells)), 0)
        if header:
            return rows, header
    return [], 0


def _find_sheet(sheets: Iterable[Worksheet]) -> tuple[Rows, int]:
    for sheet in sheets:
        rows = [(line, list(cells)) for line, cells in enumerate(sheet.rows, start=1)]
        header = next((line for line, cells in rows[:HEAD_LINES] if _is_header(cells)), 0)
        if header:
            return rows, header
    return [], 0


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def _read_table(file: InputFile) -> RegionTable:
    rows, header = _open_rows(file)
    if not any(_TITLE.fullmatch(cells[0].strip()) for line, cells in rows if line < header and cells):
        raise InputError(
            file.name,
            problem="no title that says that suppliers deliver to the regions",
            remedy="Keep the title: Volume of exports of major arms by region broken down by suppliers.",
        )
    above = next((line for line, cells in rows[: header - 1] if _count_filled(cells) > PREAMBLE_CELLS), None)
    if above is not None:
        raise InputError(Place(file.name, above), problem="a row above the header", remedy=REMEDY)
    written = [cell.strip() for cell in rows[header - 1][1]]
    while not written[-1]:
        written.pop()
    years = tuple(find_years(written))
    expected = [str(int(years[0]) + at) for at in range(len(years))]
    if written[2:-2] != expected or not _SPAN.fullmatch(written[-2]):
        raise InputError(
            Place(file.name, header),
            problem="a year that is left out, there twice or out of order, or no sum of all of them",
            remedy=REMEDY,
        )
    columns = (REGION, NAME, *years, written[-2], SHARE)
    below = [(line, cells) for line, cells in rows[header:] if _count_filled(cells)]
    found = [_fit_row(file, line, cells, columns) for line, cells in below]
    fitted = _carry_regions([row for row in found if isinstance(row, InputRow)])
    rejected = tuple(row for row in found if isinstance(row, Rejected))
    return RegionTable(years, written[-2], CsvText(columns, tuple(fitted), rejected))


def _count_filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _fit_row(file: InputFile, line: int, cells: list[str], columns: tuple[str, ...]) -> InputRow | Rejected:
    width = len(columns)
    if len(cells) >= width and not any(cell.strip() for cell in cells[width:]):
        return InputRow(line, dict(zip(columns, cells, strict=False)))
    problem = f"{len(cells)} fields where the header has {width}"
    return Rejected(file.name, line, None, None, "wrong_field_count", problem, REMEDY, ",".join(cells))


def _carry_regions(rows: list[InputRow]) -> list[InputRow]:
    """Rows with the region that their block's first line names."""
    region, carried = "", []
    for row in rows:
        region = row.cells[REGION].strip() or region
        carried.append(InputRow(row.line, {**row.cells, REGION: region}))
    return carried


def _split_blocks(file: InputFile, table: RegionTable) -> list[list[InputRow]]:
    """The rows of each region, its total first.

    Raises: InputError where a block has no total, or more than one, or a region stands twice.
    """
    blocks: list[list[InputRow]] = []
    for row in table.text.rows:
        is_new = not blocks or blocks[-1][0].cells[REGION] != row.cells[REGION]
        is_total = row.cells[NAME].strip() == TOTAL
        if is_new != is_total:
            raise InputError(
                Place(file.name, row.line),
                problem="a region whose first line is not its total, or that has two",
                value=row.cells[REGION],
                remedy=REMEDY,
            )
        if is_new:
            blocks.append([])
        blocks[-1].append(row)
    names = Counter(block[0].cells[REGION] for block in blocks)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise InputError(file.name, problem="a region stands twice", value=twice[0], remedy=REMEDY)
    return blocks


def _is_idle(block: list[InputRow], year: str) -> bool:
    """Whether a region's total is 0 and no supplier has anything at all in that year."""
    return block[0].cells[year].strip() == "0" and not any(row.cells[year].strip() for row in block[1:])


def _check_block(file: InputFile, block: list[InputRow], table: RegionTable) -> None:
    last = max(row.line for row in block)
    short = any(block[0].line < entry.line <= last + 1 for entry in table.text.rejected)
    for year in table.years:
        added, allowed, is_short = _add_up(block[1:], year)
        try:
            stated = read_amount(block[0], year)
        except RowProblemError:
            continue
        total = Decimal(0) if stated is None else stated.value
        over, under = added - total > allowed + HALF, total - added > allowed + HALF
        if over or (under and not (short or is_short)):
            raise ExpectationError(
                file.name,
                expected=f"suppliers to {block[0].cells[REGION]} that add up to {total} in {year}",
                found=str(added),
                remedy=REMEDY,
            )


def _add_up(rows: list[InputRow], year: str) -> tuple[Decimal, Decimal, bool]:
    added, allowed, is_short = Decimal(0), Decimal(0), False
    for row in rows:
        try:
            amount = read_amount(row, year)
        except RowProblemError:
            is_short = True
            continue
        if amount is not None:
            added, allowed = added + amount.value, allowed + amount.half_width
    return added, allowed, is_short

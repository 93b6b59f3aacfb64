"""India's Department of Commerce: a workbook with tables of the data bank, one sheet per period.

Asserts: what a page of the data bank asserts, for each sheet; a sheet named after a fiscal year holds
that year.
Peculiarities: the unit stands in the heading (Million US$, US $) or in a line above; the flow in a title,
a last row (India's Total Import) or a heading (Country of Consignment); `NA` is a value not reported, 0 a
value below rounding; a heading such as 2022-2023(Apr-Aug) is a part of a year; spreadsheets number
footers on and eat leading zeros. A sheet that totals one commodity without naming it gives rows of
commodity `_X`, unless the sidecar names an HS code.
"""

from __future__ import annotations

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError
from etl.periods import Period, PeriodError, read_fiscal_year
from etl.provenance import InputFile, Product, RawFile
from etl.readers.eidb_amounts import RowReader, build_reader
from etl.readers.eidb_checks import check_table
from etl.readers.eidb_months import find_month_header
from etl.readers.eidb_tables import VALUATIONS, EidbTable, build_table, find_header, read_report
from etl.readers.spreadsheets import Worksheet, find_workbook, name_cell, read_workbook
from etl.reading import CsvText, InputRow, Record, Rejected
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

REPORTER = "IND"
SOURCE = Source(
    layout="india_moc_workbook",
    title="Department of Commerce: workbook of the export and import data bank",
    table="observations",
    columns=("S.No.", "HSCode or Country", "years with their unit"),
    product=Product(
        source_id="india_moc_workbook",
        publisher="India’s Department of Commerce",
        product="Export Import Data Bank, tables in a workbook",
        url="https://tradestat.commerce.gov.in/",
        licence="none stated; for more than an extract ask the Department of Commerce, www.commerce.gov.in",
        redistributable=False,
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=200_000)


def matches(file: RawFile) -> bool:
    """Whether a sheet has serial numbers, a code or country, and periods in its header; months in a row are
    another layout.
    """
    workbook = find_workbook(file)
    if workbook is None or any(find_month_header(sheet.rows) for sheet in workbook.sheets):
        return False
    return any(find_header(sheet.rows) is not None for sheet in workbook.sheets)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation per amount of every sheet; the rows of a sheet without a table are set aside.

    Raises: InputError where a sheet does not state its flow or unit, or names a country that is not known;
    ExpectationError where a sheet does not add up.
    """
    readers: dict[int, tuple[Worksheet, RowReader, int]] = {}
    rows: list[InputRow] = []
    rejected: list[Rejected] = []
    # Lines are counted through the workbook, so that each names one row of one sheet.
    offset = 0
    for sheet in read_workbook(file).sheets:
        if find_header(sheet.rows) is None:
            rejected += _reject_sheet(file, sheet, offset=offset)
        else:
            reader, text = _open_sheet(file, sheet, lookups, offset=offset)
            readers |= {row.line: (sheet, reader, offset) for row in text.rows}
            rows += text.rows
            rejected += text.rejected
        offset += len(sheet.rows)

    def build(row: InputRow) -> list[Record]:
        sheet, reader, offset = readers[row.line]
        table, report = reader.table, reader.report
        records = []
        for amount in reader.read_row(row):
            partner = amount.partner or read_area(row, table.find_columns("country")[0].name, lookups)
            currency, valuation = report.unit.currency, VALUATIONS[report.flow]
            series = Series(amount.indicator, REPORTER, partner, currency, valuation, amount.commodity)
            reading = FileReading(amount.value, amount.column, amount.status, note=amount.note)
            record = build_observation(file, row, series=series, period=amount.period, reading=reading)
            cell = name_cell(row.line - offset, _find_place(table, amount.column))
            records.append({**record, "source_locator": f"sheet {sheet.name}, cell {cell}"})
        return records

    return parse_rows(file, SOURCE, build, text=CsvText((), tuple(rows), tuple(rejected)))


def _open_sheet(
    file: InputFile, sheet: Worksheet, lookups: Lookups, *, offset: int
) -> tuple[RowReader, CsvText]:
    place = f"{file.name}, sheet {sheet.name}"
    table = build_table(sheet.rows, file=place, first_line=offset + 1)
    _check_name(sheet, table, file=place)
    header = find_header(sheet.rows) or 0
    # Cells that say the same in several columns are one statement.
    above = "\n".join(" ".join(dict.fromkeys(cells)) for cells in sheet.rows[:header])
    # The sidecar may say what the sheet does not: the country, or the HS code.
    report = read_report(table, f"{above}\n{file.sidecar.note}", file=place)
    text = table.build_text(file=file.name)
    check_table(table, text.rows, file=place)
    partner = None
    if report.country is not None:
        try:
            partner = lookups.areas.find_code(report.country)
        except UnknownNameError as error:
            raise InputError(place, problem=error.problem.rstrip("."), remedy=error.remedy) from error
    reader = build_reader(table, report, text.rows, file=place, partner=partner, restore_zeros=True)
    return reader, text


def _reject_sheet(file: InputFile, sheet: Worksheet, *, offset: int) -> list[Rejected]:
    """The rows of a sheet whose header is not known; an empty sheet has none, and its name may promise none.

    Raises: InputError where a sheet named after a fiscal year is empty.
    """
    filled = [
        (line, cells) for line, cells in enumerate(sheet.rows, start=offset + 1) if any(map(str.strip, cells))
    ]
    if not filled and _find_year(sheet):
        remedy = "Restore the workbook, or remove the sheet."
        raise InputError(f"{file.name}, sheet {sheet.name}", problem="the sheet is empty", remedy=remedy)
    problem = f"sheet {sheet.name} has no header with serial numbers, a label and a period"
    remedy = "Restore its header, or remove the sheet if it holds no figures."
    return [
        Rejected(file.name, line, None, None, "no_table", problem, remedy, ",".join(cells))
        for line, cells in filled
    ]


def _find_year(sheet: Worksheet) -> Period | None:
    try:
        return read_fiscal_year(sheet.name.strip())
    except PeriodError:
        return None


def _check_name(sheet: Worksheet, table: EidbTable, *, file: str) -> None:
    """A sheet named after a fiscal year holds values of that year or of a part of it."""
    year = _find_year(sheet)
    for column in table.find_columns("value"):
        days = [
            day for span in (year, column.heading.period) if span for day in (span.start, span.end) if day
        ]
        # Only where both sides have a beginning and an end is there anything to compare.
        if len(days) == 4 and not days[0] <= days[2] <= days[3] <= days[1]:
            remedy = "Correct the name of the sheet or the heading."
            raise InputError(
                file,
                problem="the heading is of another year than the sheet",
                value=column.name,
                remedy=remedy,
            )


def _find_place(table: EidbTable, name: str) -> int:
    return next(place for place, column in enumerate(table.columns, start=1) if column.name == name)

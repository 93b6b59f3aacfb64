"""SIPRI's military expenditure workbook: one sheet a measure, countries down, years across.

Every sheet of numbers becomes observations of `military_expenditure`, told apart by unit and by a commodity
that names the measure: current US dollars (TOTAL), constant US dollars, local currency by calendar and by
financial year, per head, share of GDP and of government spending; the regional totals are constant dollars,
their last column current ones. Amounts are in the base unit whatever the sheet prints, shares in per cent.
"..." (not available, status L) and "xxx" (no such state in that year, status M) are two kinds of missing
and stay so; an empty cell gives nothing. Blue type is SIPRI's estimate (E) and red type a highly uncertain
figure (U); on the regional sheet red means that estimates make up more than a tenth (E). Signs of the Notes
column are written out from the sheet of footnotes. Russia and the USSR are separate rows. A financial year
belongs to the year in which it starts; a row whose financial years are not said is set aside. Rows with a
name alone are headings.

Of its own file the workbook asserts that no year is left out, that the unit is printed above the table,
that the prices of the base year are the same in constant and in current dollars, that the world is the sum
of its regions, and that shares and amounts are of a size that they can have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

from etl.countries import Lookups
from etl.periods import Period, PeriodError, build_calendar_year
from etl.provenance import InputFile, Product, RawFile, Vintage
from etl.readers.financial_years import FinancialYears, read_financial_years
from etl.readers.sipri_measures import (
    MeasuresPage,
    check_regions,
    holds_measures,
    open_pages,
    read_mark,
    read_plain_number,
)
from etl.readers.sipri_workbook import (
    NAME,
    Rows,
    YearCell,
    find_country_table,
    list_rows,
    read_footnotes,
)
from etl.readers.spreadsheet_colours import Colours, read_font_colours
from etl.readers.spreadsheets import find_workbook, name_cell, read_workbook
from etl.readers.workbook_parts import find_creation_day
from etl.reading import InputRow, Record, Rejected, RowProblemError, read_cells_alone
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
from etl.vocabulary.series_codes import ALL_COMMODITIES, WORLD

# A few currencies have two rates; Myanmar's differ by half. As a share of all areas: a wrong sheet shifts
# nearly all of them.
BASE_YEAR_MAY_DIFFER = 0.1
# SIPRI makes a new workbook every spring.
EDITION_IS_OUT_WITHIN_YEARS = 2
# Half of all values are above and half below a number in these bounds, unless a unit got lost.
MOST_SPENT_OF_GDP = 10
USUAL_MEDIANS = (("PERCENT_OF_GDP", 0.1, 15.0), ("USD", 1e7, 1e11), ("USD_CONSTANT", 1e7, 1e12))


@dataclass(frozen=True)
class Book:
    """What all pages share."""

    file: InputFile
    colours: Colours
    footnotes: dict[str, str]


@dataclass(frozen=True)
class MilexRow:
    """What all cells of a row share."""

    area: str
    months: FinancialYears | None
    note: str | None


def check_base_year(observations: pl.DataFrame) -> list[str]:
    """Whether constant and current dollars agree in the base year for all but a few areas."""
    based = observations.with_columns(base=pl.col("note").str.extract(r"Prices of (\d{4})"))
    constant = based.filter((pl.col("base") == pl.col("time_period")) & (pl.col("obs_value") > 0))
    current = observations.filter((pl.col("commodity") == ALL_COMMODITIES) & (pl.col("obs_value") > 0))
    both = constant.join(current, on=["ref_area", "time_period"], suffix="_current")
    value, other = pl.col("obs_value"), pl.col("obs_value_current")
    # A thousandth is what the printed digits of two columns leave.
    wrong = both.filter((value / other - 1).abs() > 0.001).sort("ref_area")
    if len(wrong) <= BASE_YEAR_MAY_DIFFER * len(both) + 1:
        return []
    return [f"{len(wrong)} of {len(both)} areas have other constant than current dollars in the base year"]


def check_sizes(observations: pl.DataFrame) -> list[str]:
    """Whether amounts and shares are of a size that they can have: a lost unit shows here."""
    messages = []
    for unit, low, high in USUAL_MEDIANS:
        middle = observations.filter((pl.col("unit_measure") == unit) & (pl.col("obs_value") > 0))[
            "obs_value"
        ]
        median = middle.median()
        if isinstance(median, float) and not low <= median <= high:
            messages.append(f"half of all values in {unit} are above {median:g}")
    return messages


def find_vintage(file: RawFile) -> Vintage | None:
    """The day on which the workbook was made, as it says of itself, where that can be its edition's."""
    day, workbook = find_creation_day(file.content), find_workbook(file)
    if day is None or workbook is None:
        return None
    tables = (find_country_table(sheet) for sheet in workbook.sheets)
    last = max((cell.year for table in tables if table for cell in table.years), default=day.year)
    # Before the end of its last year it is the day of a template, long after it that of a copy saved anew.
    if not last < day.year <= last + EDITION_IS_OUT_WITHIN_YEARS:
        return None
    return Vintage(day, "day", "The day on which the workbook says that it was made.")


SOURCE = Source(
    layout="sipri_milex",
    title="SIPRI military expenditure by country, all measures",
    table="observations",
    columns=("Country", "Notes", "1948", "1949", "..."),
    product=Product(
        source_id="sipri_milex",
        publisher="SIPRI",
        product="Military Expenditure Database",
        url="https://www.sipri.org/databases/milex",
        licence="SIPRI terms: non-commercial use with attribution; for commercial use ask SIPRI, https://www.sipri.org",
        redistributable=False,
    ),
    find_vintage=find_vintage,
)
EXPECTED = Expected(rows_min=1, rows_max=5000, checks=(check_base_year, check_sizes))


def matches(file: RawFile) -> bool:
    """Whether sheets have the names of measures, and a header of countries and years."""
    workbook = find_workbook(file)
    return workbook is not None and holds_measures(workbook)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One `military_expenditure` per cell that is not empty, missing marks with their status."""
    workbook = read_workbook(file)
    pages = open_pages(file, workbook)
    rows = list_rows(workbook, [page.table for page in pages.values()])
    book = Book(file, read_font_colours(file), read_footnotes(workbook))
    check_regions(file, pages, rows)

    def build(row: InputRow) -> list[Record | RowProblemError]:
        page = pages[rows.tables[row.line].sheet]
        area = read_area(row, page.table.name_cell(row, 1), lookups)
        line = MilexRow(area, _read_months(row, page), _describe_row(row, page, book))
        return read_cells_alone(page.table.years, lambda cell: _build_cell(book, page, row, line, cell))

    return _doubt_shares(parse_rows(file, SOURCE, build, text=rows.text), rows)


def _doubt_shares(parsed: Parsed, rows: Rows) -> Parsed:
    """With shares of government spending below the share of GDP marked, or set aside where none can be so.

    A government may spend more than the GDP of a year of war or of oil, so that the smaller share is unsure;
    it never spends ten times as much.
    """
    by_line = {row.line: row for row in rows.text.rows}
    of_gdp = {
        (record["ref_area"], record["time_period"]): record["obs_value"]
        for record in parsed.records
        if record["commodity"] == "SHARE_OF_GDP" and record["obs_value"]
    }
    kept: list[Record] = []
    rejected = list(parsed.rejected)
    for record in parsed.records:
        value, share = record["obs_value"], of_gdp.get((record["ref_area"], record["time_period"]))
        is_low = record["commodity"] == "SHARE_OF_GOVERNMENT_SPENDING" and bool(value and share)
        if not is_low or value >= share:
            kept.append(record)
            continue
        problem = f"{value:.4g}% of government spending, below {share:.4g}% of GDP"
        if value * MOST_SPENT_OF_GDP >= share:
            note = " ".join(filter(None, (record["note"], f"{problem[0].upper()}{problem[1:]}.")))
            kept.append(record | {"obs_status": "U", "note": note})
            continue
        told = ("impossible_share", problem, "Compare with a later edition of SIPRI's workbook.")
        row_text, line = by_line[record["line"]].text, record["line"]
        place = record["source_locator"]
        rejected.append(Rejected(parsed.file.name, line, place, str(value), *told, row_text, True))
    return replace(parsed, records=kept, rejected=rejected)


def _build_cell(
    book: Book, page: MeasuresPage, row: InputRow, line: MilexRow, cell: YearCell
) -> Record | None:
    name = page.table.name_cell(row, cell.column)
    text = row.cells[name].strip()
    if not text:
        return None
    place = name_cell(int(row.cells[NAME]), cell.column)
    number, mark = read_plain_number(text), read_mark(text)
    if number is None and mark is None:
        raise row.refuse(
            name,
            reason="not_a_number",
            problem="neither a number nor a mark for a missing one",
            remedy="Compare with SIPRI's own workbook.",
        )
    status, remark = mark or page.find_colour(book.colours.find_colour(page.table.sheet, place))
    value = None if number is None else number * page.scale
    period = build_calendar_year(cell.year) if line.months is None else _find_period(row, name, line, cell)
    measure, commodity = page.measure, page.measure.commodity
    unit, prices, base = measure.unit, measure.price_basis, f"Prices of {page.base_year}."
    if cell.is_current:
        # The regional sheets end in a column of current prices beside the constant ones.
        unit, prices, commodity = "USD", "current", ALL_COMMODITIES
    note = " ".join(filter(None, (base if prices == "constant" else None, line.note, remark))) or None
    series = Series("military_expenditure", line.area, WORLD, unit, "none", commodity)
    record = build_observation(
        book.file,
        row,
        series=series,
        period=period,
        reading=FileReading(value, name, status=status, note=note),
    )
    locator = f"sheet {page.table.sheet}, cell {place}"
    return record | {"price_basis": prices, "source_locator": locator}


def _read_months(row: InputRow, page: MeasuresPage) -> FinancialYears | None:
    if page.measure.commodity != "FINANCIAL_YEAR":
        return None
    text = page.table.find_text(row, "fiscal year")
    try:
        return read_financial_years(text)
    except PeriodError as error:
        raise _refuse_period(row, page.table.name_cell(row, 1), error) from error


def _find_period(row: InputRow, name: str, line: MilexRow, cell: YearCell) -> Period:
    try:
        return line.months.find_period(cell.year) if line.months else build_calendar_year(cell.year)
    except PeriodError as error:
        raise _refuse_period(row, name, error) from error


def _refuse_period(row: InputRow, name: str, error: PeriodError) -> RowProblemError:
    return row.refuse(
        name,
        reason="unknown_financial_year",
        problem=str(error).rstrip("."),
        remedy="Use the sheet of calendar years for this country.",
    )


def _describe_row(row: InputRow, page: MeasuresPage, book: Book) -> str | None:
    parts = []
    currency = page.table.find_text(row, "currency")
    if currency:
        parts.append(f"Currency: {currency}.")
    fiscal = page.table.find_text(row, "fiscal year")
    if fiscal:
        parts.append(f"Financial year: {fiscal}.")
    reporting = page.table.find_text(row, "reporting year")
    if reporting:
        parts.append(f"Reporting year: {reporting}.")
    omitted = page.table.find_text(row, "omitted countries")
    if omitted:
        parts.append(f"Without {omitted}.")
    parts += [
        f"{book.footnotes.get(sign, f'Footnote {sign}').rstrip('.')}." for sign in _split_signs(row, page)
    ]
    return " ".join(parts) or None


def _split_signs(row: InputRow, page: MeasuresPage) -> list[str]:
    # Signs stand together, "§4": a number is one sign, any other mark too.
    return re.findall(r"\d+|[^\s\d,;]", page.table.find_text(row, "notes"))

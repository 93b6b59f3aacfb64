"""India's export and import data bank: a report saved as a web page, of the site until 2023 or the one since.

Asserts: flow, unit and period are stated, once; entries are numbered from 1 on; growth and shares follow
from the amounts beside them; entries add up to the totals within rounding; totals stand to each other as
%Share says.
Peculiarities: saved as .asp, .html or .xls; rupees (lakh, crore) and US dollars (million) share one
layout, and the unit decides; `Total` belongs to the country or commodity of the page, `India's Total` to
all of India's trade; an empty cell is no trade reported, a printed 0.00 is less than half a hundredth; a
year such as 2025-2026 (Apr-Aug) is a part of one; growth and shares serve as checks and give no rows of
their own.
"""

from __future__ import annotations

import re
from datetime import date

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError
from etl.formatting import MONTH_NAMES
from etl.provenance import InputFile, Product, RawFile, Vintage
from etl.readers.eidb_amounts import build_reader
from etl.readers.eidb_checks import check_table
from etl.readers.eidb_tables import VALUATIONS, EidbReport, EidbTable, build_table, find_header, read_report
from etl.readers.html_tables import HtmlPage, find_page
from etl.reading import InputRow, Record
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
# "Dated: 11/5/2019" is the eleventh of May: the site writes the day first.
_DATED = re.compile(
    r"(?i)\b(?:dated|generated on)\s*:?\s*(\d{1,2})\s*[/. -]\s*(\d{1,2}|[a-z]{3,9})\s*[/. -]\s*(\d{4})\b"
)
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES) if name}


def find_vintage(file: RawFile) -> Vintage | None:
    """The day the page says it was made: the site writes the day before the month."""
    page = find_page(file)
    match = _DATED.search(page.text) if page else None
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else _MONTHS.get(match[2][:3].lower(), 0)
    try:
        day = date(int(match[3]), month, int(match[1]))
    except ValueError:
        return None
    return Vintage(day, "day", "The page says on which day it was made.")


SOURCE = Source(
    layout="india_moc_eidb",
    title="Department of Commerce: page of the export and import data bank",
    table="observations",
    columns=("S.No.", "HSCode or Country", "years such as 2017-2018", "%Growth"),
    product=Product(
        source_id="india_moc_eidb",
        publisher="India’s Department of Commerce",
        product="Export Import Data Bank, report by fiscal year or month",
        url="https://tradestat.commerce.gov.in/",
        licence="none stated; for more than an extract ask the Department of Commerce, www.commerce.gov.in",
        redistributable=False,
    ),
    find_vintage=find_vintage,
)
EXPECTED = Expected(rows_min=1, rows_max=100_000)


def matches(file: RawFile) -> bool:
    """Whether a table of the page has serial numbers, a code or country, and periods in its header."""
    page = find_page(file)
    return page is not None and any(find_header(rows) is not None for rows in page.tables)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation per amount: entries, the page's own total, and India's total.

    Raises: InputError where flow, unit, country or a heading is not stated or not known, or where there are
    two tables; ExpectationError where the table does not add up.
    """
    page = find_page(file) or HtmlPage((), ())
    table = _find_table(file, page)
    report = read_report(table, page.text, file=file.name)
    text = table.build_text(file=file.name)
    check_table(table, text.rows, file=file.name)
    partner = _find_partner(file, report, lookups)
    reader = build_reader(table, report, text.rows, file=file.name, partner=partner)
    # Browsers save a page that has not finished loading without a word.
    if not reader.india and not reader.has_total:
        remedy = "Save the page again when it has loaded to its end."
        raise InputError(file.name, problem="the page ends before its totals", remedy=remedy)
    countries = table.find_columns("country")

    def build(row: InputRow) -> list[Record]:
        records = []
        for amount in reader.read_row(row):
            partner = amount.partner or read_area(row, countries[0].name, lookups)
            series = Series(
                amount.indicator,
                REPORTER,
                partner,
                report.unit.currency,
                VALUATIONS[report.flow],
                amount.commodity,
            )
            reading = FileReading(amount.value, amount.column, amount.status, note=amount.note)
            record = build_observation(file, row, series=series, period=amount.period, reading=reading)
            place = f"row {row.line} of the table, column {amount.column}"
            records.append({**record, "source_locator": place})
        return records

    return parse_rows(file, SOURCE, build, text=text)


def _find_table(file: InputFile, page: HtmlPage) -> EidbTable:
    grids = [rows for rows in page.tables if find_header(rows) is not None]
    # Of two tables on one page the title and the unit above may be those of either.
    if len(grids) != 1:
        remedy = "Save each report of the data bank as a page of its own."
        raise InputError(file.name, problem=f"{len(grids)} tables of figures on one page", remedy=remedy)
    return build_table(grids[0], file=file.name)


def _find_partner(file: InputFile, report: EidbReport, lookups: Lookups) -> str | None:
    if report.country is None:
        return None
    try:
        return lookups.areas.find_code(report.country)
    except UnknownNameError as error:
        raise InputError(file.name, problem=error.problem.rstrip("."), remedy=error.remedy) from error

"""SIPRI's TIV tables of the site before 2024: imports of one recipient, or exports of one supplier, by year.

The header has an empty first cell, years and `Total`; the lines above it name the recipient ("to ...") or
the supplier ("from ..."), and say exports even where the table lists imports. The rows are the other side,
or weapon categories. An empty cell is a year without deliveries and gives no observation; a printed 0 is
less than half a million. The Soviet Union is a supplier and a recipient of its own. The row `Total` becomes
observations with all partners on the side of the rows.

Of its own file a table asserts that no year is left out, that the title and the header say the same years,
that each row adds up to its total (or is set aside) and each year to the row `Total` (or the file is
refused), all within the rounding to whole millions, and that the last row is the total.
"""

from __future__ import annotations

import re

import polars as pl

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError
from etl.periods import build_calendar_year
from etl.provenance import InputFile, Product, RawFile
from etl.readers.limits import LONGEST_TITLE
from etl.readers.sipri_tables import (
    LONE_ROW_NOTE,
    NAME,
    RECIPIENTS,
    REMEDY,
    ROWS_OF_ONE,
    SUPPLIERS,
    ZERO_NOTE,
    TivFlow,
    YearTable,
    check_columns,
    check_sum,
    find_category,
    find_table_edition,
    find_total,
    find_years,
    has_year_table,
    read_amount,
    read_year_table,
)
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
from etl.vocabulary.series_codes import ALL_COMMODITIES, WORLD

TOTAL = "Total"
# In millions. No year of the whole world came to half of it.
CEILING = 100_000
_TITLE = re.compile(
    r"\b(exports?|imports?|transfers?|deliveries)\s+(to|from|of|by)\s+(\S.*?)\s*,\s*(\d{4})(?:\s*[-\u2013]\s*(\d{4}))?",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(r"all|(all|the) (countries|recipients|suppliers|world)|world", re.IGNORECASE)


def check_ceiling(observations: pl.DataFrame) -> list[str]:
    """Volumes beyond anything that was ever delivered in a year."""
    high = observations.filter(pl.col("obs_value") > CEILING).sort("obs_id")
    return [f"{row['obs_value']:g} in {row['source_locator']}" for row in high.to_dicts()]


SOURCE = Source(
    layout="sipri_tiv_tables",
    title="SIPRI TIV of arms exports to one recipient or from one supplier, by year (site before 2024)",
    table="observations",
    columns=("", "1950", "1951", "...", TOTAL),
    product=Product(
        source_id="sipri_tiv_tables",
        publisher="SIPRI",
        product="Arms Transfers Database, TIV table",
        url="https://www.sipri.org/databases/armstransfers",
        licence="SIPRI terms: non-commercial use with attribution; for commercial use ask SIPRI, https://www.sipri.org",
        redistributable=False,
    ),
    find_vintage=find_table_edition,
)
EXPECTED = Expected(rows_min=1, rows_max=1000, checks=(check_ceiling,))


def matches(file: RawFile) -> bool:
    """Whether a header of years between an empty cell and `Total` is there."""
    return has_year_table(file, _is_header)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One `arms_import_volume` per cell that is not empty; `Total` has all partners in place of the rows."""
    table = read_year_table(file, _is_header)
    flow = _read_title(file, table)
    other = _find_other(file, flow, lookups)
    total = find_total(file, table, lambda name: name == TOTAL)
    check_columns(file, table, total)

    def build(row: InputRow) -> list[Record]:
        check_sum(row, years=table.years, total=TOTAL)
        name = row.require(NAME)
        category = find_category(name, table, lookups)
        commodity = category or ALL_COMMODITIES
        own = WORLD if row is total or category else read_area(row, NAME, lookups)
        importer, supplier = flow.find_sides(own, other)
        series = Series("arms_import_volume", importer, supplier, "TIV_MILLIONS", "TIV", commodity)
        # Of a table of one pair the last row is that pair's: nothing says that nobody else delivered.
        is_lone = row is total and len(table.text.rows) <= ROWS_OF_ONE
        doubt = LONE_ROW_NOTE if is_lone else None
        return [record for year in table.years for record in _build_cell(file, row, year, series, doubt)]

    return parse_rows(file, SOURCE, build, text=table.text)


def _build_cell(file: InputFile, row: InputRow, year: str, series: Series, doubt: str | None) -> list[Record]:
    amount = read_amount(row, year)
    if amount is None:
        return []
    note = " ".join(filter(None, (None if amount.value else ZERO_NOTE, doubt))) or None
    status = "U" if doubt else "A"
    reading = FileReading(amount.value, year, status, amount.half_width, note=note)
    period = build_calendar_year(int(year))
    return [build_observation(file, row, series=series, period=period, reading=reading)]


def _is_header(cells: list[str]) -> bool:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    # An empty first cell, years and one total: no other publisher begins a table so.
    return len(names) > 2 and not names[0] and sorted(names[1:]) == sorted([*find_years(names), TOTAL])


def _read_title(file: InputFile, table: YearTable) -> TivFlow:
    titles = [match for line in table.preamble if (match := _TITLE.search(line[:LONGEST_TITLE]))]
    if len(titles) != 1:
        raise InputError(
            file.name,
            problem="nothing says whose table it is",
            remedy="Keep the lines above it, such as: TIV of arms exports to India, 1950-2021.",
        )
    kind, word, name, first, last = titles[0].groups()
    years = sorted(table.years)
    if [first, last or first] != [years[0], years[-1]]:
        raise InputError(
            file.name,
            problem=f"the title says {first} to {last or first}, the header {years[0]} to {years[-1]}",
            remedy=REMEDY,
        )
    one_recipient = word.lower() == "to" or (
        word.lower() in {"of", "by"} and kind.lower().startswith("import")
    )
    everybody = _EVERYBODY.fullmatch(name) is not None
    # "To all" lists recipients and "to India" suppliers: everybody turns the sides round.
    return TivFlow(SUPPLIERS if one_recipient != everybody else RECIPIENTS, None if everybody else name)


def _find_other(file: InputFile, flow: TivFlow, lookups: Lookups) -> str:
    try:
        return WORLD if flow.other is None else lookups.areas.find_code(flow.other)
    except UnknownNameError as error:
        raise InputError(
            file.name,
            problem=f"the title names no known area: {error.problem}".rstrip("."),
            remedy=error.remedy,
        ) from error

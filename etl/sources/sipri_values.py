"""SIPRI's import and export values of the site since 2024, by recipient, supplier or category, and by year.

The header begins with `Recipient`, `Supplier`, `Exports by` or, for weapon categories, nothing; after the
years come four columns of sums and percentages. Who stands on the other side is said in the last row alone:
`Total world import`, `Total world export`, `Total exports to ...`. Zero is printed as "0 " and is less than
half a million; an empty cell is a year without deliveries, or one that is not out yet, and gives no
observation. The last row becomes observations with all partners in place of the rows.

Of its own file a table asserts that no year is left out, that each row adds up to both of its sums and to
its percentages (or is set aside), that each year adds up to the last row (or the file is refused), all
within the rounding, and that the last row is the total.
"""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError
from etl.periods import build_calendar_year
from etl.provenance import InputFile, Product, RawFile
from etl.readers.sipri_tables import (
    HALF,
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

ROWS_ARE = {
    "recipient": RECIPIENTS,
    "imports by": RECIPIENTS,
    "supplier": SUPPLIERS,
    "exports by": SUPPLIERS,
    "": "categories",
}
SUM, SHARE, SHARE_OF_SPAN = "Sum total years", "Percentage of total", "Percentage"
# In millions. No year of the whole world came to half of it.
CEILING = 100_000
_SPAN = re.compile(r"(\d{4})\s*[-\u2013]\s*(\d{4})", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)[ \u00a0\u202f]*(%?)", re.ASCII)
_WORLD_TOTAL = re.compile(r"total world (import|export)s?", re.IGNORECASE)
_OTHER_TOTAL = re.compile(
    r"total (?:(imports?|exports?|transfers?|deliveries) )?(to|from|of|by) (\S.*)", re.IGNORECASE
)


def check_ceiling(observations: pl.DataFrame) -> list[str]:
    """Volumes beyond anything that was ever delivered in a year."""
    high = observations.filter(pl.col("obs_value") > CEILING).sort("obs_id")
    return [f"{row['obs_value']:g} in {row['source_locator']}" for row in high.to_dicts()]


SOURCE = Source(
    layout="sipri_values",
    title="SIPRI volumes by recipient, supplier or category and year (site since 2024)",
    table="observations",
    columns=("Recipient or Supplier", "1950", "1951", "...", "1950-2024", SHARE_OF_SPAN, SUM, SHARE),
    product=Product(
        source_id="sipri_values",
        publisher="SIPRI",
        product="Arms Transfers Database, import and export values",
        url="https://armstransfers.sipri.org/ArmsTransfer/ImportExport",
        licence="SIPRI terms: non-commercial use with attribution; for commercial use ask SIPRI, https://www.sipri.org",
        redistributable=False,
    ),
    find_vintage=find_table_edition,
)
EXPECTED = Expected(rows_min=1, rows_max=1000, checks=(check_ceiling,))


def matches(file: RawFile) -> bool:
    """Whether a header of years and the sum of all of them is there."""
    return has_year_table(file, _is_header)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One `arms_import_volume` per year's cell that is not empty, held against the sums and percentages."""
    table = read_year_table(file, _is_header)
    total = find_total(file, table, lambda name: name.lower().startswith("total "))
    flow = _read_flow(file, table, total)
    other = _find_other(file, flow, lookups)
    check_columns(file, table, total)

    def build(row: InputRow) -> list[Record]:
        _check_sums(row, table)
        if row is not total:
            _check_shares(row, table, total)
        own, commodity = WORLD, ALL_COMMODITIES
        if row is not total and table.first:
            own = read_area(row, NAME, lookups)
        elif row is not total:
            commodity = _read_category(row, table, lookups)
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
    return names[0].lower() in ROWS_ARE and SUM in names and bool(find_years(names))


def _read_flow(file: InputFile, table: YearTable, total: InputRow) -> TivFlow:
    name = total.require(NAME)
    rows_are = ROWS_ARE[table.first.lower()]
    if _WORLD_TOTAL.fullmatch(name):
        return TivFlow(rows_are, None)
    match = _OTHER_TOTAL.fullmatch(name)
    kind, word, other = match.groups() if match else (None, "", "")
    if word.lower() in {"of", "by"}:
        word = "to" if (kind or "").lower().startswith("import") else "from"
    facing = {"to": SUPPLIERS, "from": RECIPIENTS}.get(word.lower())
    if facing is None or rows_are not in {facing, "categories"}:
        raise InputError(
            file.name,
            problem="the last row does not say who stands on the other side of the rows",
            value=name,
            remedy="Keep the last row as SIPRI gives it, such as: Total exports to India.",
        )
    return TivFlow(facing, other.strip())


def _find_other(file: InputFile, flow: TivFlow, lookups: Lookups) -> str:
    try:
        return WORLD if flow.other is None else lookups.areas.find_code(flow.other)
    except UnknownNameError as error:
        problem = f"the last row names no known area: {error.problem}".rstrip(".")
        raise InputError(file.name, problem=problem, remedy=error.remedy) from error


def _read_category(row: InputRow, table: YearTable, lookups: Lookups) -> str:
    category = find_category(row.require(NAME), table, lookups)
    if category is None:
        raise row.refuse(
            NAME,
            reason="unknown_category",
            problem="not one of SIPRI's weapon categories, and the header does not say what the rows are",
            remedy="Keep the first name of the header: Recipient or Supplier.",
        )
    return category


def _check_sums(row: InputRow, table: YearTable) -> None:
    check_sum(row, years=table.years, total=SUM)
    for column in table.summaries:
        span = _SPAN.fullmatch(column)
        if span:
            years = tuple(year for year in table.years if span[1] <= year <= span[2])
            check_sum(row, years=years, total=column)


def _check_shares(row: InputRow, table: YearTable, total: InputRow) -> None:
    spans = [column for column in table.summaries if _SPAN.fullmatch(column)]
    # With two spans in one table, which of them a percentage is of is not said.
    pairs = [(SUM, SHARE), *((span, SHARE_OF_SPAN) for span in spans if len(spans) == 1)]
    for column, share in pairs:
        printed = row.find(share) if share in table.summaries else None
        part, whole = read_amount(row, column), read_amount(total, column)
        if printed is None or part is None or whole is None or not whole.value:
            continue
        if not is_share_of(printed, part=part.value, whole=whole.value):
            raise row.refuse(
                share,
                reason="does_not_add_up",
                problem=f"not the part that {part.value} is of {whole.value}",
                remedy=REMEDY,
            )


def is_share_of(printed: str, *, part: Decimal, whole: Decimal) -> bool:
    """Whether a printed percentage is the part that one sum is of another, however a spreadsheet writes it.

    Zeros at its end are put there by a spreadsheet's format and are no digits: SIPRI's 34% is 34.00% then. A
    cell of percentages saved without its format is a fraction.
    """
    match = _PERCENT.fullmatch(printed)
    if match is None:
        return False
    number = Decimal(match[1].replace(",", "."))
    # Both sums are rounded too: half a million of the part moves the share by that much of the whole.
    slack = 100 / whole
    readings = [number] if match[2] else [number, number.scaleb(2)]
    return any(abs(share - 100 * part / whole) <= find_last_half(share) + slack for share in readings)


def find_last_half(share: Decimal) -> Decimal:
    """Half of the last digit of a percentage that is not a zero behind its point."""
    exponent = share.normalize().as_tuple().exponent
    return HALF.scaleb(min(0, exponent)) if isinstance(exponent, int) else HALF

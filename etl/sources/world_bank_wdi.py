"""World Bank, World Development Indicators: one or more indicators, a row per area, a column per year.

Peculiarities: a byte order mark; above the header four lines, with the day of the last update, which some
copies lack; every line ends in a comma; an empty cell means that the bank has no value. DataBank's export of
the same series (`Series Name`, `1990 [YR1990]`, `..` for a missing value, two lines on origin below) is read
too, and both as workbooks (.xlsx, .xls), whose other sheets are left alone. The areas are the bank's: its
groups of countries are kept under the codes it gives them. The unit stands in the indicator's name, which is
in each note; values are as printed, and nothing is rescaled. It asserts that years follow each other without
a gap (DataBank's, that each stands twice in its name); a row whose code, area and names do not fit each
other, or the rest of the file, is set aside.

One observation a cell: `development_indicator` of the area, with the indicator's code as the commodity.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError
from etl.periods import build_calendar_year
from etl.provenance import InputFile, Product, RawFile, Vintage
from etl.readers.delimited_text import (
    HEAD_BYTES,
    HEAD_LINES,
    DelimitedTable,
    Layout,
    has_table,
    is_shortened,
    read_table,
)
from etl.readers.spreadsheets import find_workbook
from etl.reading import CsvText, InputRow, Record, RowProblemError, read_cells_alone
from etl.source_contract import Expected, FileReading, Parsed, Series, Source, build_observation, parse_rows
from etl.vocabulary.series_codes import WORLD

NAME, CODE, SERIES_NAME, SERIES = "Country Name", "Country Code", "Indicator Name", "Indicator Code"
MISSING = frozenset({"..", "NA", "NaN", "nan", "null", "None"})
ORIGIN = ("Data from database", "Last Updated")
# DataBank leaves three lines empty, then says in two where the data come from.
LAST_LINES = 10
_YEAR = re.compile(r"X?((?:19|20)\d\d)(?:(?:\s*\[|\.+)YR\1[\].])?", re.ASCII)
_INDICATOR = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9]+([._][A-Za-z0-9]+)+", re.ASCII)
_UPDATED = re.compile(
    r'Last Updated(?: Date)?"?\s*[,;\t:]\s*"?(\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4})', re.ASCII | re.IGNORECASE
)
_NAMES = {
    "countryname": NAME,
    "countrycode": CODE,
    "indicatorname": SERIES_NAME,
    "indicatorcode": SERIES,
    "seriesname": SERIES_NAME,
    "seriescode": SERIES,
}


def find_vintage(file: RawFile) -> Vintage | None:
    """The day of the last update, printed above the table or below it."""
    for part in _list_edges(file):
        match = _UPDATED.search(part)
        day = _read_update(match[1]) if match else None
        if day:
            return Vintage(day, "day", "The day of the last update that the file prints.")
    return None


SOURCE = Source(
    layout="world_bank_wdi",
    title="World Bank: World Development Indicators by area and year, CSV or workbook",
    table="observations",
    columns=(NAME, CODE, SERIES_NAME, SERIES),
    product=Product(
        source_id="world_bank_wdi",
        publisher="World Bank",
        product="World Development Indicators",
        url="https://data.worldbank.org/",
        licence="CC BY 4.0",
        redistributable=True,
    ),
    find_vintage=find_vintage,
)
EXPECTED = Expected(rows_min=1, rows_max=500_000)


def _list_edges(file: RawFile) -> list[str]:
    """Where the day may stand: DataBank puts it in the last lines, the bank's own downloads in the first."""
    workbook = find_workbook(file)
    if workbook is None:
        edges = (file.content[:HEAD_BYTES], file.content[-1024:])
        return [part.decode("utf-8", errors="replace") for part in edges]
    rows = [row for sheet in workbook.sheets for row in (*sheet.rows[:HEAD_LINES], *sheet.rows[-LAST_LINES:])]
    return ["\n".join(",".join(cells[:2]) for cells in rows)]


def rename(written: str) -> str:
    """The publisher's name for a column in any program's spelling; a year without its ornaments."""
    year = _YEAR.fullmatch(written.strip())
    return year[1] if year else _NAMES.get(re.sub(r"[\W_]", "", written.lower()), written.strip())


LAYOUT = Layout(frozenset(SOURCE.columns), rename)


def matches(file: RawFile) -> bool:
    """Whether a header with the bank's four names stands in the file."""
    return has_table(file, LAYOUT)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation per area, indicator and year that has a value.

    Raises: InputError where the header has no years, or a gap between them.
    """
    table = read_table(file, LAYOUT)
    years, text = _find_years(file, table), _drop_origin(table)
    pairs = Counter((row.cells[SERIES].strip(), row.cells[SERIES_NAME].strip()) for row in text.rows)

    def build(row: InputRow) -> list[Record | RowProblemError]:
        _check_series(row, pairs)
        area = _read_area(row, lookups)
        series = Series("development_indicator", area, WORLD, "AS_NAMED", "none", commodity=_read_code(row))

        def build_cell(year: str) -> Record | None:
            reading = _read_cell(row, year)
            if reading is None:
                return None
            period = build_calendar_year(int(year))
            return build_observation(file, row, series=series, period=period, reading=reading)

        return read_cells_alone(years, build_cell)

    return parse_rows(file, SOURCE, build, text=text)


def _read_update(text: str) -> date | None:
    try:
        if "-" in text:
            return date.fromisoformat(text)
        # The bank writes the month first.
        month, day, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    except ValueError:
        return None


def _find_years(file: InputFile, table: DelimitedTable) -> list[str]:
    years = [name for name in table.text.header if re.fullmatch(r"\d{4}", name)]
    # DataBank writes each year twice in its column's name, and lets its readers leave years out.
    plain = any(len(table.written[year].strip().lstrip("X")) == 4 for year in years)
    strange = [
        table.written[name] for name in table.text.header if name not in years and not _is_expected(name)
    ]
    if strange:
        raise InputError(
            file.name,
            problem="columns that are neither the bank's four nor years",
            value=", ".join(strange[:3]),
            remedy="Download the file again.",
        )
    gap = plain and years and int(years[-1]) - int(years[0]) != len(years) - 1
    if not years or gap or years != sorted(years):
        raise InputError(
            file.name,
            problem="no columns for years that follow each other in order and without a gap",
            value=", ".join(years) or None,
            remedy="Download the file again, as CSV with one column a year.",
        )
    return years


def _is_expected(name: str) -> bool:
    return name in SOURCE.columns or not name or name.startswith(("row number", "Unnamed"))


def _drop_origin(table: DelimitedTable) -> CsvText:
    """The rows without DataBank's last lines, which say where the data come from."""
    text = table.text
    kept = tuple(row for row in text.rows if not row.text.startswith(ORIGIN))
    rejected = tuple(entry for entry in text.rejected if not entry.row_text.startswith(ORIGIN))
    return CsvText(text.header, kept, rejected)


def _check_series(row: InputRow, pairs: Counter[tuple[str, str]]) -> None:
    """Refuse a code and a name that the rest of the file joins otherwise."""
    code, name = row.require(SERIES), row.require(SERIES_NAME)
    here = pairs[code, name]
    for (other_code, other_name), count in pairs.items():
        same_code, same_name = other_code == code, other_name == name
        # The more frequent pairing is taken for the right one; of a name, only against one that stands alone.
        if same_code != same_name and count > here and (same_code or here == 1):
            raise row.refuse(
                SERIES if same_name else SERIES_NAME,
                reason="series_mismatch",
                problem=f"code and name of the indicator are otherwise {other_code}, {other_name!r}",
                remedy="Restore the line from the World Bank.",
            )


def _read_code(row: InputRow) -> str:
    code = row.require(SERIES)
    if not _INDICATOR.fullmatch(code):
        raise row.refuse(
            SERIES,
            reason="bad_indicator",
            problem="not a code such as SP.POP.TOTL",
            remedy="Restore the line from the World Bank.",
        )
    return code


def _read_area(row: InputRow, lookups: Lookups) -> str:
    area: str = row.convert(
        CODE, lookups.areas.require_code, errors=(UnknownNameError,), reason="unknown_area"
    )
    named = lookups.areas.spellings.get(row.require(NAME), area)
    if named != area:
        raise row.refuse(
            NAME,
            reason="area_mismatch",
            problem=f"not the area of the code, {area}",
            remedy="Restore the line from the World Bank.",
        )
    return area


def _read_cell(row: InputRow, year: str) -> FileReading | None:
    text = row.cells[year].strip()
    if not text or text in MISSING:
        return None
    if is_shortened(text):
        raise row.refuse(
            year,
            reason="digits_lost",
            problem="a number that a spreadsheet has shortened",
            remedy="Take the file as downloaded.",
        )
    return FileReading(row.read_number(year), year, note=row.cells[SERIES_NAME].strip())

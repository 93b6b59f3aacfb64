"""ITC Trade Map: trade of two areas by product, of one area by partner or by product; yearly, quarterly or
monthly series of values.

The site gives one table as a workbook, as HTML named .xls, and as text parted by tabs. Peculiarities: a
title, the product and the unit stand above a header of one row (`Exporters`, `Imported value in 2019`, ...),
or of two where two areas are compared: three blocks, each under its own title (`India's exports to China`,
`China's imports from world`, `India's exports to world`). A product code has an apostrophe before it. A value
is whole thousands of US dollars; an empty cell was not reported, 0 is below half a thousand. Values that rest
on partners' reports, or on a group of which some members did not report, are coloured, as a line above the
table says; the colours are read from .xlsx alone. Other units, quantities, growth and unit values are
refused. The text parted by tabs lacks the title, the product and the unit: who adds it says them.

It asserts that the periods of a block follow each other without a gap, that the titles of the blocks name the
same two areas, and that the parts of a product never add up to more than the product itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError, Place
from etl.periods import Period
from etl.provenance import InputFile, Product, RawFile, require_stated
from etl.readers.cell_grids import CellGrid, find_grids
from etl.readers.grouped_numbers import check_grouping, holds_plain_thousands
from etl.readers.period_headings import check_sequence, read_period_code
from etl.readers.spreadsheet_colours import read_font_colours
from etl.readers.spreadsheets import name_cell
from etl.reading import CsvText, InputRow, Record
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
from etl.units import THOUSAND
from etl.vocabulary.series_codes import ALL_COMMODITIES, WORLD

CODE, LABEL, PARTNER = "product code", "product label", "partner"
REMEDY = "Download the table again: yearly, quarterly or monthly series, values, US Dollar thousand."
LABEL_NAMES = {
    "code": CODE,
    "product code": CODE,
    "product label": LABEL,
    "exporters": "exporters",
    "importers": "importers",
}
VALUATIONS = {"exports": "FOB", "imports": "CIF"}
UNIT = "us dollar thousand"
# Headers stand on rows 1 to 12 of the files at hand; people put notes above them.
HEAD_ROWS = 40
HALF_WIDTH = Decimal(THOUSAND) / 2
# A group's value is the sum of its members' rounded ones: twice what rounding alone would leave.
EXCESS_ALLOWED = Decimal(THOUSAND)
# What the site's colours say, and the status that it amounts to.
COLOURS = {"red": "D", "purple": "E"}
_VALUE = re.compile(r"(?:(imported|exported) )?value in (\d{4}(?:-[MQ]\d{1,2})?)", re.IGNORECASE | re.ASCII)
_BLOCK = re.compile(r"(\S.*?)['\u2019]s? (?:(exports) to|(imports) from) (\S.*)", re.IGNORECASE)
_TITLES = (
    (
        re.compile(r"list of supplying markets for .+ imported by (\S.*)", re.IGNORECASE),
        "exporters",
        "imported",
    ),
    (
        re.compile(r"list of importing markets for .+ exported by (\S.*)", re.IGNORECASE),
        "importers",
        "exported",
    ),
    (re.compile(r"list of exporters for the selected product.*()", re.IGNORECASE), "exporters", "exported"),
    (re.compile(r"list of importers for the selected product.*()", re.IGNORECASE), "importers", "imported"),
    (re.compile(r"list of products imported by (\S.*)", re.IGNORECASE), CODE, "imported"),
    (re.compile(r"list of products exported by (\S.*)", re.IGNORECASE), CODE, "exported"),
)
_PRODUCT = re.compile(r"product\s?: ?['\u2019]?([0-9]+|TOTAL)\b.*", re.IGNORECASE | re.ASCII)
_UNIT = re.compile(r"unit\s?: ?(\S.*)", re.IGNORECASE)
_LEGEND = re.compile(r".*\bshown in (red|purple)\b.*", re.IGNORECASE)
_CODE = re.compile(r"TOTAL|(?:[0-9]{2}){1,3}", re.ASCII)
_NUMBER = re.compile(r"\d+|\d{1,3}(?:,\d{3})+", re.ASCII)
SOURCE = Source(
    layout="itc_trade_map",
    title="ITC Trade Map: trade of two areas by product, or of one by partner or product",
    table="observations",
    columns=("Product code, Exporters or Importers", "Value in 2019", "Imported value in 2019"),
    product=Product(
        source_id="itc_trade_map",
        publisher="International Trade Centre",
        product="Trade Map, trade statistics for international business development",
        url="https://www.trademap.org/",
        licence="ITC terms of use: no redistribution of the data without permission",
        redistributable=False,
    ),
    asks=("reporter", "commodity", "unit"),
)


def check_parts(observations: pl.DataFrame) -> list[str]:
    """Products whose parts of one level add up to more than the product does."""
    keys = ["indicator", "ref_area", "counterpart_area", "time_period"]
    rows = observations.select(*keys, code="commodity", value="obs_value")
    levels = rows.with_columns(
        level=pl.when(pl.col("code") == ALL_COMMODITIES).then(0).otherwise(pl.col("code").str.len_chars())
    )
    wrong = []
    for (level,), parts in levels.filter(pl.col("level") > 0).group_by("level", maintain_order=True):
        above = pl.lit(ALL_COMMODITIES) if level == 2 else pl.col("code").str.head(int(str(level)) - 2)
        sums = parts.group_by([*keys, above.alias("whole")]).agg(
            pl.col("value").sum(), pl.len().alias("parts")
        )
        both = sums.join(rows, left_on=[*keys, "whole"], right_on=[*keys, "code"], suffix="_of_whole")
        allowed = float(EXCESS_ALLOWED) * (pl.col("parts") + 1)
        wrong += both.filter(pl.col("value") > pl.col("value_of_whole") + allowed).sort(keys).to_dicts()
    return [
        f"parts of {row['whole']}, {row['indicator']} of {row['ref_area']} with {row['counterpart_area']} in "
        f"{row['time_period']}, add up to {row['value']:.0f}, the whole is {row['value_of_whole']:.0f}"
        for row in wrong
    ]


EXPECTED = Expected(rows_min=1, rows_max=1_000_000, checks=(check_parts,))


@dataclass(frozen=True)
class Flow:
    """Whose exports or imports a column holds, and to or from whom; None is the area that the row names."""

    indicator: str
    reporter: str | None
    partner: str | None

    def name_series(self, area: str | None, *, commodity: str) -> Series:
        """The series of one cell, in a row that names this area, or none."""
        reporter, partner = self.reporter or str(area), self.partner or str(area)
        return Series(self.indicator, reporter, partner, "USD", VALUATIONS[self.indicator], commodity)


@dataclass(frozen=True)
class ValueColumn:
    """One column of values: the flow, the period, and the name that errors call it by."""

    flow: Flow
    period: Period
    name: str


@dataclass(frozen=True)
class TradeTable:
    """One table of the file: its columns of values by place, those of its labels by name, and its product."""

    grid: CellGrid
    header_row: int
    labels: dict[str, int]
    columns: dict[int, ValueColumn]
    product: str
    legend: dict[str, str]


def matches(file: RawFile) -> bool:
    """Whether a table has the site's labels, and columns of values by period."""
    return any(_find_header(grid) for grid in find_grids(file))


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports or imports per cell that holds a number.

    Raises: InputError where the title, the product or the unit is missing or of another kind, or the header
    has columns of anything but values.
    """
    found = [(grid, header) for grid in find_grids(file) if (header := _find_header(grid))]
    tables = [_read_table(file, grid, header, lookups) for grid, header in found]
    colours = read_font_colours(file) if file.content.startswith(b"PK") else None

    def build(row: InputRow) -> list[Record]:
        table = next(table for table in reversed(tables) if row.line > table.grid.first_line)
        area = read_area(row, PARTNER, lookups) if PARTNER in row.cells else None
        commodity = table.product if PARTNER in row.cells else _read_code(row, table)
        records = []
        for place, column in table.columns.items():
            if not row.cells[column.name].strip():
                continue
            if table.grid.first_line in plain:
                check_grouping(row, column.name)
            at = row.line - table.grid.first_line
            shade = colours.find_colour(table.grid.name, name_cell(at, place)) if colours else ""
            reading = _read_cell(row, column, table, shade=_name_shade(shade), are_colours_read=bool(colours))
            series = column.flow.name_series(area, commodity=commodity)
            record = build_observation(file, row, series=series, period=column.period, reading=reading)
            records.append({**record, "source_locator": table.grid.name_place(at, place)})
        return records

    by_table = {table.grid.first_line: tuple(_list_rows(file, table)) for table in tables}
    plain = {
        table.grid.first_line
        for table in tables
        if holds_plain_thousands(
            by_table[table.grid.first_line], [column.name for column in table.columns.values()]
        )
    }
    rows = tuple(row for part in by_table.values() for row in part)
    return parse_rows(file, SOURCE, build, text=CsvText(tuple(rows[0].cells) if rows else (), rows, ()))


def _find_header(grid: CellGrid) -> int | None:
    for number, cells in enumerate(grid.rows[:HEAD_ROWS], start=1):
        places = [at for at, cell in enumerate(cells, start=1) if _VALUE.fullmatch(" ".join(cell.split()))]
        if places and _find_labels(grid, number, before=places[0]):
            return number
    return None


def _find_labels(grid: CellGrid, header_row: int, *, before: int) -> dict[str, int]:
    """Columns of labels left of the values; a header of two rows has them in its first."""
    labels: dict[str, int] = {}
    for column in range(1, before):
        text = grid.find_cell(header_row, column) or grid.find_cell(header_row - 1, column)
        name = LABEL_NAMES.get(text.lower())
        if name:
            labels.setdefault(name, column)
    return labels if len(labels.keys() - {LABEL}) == 1 else {}


def _read_table(file: InputFile, grid: CellGrid, header_row: int, lookups: Lookups) -> TradeTable:
    above = grid.list_lines_above(header_row)
    places = {
        at: match
        for at in range(1, len(grid.rows[header_row - 1]) + 1)
        if (match := _VALUE.fullmatch(grid.find_cell(header_row, at)))
    }
    labels = _find_labels(grid, header_row, before=min(places))
    _refuse_other_columns(file, grid, header_row, known={*places, *labels.values()})
    _check_unit(file, above)
    if all(match[1] is None for match in places.values()):
        flows = _read_blocks(file, grid, header_row, list(places), above, lookups)
    else:
        flows = dict.fromkeys(places, _read_title(file, above, labels, places[min(places)][1], lookups))
    columns = _name_columns(file, grid, header_row, places, flows)
    product = _read_product(file, above, needed=CODE not in labels)
    legend = {match[1].lower(): line for line in above if (match := _LEGEND.fullmatch(line))}
    return TradeTable(grid, header_row, labels, columns, product, legend)


def _refuse_other_columns(file: InputFile, grid: CellGrid, header_row: int, *, known: set[int]) -> None:
    for at in range(1, max(map(len, grid.rows[header_row - 1 :])) + 1):
        if at in known:
            continue
        below = next((row for row in range(header_row, len(grid.rows) + 1) if grid.find_cell(row, at)), None)
        # A number that counts the rows, or an empty column between two blocks, is all that may stand here.
        if below is not None and not _is_footer(grid, below):
            raise InputError(
                Place(file.name, None, grid.name_place(below, at)),
                problem="a column that holds no values by period: quantity, growth, share or a lost heading",
                value=grid.find_cell(below, at),
                remedy=REMEDY,
            )


def _check_unit(file: InputFile, above: tuple[str, ...]) -> None:
    printed = [match[1].strip() for line in above if (match := _UNIT.fullmatch(line))]
    units = printed or [require_stated(file, "unit", instead=REMEDY)["unit"]]
    if any(unit.lower() != UNIT for unit in units):
        raise InputError(
            file.name, problem="another unit than US Dollar thousand", value="; ".join(units), remedy=REMEDY
        )


def _read_blocks(
    file: InputFile,
    grid: CellGrid,
    header_row: int,
    places: list[int],
    above: tuple[str, ...],
    lookups: Lookups,
) -> dict[int, Flow]:
    """The flow of each column, from the title of its block, which stands over its first columns."""
    titles: dict[int, re.Match[str]] = {}
    for at in places:
        started = next((left for left in range(at, 0, -1) if grid.find_cell(header_row - 1, left)), 0)
        match = _BLOCK.fullmatch(grid.find_cell(header_row - 1, started)) if started else None
        if match is None:
            raise InputError(
                Place(file.name, None, grid.name_place(header_row, at)),
                problem="no title above the values that says whose trade with whom they are",
                remedy="Take the workbook or the HTML of this table, which have it.",
            )
        titles[at] = match
    own, partner = titles[places[0]][1], titles[places[0]][4]
    _check_titles(file, list(dict.fromkeys(match[0] for match in titles.values())), titles[places[0]], above)
    own_code, partner_code = (_find_area(file, name, lookups) for name in (own, partner))
    codes = {own: own_code, partner: partner_code, "world": WORLD}
    return {
        at: Flow("exports" if match[2] else "imports", codes[match[1]], codes[match[4]])
        for at, match in titles.items()
    }


def _check_titles(file: InputFile, found: list[str], first: re.Match[str], above: tuple[str, ...]) -> None:
    own, partner, exports = first[1], first[4], bool(first[2])
    there, back = ("exports to", "imports from") if exports else ("imports from", "exports to")
    allowed = [f"{own}s {there} {partner}", f"{partner}s {back} world", f"{own}s {there} world"]
    plain = [re.sub(r"['\u2019]s? (?=(?:exports|imports) )", "s ", title) for title in found]
    named = [line for line in above if line.lower().startswith("bilateral trade between ")]
    if any(title not in allowed for title in plain) or any(
        line.strip().lower() != f"bilateral trade between {own} and {partner}".lower() for line in named
    ):
        raise InputError(
            file.name,
            problem="the titles of the blocks do not name the same two areas",
            value="; ".join([*named, *found]),
            remedy=REMEDY,
        )


def _read_title(
    file: InputFile, above: tuple[str, ...], labels: dict[str, int], kind: str, lookups: Lookups
) -> Flow:
    """The flow of a table of one row of headings, from its title or from what was said of it."""
    rows_are = next(name for name in labels if name != LABEL)
    indicator = "imports" if kind.lower() == "imported" else "exports"
    titles = [
        (match, (rows, verb))
        for line in above
        for pattern, rows, verb in _TITLES
        if (match := pattern.fullmatch(line))
    ]
    for match, meant in titles:
        if meant != (rows_are, kind.lower()):
            problem = "the title is not that of the columns"
            raise InputError(file.name, problem=problem, value=match[0], remedy=REMEDY)
    of_world = (rows_are, kind.lower()) in {("exporters", "exported"), ("importers", "imported")}
    if of_world:
        return Flow(indicator, None, WORLD)
    name = titles[0][0][1] if titles else require_stated(file, "reporter", instead=REMEDY)["reporter"]
    reporter = _find_area(file, re.sub(r" detailed products in .*| in (?:19|20)\d\d$", "", name), lookups)
    return Flow(indicator, reporter, WORLD if rows_are == CODE else None)


def _find_area(file: InputFile, name: str, lookups: Lookups) -> str:
    try:
        return lookups.areas.find_code(name.strip())
    except UnknownNameError as error:
        raise InputError(file.name, problem=error.problem.rstrip("."), remedy=error.remedy) from error


def _name_columns(
    file: InputFile, grid: CellGrid, header_row: int, places: dict[int, re.Match[str]], flows: dict[int, Flow]
) -> dict[int, ValueColumn]:
    columns = {}
    for at, match in places.items():
        period = read_period_code(match[2].upper())
        if period is None or (match[1] or "").lower() != (places[min(places)][1] or "").lower():
            raise InputError(
                Place(file.name, None, grid.name_place(header_row, at)),
                problem="not a period, or exports beside imports",
                value=match[0],
                remedy=REMEDY,
            )
        flow = flows[at]
        name = f"{flow.indicator} {flow.reporter or ''} {flow.partner or ''} {period.label}"
        columns[at] = ValueColumn(flow, period, name)
    for flow in dict.fromkeys(flows.values()):
        periods = [column.period for column in columns.values() if column.flow == flow]
        check_sequence(periods, place=Place(file.name, None, grid.name_place(header_row, min(places))))
    return columns


def _read_product(file: InputFile, above: tuple[str, ...], *, needed: bool) -> str:
    printed = [match[1].upper() for line in above if (match := _PRODUCT.fullmatch(line))]
    if not printed and needed:
        printed = [require_stated(file, "commodity", instead=REMEDY)["commodity"].upper()]
    if any(not _CODE.fullmatch(code) for code in printed) or len(set(printed)) > 1:
        raise InputError(
            file.name,
            problem="not one product of the Harmonised System with two, four or six digits",
            value="; ".join(printed),
            remedy=REMEDY,
        )
    return printed[0] if printed else ALL_COMMODITIES


def _is_footer(grid: CellGrid, row: int) -> bool:
    """Whether a row holds one text alone, as notes on sources below a table do."""
    texts = {cell.strip() for cell in grid.rows[row - 1]} - {""}
    return len(texts) == 1 and not _NUMBER.fullmatch(texts.pop())


def _list_rows(file: InputFile, table: TradeTable) -> Iterator[InputRow]:
    grid, last = table.grid, len(table.grid.rows)
    while last > table.header_row and (
        not any(map(str.strip, grid.rows[last - 1])) or _is_footer(grid, last)
    ):
        last -= 1
    for number in range(table.header_row + 1, last + 1):
        if not any(map(str.strip, grid.rows[number - 1])):
            continue
        taken = {column.name: grid.find_cell(number, at) for at, column in table.columns.items()}
        for label, at in table.labels.items():
            taken[label if label in {CODE, LABEL} else PARTNER] = grid.find_cell(number, at)
        yield InputRow(grid.first_line + number, taken)


def _read_code(row: InputRow, table: TradeTable) -> str:
    code = row.require(CODE).lstrip("'\u2019").upper()
    whole = table.product
    if not _CODE.fullmatch(code) or not (whole == ALL_COMMODITIES or code.startswith(whole)):
        raise row.refuse(
            CODE,
            reason="bad_commodity",
            problem=f"not a code of the Harmonised System within {whole}: a leading zero may be lost",
            remedy="Restore the line from Trade Map.",
        )
    return code


def _read_cell(
    row: InputRow, column: ValueColumn, table: TradeTable, *, shade: str, are_colours_read: bool
) -> FileReading:
    text = row.cells[column.name]
    if not _NUMBER.fullmatch(text):
        raise row.refuse(
            column.name,
            reason="not_a_number",
            problem="not a whole number of thousands",
            remedy="Restore the cell from Trade Map, which prints whole thousands.",
        )
    value = Decimal(text.replace(",", "")) * THOUSAND
    remark = table.legend.get(shade)
    if table.legend and not are_colours_read:
        remark = f"this copy does not show which: {'; '.join(table.legend.values())}"
    note = "; ".join(filter(None, (row.cells.get(LABEL, ""), remark)))
    status = COLOURS[shade] if shade in table.legend else "A"
    return FileReading(value, column.name, status=status, half_width=HALF_WIDTH, note=note or None)


def _name_shade(colour: str) -> str:
    """red or purple, as the site names its colours, or empty for any other."""
    if re.fullmatch(r"[0-9A-Fa-f]{8}", colour):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (2, 4, 6))
        # Purple has red and blue and next to no green; the site's own is 8A2BE2.
        return "purple" if min(red, blue) >= 0x60 > green else ""
    return colour

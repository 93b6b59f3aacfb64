"""UN Comtrade, the bulk files of the site until about 2015: its CSV of eleven columns.

Peculiarities: numeric codes alone, for areas as for goods; `Value` in US dollars, without a form of it, so
that imports count as CIF and exports as FOB, Comtrade's rule; a whole year only; `Estimation Code` 2, 4 and 6
say that the quantity, the weight or both are estimated, never the value. A program that took codes of the
Harmonised System for numbers has eaten their leading zeros: they have an even number of digits, and get it
back where no code of the file has kept its own. It asserts that the columns stand in the site's order, and
that the partners of a flow never add up to more than its trade with the world.

One observation a row. A whole country and year has a million rows: those are converted in bulk.
"""

from __future__ import annotations

from dataclasses import replace

from etl.countries import Lookups
from etl.errors import InputError
from etl.provenance import InputFile, Product, RawFile
from etl.readers.comtrade import HARMONISED, read_renamed_trade
from etl.readers.comtrade_columns import (
    BULK_COLUMNS,
    WEB_FLOWS,
    check_partners,
    check_valuations,
    rename_bulk_column,
)
from etl.readers.delimited_text import DelimitedTable, Layout, has_table, read_table
from etl.reading import CsvText, InputRow, Record
from etl.source_contract import (
    NOT_ROUNDED,
    Expected,
    FileReading,
    Parsed,
    Series,
    Source,
    build_observation,
    parse_rows,
)

# Rows become observations with all their columns; a whole country and year has a million.
MOST_ROWS = 200_000
VALUE = "primaryValue"
SOURCE = Source(
    layout="un_comtrade_bulk",
    title="UN Comtrade bulk file until about 2015: trade in goods, CSV of eleven columns",
    table="observations",
    columns=("Year", "Reporter Code", "Trade Flow Code", "Partner Code", "Commodity Code", "Value"),
    product=Product(
        source_id="un_comtrade_bulk",
        publisher="United Nations Statistics Division",
        product="UN Comtrade Database, bulk download of the site until 2022",
        url="https://comtrade.un.org/data/bulk",
        licence="UN Comtrade terms of use; redistribution of the data needs permission",
        redistributable=False,
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=MOST_ROWS, checks=(check_partners, check_valuations))
LAYOUT = Layout(frozenset(BULK_COLUMNS.values()), rename_bulk_column)


def matches(file: RawFile) -> bool:
    """Whether a header with the eleven names stands in the file."""
    return has_table(file, LAYOUT)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports, imports, re-exports or re-imports of goods per row.

    Raises: InputError where the columns are not in the site's order, or the file is too large to be read as
    observations.
    """
    if file.content.count(b"\n") > MOST_ROWS + 1:
        raise InputError(
            file.name,
            problem=f"more than {MOST_ROWS:,} rows, too many for observations",
            remedy="Convert it in bulk: footnoted convert FILE --to FOLDER.",
        )
    table = read_table(file, LAYOUT)
    _check_order(file, table)
    codes = [row.cells["cmdCode"].strip() for row in table.text.rows]
    restore = not any(code.startswith("0") for code in codes)

    def build(row: InputRow) -> list[Record]:
        trade = read_renamed_trade(row, lookups.areas, written=table.written)
        series = Series(
            trade.indicator, trade.ref_area, trade.counterpart_area, "USD", trade.valuation, trade.commodity
        )
        reading = FileReading(
            trade.value, table.written[VALUE], status=trade.status, half_width=NOT_ROUNDED, note=trade.note
        )
        return [build_observation(file, row, series=series, period=trade.period, reading=reading)]

    rows = tuple(_translate(row, restore=restore) for row in table.text.rows)
    return parse_rows(file, SOURCE, build, text=CsvText(table.text.header, rows, table.text.rejected))


def _check_order(file: InputFile, table: DelimitedTable) -> None:
    """Refuse a header in another order: nothing else in a row tells a value from a quantity or a weight."""
    ordered = list(BULK_COLUMNS.values())
    if [name for name in table.text.header if name in ordered] != ordered:
        raise InputError(
            file.name,
            problem="the columns are not in Comtrade's order: names may have changed places",
            value=", ".join(table.written.values()),
            remedy="Take the file as downloaded, with its columns as they stood.",
        )


def _translate(row: InputRow, *, restore: bool) -> InputRow:
    """The row with the flow of Comtrade Plus, and its commodity with the zero that a program took."""
    flow, code = row.cells["flowCode"].strip(), row.cells["cmdCode"].strip()
    harmonised = HARMONISED.fullmatch(row.cells["classificationCode"].strip().upper())
    if restore and harmonised and code.isdigit() and len(code) % 2:
        code = f"0{code}"
    return replace(row, cells={**row.cells, "flowCode": WEB_FLOWS.get(flow, flow), "cmdCode": code})

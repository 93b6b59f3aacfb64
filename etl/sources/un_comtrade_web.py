"""UN Comtrade, the site until 2022: its CSV of 35 columns, also as R and other programs have saved it again.

Peculiarities: names with spaces and brackets, which R turns into dots (`Trade.Value..US..`, `X2nd.Partner`)
and others drop; `NA` for an empty cell; leading zeros of commodity codes lost where a program took them for
numbers, and restored from the level of aggregation; the CIF and FOB columns mostly empty. The world has the
ISO code `WLD` and Comtrade's own areas have none. `Flag` 2, 4 and 6 say that the quantity, the weight or both
are estimated, never the value; kept in the note. The file does not say how a reporter values its imports:
they count as CIF and exports as FOB, Comtrade's rule. It asserts that the columns stand in the site's order,
and that the partners of a flow never add up to more than its trade with the world.

One observation a row, of the trade value. Commodities and parts of totals are named as in the Comtrade Plus
layout.
"""

from __future__ import annotations

from dataclasses import replace

from etl.countries import Lookups
from etl.errors import InputError
from etl.provenance import InputFile, Product, RawFile
from etl.readers.comtrade import read_renamed_trade
from etl.readers.comtrade_columns import (
    WEB_COLUMNS,
    WEB_FLOWS,
    check_partners,
    check_valuations,
    rename_web_column,
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

VALUE = "primaryValue"
SOURCE = Source(
    layout="un_comtrade_web",
    title="UN Comtrade until 2022: trade in goods by reporter, partner and flow, CSV of 35 columns",
    table="observations",
    columns=("Classification", "Trade Flow Code", "Reporter Code", "Partner Code", "Trade Value (US$)"),
    product=Product(
        source_id="un_comtrade_web",
        publisher="United Nations Statistics Division",
        product="UN Comtrade Database, download of the site until 2022",
        url="https://comtrade.un.org/data/",
        licence="UN Comtrade terms of use; redistribution of the data needs permission",
        redistributable=False,
    ),
)
EXPECTED = Expected(rows_min=1, rows_max=2_000_000, checks=(check_partners, check_valuations))
LAYOUT = Layout(
    frozenset({"classificationCode", "period", "flowCode", "reporterCode", "partnerCode", "cmdCode", VALUE}),
    rename_web_column,
)


def matches(file: RawFile) -> bool:
    """Whether a header with the old site's names, in any program's spelling, stands in the file."""
    return has_table(file, LAYOUT)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports, imports, re-exports or re-imports of goods per row.

    Raises: InputError where the columns are not in the site's order.
    """
    table = read_table(file, LAYOUT)
    _check_order(file, table)

    def build(row: InputRow) -> list[Record]:
        trade = read_renamed_trade(row, lookups.areas, written=table.written)
        series = Series(
            trade.indicator,
            trade.ref_area,
            trade.counterpart_area,
            "USD",
            trade.valuation,
            commodity=trade.commodity,
        )
        reading = FileReading(
            trade.value, table.written[VALUE], status=trade.status, half_width=NOT_ROUNDED, note=trade.note
        )
        return [build_observation(file, row, series=series, period=trade.period, reading=reading)]

    # The old site numbers its flows; from here on a row is one of Comtrade Plus.
    rows = tuple(_translate_flow(row) for row in table.text.rows)
    return parse_rows(file, SOURCE, build, text=CsvText(table.text.header, rows, table.text.rejected))


def _check_order(file: InputFile, table: DelimitedTable) -> None:
    """Refuse a header in another order: nothing else in a row tells a value from a quantity or a weight."""
    ordered = list(dict.fromkeys(WEB_COLUMNS.values()))
    found = [name for name in table.text.header if name in ordered]
    if found != sorted(found, key=ordered.index):
        raise InputError(
            file.name,
            problem="the columns are not in Comtrade's order: names may have changed places",
            value=", ".join(table.written[name] for name in found),
            remedy="Take the file as downloaded, with its columns as they stood.",
        )


def _translate_flow(row: InputRow) -> InputRow:
    flow = row.cells["flowCode"].strip()
    return replace(row, cells={**row.cells, "flowCode": WEB_FLOWS.get(flow, flow)})

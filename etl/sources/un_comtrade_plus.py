"""UN Comtrade Plus: the CSV or workbook that comtradeplus.un.org gives for goods and services.

Peculiarities: 47 unquoted names above quoted rows that end in a comma, so that a row has 48 fields; Latin-1;
empty lines between rows; `refMonth` 52 for a whole year; imports fill `cifvalue`, exports `fobvalue`,
services `cifvalue` for both. Copies saved again by a spreadsheet or by pandas (UTF-8, other quotes, `;`, a
column of row numbers) are read, and so are the columns that a person has chosen, in any order: who trades
with whom by number, ISO code or name, the flow by code or name, the value as primary, CIF or FOB. What the
columns left out would have said and nothing else shows is asked of who adds the file: the classification of
codes that are no six digits, and that years are whole where no column says so. A workbook takes the leading
zeros of commodity codes; where no code of it has one, they are restored for the Harmonised System. The
publisher's bulk files, which lack the columns with names of areas, are another layout. It asserts that the
partners of a flow never add up to more than its trade with the world.

One observation a row, of `primaryValue`. Commodities of the Harmonised System keep their code, those of SITC,
BEC and EBOPS have the classification before it (`S4:27861`, `EB10S:S`). A part of a total, by customs
procedure, mode of transport or supply, or second partner, says so in its commodity
(`TOTAL/CPC:C01/MOT:1000/P2:POL`). Flows that are parts of imports or exports (domestic exports, goods for
processing) are set aside.
"""

from __future__ import annotations

from etl.countries import Lookups
from etl.provenance import InputFile, Product, RawFile
from etl.readers.comtrade import read_trade
from etl.readers.comtrade_choices import complete_rows
from etl.readers.comtrade_columns import check_partners, check_valuations, rename_column
from etl.readers.delimited_text import Layout, has_table, read_table
from etl.reading import InputRow, Record
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
    layout="un_comtrade_plus",
    title="UN Comtrade Plus: trade in goods or services by reporter, partner and flow, CSV or workbook",
    table="observations",
    columns=("reporterCode", "reporterDesc", "flowCode", "partnerCode", "cmdCode", "period", VALUE),
    product=Product(
        source_id="un_comtrade_plus",
        publisher="United Nations Statistics Division",
        product="UN Comtrade Database, download of Comtrade Plus",
        url="https://comtradeplus.un.org/TradeFlow",
        licence="UN Comtrade terms of use; redistribution of the data needs permission",
        redistributable=False,
    ),
    asks=("classification", "frequency"),
)
# One answer holds a quarter of a million rows at the most; people put several into one file.
EXPECTED = Expected(rows_min=1, rows_max=2_000_000, checks=(check_partners, check_valuations))
# Whoever chooses columns leaves out some; without one of each of these a row is no trade of anybody.
LAYOUT = Layout(
    frozenset({"cmdCode"}),
    rename_column,
    one_of=(
        frozenset({"reporterISO", "reporterDesc"}),
        frozenset({"partnerCode", "partnerISO", "partnerDesc"}),
        frozenset({"flowCode", "flowDesc"}),
        frozenset({"period", "refYear"}),
        frozenset({VALUE, "cifvalue", "fobvalue"}),
    ),
)


def matches(file: RawFile) -> bool:
    """Whether a header with Comtrade Plus's names stands in the file."""
    return has_table(file, LAYOUT)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports, imports, re-exports or re-imports, of goods or services, per row.

    Raises: InputError where the chosen columns leave open what a row is.
    """
    text = complete_rows(file, read_table(file, LAYOUT).text)
    value = next(name for name in (VALUE, "cifvalue", "fobvalue") if name in text.header)

    def build(row: InputRow) -> list[Record]:
        trade = read_trade(row, lookups.areas)
        series = Series(
            trade.indicator,
            trade.ref_area,
            trade.counterpart_area,
            "USD",
            trade.valuation,
            commodity=trade.commodity,
        )
        reading = FileReading(
            trade.value, value, status=trade.status, half_width=NOT_ROUNDED, note=trade.note
        )
        return [build_observation(file, row, series=series, period=trade.period, reading=reading)]

    return parse_rows(file, SOURCE, build, text=text)

"""UN Comtrade, programming interface version 1: JSON answers, bare or wrapped with their address and status.

Peculiarities: names and ISO codes are null where the question did not ask for descriptions; `refMonth` 52 for
a whole year; numbers are taken as printed. The layout counts records, not lines, so a place is "record 3". An
answer that is an error is refused with the interface's own words, an empty one with a hint. Where `count`
says that there are more records than the file holds, or the file holds as many as one answer can, each row's
note says so: an excerpt is read, and never passes for the whole. It asserts that the partners of a flow never
add up to more than its trade with the world.

One observation a record, of `primaryValue`. Commodities and parts of totals are named as in the Comtrade Plus
layout.
"""

from __future__ import annotations

from etl.countries import Lookups
from etl.provenance import InputFile, Product, RawFile
from etl.readers.comtrade import read_trade
from etl.readers.comtrade_answers import looks_like_answer, read_answer
from etl.readers.comtrade_columns import check_partners, check_valuations
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
    layout="un_comtrade_api",
    title="UN Comtrade, programming interface version 1: trade by reporter, partner and flow, JSON",
    table="observations",
    columns=("data", "reporterCode", "flowCode", "partnerCode", "cmdCode", VALUE),
    product=Product(
        source_id="un_comtrade_api",
        publisher="United Nations Statistics Division",
        product="UN Comtrade Database, programming interface version 1",
        url="https://comtradeapi.un.org/",
        licence="UN Comtrade terms of use; redistribution of the data needs permission",
        redistributable=False,
    ),
)
# Twice the most that one answer holds.
EXPECTED = Expected(rows_min=1, rows_max=500_000, checks=(check_partners, check_valuations))


def matches(file: RawFile) -> bool:
    """Whether the file is JSON with Comtrade's envelope or records."""
    return looks_like_answer(file)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports, imports, re-exports or re-imports, of goods or services, per record."""
    answer = read_answer(file)

    def build(row: InputRow) -> list[Record]:
        trade = read_trade(row, lookups.areas, notes=answer.notes)
        series = Series(
            trade.indicator,
            trade.ref_area,
            trade.counterpart_area,
            "USD",
            trade.valuation,
            commodity=trade.commodity,
        )
        reading = FileReading(
            trade.value, VALUE, status=trade.status, half_width=NOT_ROUNDED, note=trade.note
        )
        record = build_observation(file, row, series=series, period=trade.period, reading=reading)
        return [{**record, "source_locator": f"record {row.line}, field {VALUE}"}]

    return parse_rows(file, SOURCE, build, text=answer.text)

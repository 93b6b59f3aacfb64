"""UN Comtrade bulk files: one row per reporter, partner, flow, product and breakdown of a year or month.

Recognised with the names of Comtrade Plus (`reporterCode`, `cmdCode`, `primaryValue` ...) and with those of
the old site (`Reporter Code`, `Trade Value (US$)` ..., or eleven columns with a `Value`), separated by
commas, semicolons or tabs, packed with gzip or not. Values are US dollars. Breakdowns (second partner,
customs procedure, modes of transport and supply) are flows of their own, told apart by their codes: add those
of one breakdown only. A commodity is `TOTAL` or a code of 2, 4 or 6 digits. Whatever Comtrade flags as
estimated, reported or aggregated stays in the columns of flags.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from etl.bulk.blocks import Block
from etl.bulk.layouts import (
    EARLIEST_YEAR,
    KEY,
    LATEST_YEAR,
    LINE_OF_FLOW,
    YEAR,
    BlockContext,
    BlockRead,
    BulkColumn,
    BulkLayout,
)
from etl.bulk.rows import (
    LINE,
    Fault,
    TextRows,
    list_number_faults,
    read_numbers,
    read_text_rows,
    set_aside,
)
from etl.readers.comtrade_columns import (
    BULK_COLUMNS,
    PLUS_COLUMNS,
    WEB_COLUMNS,
    rename_bulk_column,
    rename_web_column,
)
from etl.units import LARGEST
from etl.vocabulary.series_codes import WORLD

FLOWS = ("M", "X", "RM", "RX", "FM", "DX", "MIP", "MOP", "XIP", "XOP")
FLOW_NUMBERS = {"1": "M", "2": "X", "3": "RX", "4": "RM"}
_NUMBERS = {"1": "M", "2": "X", "3": "RX", "4": "RM"}
OLD_NAMES = {
    "classification": "classificationcode",
    "year": "refyear",
    "aggregate level": "aggrlevel",
    "trade flow code": "flowcode",
    "reporter code": "reportercode",
    "partner code": "partnercode",
    "2nd partner code": "partner2code",
    "customs proc. code": "customscode",
    "mode of transport code": "motcode",
    "commodity code": "cmdcode",
    "qty unit code": "qtyunitcode",
    "netweight (kg)": "netwgt",
    "trade value (us$)": "primaryvalue",
    "cif trade value (us$)": "cifvalue",
    "fob trade value (us$)": "fobvalue",
    "flag": "legacyestimationflag",
}
_NUMBERS = {
    "value_usd": "primaryvalue",
    "cif_usd": "cifvalue",
    "fob_usd": "fobvalue",
    "net_weight_kg": "netwgt",
    "quantity": "qty",
}
_TEXTS = {
    "classification": "classificationcode",
    "customs_code": "customscode",
    "transport_code": "motcode",
    "supply_code": "moscode",
    "quantity_unit": "qtyunitcode",
}
_FLAGS = {
    "quantity_is_estimated": "isqtyestimated",
    "net_weight_is_estimated": "isnetwgtestimated",
    "estimation_flag": "legacyestimationflag",
    "is_reported": "isreported",
    "is_aggregate": "isaggregate",
}
_MISSING = ("NA", "NULL")
# Beside the HS, four digits and two letters: special codes that stand in the same column.
_CODE = "^(TOTAL|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{4}[A-Z]{2})$"
_FLAG = r"^(?i)(true|false|[0-9]{1,2}(\.0)?)$"
_REQUIRED = frozenset({"period", "reportercode", "flowcode", "partnercode", "cmdcode", "primaryvalue"})


def read_block(block: Block, context: BlockContext) -> BlockRead:
    """The flows of a block, and the rows of it that cannot be flows."""
    return _read_rows(read_text_rows(block, header=context.header, file=context.file), context)


def _read_rows(text: TextRows, context: BlockContext) -> BlockRead:
    absent = [name for name in _list_optional() if name not in context.header.names]
    rows = text.cells.with_columns(pl.lit(None, pl.String).alias(name) for name in absent)
    # R and pandas write a word where the publisher leaves a cell empty.
    cells = [pl.col(name) for name in _list_optional()]
    rows = rows.with_columns(pl.when(~cell.is_in(_MISSING)).then(cell) for cell in cells)
    rows = rows.with_columns(_read_cells())
    areas = {code: context.areas.find(rows[f"{code} read"]) for code in ("reportercode", "partnercode")}
    rows = rows.with_columns(areas[code].is_not_null().alias(f"{code} known") for code in areas)
    good, quarantine = set_aside(rows, _FAULTS, file=context.file)
    quarantine = pl.concat([quarantine, text.misshapen]).sort("line", maintain_order=True)
    return BlockRead(_build_flows(good), quarantine, text.lines, text.rows_read)


def read_short_block(block: Block, context: BlockContext) -> BlockRead:
    """The flows of a block of the eleven columns, whose codes a program may have robbed of a leading zero."""
    text = read_text_rows(block, header=context.header, file=context.file)
    code = pl.col("cmdcode")
    is_number = pl.col("classificationcode").str.contains("^(?i)H") & code.str.contains("^[0-9]+$")
    lost = (is_number & (code.str.len_bytes() % 2 == 1)).fill_null(False)
    restored = int(text.cells.select(lost.sum()).item()) if context.restore_zeros else 0
    has_zeros = bool(text.cells.select((is_number & code.str.starts_with("0")).fill_null(False).any()).item())
    if restored:
        padded = pl.when(lost).then(pl.concat_str(pl.lit("0"), code)).otherwise(code)
        text = replace(text, cells=text.cells.with_columns(padded.alias("cmdcode")))
    return replace(_read_rows(text, context), codes_restored=restored, has_leading_zeros=has_zeros)


def keep_whole(flows: pl.DataFrame) -> pl.DataFrame:
    """Flows as they are: their keys are text, from which nothing is given back."""
    return flows


def _name_short_column(written: str) -> str:
    return rename_bulk_column(written).lower()


def _name_web_column(written: str) -> str:
    return rename_web_column(written).lower()


def _list_optional() -> list[str]:
    names = ["partner2code", *_NUMBERS.values(), *_TEXTS.values(), *_FLAGS.values()]
    return [name for name in names if name not in _REQUIRED]


def _read_cells() -> list[pl.Expr]:
    period, flow = pl.col("period"), pl.col("flowcode").str.to_uppercase()
    is_period = period.str.contains("^[0-9]{4}(0[1-9]|1[0-2])?$")
    codes = ("reportercode", "partnercode", "partner2code")
    return [
        pl.when(is_period).then(period.str.head(4).cast(pl.Int32, strict=False)).alias("year read"),
        pl.when(is_period & (period.str.len_bytes() == 6))
        .then(period.str.tail(2).cast(pl.Int8, strict=False))
        .alias("month read"),
        flow.replace(FLOW_NUMBERS).alias("flow read"),
        *(pl.col(code).cast(pl.Int32, strict=False).alias(f"{code} read") for code in codes),
        pl.col("cmdcode").str.to_uppercase().alias("cmdcode read"),
        *(read_numbers(column) for column in _NUMBERS.values()),
    ]


def _build_flows(rows: pl.DataFrame) -> pl.DataFrame:
    flows = rows.select(
        pl.col(LINE).cast(pl.UInt32).alias(LINE_OF_FLOW),
        pl.col("year read").cast(pl.Int16).alias(YEAR),
        pl.col("month read").alias("month"),
        pl.col("reportercode read").cast(pl.Int16).alias("reporter_code"),
        pl.col("partnercode read").cast(pl.Int16).alias("partner_code"),
        pl.col("flow read").alias("flow"),
        pl.col("partner2code read").cast(pl.Int16).alias("second_partner_code"),
        pl.col("cmdcode read").alias("commodity"),
        *(pl.col(f"{column} read").alias(name) for name, column in _NUMBERS.items()),
        *(pl.col(column).alias(name) for name, column in {**_TEXTS, **_FLAGS}.items()),
    )
    return flows.with_columns(_build_key())


def _build_key() -> pl.Expr:
    padded = [
        pl.col(name).cast(pl.String).fill_null("").str.zfill(width) for name, width in _KEY_NUMBERS.items()
    ]
    texts = [pl.col(name).fill_null("") for name in _KEY_TEXTS]
    return pl.concat_str([*padded, *texts], separator="|").alias(KEY)


# Padded to one width each, so that keys sort as text in the order of their numbers.
_KEY_NUMBERS = {YEAR: 4, "reporter_code": 5, "partner_code": 5, "month": 2, "second_partner_code": 5}
_KEY_TEXTS = ("flow", "classification", "commodity", "customs_code", "transport_code", "supply_code")


def _list_faults() -> tuple[Fault, ...]:
    own = "Compare with UN Comtrade's own file."
    year_known = pl.col("year read").is_between(EARLIEST_YEAR, LATEST_YEAR).fill_null(False)
    problem = f"not a year or month from {EARLIEST_YEAR} to {LATEST_YEAR}"
    faults = [Fault("bad_year", "period", ~year_known, problem, own)]
    for column, side in (("reportercode", "reporter"), ("partnercode", "partner")):
        remedy = "Correct it, or add the code to datasets/lookups/un_codes.csv if Comtrade's list has it."
        problem = f"no {side} has this numeric code"
        faults.append(Fault("unknown_area", column, ~pl.col(f"{column} known"), problem, remedy))
    flow_known = pl.col("flow read").is_in(FLOWS).fill_null(False)
    code_known = pl.col("cmdcode read").str.contains(_CODE).fill_null(False)
    second = pl.col("partner2code")
    second_unknown = second.is_not_null() & ~pl.col("partner2code read").is_between(0, 9999).fill_null(False)
    faults += [
        Fault("unknown_area", "partner2code", second_unknown, "no code of an area", own),
        Fault("unknown_flow", "flowcode", ~flow_known, "no trade flow of UN Comtrade", own),
        Fault("not_hs", "cmdcode", ~code_known, "neither TOTAL nor a code of 2, 4 or 6 digits", own),
        Fault("empty_cell", "primaryvalue", pl.col("primaryvalue").is_null(), "no value", own),
    ]
    for column in _NUMBERS.values():
        missing = pl.col(column).is_null()
        faults += list_number_faults(column, missing=missing, ceiling=float(LARGEST), remedy=own)
    for column in _FLAGS.values():
        unknown = ~pl.col(column).str.contains(_FLAG).fill_null(True)
        faults.append(Fault("unknown_flag", column, unknown, "neither true, false nor a number", own))
    return tuple(faults)


_FAULTS = _list_faults()
_PLUS_ORDER = tuple(name.lower() for name in PLUS_COLUMNS)
_WEB_ORDER = tuple(dict.fromkeys(name.lower() for name in WEB_COLUMNS.values()))
_AREA, _CODE_UNIT, _DOLLARS = "ISO 3166 alpha-3", "UN Comtrade code", "US dollars, current"
COMTRADE = BulkLayout(
    layout="un_comtrade_bulk",
    title="UN Comtrade bulk file: goods trade by reporter, partner and product",
    required=_REQUIRED,
    optional=frozenset(_list_optional()),
    unread=frozenset(_PLUS_ORDER) - _REQUIRED - set(_list_optional()),
    in_order=(_PLUS_ORDER,),
    rename=str,
    columns={
        "reporter": BulkColumn(pl.String, _AREA, "who reports"),
        "partner": BulkColumn(pl.String, _AREA, f"the other side; {WORLD} is all partners"),
        "reporter_code": BulkColumn(pl.Int16, _CODE_UNIT, "the reporter as Comtrade numbers it"),
        "partner_code": BulkColumn(pl.Int16, _CODE_UNIT, "the partner as Comtrade numbers it"),
        "month": BulkColumn(pl.Int8, "month", "1 to 12; null for a whole year"),
        "second_partner_code": BulkColumn(pl.Int16, _CODE_UNIT, "second partner; 0 is all"),
        "flow": BulkColumn(pl.String, "code", "M imports, X exports, RM re-imports, RX re-exports ..."),
        "classification": BulkColumn(pl.String, "code", "edition of the classification"),
        "commodity": BulkColumn(pl.String, "HS", "product: TOTAL or 2, 4 or 6 digits"),
        "customs_code": BulkColumn(pl.String, "code", "customs procedure; C00 is all"),
        "transport_code": BulkColumn(pl.String, "code", "mode of transport; 0 is all"),
        "supply_code": BulkColumn(pl.String, "code", "mode of supply; 0 is all"),
        "value_usd": BulkColumn(pl.Float64, _DOLLARS, "value; imports CIF, exports FOB where both exist"),
        "cif_usd": BulkColumn(pl.Float64, f"{_DOLLARS}, CIF", "value with insurance and freight"),
        "fob_usd": BulkColumn(pl.Float64, f"{_DOLLARS}, FOB", "value at the exporter's border"),
        "net_weight_kg": BulkColumn(pl.Float64, "kilograms", "net weight"),
        "quantity": BulkColumn(pl.Float64, "as quantity_unit says", "quantity"),
        "quantity_unit": BulkColumn(pl.String, "code", "Comtrade's code of the quantity's unit"),
        **{name: BulkColumn(pl.String, "flag", f"{column}, as printed") for name, column in _FLAGS.items()},
        LINE_OF_FLOW: BulkColumn(pl.UInt32, "line", "line of the file that the row came from, from 1"),
    },
    area_columns={"reporter": "reporter_code", "partner": "partner_code"},
    counts_totals=True,
    read_block=read_block,
    pack=keep_whole,
    unpack=keep_whole,
)
COMTRADE_WEB = replace(
    COMTRADE,
    layout="un_comtrade_web_bulk",
    title="UN Comtrade bulk file of the site until 2022: goods trade by reporter, partner and product",
    unread=frozenset(_WEB_ORDER) - _REQUIRED - set(_list_optional()),
    in_order=(_WEB_ORDER,),
    rename=_name_web_column,
)
_SHORT_ORDER = tuple(name.lower() for name in BULK_COLUMNS.values())
COMTRADE_SHORT = replace(
    COMTRADE,
    layout="un_comtrade_short_bulk",
    title="UN Comtrade bulk file until about 2015: goods trade by reporter, partner and product",
    required=frozenset(_SHORT_ORDER),
    optional=frozenset(),
    unread=frozenset(),
    in_order=(_SHORT_ORDER,),
    rename=_name_short_column,
    read_block=read_short_block,
)

"""CEPII BACI as it is published: `t,i,j,k,v,q`, one row per exporter, importer and product of a year.

Values are thousands of US dollars with three decimals, quantities tonnes; a quantity that is `NA` or empty
was not estimated. Codes of areas are those of UN Comtrade (699 India, 842 USA). Rows come sorted by exporter,
importer and product. A block is read at once where every cell of it is what it should be, and row by row
where any is not.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import cast

import polars as pl

from etl.bulk.areas import CODES
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
    empty_quarantine,
    list_number_faults,
    read_numbers,
    read_text_rows,
    set_aside,
)
from etl.units import LARGEST

MISSING = "NA"
# A first chapter of the Harmonised System is 01, so that no code of six digits is below this.
FIRST_CODE, FIRST_WITHOUT_ZERO, CODES_END = 10_000, 100_000, 1_000_000
# Reading and multiplying are off by 1.1e-16 of a number each: four times what both can add up to.
ROUNDING = 1e-15
# A first look for the whole block; LARGEST is where a float begins to lose dollars.
LARGEST_THOUSANDS = float(LARGEST) / 1000
_TYPES = {"t": pl.Int16, "i": pl.Int16, "j": pl.Int16, "k": pl.String, "v": pl.Float64, "q": pl.String}


def read_block(block: Block, context: BlockContext) -> BlockRead:
    """The flows of a block, and the rows of it that cannot be flows."""
    plain = _read_plain_block(block, context)
    return plain if plain is not None else _read_row_by_row(block, context)


def scale_thousands(values: pl.Series) -> pl.Series:
    """Thousands of US dollars in US dollars: the nearest number to the exact product of what is printed."""
    scaled = values * 1000
    dollars = scaled.round()
    # A product of printed thousandths misses its whole number by the rounding of the product alone.
    inexact = (scaled - dollars).abs() > dollars * ROUNDING
    if not inexact.any():
        return dollars
    odd = values.filter(inexact).unique()
    exact = [float(Decimal(repr(value)) * 1000) for value in odd.to_list()]
    return (
        values.to_frame("v")
        .select(pl.when(inexact).then(pl.col("v").replace(odd, pl.Series(exact))).otherwise(dollars))
        .to_series()
    )


def pack_flows(flows: pl.DataFrame) -> pl.DataFrame:
    """Flows without what their keys say: half the bytes to be sorted."""
    return flows.select(LINE_OF_FLOW, "value_usd", "quantity_tonnes", KEY)


def unpack_flows(packed: pl.DataFrame) -> pl.DataFrame:
    """Packed flows with year, areas and product from their keys."""
    key = pl.col(KEY)
    products = _list_products().gather(packed[KEY] % CODES_END)
    return packed.select(
        LINE_OF_FLOW,
        (key // (CODES * CODES * CODES_END)).cast(pl.Int16).alias(YEAR),
        (key // (CODES * CODES_END) % CODES).cast(pl.Int16).alias("exporter_code"),
        (key // CODES_END % CODES).cast(pl.Int16).alias("importer_code"),
        products.alias("commodity"),
        "value_usd",
        "quantity_tonnes",
        KEY,
    )


@cache
def _list_products() -> pl.Series:
    return pl.int_range(0, CODES_END, eager=True).cast(pl.String).str.zfill(6)


def _read_plain_block(block: Block, context: BlockContext) -> BlockRead | None:
    """The flows of a block in which nothing is unusual, or nothing at all."""
    names = context.header.names
    if block.has_quotes or set(names) != set(_TYPES):
        return None
    try:
        cells = pl.read_csv(
            block.content,
            has_header=False,
            schema={name: _TYPES[name] for name in names},
            separator=context.header.delimiter,
            quote_char=None,
        )
    except pl.exceptions.PolarsError:
        return None
    quantity, codes = cells.select(
        pl.col("q").cast(pl.Float64, strict=False), pl.col("k").cast(pl.Int32, strict=False)
    ).get_columns()
    if not (
        _has_whole_lines(block, cells, context)
        and _holds_quantities(cells["q"], quantity)
        and _holds_values(cells["v"])
        and _holds_years(cells["t"])
        and context.areas.knows_all(cells["i"])
        and context.areas.knows_all(cells["j"])
        and _holds_products(cells["k"], codes)
    ):
        return None
    lengths = cells["k"].str.len_bytes()
    shortest = cast(int, lengths.min())
    has_zeros = bool(((lengths == 6) & (codes < FIRST_WITHOUT_ZERO)).any())
    if shortest == 5 and (has_zeros or not context.restore_zeros):
        return BlockRead(empty_flows(), empty_quarantine(), 0, 0, 1, True) if context.restore_zeros else None
    product = cells["k"].str.zfill(6) if shortest == 5 else cells["k"]
    flows = _build_flows(
        cells.with_columns(product, quantity), codes=codes, dollars=scale_thousands(cells["v"])
    )
    flows = flows.with_row_index(LINE_OF_FLOW)
    restored = int((lengths == 5).sum()) if shortest == 5 else 0
    return BlockRead(flows, empty_quarantine(), flows.height, flows.height, restored, has_zeros)


def _has_whole_lines(block: Block, cells: pl.DataFrame, context: BlockContext) -> bool:
    # A line cut short reads as if its last cell were empty, which it is only behind a delimiter.
    last = context.header.names[-1]
    if not cells[last].null_count():
        return True
    ended = context.header.delimiter.encode()
    endings = block.content.count(ended + b"\n") + block.content.count(ended + b"\r\n")
    return last == "q" and endings == cells[last].null_count()


def _holds_quantities(text: pl.Series, quantity: pl.Series) -> bool:
    missing = text.null_count() + int((text == MISSING).sum() or 0)
    return quantity.null_count() == missing and bool(quantity.is_finite().all()) and not (quantity < 0).any()


def _holds_values(values: pl.Series) -> bool:
    # NaN is greater than any bound here, so that one comparison finds it too.
    return not values.null_count() and bool(values.is_between(0, LARGEST_THOUSANDS).all())


def _holds_years(years: pl.Series) -> bool:
    return not years.null_count() and bool(years.is_between(EARLIEST_YEAR, LATEST_YEAR).all())


def _holds_products(text: pl.Series, codes: pl.Series) -> bool:
    if codes.null_count() or not codes.is_between(FIRST_CODE, CODES_END - 1).all():
        return False
    return bool(text.str.len_bytes().is_between(5, 6).all()) and not text.str.starts_with("+").any()


def _build_flows(cells: pl.DataFrame, *, codes: pl.Series, dollars: pl.Series) -> pl.DataFrame:
    year, exporter, importer = (pl.col(name).cast(pl.Int64) for name in "tij")
    pair = (year * CODES + exporter) * CODES + importer
    return cells.select(
        pl.col("t").cast(pl.Int16).alias(YEAR),
        pl.col("i").cast(pl.Int16).alias("exporter_code"),
        pl.col("j").cast(pl.Int16).alias("importer_code"),
        pl.col("k").alias("commodity"),
        dollars.alias("value_usd"),
        pl.col("q").alias("quantity_tonnes"),
        (pair * CODES_END + codes.cast(pl.Int64)).alias(KEY),
    )


def empty_flows() -> pl.DataFrame:
    """No flows, in the columns of flows."""
    cells = pl.DataFrame(schema={**_TYPES, "q": pl.Float64})
    none = pl.Series(dtype=pl.Int32)
    flows = _build_flows(cells, codes=none, dollars=pl.Series(dtype=pl.Float64))
    return flows.with_row_index(LINE_OF_FLOW)


def _read_row_by_row(block: Block, context: BlockContext) -> BlockRead:
    text = read_text_rows(block, header=context.header, file=context.file)
    five = pl.col("k").str.contains("^[0-9]{5}$").fill_null(False)
    zero = pl.col("k").str.contains("^0[0-9]{5}$").fill_null(False)
    has_zeros = bool(text.cells.select(zero.any()).item())
    eaten = five if context.restore_zeros else pl.lit(False)
    product = pl.when(eaten).then("0" + pl.col("k")).otherwise(pl.col("k"))
    rows = text.cells.with_columns(
        pl.col("t").cast(pl.Int32, strict=False).alias("year read"),
        *(pl.col(name).cast(pl.Int32, strict=False).alias(f"{name} read") for name in "ij"),
        product.alias("product read"),
        *(read_numbers(name) for name in "vq"),
        eaten.alias("eaten"),
    )
    known = [context.areas.find(rows[f"{name} read"]).is_not_null().alias(f"{name} known") for name in "ij"]
    good, quarantine = set_aside(rows.with_columns(known), _FAULTS, file=context.file)
    cells = good.select(
        pl.col("year read").alias("t"),
        pl.col("i read").alias("i"),
        pl.col("j read").alias("j"),
        pl.col("product read").alias("k"),
        pl.col("v read").alias("v"),
        pl.col("q read").alias("q"),
    )
    codes = cells["k"].cast(pl.Int32)
    flows = _build_flows(cells, codes=codes, dollars=scale_thousands(cells["v"]))
    flows = flows.insert_column(0, good[LINE].cast(pl.UInt32).alias(LINE_OF_FLOW))
    quarantine = pl.concat([quarantine, text.misshapen]).sort("line", maintain_order=True)
    return BlockRead(flows, quarantine, text.lines, text.rows_read, int(good["eaten"].sum()), has_zeros)


def _list_faults() -> tuple[Fault, ...]:
    year_known = pl.col("year read").is_between(EARLIEST_YEAR, LATEST_YEAR).fill_null(False)
    product_known = pl.col("product read").str.contains("^[0-9]{6}$") & (
        pl.col("product read").cast(pl.Int32, strict=False) >= FIRST_CODE
    )
    own = "Compare with CEPII's own file."
    faults = [
        Fault("bad_year", "t", ~year_known, f"not a year from {EARLIEST_YEAR} to {LATEST_YEAR}", own),
        *(
            Fault(
                "unknown_area",
                name,
                ~pl.col(f"{name} known"),
                f"no {side} has this numeric code",
                "Correct it, or add the code to datasets/lookups/un_codes.csv if CEPII's list has it.",
            )
            for name, side in (("i", "exporter"), ("j", "importer"))
        ),
        Fault(
            "not_hs6",
            "k",
            ~product_known.fill_null(False),
            "not a code of six digits of the Harmonised System",
            "Restore its leading zero or the digits that are missing.",
        ),
        Fault("empty_cell", "v", pl.col("v").is_null(), "no value", own),
    ]
    missing = pl.col("q").is_null() | (pl.col("q") == MISSING)
    faults += list_number_faults("v", missing=pl.col("v").is_null(), ceiling=LARGEST_THOUSANDS, remedy=own)
    faults += list_number_faults("q", missing=missing, ceiling=float(LARGEST), remedy=own)
    return tuple(faults)


_FAULTS = _list_faults()
BACI = BulkLayout(
    layout="baci",
    title="CEPII BACI: goods trade by exporter, importer and product",
    required=frozenset(_TYPES),
    optional=frozenset(),
    unread=frozenset(),
    in_order=(("i", "j"), ("v", "q")),
    rename=str,
    columns={
        "exporter": BulkColumn(pl.String, "ISO 3166 alpha-3", "who sold"),
        "importer": BulkColumn(pl.String, "ISO 3166 alpha-3", "who bought"),
        "exporter_code": BulkColumn(pl.Int16, "UN Comtrade code", "the exporter as CEPII numbers it"),
        "importer_code": BulkColumn(pl.Int16, "UN Comtrade code", "the importer as CEPII numbers it"),
        "commodity": BulkColumn(pl.String, "HS6", "product, with its leading zero"),
        "value_usd": BulkColumn(pl.Float64, "US dollars, current, FOB", "value, reconciled by CEPII"),
        "quantity_tonnes": BulkColumn(pl.Float64, "tonnes", "quantity; null where CEPII has none"),
        LINE_OF_FLOW: BulkColumn(pl.UInt32, "line", "line of the file that the row came from, from 1"),
    },
    area_columns={"exporter": "exporter_code", "importer": "importer_code"},
    counts_totals=False,
    read_block=read_block,
    pack=pack_flows,
    unpack=unpack_flows,
)

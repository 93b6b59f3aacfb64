"""Ten million rows of made-up trade in BACI's layout, the same on every machine."""

from __future__ import annotations

from pathlib import Path

import polars as pl

CODES = [4, 8, 12, 24, 32, 36, 40, 50, 56, 76, 100, 104, 116, 124, 152, 156, 170, 188, 191, 203]
CODES += [208, 214, 218, 233, 246, 251, 268, 276, 288, 300, 320, 344, 348, 360, 364, 368, 372, 376, 380, 392]
CODES += [398, 400, 404, 410, 414, 418, 422, 428, 440, 442, 446, 458, 484, 490, 496, 504, 528, 554, 579, 586]
CODES += [591, 604, 608, 616, 620, 634, 642, 643, 682, 686, 699, 702, 703, 704, 705, 710, 724, 752, 757, 764]
CODES += [784, 788, 792, 800, 804, 818, 826, 834, 842, 858, 860, 862, 887, 894]
FIRST_PRODUCT, LAST_PRODUCT, PRODUCT_STEP = 10_121, 970_600, 191
SLICE_ROWS = 1_000_000
# Without a common divisor with any number of rows that is a power of ten.
STRIDE = 7_368_787


def write_trade(path: Path, *, rows: int, is_sorted: bool = True) -> None:
    """Rows in the order of year, exporter, importer and product, as CEPII has them, or well mixed."""
    products = pl.Series(range(FIRST_PRODUCT, LAST_PRODUCT, PRODUCT_STEP), dtype=pl.Int64)
    products = products.cast(pl.String).str.zfill(6)
    areas = pl.Series(CODES, dtype=pl.Int64)
    pairs = len(areas) * (len(areas) - 1)
    step = pairs * len(products) / rows
    if step < 1:
        raise ValueError(f"at most {pairs * len(products):,} rows can be made")
    with path.open("wb") as stream:
        stream.write(b"t,i,j,k,v,q\n")
        for start in range(0, rows, SLICE_ROWS):
            number = pl.int_range(start, min(start + SLICE_ROWS, rows), eager=True, dtype=pl.Int64)
            place = number if is_sorted else (number * STRIDE) % rows
            flow = (place * step).cast(pl.Int64)
            _describe_flows(flow, areas=areas, products=products).write_csv(
                stream, include_header=False, null_value="NA", float_precision=3
            )


def _describe_flows(flow: pl.Series, *, areas: pl.Series, products: pl.Series) -> pl.DataFrame:
    pair = flow // len(products)
    exporter, other = pair // (len(areas) - 1), pair % (len(areas) - 1)
    # Nobody trades with itself: the importers of an exporter are all areas but one.
    importer = other + (other >= exporter).cast(pl.Int64)
    share = flow.hash(seed=1).cast(pl.Float64) / 2.0**64
    weight = flow.hash(seed=2).cast(pl.Float64) / 2.0**64
    frame = pl.DataFrame({"share": share, "weight": weight})
    return frame.select(
        pl.lit(2022).alias("t"),
        areas.gather(exporter).alias("i"),
        areas.gather(importer).alias("j"),
        products.gather(flow % len(products)).alias("k"),
        (pl.col("share") ** 6 * 1e6 * (pl.col("weight") + 0.01) + 0.001).alias("v"),
        pl.when(pl.col("weight") > 0.03).then(pl.col("weight") ** 5 * 1e5 + 0.001).alias("q"),
    )

"""Ways of turning a BACI file into Parquet: `python -m tests.benchmarks.conversions WAY FILE FOLDER`.

Each prints the rows it wrote and the seconds it took, imports left out. Libraries that the project does not
depend on are imported by name, from a folder that the benchmark fills.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import polars as pl

from etl.bulk import convert_bulk
from etl.countries import load_lookups
from tests.benchmarks.measuring import CHECKOUT

LARGEST_CODE = 999


def convert_plainly(path: Path, out: Path) -> None:
    """The engine's own conversion: no check, no partition, no order; zstd is what it takes by itself."""
    _scan_plainly(path).sink_parquet(out / "plain.parquet")


def convert_plainly_by_year(path: Path, out: Path, *, compression: Literal["zstd", "lz4"] = "zstd") -> None:
    """The engine's own conversion with the partitions that the checked one writes."""
    _scan_plainly(path).sink_parquet(pl.PartitionBy(out / "plain", key="t"), compression=compression)


def convert_plainly_by_year_lz4(path: Path, out: Path) -> None:
    """The engine's own conversion with the partitions and the compression that the checked one has."""
    convert_plainly_by_year(path, out, compression="lz4")


def _scan_plainly(path: Path) -> pl.LazyFrame:
    return pl.scan_csv(path, null_values="NA", schema_overrides={"k": pl.String})


def convert_with_checks(path: Path, out: Path) -> None:
    """This project's conversion: every row checked, parts by year in order of pairs."""
    lookups = load_lookups(CHECKOUT / "datasets")
    convert_bulk(path, out / "checked", lookups=lookups, code_lists=())


def convert_with_pandas(path: Path, out: Path) -> None:
    """pandas, with the same rules in a pandera schema, by year."""
    pandas, pandera = importlib.import_module("pandas"), importlib.import_module("pandera.pandas")
    types = {"t": "int16", "i": "int16", "j": "int16", "k": "str", "v": "float64", "q": "float64"}
    frame = pandas.read_csv(path, dtype=types)
    check = pandera.Check
    schema = pandera.DataFrameSchema(
        {
            "t": pandera.Column("int16", check.in_range(1962, 2100)),
            "i": pandera.Column("int16", check.in_range(0, LARGEST_CODE)),
            "j": pandera.Column("int16", check.in_range(0, LARGEST_CODE)),
            "k": pandera.Column(checks=check.str_matches("^[0-9]{6}$")),
            "v": pandera.Column("float64", check.in_range(0, 1e12)),
            "q": pandera.Column("float64", check.in_range(0, 1e15), nullable=True),
        },
        unique=["t", "i", "j", "k"],
    )
    schema.validate(frame, lazy=True).to_parquet(out / "pandas", partition_cols=["t"])


def convert_with_duckdb(path: Path, out: Path, *, compression: str = "snappy") -> None:
    """duckdb's COPY, no check, no partition, no order; snappy is what it takes by itself."""
    duckdb = importlib.import_module("duckdb")
    rows = f"read_csv('{path}', nullstr = 'NA', types = {{'k': 'VARCHAR'}})"
    target = f"TO '{out / 'duckdb.parquet'}' (FORMAT parquet, COMPRESSION {compression})"
    duckdb.connect().execute(f"COPY (SELECT * FROM {rows}) {target}")


def convert_with_duckdb_zstd(path: Path, out: Path) -> None:
    """duckdb's COPY with the compression that polars takes by itself."""
    convert_with_duckdb(path, out, compression="zstd")


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "plain": convert_plainly,
    "plain_by_year": convert_plainly_by_year,
    "plain_by_year_lz4": convert_plainly_by_year_lz4,
    "checked": convert_with_checks,
    "pandas": convert_with_pandas,
    "duckdb": convert_with_duckdb,
    "duckdb_zstd": convert_with_duckdb_zstd,
}
LIBRARIES = {
    "pandas": ("pandas", "pyarrow", "pandera.pandas"),
    "duckdb": ("duckdb",),
    "duckdb_zstd": ("duckdb",),
}


def main() -> None:
    """Convert a file in the way that is named, and say how long it took."""
    way, path, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for library in LIBRARIES.get(way, ()):
        importlib.import_module(library)
    started, started_cpu = time.perf_counter(), time.process_time()
    WAYS[way](path, out)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - started_cpu
    parts = sorted(out.rglob("*.parquet"))
    rows = sum(int(pl.scan_parquet(part).select(pl.len()).collect().item()) for part in parts)
    size = sum(part.stat().st_size for part in parts)
    sys.stdout.write(
        json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "rows": rows, "bytes": size})
    )


if __name__ == "__main__":
    main()

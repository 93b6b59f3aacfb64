"""Ten million rows of BACI, checked and partitioned: beside the same engine without checks, and others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.conversions import LIBRARIES, WAYS
from tests.benchmarks.measuring import find_median, print_table, run_program
from tests.benchmarks.trade_rows import write_trade

ROWS = int(os.environ.get("FOOTNOTED_BENCH_ROWS", "10_000_000"))
ROUNDS = int(os.environ.get("FOOTNOTED_BENCH_ROUNDS", "3"))
FOREIGN = ("pandas", "pyarrow", "pandera[pandas]", "duckdb")
MOST_TIMES_PLAIN, MOST_MIB = 1.3, 1024
# As the engine does it by itself, in one file and by year; with lz4 it is shown, and held to nothing.
PLAIN_WAYS = ("plain", "plain_by_year")
Measured = dict[str, list[dict[str, float]]]


@pytest.fixture(scope="module")
def foreign_libraries(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A folder with the libraries to compare with, or None where they cannot be had."""
    folder = tmp_path_factory.mktemp("libraries")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--target", str(folder), *FOREIGN], capture_output=True, check=False)
    return folder if done.returncode == 0 else None


@pytest.fixture(scope="module", params=["in the order of pairs", "well mixed"])
def trade(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """A file of made-up trade, and how its rows lie."""
    path = tmp_path_factory.mktemp("baci") / "baci.csv"
    write_trade(path, rows=ROWS, is_sorted=request.param == "in the order of pairs")
    yield request.param, path
    path.unlink()


def test_ten_million_rows_are_converted(
    trade: tuple[str, Path], foreign_libraries: Path | None, tmp_path: Path
) -> None:
    """Every way in turn, so many rounds, so that a busy machine is busy for all of them."""
    order, path = trade
    ways = [way for way in WAYS if foreign_libraries or way not in LIBRARIES]
    found: Measured = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way in ways:
            run = run_program(
                ["-m", "tests.benchmarks.conversions", way, str(path), str(tmp_path / way)],
                extra_path=foreign_libraries if way in LIBRARIES else None,
            )
            measured = json.loads(run.output.splitlines()[-1]) | {"peak_mib": run.peak_mib}
            assert measured["rows"] == ROWS, f"{way} wrote {measured['rows']} rows"
            found[way].append(measured)
    _print_ways(f"{ROWS:,} rows of BACI, {path.stat().st_size / 1e6:,.0f} MB, {order}", found)


def _print_ways(title: str, found: Measured) -> None:
    seconds, cpu = (
        {way: _take(runs, key) for way, runs in found.items()} for key in ("seconds", "cpu_seconds")
    )
    rows = [
        [
            way,
            f"{min(seconds[way]):.2f}",
            f"{find_median(seconds[way]):.2f}",
            f"{_compare(seconds[way], seconds['plain']):.2f}",
            f"{find_median(cpu[way]):.2f}",
            f"{_compare(cpu[way], cpu['plain']):.2f}",
            f"{max(_take(runs, 'peak_mib')):,.0f}",
            f"{runs[0]['bytes'] / 1e6:,.0f}",
        ]
        for way, runs in found.items()
    ]
    header = ["way", "best s", "median s", "x plain", "cpu s", "x plain", "peak MiB", "MB out"]
    print_table(f"{title}; {ROUNDS} rounds, ratios are medians of those within a round", header, rows)
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    sys.stdout.write(f"  load of the last 1, 5 and 15 minutes: {load} on {os.cpu_count()} cores\n")
    times = {way: _compare(seconds["checked"], seconds[way]) for way in PLAIN_WAYS}
    verdicts = [(f"times {way}", ratio, MOST_TIMES_PLAIN) for way, ratio in times.items()]
    verdicts.append(("MiB at its peak", max(_take(found["checked"], "peak_mib")), MOST_MIB))
    if "duckdb" in seconds:
        verdicts.append(("times duckdb's COPY", _compare(seconds["checked"], seconds["duckdb"]), 1.0))
    for words, value, most in verdicts:
        sys.stdout.write(
            f"  checked: {value:,.2f} {words} (at most {most:,}: {'met' if value <= most else 'MISSED'})\n"
        )


def _take(runs: list[dict[str, float]], key: str) -> list[float]:
    return [run[key] for run in runs]


def _compare(ours: list[float], theirs: list[float]) -> float:
    return find_median([one / other for one, other in zip(ours, theirs, strict=True)])

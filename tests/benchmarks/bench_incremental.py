"""Many publishers' files: built from nothing, built again, and one small file more."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from etl.countries import load_lookups
from etl.editions import plan_addition, store_additions
from tests.benchmarks.measuring import CHECKOUT, Run, print_table, run_program
from tests.benchmarks.publisher_files import EDITIONS, list_countries, write_months, write_register
from tests.sources.test_un_comtrade_web import write_sample

OBSERVATIONS = int(os.environ.get("FOOTNOTED_BENCH_OBSERVATIONS", "300_000"))
ORDERS = int(os.environ.get("FOOTNOTED_BENCH_ORDERS", "100_000"))
PER_GIB = 1024
RUN_WITH_FINDINGS = """
import sys
from etl.__main__ import app
try:
    app()
except SystemExit as end:
    sys.exit(int(end.code or 0) > 1)
"""


@pytest.fixture
def many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The datasets with so many observations and orders more, and a cache in which nothing is yet."""
    monkeypatch.setenv("FOOTNOTED_CACHE", str(tmp_path / "cache"))
    datasets, downloads = tmp_path / "datasets", tmp_path / "downloads"
    ignored = shutil.ignore_patterns("snapshots", "texts")
    shutil.copytree(CHECKOUT / "datasets", datasets, ignore=ignored)
    downloads.mkdir()
    countries = list_countries(load_lookups(datasets))
    write_months(downloads / "months.csv", countries=countries, observations=OBSERVATIONS)
    for day in EDITIONS:
        path = downloads / f"register_{day}.csv"
        write_register(path, countries=countries, orders=ORDERS // len(EDITIONS), day=day)
    planned = [plan_addition(path, datasets=datasets) for path in sorted(downloads.iterdir())]
    store_additions(planned, datasets=datasets)
    return datasets


def test_the_cost_of_a_build_is_that_of_what_changed(many_files: Path, tmp_path: Path) -> None:
    """From nothing, with nothing changed, with one small file added, and with every file read before."""
    build = ["build", "--json", "--datasets", str(many_files), "--out"]
    newest, small = str(many_files / "snapshots"), tmp_path / "small.csv"
    small.write_bytes(write_sample())
    runs = {
        "from nothing": run_findings([*build, newest]),
        "nothing changed": run_findings([*build, newest]),
        "one small file added": run_findings(["add", "--datasets", str(many_files), str(small)]),
        "built with it": run_findings([*build, newest]),
    }
    rows = [
        [name, f"{run.seconds:.2f}", f"{run.cpu_seconds:.2f}", f"{run.peak_mib:,.0f}"]
        for name, run in runs.items()
    ]
    title = f"{OBSERVATIONS:,} observations and {ORDERS:,} orders in {1 + len(EDITIONS)} files more"
    print_table(title, ["what", "seconds", "cpu s", "peak MiB"], rows)
    nothing, unchanged, added = (runs[name] for name in list(runs)[:3])
    for words, value, most in (
        ("from nothing, cpu s", nothing.cpu_seconds, 15),
        ("from nothing, MiB", nothing.peak_mib, PER_GIB),
        ("nothing changed, s", unchanged.seconds, 1),
        ("one small file, s", added.seconds, 3),
        ("one small file, MiB", added.peak_mib, 600),
    ):
        met = "met" if value <= most else "MISSED"
        sys.stdout.write(f"  {words}: {value:,.2f} (at most {most:,}: {met})\n")


def run_findings(arguments: list[str]) -> Run:
    """A command that may end with findings, which is no failure of it."""
    return run_program(["-c", RUN_WITH_FINDINGS, *arguments])

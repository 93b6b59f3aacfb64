"""Taking data away: a whole snapshot in every format, a million observations, and the bundle of one claim.

Rows are measured against the plain write of the same rows by the same engine, in the same run.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl
import pytest

import etl
from tests.benchmarks.measuring import CHECKOUT, print_table

MILLION, ROUNDS = 1_000_000, 3
MOST_SECONDS_WHOLE, MOST_SECONDS_MILLION = 2.0, 5.0
CLAIM = "business-standard-2025-12-05.share-2019-23"
COLUMNS = ["what", "seconds", "of processors"]


@dataclass(frozen=True)
class Time:
    """The least seconds of some rounds, by the clock and of the processors."""

    seconds: float
    of_processors: float

    def write_row(self, what: str) -> list[str]:
        """A line of a table."""
        return [what, f"{self.seconds:.2f}", f"{self.of_processors:.2f}"]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """A snapshot of the embedded data."""
    return etl.build(CHECKOUT / "datasets", tmp_path_factory.mktemp("snapshots"))


def test_a_whole_snapshot_leaves_in_every_format(snapshot: etl.Snapshot, tmp_path: Path) -> None:
    """All formats together, and each alone."""
    together = _measure(partial(etl.export, snapshot, tmp_path, etl.EXPORT_FORMATS))
    alone = [
        _measure(partial(etl.export, snapshot, tmp_path, (name,))).write_row(name)
        for name in etl.EXPORT_FORMATS
    ]
    rows = sum(snapshot.manifest["tables"][name]["rows"] for name in snapshot.manifest["tables"])
    print_table(f"A snapshot of {rows:,} rows", COLUMNS, [together.write_row("every format"), *alone])
    _say(f"under {MOST_SECONDS_WHOLE:.0f} s: {_mark(together.seconds < MOST_SECONDS_WHOLE)}")


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_a_million_observations_leave(suffix: str, snapshot: etl.Snapshot) -> None:
    """Marked with their terms, through the gate, defused and written; and written alone."""
    rows, release = _multiply(snapshot.table("observations")), etl.Release(snapshot)
    ours = _measure(lambda: etl.write_rows(release.prepare(rows, table="observations"), suffix))
    plain = _measure(partial(_write_plainly, rows, suffix))
    table = [ours.write_row("through the gate"), plain.write_row("plain write")]
    print_table(f"{rows.height:,} observations as {suffix}", COLUMNS, table)
    met = f", under {MOST_SECONDS_MILLION:.0f} s: {_mark(ours.seconds < MOST_SECONDS_MILLION)}"
    ratio = f"{ours.seconds / plain.seconds:.2f} times the plain write"
    _say(ratio + (met if suffix == "parquet" else ""))


def test_the_bundle_of_a_claim_is_written_and_rebuilt(snapshot: etl.Snapshot, tmp_path: Path) -> None:
    """Writing holds a rebuilding of its own, as nothing is packed that does not follow from its inputs."""
    target = tmp_path / "bundle.zip"
    written = _measure(partial(etl.write_bundle, snapshot, [CLAIM], target, datasets=CHECKOUT / "datasets"))
    rebuilt = _measure(partial(etl.reproduce_bundle, target))
    table = [written.write_row("written"), rebuilt.write_row("rebuilt")]
    print_table(f"The bundle of one claim, {target.stat().st_size / 1024:.0f} KiB", COLUMNS, table)


def _multiply(observations: pl.DataFrame) -> pl.DataFrame:
    """A million observations like those at hand, each with an id and a value of its own."""
    times = -(-MILLION // observations.height)
    many = pl.concat([observations] * times).head(MILLION).with_row_index("copy")
    own = {
        "obs_id": pl.concat_str("obs_id", pl.lit("."), "copy"),
        "obs_value": pl.col("obs_value") + pl.col("copy") / 7,
    }
    return many.with_columns(**own).drop("copy")


def _write_plainly(rows: pl.DataFrame, suffix: str) -> bytes:
    target = io.BytesIO()
    if suffix == "csv":
        rows.write_csv(target)
    else:
        rows.write_parquet(target, compression="zstd", statistics=True)
    return target.getvalue()


def _measure(work: Callable[[], object]) -> Time:
    clock, processors = [], []
    for _ in range(ROUNDS):
        started, busy = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - started)
        processors.append(time.process_time() - busy)
    return Time(min(clock), min(processors))


def _mark(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _say(text: str) -> None:
    sys.stdout.write(f"  {text}\n")

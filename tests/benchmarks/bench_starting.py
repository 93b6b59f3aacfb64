"""What starting costs beside importing polars: the door, the help, and the check of a short text."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import etl
from tests.benchmarks.measuring import CHECKOUT, Run, find_median, print_table, run_program

ROUNDS = int(os.environ.get("FOOTNOTED_BENCH_ROUNDS", "5"))
MOST_TIMES = 1.8
YARDSTICK = "import polars"
TEXT = "Russia supplied 36 per cent of India's arms imports in 2019-23, SIPRI said.\n"


def test_starting_is_measured_beside_polars(tmp_path: Path) -> None:
    """Each program so many times in turn, so that a busy moment is shared by all."""
    snapshot = etl.build(CHECKOUT / "datasets", out=tmp_path / "snapshots")
    text = tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    programs = {
        YARDSTICK: ["-c", YARDSTICK],
        "import etl": ["-c", "import etl"],
        "footnoted --help": ["-m", "footnoted", "--help"],
        "footnoted check, a short text": [
            "-m",
            "footnoted",
            "check",
            str(text),
            "--snapshot",
            str(snapshot.folder),
        ],
    }
    runs: dict[str, list[Run]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, arguments in programs.items():
            runs[name].append(run_program(arguments))
    seconds = {name: find_median([run.cpu_seconds for run in each]) for name, each in runs.items()}
    wall = {name: find_median([run.seconds for run in each]) for name, each in runs.items()}
    ratios = {name: spent / seconds[YARDSTICK] for name, spent in seconds.items()}
    rows = [[name, f"{wall[name]:.2f}", f"{seconds[name]:.2f}", f"{ratios[name]:.2f}"] for name in programs]
    print_table(
        f"Starting, {ROUNDS} rounds in turn", ["program", "median s", "cpu s", "times polars, cpu"], rows
    )
    worst = max(ratios["import etl"], ratios["footnoted --help"])
    met = "met" if worst <= MOST_TIMES else "MISSED"
    sys.stdout.write(f"  door and help: at most {worst:.2f} times polars (under {MOST_TIMES}: {met})\n")

"""The build of everything in datasets/ in a new process, and what starting costs before it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.benchmarks.measuring import find_median, print_table, run_program

ROUNDS = int(os.environ.get("FOOTNOTED_BENCH_ROUNDS", "5"))
MOST_SECONDS = 2.0


def test_everything_is_built(tmp_path: Path) -> None:
    """Each program so many times, the build into a new folder every time."""
    programs = {
        "python, nothing imported": ["-c", "pass"],
        "import polars": ["-c", "import polars"],
        "import etl": ["-c", "import etl"],
        "python -m etl --help": ["-m", "etl", "--help"],
        "python -m etl build": ["-m", "etl", "build", "--out"],
    }
    rows = []
    seconds = 0.0
    for name, arguments in programs.items():
        folders = [
            [str(tmp_path / str(number))] if arguments[-1] == "--out" else [] for number in range(ROUNDS)
        ]
        runs = [run_program([*arguments, *folder]) for folder in folders]
        seconds = find_median([run.seconds for run in runs])
        best = min(run.seconds for run in runs)
        cpu = find_median([run.cpu_seconds for run in runs])
        rows.append(
            [name, f"{seconds:.2f}", f"{best:.2f}", f"{cpu:.2f}", f"{max(run.peak_mib for run in runs):,.0f}"]
        )
    print_table(
        f"Build in a new process, {ROUNDS} rounds",
        ["program", "median s", "best s", "cpu s", "peak MiB"],
        rows,
    )
    met = "met" if seconds < MOST_SECONDS else "MISSED"
    sys.stdout.write(f"  build: {seconds:.2f} s (under {MOST_SECONDS:.0f} s: {met})\n")

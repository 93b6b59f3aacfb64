"""Measuring in processes of their own, and printing what came out as plain tables."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
WATCH_SECONDS = 0.02
PER_MIB = 1 << 20 if sys.platform == "darwin" else 1 << 10


@dataclass(frozen=True)
class Run:
    """One process from start to end: seconds on the clock and of processor, peak memory, and its words."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    output: str


def run_program(arguments: Sequence[str], *, extra_path: Path | None = None) -> Run:
    """A Python program in a new process that works in the checkout.

    Raises: RuntimeError with what it said where it fails.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(extra_path or ""), str(CHECKOUT)])),
    }
    started = time.perf_counter()
    with (
        subprocess.Popen(
            [sys.executable, *arguments],
            cwd=CHECKOUT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
        ThreadPoolExecutor(max_workers=1) as thread,
    ):
        watched = thread.submit(_watch_peak, process.pid)
        assert process.stdout is not None
        output = process.stdout.read()
        peak = watched.result()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}:\n{output}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak or usage.ru_maxrss / PER_MIB, output)


def _watch_peak(pid: int) -> float:
    # What the system reports of an ended process counts the memory of the process that started it.
    status, peak = Path(f"/proc/{pid}/status"), 0.0
    while True:
        try:
            lines = status.read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            return peak
        found = [line for line in lines if line.startswith("VmHWM:")]
        if not found:
            return peak
        peak = int(found[0].split()[1]) / 1024
        time.sleep(WATCH_SECONDS)


def find_percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that is not below so many per cent of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * percent // 100) - 1)]


def find_median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in plain text, the first column to the left and numbers to the right."""
    widths = [max(len(str(row[place])) for row in [header, *rows]) for place in range(len(header))]
    lines = ["", title, _format_row(header, widths), "  ".join("-" * width for width in widths)]
    lines += [_format_row(row, widths) for row in rows]
    sys.stdout.write("\n".join(lines) + "\n")


def _format_row(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = row
    return "  ".join(
        [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
    )

"""Reading prose: whether twice as long a text takes twice as long, whatever it is made of."""

from __future__ import annotations

import time

from tests.benchmarks.measuring import find_median, print_table
from tests.documents.prose.reading import read
from tests.documents.prose.test_any_text import HOSTILE

SHORT, LONG, ROUNDS = 15_000, 30_000, 3


def test_reading_hostile_text() -> None:
    """Seconds of processor for each text, all in one line, and their ratio; near 2 is in proportion."""
    rows = []
    for name, repeated in HOSTILE.items():
        short, long = (_measure(repeated * (length // len(repeated))) for length in (SHORT, LONG))
        rows.append([name, f"{short:.2f}", f"{long:.2f}", f"{long / short:.1f}"])
    print_table(f"Texts of {SHORT:,} and {LONG:,} characters", ["made of", "short", "long", "ratio"], rows)


def _measure(text: str) -> float:
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        read(text)
        seconds.append(time.process_time() - started)
    return find_median(seconds)

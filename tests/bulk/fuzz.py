"""Damaged copies of bulk files: the right numbers, rows set aside, or a clear refusal.

`python -m tests.bulk.fuzz LAYOUT --cases 20000` runs the sample of a layout and prints how often which
outcome came up.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from etl.bulk import convert_bulk, scan_bulk
from etl.bulk.baci import BACI
from etl.bulk.comtrade import COMTRADE
from tests.bulk.bulk_files import find_lookups, write_comtrade
from tests.sources.fuzz import OUTCOMES, Entry, Taken, count_outcomes
from tests.sources.test_baci import write_sample

_VALUES = {"value_usd", "quantity_tonnes", "cif_usd", "fob_usd", "net_weight_kg", "quantity", "quantity_unit"}
_FLAGS = {
    column for column in COMTRADE.columns if column.startswith(("is_", "estimation")) or "_is_" in column
}
COMTRADE_ROWS = (
    {"period": "2021", "reporterCode": "699", "flowCode": "M", "partnerCode": "643", "cmdCode": "TOTAL"},
    {"period": "2021", "reporterCode": "699", "flowCode": "X", "partnerCode": "643", "cmdCode": "30"},
    {"period": "2021", "reporterCode": "699", "flowCode": "M", "partnerCode": "0", "cmdCode": "2709"},
    {"period": "2022", "reporterCode": "842", "flowCode": "RX", "partnerCode": "757", "cmdCode": "090240"},
    {"period": "202204", "reporterCode": "251", "flowCode": "X", "partnerCode": "490", "cmdCode": "880240"},
    {"period": "202205", "reporterCode": "251", "flowCode": "X", "partnerCode": "490", "cmdCode": "880240"},
)


def write_comtrade_sample() -> bytes:
    """Annual and monthly records, each with a value, a weight and flags of its own."""
    rows = [
        {
            **row,
            "refYear": row["period"][:4],
            "primaryValue": f"{1_000_003 * number}.{number:03d}",
            "netWgt": f"{70_001 * number}.5",
            "qty": str(311 * number),
            "qtyUnitCode": "8",
            "isNetWgtEstimated": "True" if number % 2 else "False",
            "legacyEstimationFlag": str(number),
        }
        for number, row in enumerate(COMTRADE_ROWS, start=1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        return write_comtrade(Path(folder), rows).read_bytes()


def take_bulk(content: bytes, *, folder: Path) -> Taken:
    """Bytes through a conversion in bulk, as `convert_bulk` writes them and `scan_bulk` reads them.

    Raises: InputError or ExpectationError where they are refused.
    """
    path = folder / "bulk.csv"
    path.write_bytes(content)
    report = convert_bulk(path, folder / "out", lookups=find_lookups(), code_lists=())
    assert report.rows_read == report.rows_accepted + report.rows_quarantined
    entries = {}
    for row in scan_bulk(report.out).collect().to_dicts():
        line = str(row.pop("line"))
        key = tuple(value for name, value in row.items() if name not in _VALUES | _FLAGS)
        entries[key] = Entry(tuple(row.items()), line)
    assert len(entries) == report.rows_accepted, "a flow stands twice"
    return Taken(report.layout, entries, report.rows_quarantined)


SAMPLES: dict[str, Callable[[], bytes]] = {BACI.layout: write_sample, COMTRADE.layout: write_comtrade_sample}


def count_bulk(layout: str, *, seed: int = 1, cases: int = 300) -> Counter[str]:
    """Every damaged copy of a layout's sample, counted by outcome.

    Raises: AssertionError where a copy gives a silent wrong number, or what is no refusal.
    """
    with tempfile.TemporaryDirectory() as folder:
        take = partial(take_bulk, folder=Path(folder))
        return count_outcomes(SAMPLES[layout](), seed=seed, cases=cases, take=take)


def main() -> None:
    """Run the samples of layouts and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("layouts", nargs="+", choices=sorted(SAMPLES))
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for layout in chosen.layouts:
        started = time.perf_counter()
        counts = count_bulk(layout, seed=chosen.seed, cases=chosen.cases)
        shown = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES)
        seconds = time.perf_counter() - started
        sys.stdout.write(f"{layout} in bulk: {sum(counts.values())} cases in {seconds:.0f} s: {shown}\n")


if __name__ == "__main__":
    main()

"""Parquet parts by year, written on threads of their own while the next block is read."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

import polars as pl

from etl.bulk.areas import AreaTable
from etl.bulk.layouts import YEAR, BulkLayout

# A part is in memory before it is written, and fewer would make more files; of a quarter, readers can skip.
PART_ROWS, GROUP_ROWS = 500_000, 125_000
# Half the time of zstd to write and a third more bytes; it is also the faster one to read.
COMPRESSION: Literal["lz4"] = "lz4"
# Enough to keep the disk busy while one part is packed; each part that waits is held in memory.
_WRITERS, _WAITING = 2, 2


@dataclass(frozen=True)
class TextPartition:
    """One Parquet file of a year: its name under the output, and its rows."""

    name: str
    year: int
    rows: int


class PartWriter:
    """Writes parts in the order in which they are given, at most two ahead of the disk."""

    def __init__(self, out: Path, *, layout: BulkLayout, areas: AreaTable) -> None:
        self._out, self._layout, self._areas = out, layout, areas
        self._thread = ThreadPoolExecutor(max_workers=_WRITERS)
        self._waiting: deque[Future[None]] = deque()
        self._parts: list[TextPartition] = []
        self._numbers: Counter[int] = Counter()

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True, cancel_futures=kind is not None)

    def write(self, flows: pl.DataFrame) -> None:
        """Flows in the order of their years as one part for each."""
        for year, year_flows in _cut_years(flows):
            name = f"year={year}/part-{self._numbers[year]:05d}.parquet"
            self._numbers[year] += 1
            self._parts.append(TextPartition(name, year, year_flows.height))
            while len(self._waiting) > _WAITING:
                self._waiting.popleft().result()
            self._waiting.append(self._thread.submit(self._write_part, year_flows, self._out / name))

    def finish(self) -> tuple[TextPartition, ...]:
        """Wait for the last part and name them all."""
        while self._waiting:
            self._waiting.popleft().result()
        return tuple(self._parts)

    def _write_part(self, flows: pl.DataFrame, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._layout.complete(flows, self._areas).write_parquet(
            path, compression=COMPRESSION, row_group_size=GROUP_ROWS
        )


def _cut_years(flows: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    # Slices copy nothing, unlike a partition.
    start = 0
    while start < flows.height:
        year = int(flows.item(start, YEAR))
        end = int(flows[YEAR].search_sorted(year, side="right"))
        yield year, flows.slice(start, end - start)
        start = end

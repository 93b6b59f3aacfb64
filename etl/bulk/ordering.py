"""Flows in the order of their key: as they come where they come sorted, through runs on disk where not."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import polars as pl

from etl.bulk.layouts import KEY, LINE_OF_FLOW, BulkLayout
from etl.bulk.parts import PART_ROWS, PartWriter

# A run is sorted in memory: more rows need more of it, fewer make more runs to merge.
RUN_ROWS, BATCH_ROWS = 2_000_000, 16_384
SETTLED = ("kept", "first", "same")
# 500 samples to a part: ranges come out near its size, and the samples of any file stay small.
_SAMPLE_STEP = 1_000


class OutOfOrderError(Exception):
    """A flow whose key does not follow the one before: the file must be sorted."""


class FlowSink(Protocol):
    """Where the flows of each block go."""

    def add(self, flows: pl.DataFrame) -> None:
        """Take the flows of the next block."""

    def finish(self) -> pl.DataFrame:
        """Write what is left and give the flows that stand more than once."""


class SortedSink:
    """Flows that come in the order of their key, written as they come.

    Raises: OutOfOrderError at the first flow that does not follow the one before.
    """

    def __init__(self, parts: PartWriter) -> None:
        self._parts = parts
        self._kept: list[pl.DataFrame] = []
        self._rows = 0
        self._last: pl.Series | None = None

    def add(self, flows: pl.DataFrame) -> None:
        """Take the flows of the next block."""
        if flows.is_empty():
            return
        keys = flows[KEY] if self._last is None else pl.concat([self._last, flows[KEY]])
        if (keys.head(-1) >= keys.slice(1)).any():
            raise OutOfOrderError
        self._last = flows[KEY].tail(1)
        self._kept.append(flows.drop(KEY))
        self._rows += flows.height
        if self._rows >= PART_ROWS:
            self._flush()

    def finish(self) -> pl.DataFrame:
        """Write what is left; strictly rising keys stand once."""
        self._flush()
        return pl.DataFrame()

    def _flush(self) -> None:
        if self._kept:
            self._parts.write(pl.concat(self._kept))
        self._kept, self._rows = [], 0


class RunSink:
    """Flows in any order: sorted runs on disk, merged by ranges of the key that fit in memory."""

    def __init__(self, parts: PartWriter, *, layout: BulkLayout, folder: Path) -> None:
        self._parts, self._layout, self._folder = parts, layout, folder
        self._kept: list[pl.DataFrame] = []
        self._rows = 0
        self._runs: list[Path] = []
        self._samples: list[pl.Series] = []
        folder.mkdir(parents=True)

    def add(self, flows: pl.DataFrame) -> None:
        """Take the flows of the next block."""
        self._kept.append(self._layout.pack(flows))
        self._rows += flows.height
        if self._rows >= RUN_ROWS:
            self._spill()

    def finish(self) -> pl.DataFrame:
        """Merge the runs into parts and give the flows that stand more than once."""
        self._spill()
        if not self._runs:
            return pl.DataFrame()
        bounds = self._choose_bounds()
        edges = [self._find_edges(run, bounds) for run in self._runs]
        twice: list[pl.DataFrame] = []
        for number in range(len(bounds) + 1):
            slices = [
                pl.scan_ipc(run).slice(cut[number], cut[number + 1] - cut[number])
                for run, cut in zip(self._runs, edges, strict=True)
            ]
            merged = pl.concat(slices).collect().sort(KEY)
            is_twice = _mark_twice(merged[KEY])
            if is_twice.any():
                twice.append(self._layout.unpack(merged.filter(is_twice)))
                kept, _ = settle_copies(twice[-1])
                merged = pl.concat([merged.filter(~is_twice), self._layout.pack(kept)]).sort(KEY)
            if merged.height:
                self._parts.write(self._layout.unpack(merged).drop(KEY))
        return pl.concat(twice) if twice else pl.DataFrame()

    def _spill(self) -> None:
        if not self._rows:
            return
        run = pl.concat(self._kept).sort(KEY)
        self._samples.append(run[KEY].gather_every(_SAMPLE_STEP))
        path = self._folder / f"run-{len(self._runs):05d}.arrow"
        # Small batches: a slice of a run reads its own batches and no others.
        run.write_ipc(path, record_batch_size=BATCH_ROWS)
        self._runs.append(path)
        self._kept, self._rows = [], 0

    def _choose_bounds(self) -> list[int | str]:
        keys = pl.concat(self._samples).sort()
        step = max(PART_ROWS // _SAMPLE_STEP, 1)
        return keys.gather_every(step, offset=step).unique().sort().to_list()

    @staticmethod
    def _find_edges(run: Path, bounds: list[int | str]) -> list[int]:
        keys = pl.read_ipc(run, columns=[KEY])[KEY]
        inner = (
            keys.search_sorted(pl.Series(bounds, dtype=keys.dtype), side="left").to_list() if bounds else []
        )
        return [0, *inner, keys.len()]


def settle_copies(twice: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Of flows with one key: the first where all say the same, none where they differ; and those left out."""
    if twice.is_empty():
        return twice, twice
    same = pl.struct(pl.exclude(KEY, LINE_OF_FLOW)).n_unique().over(KEY) == 1
    is_first = pl.col(LINE_OF_FLOW) == pl.col(LINE_OF_FLOW).min().over(KEY)
    judged = twice.with_columns(kept=same & is_first, first=pl.col(LINE_OF_FLOW).min().over(KEY), same=same)
    return judged.filter("kept").select(twice.columns), judged.filter(~pl.col("kept"))


def _mark_twice(keys: pl.Series) -> pl.Series:
    follows = keys == keys.shift(1)
    precedes = keys == keys.shift(-1)
    return (follows.fill_null(False) | precedes.fill_null(False)).rename("twice")

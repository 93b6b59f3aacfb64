"""A chart's answer on the server: on a snapshot just opened, on a warm one, and out of the cache."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import etl
from tests.benchmarks.measuring import CHECKOUT, find_median, find_percentile, print_table

COLD_ROUNDS, WARM_ROUNDS, MOST_ROWS = 12, 60, 400
MOST_MILLISECONDS = 15.0


@pytest.fixture(scope="module")
def snapshot_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one snapshot of everything in datasets/."""
    out = tmp_path_factory.mktemp("snapshots")
    snapshot = etl.build(CHECKOUT / "datasets", out=out)
    return out / snapshot.snapshot_id


def test_every_chart_is_drawn(snapshot_folder: Path) -> None:
    """Every chart, whatever charts there are, without and with what snapshot and chart cache remember."""
    charts = pytest.importorskip("dashboard.charts").find_charts()
    chart_cache_module = pytest.importorskip("dashboard.chart_cache")
    selection = pytest.importorskip("dashboard.address").Selection()
    theme = pytest.importorskip("dashboard.theme").Theme()
    opened = etl.open_snapshot(snapshot_folder)
    chart_cache = chart_cache_module.ChartCache(opened)
    rows, slowest = [], 0.0
    for chart_id, chart in charts.items():
        answer = partial(_answer, chart, selection=selection, theme=theme)
        fresh = [etl.open_snapshot(snapshot_folder) for _ in range(COLD_ROUNDS)]
        cold = [_time_call(partial(answer, snapshot)) for snapshot in fresh]
        warm = [_time_call(partial(answer, opened)) for _ in range(WARM_ROUNDS)]
        draw_kept = partial(chart_cache.draw_figure, chart_id, selection=selection, theme=theme)
        kept = [_time_call(draw_kept) for _ in range(WARM_ROUNDS)]
        rows.append([chart_id, *_format_times(cold), *_format_times(warm), f"{find_median(kept):.3f}"])
        slowest = max(slowest, find_median(cold), find_median(warm))
    header = ["chart, select + draw", "cold ms", "p95", "warm ms", "p95", "remembered ms"]
    print_table("Charts (cold: on a snapshot just opened)", header, rows)
    _print_target("slowest median", slowest)


def test_every_row_gives_its_evidence(snapshot_folder: Path) -> None:
    """Everything behind a row, for rows from all over every table that has some."""
    opened = etl.open_snapshot(snapshot_folder)
    tables = {
        "observations": (opened.observations().select("obs_id").collect()),
        "claims": (opened.claims().select("claim_id").collect()),
        "deals": (opened.deals().select("deal_id").collect()),
        "milestones": (opened.milestones().select("milestone_id").collect()),
    }
    fresh = etl.open_snapshot(snapshot_folder)
    first = _time_call(partial(fresh.evidence, str(tables["claims"].item(0, 0))))
    rows, slowest = [], 0.0
    for table, frame in tables.items():
        times = [
            _time_call(partial(opened.evidence, row_id)) for row_id in _spread(frame.to_series().to_list())
        ]
        rows.append([table, f"{len(times):,}", *_format_times(times), f"{max(times):.2f}"])
        slowest = max(slowest, find_median(times))
    print_table("Evidence of a row", ["table", "rows", "median ms", "p95", "longest ms"], rows)
    sys.stdout.write(f"  the first answer of a snapshot just opened: {first:.1f} ms\n")
    _print_target("slowest median", slowest)


def _answer(chart: Any, snapshot: etl.Snapshot, *, selection: object, theme: object) -> object:
    return chart.draw(chart.select(snapshot, selection), theme)


def _spread(row_ids: list[str]) -> list[str]:
    return row_ids[:: max(1, len(row_ids) // MOST_ROWS)]


def _time_call(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _format_times(times: list[float]) -> list[str]:
    return [f"{find_median(times):.2f}", f"{find_percentile(times, 95):.2f}"]


def _print_target(words: str, value: float) -> None:
    met = "met" if value < MOST_MILLISECONDS else "MISSED"
    sys.stdout.write(f"  {words}: {value:.2f} ms (under {MOST_MILLISECONDS:.0f} ms: {met})\n")

"""A search's answer: over everything in datasets, and over many thousand deals and series."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from itertools import product

import pytest
from flask import Flask

import etl
from dashboard.chart_cache import ChartCache
from dashboard.routes.search import PATH, SHOWN, add_search_route
from dashboard.search.index import SearchEntry, SearchIndex
from tests.benchmarks.measuring import CHECKOUT, find_median, find_percentile, print_table

ROUNDS = 15
MOST_MILLISECONDS = 30.0
DEALS, AREAS, FLOWS = 20_000, 159, ("exports", "imports")
# What finds much, little, nothing, and what is misspelt.
QUERIES = (
    "a",
    "1",
    "2",
    "russia",
    "76",
    "36%",
    "27 billion",
    "S-400",
    "goods exports to area 7",
    "delivered in 2",
)
RARE = ("zzzz", "exprots", "x" * 200, "1 2 3 4 5 6 7 8 9 0 11 12")


def test_a_search_of_everything_in_datasets(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The route itself; the first search builds the index."""
    snapshot = etl.build(CHECKOUT / "datasets", out=tmp_path_factory.mktemp("snapshots"))
    server = Flask(__name__)
    add_search_route(server, chart_cache=ChartCache(snapshot))
    client = server.test_client()
    first = _time_call(partial(client.get, PATH))
    asked = {query: partial(client.get, PATH, query_string={"q": query}) for query in QUERIES + RARE}
    _print_times("Search over everything in datasets/", asked)
    sys.stdout.write(f"  the first search of a server just started: {first:.0f} ms\n")


def test_a_search_of_a_large_snapshot() -> None:
    """The index alone, of made-up deals and series."""
    started = time.perf_counter()
    index = SearchIndex({"deals": _make_deals(), "series": _make_series()})
    seconds = time.perf_counter() - started
    asked = {query: partial(_find, index, query) for query in QUERIES + RARE}
    counts = index.count_entries()
    _print_times(f"Search over {counts['deals']:,} deals and {counts['series']:,} series", asked)
    sys.stdout.write(f"  the index is built in {seconds:.1f} s\n")


def _find(index: SearchIndex, query: str) -> object:
    found = index.find(query, most=SHOWN)
    return found.groups or index.find_near(query, most=SHOWN)


def _make_deals() -> list[SearchEntry]:
    return [
        SearchEntry(
            f"S-{number % 900}M{number % 7}, surface-to-air missile system",
            f"/arms?point=deal.{number}",
            value=f"{number % 40} of {number % 90} delivered",
            period=f"ordered in {1950 + number % 75}",
            detail=f"Area {number % AREAS} from Area {number % 31}, delivered in {1951 + number % 75}",
            cited=f"deal.{number}",
        )
        for number in range(DEALS)
    ]


def _make_series() -> list[SearchEntry]:
    return [
        SearchEntry(
            f"Area {here}\u2019s goods {flow} to Area {there}",
            f"/data?point={flow}.{here}.{there}",
            words=(flow, "UN Comtrade"),
            value=f"${here + there / 10} bn",
            period="2024",
            detail=f"known for {1990 + here % 30}\u20132024 by calendar year, 3 editions",
            cited=f"{flow}.{here}.{there}",
        )
        for flow, here, there in product(FLOWS, range(AREAS), range(AREAS))
    ]


def _print_times(title: str, asked: Mapping[str, Callable[[], object]]) -> None:
    rows, slowest = [], 0.0
    for query, call in asked.items():
        times = [_time_call(call) for _ in range(ROUNDS)]
        rows.append([query[:30], f"{find_median(times):.2f}", f"{find_percentile(times, 95):.2f}"])
        slowest = max(slowest, find_median(times))
    print_table(title, ["query", "median ms", "p95"], rows)
    met = "met" if slowest < MOST_MILLISECONDS else "MISSED"
    sys.stdout.write(f"  slowest median: {slowest:.2f} ms (under {MOST_MILLISECONDS:.0f} ms: {met})\n")


def _time_call(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000

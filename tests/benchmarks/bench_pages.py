"""Page weight and time to the first chart: every page of ours beside others' smallest one-chart apps.

FOOTNOTED_BENCH_BEFORE may name the folder of an earlier checkout, whose pages are then measured in the same
rounds. What counts as received and as a first chart: tests/benchmarks/page_visits.py.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, sync_playwright

import etl
from tests.benchmarks.measuring import CHECKOUT
from tests.benchmarks.one_chart_apps import ONE_CHART_APPS, OneChartApp
from tests.benchmarks.page_servers import Site, install_framework, serve_app, serve_checkout
from tests.benchmarks.page_tables import (
    EARLIER,
    OURS,
    Measured,
    print_kinds,
    print_outside,
    print_ratios,
    print_targets,
    print_visits,
)
from tests.benchmarks.page_visits import DESK, PHONE, Line, open_context, visit_page
from tests.browser.conftest import FLAGS
from tests.browser.reader import PAGES

ROUNDS = int(os.environ.get("FOOTNOTED_BENCH_ROUNDS", "3"))
BEFORE = os.environ.get("FOOTNOTED_BENCH_BEFORE")
# The tables say how often a site asked other hosts; that nobody answers costs it no time.
NO_INTERNET = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
INSTALLED_AT_ONCE = 2


@pytest.fixture(scope="module")
def frameworks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[OneChartApp, Path]]]:
    """The frameworks that could be installed, by name with release, each with the folder of its venv."""
    folders = [tmp_path_factory.mktemp(app.name.lower()) for app in ONE_CHART_APPS]
    with ThreadPoolExecutor(INSTALLED_AT_ONCE) as threads:
        started = [
            threads.submit(install_framework, app, folder=folder)
            for app, folder in zip(ONE_CHART_APPS, folders, strict=True)
        ]
        releases = [each.result() for each in started]
    yield {
        f"{app.name} {release}": (app, folder)
        for app, release, folder in zip(ONE_CHART_APPS, releases, folders, strict=True)
        if release
    }
    for folder in folders:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def sites(
    frameworks: dict[str, tuple[OneChartApp, Path]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Site]]:
    """Ours, the earlier checkout where one is named, and every framework's app, all served."""
    checkouts = {OURS: CHECKOUT} | ({EARLIER: Path(BEFORE).resolve()} if BEFORE else {})
    with ExitStack() as stack:
        served = [
            serve_checkout(name, checkout=checkout, paths=PAGES, folder=tmp_path_factory.mktemp(name))
            for name, checkout in checkouts.items()
        ]
        opened = [stack.enter_context(each) for each in served]
        years, trade = _list_trade(etl.open_snapshot(opened[0][1]))
        apps = [
            serve_app(app, name=name, folder=folder, years=years, trade=trade)
            for name, (app, folder) in frameworks.items()
        ]
        yield [*(site for site, _ in opened), *(stack.enter_context(each) for each in apps)]


@pytest.fixture(scope="module")
def offline_browser(chromium_path: Path) -> Iterator[Browser]:
    """A Chromium for which there is nothing but this machine."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS, NO_INTERNET])
        yield running
        running.close()


def test_pages_are_visited(sites: list[Site], offline_browser: Browser) -> None:
    """Every page of every site in turn, so many rounds, so that a busy machine is busy for all of them."""
    others = {site.name for site in sites} - {OURS, EARLIER}
    assert others, "no other framework could be installed: nothing to compare with"
    charted: set[tuple[str, str]] = set()
    visit_sites = partial(_visit_sites, sites, offline_browser, charted=charted)
    desk = visit_sites(line=DESK, rounds=ROUNDS, visits=("first", "second"))
    phone = visit_sites(line=PHONE, rounds=max(1, ROUNDS - 1), visits=("first",))
    for measured, visit in ((desk, "first"), (desk, "second"), (phone, "first")):
        print_visits(measured, visit=visit)
    print_kinds(desk)
    print_ratios(desk, words="heavier", what="kB")
    for measured in (desk, phone):
        print_ratios(measured, words="later with the first chart", what="chart ms")
        print_ratios(measured, words="later with the chart that stays", what="kept chart ms")
    print_outside([desk, phone])
    print_targets(desk, phone)


def _visit_sites(
    sites: list[Site],
    browser: Browser,
    *,
    line: Line,
    rounds: int,
    visits: tuple[str, ...],
    charted: set[tuple[str, str]],
) -> Measured:
    """So many rounds; `charted` are the pages that showed a chart in any visit so far.

    On a slow line pages without a chart are visited once: their bytes do not vary, and rounds are long.
    """
    found = Measured(line, rounds, defaultdict(list), [])
    pages = {(site.name, path): address for site in sites for path, address in site.addresses.items()}
    for number in range(rounds):
        found.loads.append(os.getloadavg()[0])
        for page, address in pages.items():
            if number and line.slower > 1 and page not in charted:
                continue
            with closing(open_context(browser, line=line)) as context:
                for visit in visits:
                    made = visit_page(context, address, line=line, has_chart=page in charted)
                    found.visits[*page, visit].append(made)
            if any(found.visits[*page, visit][-1].first_chart for visit in visits):
                charted.add(page)
        sys.stdout.write(".")
        sys.stdout.flush()
    found.loads.append(os.getloadavg()[0])
    return found


def _list_trade(snapshot: etl.Snapshot) -> tuple[list[str], list[float]]:
    """Two-way trade of the first dossier, a figure a fiscal year, in billions."""
    is_year = (pl.col("indicator") == "bilateral_trade") & (pl.col("period_basis") == "fiscal_year_in")
    rows = snapshot.observations().filter(is_year, pl.col("obs_value").is_not_null()).collect()
    newest = rows.sort("period_start", "vintage").unique("period_start", keep="last").sort("period_start")
    return newest["time_period"].to_list(), [round(value / 1e9, 2) for value in newest["obs_value"]]

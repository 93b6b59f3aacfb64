"""What was known on a day: every page, chart, table, download and verdict is of that day."""

from __future__ import annotations

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import polars as pl
import pytest
from flask.testing import FlaskClient

import etl
from dashboard.address import Selection, SelectionError
from dashboard.chart_cache import CACHED_DAYS, ChartCache
from dashboard.charts import share_by_window
from dashboard.pages import find_pages
from dashboard.site.page_answers import SiteContext, build_surroundings
from dashboard.views.dossiers import find_dossier
from dashboard.views.editions import list_days
from tests.dashboard.page_parts import enter, list_opened, open_page, read_everything, read_text, walk

PATHS = [page.card.path for page in find_pages() if page.card.in_navigation and page.card.path != "/check"]
SHARE_ID = "arms_import_share.IND.RUS"


@pytest.fixture(scope="module")
def site_context(built_snapshot: etl.Snapshot) -> SiteContext:
    return SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())


def read_page(site_context: SiteContext, path: str, query: str) -> str:
    """The words of a page."""
    return read_text(open_page(site_context, path, query).layout)


@pytest.mark.parametrize(
    ("day", "window", "value"),
    [
        ("2018-03-13", "2013–17", "62%"),
        ("2023-03-31", "2013–17", "64%"),
        ("2014-03-31", "2009–13", "75%"),
        ("2019-03-31", "2009–13", "76%"),
        ("2017-02-22", "2012–16", "68%"),
        ("2022-03-15", "2012–16", "69%"),
        ("2021-03-16", "2016–20", "49%"),
        ("2026-03-09", "2016–20", "51%"),
    ],
)
def test_a_window_has_the_share_of_the_newest_edition_of_the_day(
    day: str, window: str, value: str, site_context: SiteContext, client: FlaskClient
) -> None:
    editions = read_page(site_context, "/revisions", f"as_of={day}").partition("What it gives")[2]
    assert re.findall(rf"(\d\d%) for {window}", editions)[0] == value
    rows = pl.read_csv(io.BytesIO(client.get(f"/download/share_by_window.csv?as_of={day}").data))
    printed = rows.filter(
        (pl.col("time_period") == window.replace("–", "-")) & pl.col("derivation").is_null()
    )
    assert f"{printed.sort('vintage')['value'][-1]:g}%" == value
    assert max(rows["vintage"].drop_nulls()) <= day


def test_every_edition_is_answerable_on_its_own_day(site_context: SiteContext) -> None:
    shares = site_context.snapshot.observations(
        indicator="arms_import_share", ref_area="IND", counterpart_area="RUS"
    )
    for row in shares.filter(pl.col("derivation").is_null()).collect().to_dicts():
        known = site_context.chart_cache.turn_back(row["vintage"]).snapshot
        view = share_by_window.select(known, Selection())
        newest = {span.row_id for span in view.newest_editions}
        assert row["obs_id"] in newest


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_nothing_that_came_out_later(path: str, site_context: SiteContext) -> None:
    layout = open_page(site_context, path, "as_of=2023-06-30").layout
    known = site_context.chart_cache.turn_back(date(2023, 6, 30)).snapshot
    drawn = re.findall(r'"opens": ?"([^"]+)"', read_everything(layout).replace("\\", ""))
    assert all(known.evidence(row_id) for row_id in [*list_opened(layout), *drawn])
    assert "As known on 30 June 2023." in read_text(layout)
    assert not re.search(r"\b(?:February|March) 2026, |Snapshot of", read_text(layout))


def test_verdicts_are_those_of_the_day(site_context: SiteContext, client: FlaskClient) -> None:
    claims = pl.read_parquet(io.BytesIO(client.get("/table/verdicts.parquet?as_of=2025-08-31").data))
    assert set(claims["as_of"].dt.year()) == {2025}
    later = pl.read_parquet(io.BytesIO(client.get("/table/verdicts.parquet").data))
    assert claims.height < later.height
    # The documents of December 2025 were not out yet.
    words = read_page(site_context, "/claims", "as_of=2025-08-31")
    assert "76 per cent" not in words
    assert "fiscal 2021–22" in words


def test_evidence_says_what_was_known(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    rows = built_snapshot.observations(
        indicator="arms_import_share", counterpart_area="RUS", time_period="2013-17"
    )
    first = rows.filter(pl.col("derivation").is_null()).sort("vintage").collect()["obs_id"][0]
    then = json.loads(client.get(f"/evidence/{first}.json?as_of=2018-12-31").text)
    now = json.loads(client.get(f"/evidence/{first}.json").text)
    assert then["others"] == []
    assert "64%" in {other["value_text"] for other in now["others"]}
    assert (then["as_of"], now["as_of"]) == ("2018-12-31", built_snapshot.as_of.isoformat())


def test_the_drawer_keeps_the_day_in_its_links(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    claim_id = built_snapshot.claims().collect()["claim_id"][0]
    markup = client.get(f"/evidence/{claim_id}.html?page=/claims&as_of=2026-01-31").text
    permalink = f"/claims?point={claim_id}&amp;snapshot={built_snapshot.snapshot_id}&amp;as_of=2026-01-31"
    assert permalink in markup
    assert f"/evidence/{claim_id}.json?as_of=2026-01-31" in markup


def test_what_came_out_later_has_no_evidence_yet(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    claim_id = built_snapshot.claims().collect()["claim_id"][0]
    answer = client.get(f"/evidence/{claim_id}.html?as_of=2019-03-31")
    assert answer.status_code == 404
    assert "as known on 31 March 2019" in answer.text


def test_files_name_the_day_and_the_sources_table_ends_with_it(client: FlaskClient) -> None:
    answer = client.get("/table/sources.csv?as_of=2019-03-31")
    assert ".as-of-2019-03-31.csv" in answer.headers["Content-Disposition"]
    assert max(pl.read_csv(io.BytesIO(answer.data))["vintage"]) <= "2019-03-31"


@pytest.mark.parametrize("path", ["/", "/data", "/documents"])
def test_a_day_before_everything_gets_a_page_that_says_so(path: str, site_context: SiteContext) -> None:
    words = read_page(site_context, path, "as_of=1999-01-01")
    assert "Nothing was known yet" in words
    assert "What is known begins in March 2011." in words


def test_a_day_before_the_dossier_gets_one_too_and_the_way_back_stays_in_it(
    site_context: SiteContext,
) -> None:
    query = "dossier=pakistan_china&as_of=2019-03-31"
    layout = open_page(site_context, "/", query).layout
    assert "What is known begins in March 2024." in read_text(layout)
    assert "/?dossier=pakistan_china" in [getattr(part, "href", None) for part in walk(layout)]


@pytest.mark.parametrize(
    "path", ["/table/claims.csv", "/download/deals_progress.csv", "/evidence/x.html", "/evidence/x.json"]
)
@pytest.mark.parametrize("day", ["1999-01-01", "soon"])
def test_files_of_an_impossible_day_are_not_found(path: str, day: str, client: FlaskClient) -> None:
    assert client.get(f"{path}?as_of={day}").status_code == 404


def test_a_day_to_come_shows_the_newest_and_says_so(site_context: SiteContext) -> None:
    words = read_page(site_context, "/", "as_of=2199-01-01")
    assert "Nothing later than 9 March 2026 is known here" in words
    assert "is printed as 76%" in words


def test_the_menu_of_days_has_every_edition_and_document_once(site_context: SiteContext) -> None:
    days = list_days(site_context.snapshot, find_dossier(site_context.snapshot, Selection()))
    shown = [each.day for each in days]
    assert shown == sorted(set(shown), reverse=True)
    assert {date(2014, 3, 31), date(2019, 3, 31), date(2025, 12, 5), date(2026, 3, 9)} <= set(shown)
    asked = enter(site_context, "/trade", "as_of=2019-03-31")
    _, menu = build_surroundings(asked, current="/trade").menus
    chosen = [part for part in walk(menu) if getattr(part, "aria-current", None)]
    assert [read_text(link) for link in chosen] == ["March 2019SIPRI, Trends in International Arms Transfers"]


def test_few_days_are_kept_and_the_ones_asked_for_last(built_snapshot: etl.Snapshot) -> None:
    chart_cache = ChartCache(built_snapshot)
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(CACHED_DAYS + 2)]
    first = [chart_cache.turn_back(day) for day in days]
    assert chart_cache.turn_back(days[-1]) is first[-1]
    assert chart_cache.turn_back(days[0]) is not first[0]
    assert len(chart_cache._days) == CACHED_DAYS


def test_readers_who_come_together_share_one_judging(built_snapshot: etl.Snapshot) -> None:
    chart_cache = ChartCache(built_snapshot)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: chart_cache.turn_back(date(2025, 12, 31)), range(32)))
    assert len({id(each) for each in found}) == 1


def test_the_newest_day_is_the_chart_cache_itself(built_snapshot: etl.Snapshot) -> None:
    chart_cache = ChartCache(built_snapshot)
    assert chart_cache.turn_back(None) is chart_cache.turn_back(built_snapshot.as_of) is chart_cache
    with pytest.raises(SelectionError, match="1999-01-01"):
        chart_cache.turn_back(date(1999, 1, 1))

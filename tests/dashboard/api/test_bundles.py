"""Bundles over HTTP: what a chart or a row rests on, packed once, and ready to prove itself."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import etl
from dashboard.address import Selection
from dashboard.api.resources.evidence import BundleCache
from dashboard.chart_cache import ChartCache
from tests.dashboard.api.asking import HOME, open_api, read_problem

CHART = "share_by_window"


def ask_bundle(client: FlaskClient, asked_id: str, **query: Any) -> TestResponse:
    """The answer to a request for a bundle."""
    return client.get(f"{HOME}/bundles/{asked_id}", query_string=query)


def read_figures(answer: TestResponse) -> pl.DataFrame:
    """The figures in the bundle that an answer holds."""
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as store:
        return pl.read_csv(store.read("figures/figures.csv"), infer_schema=False)


def find_claim(snapshot: etl.Snapshot) -> str:
    """Some claim."""
    claim_id: str = snapshot.table("claims")["claim_id"][0]
    return claim_id


def test_the_bundle_of_a_claim_works_its_figures_and_verdicts_out_again(
    api: FlaskClient, built_snapshot: etl.Snapshot, tmp_path: Path
) -> None:
    claim_id = find_claim(built_snapshot)

    answer = ask_bundle(api, claim_id)

    path = tmp_path / "bundle.zip"
    path.write_bytes(answer.data)
    found = etl.reproduce_bundle(path)
    assert (found.is_same, found.snapshot_id) == (True, built_snapshot.snapshot_id)
    assert answer.content_type == "application/zip"
    named = f'attachment; filename="{claim_id}.{built_snapshot.snapshot_id}.zip"'
    assert answer.headers["Content-Disposition"] == named


def test_the_bundle_of_a_chart_holds_every_point_that_it_draws(
    api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    view = ChartCache(built_snapshot).select_view(CHART, Selection())

    rows = read_figures(ask_bundle(api, CHART))

    assert {point.row_id for point in view.points} <= set(rows["row_id"])


def test_a_bundle_of_an_earlier_day_and_of_another_dossier_is_another(
    api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    dossiers = built_snapshot.table("dossiers")["dossier_id"]

    early = ask_bundle(api, CHART, as_of="2018-06-30")
    others = [read_figures(ask_bundle(api, CHART, dossier=one)) for one in dossiers]

    assert max(read_figures(early)["vintage"].drop_nulls().to_list()) <= "2018-06-30"
    assert ".as-of-2018-06-30.zip" in early.headers["Content-Disposition"]
    assert len({tuple(rows["row_id"]) for rows in others}) == len(dossiers)


@pytest.mark.parametrize(
    ("asked_id", "query", "status", "kind"),
    [
        ("no.such.row", {}, 404, "unknown-row"),
        (CHART, {"dossier": "no_such"}, 400, "unknown-value"),
        (CHART, {"window": "1900-04"}, 400, "unknown-value"),
        (CHART, {"span": "2010-01-01..2012-01-01"}, 400, "unknown-parameter"),
        (CHART, {"as_of": "1900-01-01"}, 404, "too-early"),
        (CHART, {"snapshot": "2020-01-01-0123456789"}, 404, "unknown-snapshot"),
    ],
)
def test_what_has_no_bundle_is_refused_with_the_reason(
    asked_id: str, query: dict[str, str], status: int, kind: str, api: FlaskClient
) -> None:
    read_problem(ask_bundle(api, asked_id, **query), status=status, kind=kind)


def test_nothing_narrows_a_single_row(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    answer = ask_bundle(api, find_claim(built_snapshot), show="all")

    assert read_problem(answer, status=400, kind="unknown-value")["parameter"] == "show"


def test_a_chart_that_draws_nothing_has_no_bundle(api: FlaskClient) -> None:
    problem = read_problem(ask_bundle(api, "mirror", as_of="2012-01-01"), status=404, kind="no-bundle")

    assert "draws nothing" in problem["detail"]


def test_a_server_without_the_datasets_says_so_and_names_none_of_its_folders(
    built_snapshot: etl.Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTED_DATASETS", str(tmp_path))
    client = open_api(built_snapshot)
    other = built_snapshot.table("claims")["claim_id"][-1]

    problem = read_problem(ask_bundle(client, other), status=404, kind="no-bundle")

    assert str(tmp_path) not in str(problem)


def test_a_known_bundle_is_not_sent_again(api: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    first = ask_bundle(api, CHART, snapshot=built_snapshot.snapshot_id)
    known = {"If-None-Match": first.headers["ETag"]}

    again = api.get(f"{HOME}/bundles/{CHART}?snapshot={built_snapshot.snapshot_id}", headers=known)

    assert "immutable" in first.headers["Cache-Control"]
    assert (again.status_code, again.data) == (304, b"")


class CountingSnapshot(etl.Snapshot):
    """A snapshot that counts how often one of its tables is asked for."""

    asked = 0

    def table(self, name: str) -> pl.DataFrame:
        """One table, counted."""
        self.asked += 1
        return super().table(name)


def test_a_bundle_is_built_once_however_many_ask_at_the_same_time(built_snapshot: etl.Snapshot) -> None:
    snapshot, cache = CountingSnapshot(built_snapshot.folder), BundleCache()
    claim_id, found = find_claim(built_snapshot), list[bytes]()

    def ask() -> None:
        found.append(cache.find(snapshot, (claim_id,)))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone = CountingSnapshot(built_snapshot.folder)
    BundleCache().find(alone, (claim_id,))

    assert snapshot.asked == alone.asked > 0
    assert len(set(found)) == 1
    assert len(found) == len(threads)


def test_of_more_bundles_than_are_cached_the_one_longest_unasked_is_forgotten(
    built_snapshot: etl.Snapshot,
) -> None:
    cache = BundleCache(most=2)
    for claim_id in built_snapshot.table("claims")["claim_id"][:4]:
        cache.find(built_snapshot, (claim_id,))

    assert len(cache) == 2


def test_that_there_is_no_bundle_is_found_out_once(built_snapshot: etl.Snapshot) -> None:
    rows = built_snapshot.table("observations")
    derived = rows.filter(pl.col("derivation").is_not_null())["obs_id"][0]
    snapshot, cache = CountingSnapshot(built_snapshot.folder), BundleCache()
    shifted = pl.when(pl.col("obs_id") == derived).then(99.0).otherwise(pl.col("obs_value"))
    snapshot._tables["observations"] = rows.with_columns(obs_value=shifted)

    with pytest.raises(etl.BundleError, match="does not follow"):
        cache.find(snapshot, (derived,))
    asked = snapshot.asked
    with pytest.raises(etl.BundleError, match="does not follow"):
        cache.find(snapshot, (derived,))

    assert snapshot.asked == asked


@pytest.mark.parametrize(
    "query", ["", "?dossier=india_russia&as_of=2024-12-31&window=2019-23&span=2010-01-01..2020-01-01"]
)
def test_the_link_in_the_row_of_downloads_leads_to_the_bundle(query: str, client: FlaskClient) -> None:
    answer = client.get(f"/download/{CHART}.bundle{query}", follow_redirects=True)

    assert answer.request.path == f"{HOME}/bundles/{CHART}"
    assert set(read_figures(answer)["snapshot_id"]) == {answer.request.args["snapshot"]}
    assert answer.request.args.get("as_of") == ("2024-12-31" if query else None)


def test_what_a_chart_offers_narrows_its_bundle(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    chart_cache = ChartCache(built_snapshot)
    offers = [
        (chart.card.chart_id, choice.field, choice.value)
        for chart in chart_cache.list_charts()
        for choice in chart_cache.list_choices(chart.card.chart_id, Selection())
        if choice.value is not None
    ]
    assert offers
    for chart_id, name, value in offers:
        there = client.get(f"/download/{chart_id}.bundle?{name}={value}").headers["Location"]
        assert f"{name}={value}" in there


def test_an_unknown_chart_has_no_link(client: FlaskClient) -> None:
    assert client.get("/download/no_such_chart.bundle").status_code == 404


def test_a_chart_and_the_drawer_of_a_claim_offer_the_bundle(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    claim_id = find_claim(built_snapshot)

    page, drawer = client.get("/arms").text, client.get(f"/evidence/{claim_id}.html?page=/claims").text

    assert f'href="/download/{CHART}.bundle' in page
    assert 'aria-label="Evidence bundle of' in page
    (link,) = re.findall(r'<a [^>]*href="/api/v1/bundles/[^>]*>', drawer)
    assert f'href="/api/v1/bundles/{claim_id}?snapshot={built_snapshot.snapshot_id}"' in link
    # Without it the page would take the address for one of its own.
    assert "download" in link.replace("/download/", "")

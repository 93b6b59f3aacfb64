"""Citations as files: every kind in every form, with the place kept and a permanent link that leads back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

import etl
from dashboard.address import Selection, TimeRange, write_chart_link
from dashboard.chart_cache import ChartCache
from dashboard.components.citation_panel import build_citation_fold, build_citation_panel
from dashboard.components.evidence_drawer import build_evidence
from dashboard.components.markup import write_markup
from dashboard.pages import find_pages, match_page
from dashboard.routes.citations import add_citation_routes, list_choices
from dashboard.snapshot_store import SnapshotStore
from tests.dashboard.page_parts import list_links, read_text, walk
from tests.etl.reference_files import read_bibtex, read_ris

SHARE = "arms_import_share.IND.RUS.window.2009-13.sipri_fact_sheets.2019-03-31"
CLAIM = "business-standard-2025-12-05.share-2019-23"
DOCUMENT = "business-standard-2025-12-05"
FORMS = [form.suffix for form in etl.CITATION_FORMS]


@pytest.fixture(scope="module")
def chart_cache(built_snapshot: etl.Snapshot) -> ChartCache:
    return ChartCache(built_snapshot)


@pytest.fixture(scope="module")
def client(chart_cache: ChartCache) -> FlaskClient:
    server = Flask(__name__)
    add_citation_routes(server, store=SnapshotStore(chart_cache))
    return server.test_client()


def ask_csl(client: FlaskClient, address: str) -> dict[str, Any]:
    """One citation as CSL-JSON."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    item: dict[str, Any] = json.loads(answer.text)[0]
    return item


@pytest.mark.parametrize("kind", ["point", "chart", "document", "snapshot"])
def test_each_kind_comes_in_four_forms_with_their_media_types(
    kind: str, client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    cited = {"point": SHARE, "chart": "share_by_window", "document": DOCUMENT}.get(
        kind, built_snapshot.snapshot_id
    )

    answers = {suffix: client.get(f"/cite/{kind}/{cited}.{suffix}") for suffix in FORMS}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert [answer.content_type for answer in answers.values()] == [
        "text/plain; charset=utf-8",
        "application/x-bibtex; charset=utf-8",
        "application/x-research-info-systems; charset=utf-8",
        "application/vnd.citationstyles.csl+json",
    ]
    fields, entry = dict(read_ris(answers["ris"].data.decode())), read_bibtex(answers["bib"].text)
    (item,) = json.loads(answers["json"].text)
    assert fields["ID"] == entry["ID"] == item["id"]
    assert built_snapshot.snapshot_id in answers["txt"].text
    # A document is a work of others: its own address is not the link here.
    own = [fields.get("UR"), entry.get("url"), item.get("URL")]
    link = answers["txt"].text.split()[-1]
    assert link.startswith("http://localhost/")
    assert own == ([None] * 3 if kind == "document" else [link] * 3)
    assert all(link in text for text in ((fields["N1"], item["note"]) if kind == "document" else own))


def test_a_file_is_named_by_what_it_cites_and_its_snapshot(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    disposition = client.get(f"/cite/point/{CLAIM}.bib").headers["Content-Disposition"]

    assert disposition == f'attachment; filename="point.{CLAIM}.{built_snapshot.snapshot_id}.bib"'


def test_a_link_leads_back_to_the_point_in_its_dossier_on_its_day(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    query = "page=/arms&as_of=2019-06-30&dossier=india_russia"

    item = ask_csl(client, f"/cite/point/{SHARE}.json?{query}")

    address = urlsplit(item["URL"])
    assert (address.scheme, address.netloc, address.path) == ("http", "localhost", "/arms")
    assert parse_qs(address.query) == {
        "dossier": ["india_russia"],
        "as_of": ["2019-06-30"],
        "point": [SHARE],
        "snapshot": [built_snapshot.snapshot_id],
    }
    assert item["id"].endswith(f":as-of.2019-06-30:{built_snapshot.snapshot_id[-10:]}")
    assert "accessed" not in item


def test_a_page_of_another_host_cannot_be_linked(client: FlaskClient) -> None:
    item = ask_csl(client, f"/cite/point/{SHARE}.json?page=//evil.example/x")

    assert urlsplit(item["URL"]).netloc == "localhost"


def test_a_chart_is_cited_as_it_was_chosen_with_all_its_sources(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    item = ask_csl(client, "/cite/chart/arms_by_supplier.json?vintage=2022-04-22&sort=x&point=y")

    assert item["URL"] == (
        f"http://localhost/arms?snapshot={built_snapshot.snapshot_id}&vintage=2022-04-22#arms_by_supplier"
    )
    assert (item["type"], item["number"]) == ("graphic", "arms_by_supplier")
    assert "Arms Transfers Database" in item["note"]


@pytest.mark.parametrize("form", ["bib", "ris", "json"])
def test_two_choices_of_a_chart_have_two_keys_in_every_form(form: str, client: FlaskClient) -> None:
    keys = [
        read_key(client.get(f"/cite/chart/gap_waterfall.{form}?window={year}").data.decode(), form)
        for year in ("2013", "2019", "2019")
    ]

    assert keys[0] != keys[1] == keys[2]
    assert keys[0].startswith("gap_waterfall:window.2013:")


def read_key(text: str, form: str) -> str:
    """The key of one reference."""
    if form == "bib":
        return read_bibtex(text)["ID"]
    return dict(read_ris(text))["ID"] if form == "ris" else str(json.loads(text)[0]["id"])


def test_dossiers_and_days_have_their_own_keys_and_the_main_dossier_is_not_named(client: FlaskClient) -> None:
    queries = ["", "dossier=india_russia", "dossier=pakistan_china", "as_of=2019-06-30"]
    first, main, other, earlier = [
        str(ask_csl(client, f"/cite/chart/share_by_window.json?{query}")["id"]) for query in queries
    ]

    assert first == main
    assert len({first, other, earlier}) == 3
    assert ":dossier.pakistan_china:" in other
    assert ":as-of.2019-06-30:" in earlier


days = st.none() | st.dates(date(2010, 1, 1), date(2026, 3, 8))
selections = st.builds(
    Selection,
    dossier=st.sampled_from([None, "india_russia", "pakistan_china"]),
    span=st.none() | st.builds(TimeRange, days.filter(bool), st.just(date(2026, 3, 9))),
    vintage=days,
    window=st.sampled_from([None, "2013", "2019", "2013.show.all"]) | st.text(min_size=1, max_size=4),
    show=st.sampled_from([None, "all", "2013"]) | st.text(min_size=1, max_size=4),
)


@given(selections, selections)
def test_equal_selections_have_equal_keys_and_others_have_others(
    chart_cache: ChartCache, one: Selection, other: Selection
) -> None:
    main = replace(one, dossier=one.dossier or "india_russia")
    same = main == replace(other, dossier=other.dossier or "india_russia")

    assert (write_choice_key(chart_cache, one) == write_choice_key(chart_cache, other)) == same
    assert write_choice_key(chart_cache, one) == write_choice_key(chart_cache, main)


def write_choice_key(chart_cache: ChartCache, selection: Selection) -> str:
    """The key of a chart as a selection draws it."""
    cited = chart_cache.snapshot.cite_rows([SHARE], number="chart", title="A chart")
    return replace(cited, choices=list_choices(chart_cache.snapshot, selection)).id


def test_every_chart_is_linked_on_a_page_that_there_is(chart_cache: ChartCache) -> None:
    pages = find_pages()
    for chart in chart_cache.list_charts():
        link = write_chart_link(chart.card.chart_id, Selection(), pages=chart.card.pages, snapshot_id="s")
        assert match_page(pages, urlsplit(link).path)[1] == ""


@pytest.mark.parametrize(
    "path",
    [
        "/cite/point/no.such.row.bib",
        "/cite/chart/no_such_chart.ris",
        "/cite/document/nothing.json",
        "/cite/snapshot/2020-01-01-0123456789.txt",
        f"/cite/point/{SHARE}.xml",
        f"/cite/book/{SHARE}.txt",
        f"/cite/point/{SHARE}.txt?as_of=soon",
        f"/cite/point/{SHARE}.txt?as_of=1999-01-01",
        f"/cite/point/{SHARE}.txt?snapshot=2020-01-01-0123456789",
        f"/cite/point/{CLAIM}.txt?as_of=2019-06-30",
        "/cite/chart/share_by_window.txt?dossier=atlantis",
    ],
)
def test_what_is_not_there_cannot_be_cited(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code == 404


def test_the_drawer_shows_the_citation_with_its_link_and_four_forms(built_snapshot: etl.Snapshot) -> None:
    permalink = f"https://stats.example/arms?point={SHARE}&snapshot={built_snapshot.snapshot_id}"

    article = build_evidence(built_snapshot.evidence(SHARE), notes=(), permalink=permalink)

    cited = built_snapshot.cite(SHARE, link=permalink)
    assert cited.text in read_text(article)
    copies = [getattr(part, "data-copy", None) for part in walk(article)]
    assert [copy for copy in copies if copy] == [permalink, *(cited.write(suffix) for suffix in FORMS)]


def test_the_files_of_the_drawer_are_those_it_copies(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    permalink = f"http://localhost/arms?point={SHARE}&snapshot={built_snapshot.snapshot_id}"
    cited = built_snapshot.cite(SHARE, link=permalink)

    panel = build_citation_panel(cited, kind="point", query={"page": "/arms"})

    files = [client.get(link).data.decode().rstrip("\n") for link in list_links(panel)]
    assert files == [cited.write(suffix).rstrip("\n") for suffix in FORMS]


@pytest.mark.parametrize("row_id", [SHARE, CLAIM])
def test_the_files_of_an_earlier_day_are_those_the_drawer_copies(
    row_id: str, client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    earlier = etl.open_snapshot(built_snapshot.folder, as_of=date(2025, 12, 31))
    place = "dossier=india_russia&as_of=2025-12-31"
    link = f"http://localhost/arms?point={row_id}&snapshot={built_snapshot.snapshot_id}&{place}"
    cited = earlier.cite(row_id, link=link)

    panel = build_citation_panel(cited, kind="point", query={"page": "/arms"})

    files = [client.get(address).data.decode().rstrip("\n") for address in list_links(panel)]
    assert files == [cited.write(suffix).rstrip("\n") for suffix in FORMS]


def test_copies_under_a_chart_are_asked_of_the_server(client: FlaskClient) -> None:
    fold = build_citation_fold("chart", "share_by_window", query="as_of=2019-06-30", title="Shares")

    asked = [found for part in walk(fold) if (found := getattr(part, "data-copy-from", None))]
    assert asked == list_links(fold)
    assert [client.get(address).status_code for address in asked] == [200] * len(FORMS)
    assert "Cite “Shares”" in write_markup(fold)


def test_a_row_whose_id_needs_quoting_is_cited_by_its_own_address() -> None:
    day = date(2026, 1, 1)
    citation = etl.Citation("dataset", "a/b c?d", "t", "2026-01-01-0", day, etl.PartialDate(2026, 1))

    (address, *_rest) = list_links(build_citation_panel(citation, kind="point"))

    assert address.startswith(f"/cite/point/{quote('a/b c?d', safe='')}.txt?")

"""The route that searches: what it finds in each dossier and on each day, and that any text is answered."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.pages import find_pages, match_page
from dashboard.routes.search import KINDS, PATH, SHOWN, SHOWN_ALONE, add_search_route
from tests.dashboard.third_dossier import DOSSIER_ID, add_third_dossier
from tests.etl.workbench import copy_datasets

SECOND = "pakistan_china"
SHARE = "Russia’s share of India’s arms imports"
LARGEST_ANSWER = 60_000
EARLY = "2025-08-31"
Found = list[tuple[str, dict[str, Any]]]


def open_client(snapshot: etl.Snapshot) -> FlaskClient:
    """The route alone, over a snapshot."""
    server = Flask(__name__)
    add_search_route(server, chart_cache=ChartCache(snapshot))
    return server.test_client()


@pytest.fixture(scope="module")
def client(built_snapshot: etl.Snapshot) -> FlaskClient:
    return open_client(built_snapshot)


def ask(client: FlaskClient, query: str, **place: str) -> dict[str, Any]:
    """The answer to a query."""
    answer = client.get(PATH, query_string={"q": query, **place})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    content: dict[str, Any] = json.loads(answer.data)
    return content


def find(client: FlaskClient, query: str, **place: str) -> Found:
    """The entries of an answer, each with its kind."""
    groups = ask(client, query, **place)["groups"]
    return [(group["kind"], entry) for group in groups for entry in group["entries"]]


def read_point(entry: dict[str, Any]) -> str:
    """The row whose evidence an entry opens."""
    return parse_qs(urlsplit(str(entry["href"])).query)["point"][0]


@pytest.mark.parametrize(
    ("query", "kind", "title", "value"),
    [
        ("76", "claims", SHARE, "“76 per cent”"),
        ("76%", "claims", SHARE, "“76 per cent”"),
        ("36 percent", "claims", SHARE, "“36 per cent”"),
        ("27 billion", "claims", "Goods trade between India and Russia", "“US $27 billion”"),
        ("$27bn", "claims", "Goods trade between India and Russia", "“US $27 billion”"),
        ("43.6", "figures", "Goods trade between India and Russia", "$43.6 bn"),
        ("triumf sam", "deals", "S-400 Triumf, SAM system", "6 of 10 delivered"),
        ("TRIUMF SAM", "deals", "S-400 Triumf, SAM system", "6 of 10 delivered"),
        ("russia's share of arms", "charts", SHARE, ""),
        ("pakistan china", "dossiers", "Pakistan and China", ""),
        ("methods", "pages", "Methods", ""),
    ],
)
def test_what_a_reader_means_is_the_first_answer(
    query: str, kind: str, title: str, value: str, client: FlaskClient
) -> None:
    found_kind, entry = find(client, query)[0]
    assert (found_kind, entry["title"], entry["value"]) == (kind, title, value)


def test_an_answer_explains_itself(client: FlaskClient) -> None:
    answer = ask(client, "27 billion")
    entry = answer["groups"][0]["entries"][0]
    assert entry["verdict"] == {"glyph": "≠", "word": "not comparable", "look": "not-comparable"}
    assert entry["period"].startswith("up to 31 December 2022")
    assert entry["detail"].endswith("¶12")
    assert entry["footnotes"] == [2]
    assert re.match(r"\d results: 1 claim[ ,]", answer["status"])


def test_one_spelling_of_a_designation_finds_what_the_other_does(client: FlaskClient) -> None:
    assert ask(client, "S-400") == ask(client, "s400")


def test_everything_is_found_by_its_name(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    claims = built_snapshot.claims().collect().to_dicts()
    deals = built_snapshot.deals().collect().to_dicts()
    milestones = built_snapshot.milestones().collect().to_dicts()
    names = {
        **{row["claim_id"]: ("claims", row["stated_as"]) for row in claims},
        **{row["deal_id"]: ("deals", row["designation"]) for row in deals},
        **{row["milestone_id"]: ("milestones", row["title"]) for row in milestones},
    }
    missed = [
        row_id
        for row_id, (kind, name) in names.items()
        if row_id not in {read_point(entry) for _, entry in find(client, name, kind=kind)}
    ]
    assert missed == []
    for row_id in names:
        assert read_point(find(client, row_id)[0][1]) == row_id


def test_a_series_opens_its_newest_value_on_the_chart_that_draws_it(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    entry = next(entry for kind, entry in find(client, SHARE) if kind == "series")
    assert (entry["value"], entry["period"]) == ("40%", "2021–25")
    assert "known for 1990–2025 by five-year window, 15 editions" in entry["detail"]
    address = urlsplit(entry["href"])
    assert (address.path, address.fragment) == ("/arms", "share_by_window")
    points = ChartCache(built_snapshot).select_view("share_by_window", Selection()).points
    assert read_point(entry) in {point.row_id for point in points}


def test_an_order_opens_on_the_chart_of_orders_whether_or_not_it_is_open(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    deals = built_snapshot.deals().filter(pl.col("status") == "delivered").collect()["deal_id"].to_list()
    for row_id, show in ((deals[0], ["all"]), ("IND-RUS.2018.s-400-triumf", [])):
        entry = find(client, row_id)[0][1]
        address = urlsplit(entry["href"])
        assert read_point(entry) == row_id
        assert (address.path, address.fragment) == ("/arms", "deals_progress")
        assert parse_qs(address.query).get("show", []) == show


def test_a_series_that_no_chart_draws_opens_on_the_data_page(client: FlaskClient) -> None:
    entry = next(entry for kind, entry in find(client, "AK-630 delivered to India") if kind == "series")
    assert urlsplit(entry["href"]).path == "/data"
    assert read_point(entry).startswith("units_delivered.IND.RUS.ak-630")


@pytest.mark.parametrize("place", [{}, {"dossier": SECOND}, {"as_of": EARLY}])
@pytest.mark.parametrize("query", ["", "india", "share", "s-400", "2019", "2024", "data"])
def test_every_answer_leads_somewhere_in_the_same_place(
    query: str, place: dict[str, str], client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    day = date.fromisoformat(place["as_of"]) if "as_of" in place else None
    chart_cache = ChartCache(built_snapshot).turn_back(day)
    for kind, entry in find(client, query, **place):
        address = urlsplit(entry["href"])
        asked = {name: texts[0] for name, texts in parse_qs(address.query).items()}
        assert asked.get("as_of") == place.get("as_of")
        if kind != "dossiers":
            assert asked.get("dossier") in {place.get("dossier"), "india_russia"}
        page, _ = match_page(find_pages(), address.path)
        if "point" in asked:
            assert chart_cache.number_footnotes(asked["point"]) == tuple(entry["footnotes"])
        if address.fragment:
            assert page.card.path.strip("/") in chart_cache.find_chart(address.fragment).card.pages


def test_a_dossier_has_its_own_answers_only(client: FlaskClient) -> None:
    kinds = {kind for kind, entry in find(client, "india", dossier=SECOND)}
    assert kinds == {"dossiers"}
    shares = [entry for _, entry in find(client, "share of arms imports", dossier=SECOND)]
    assert shares
    assert all("Pakistan" in entry["title"] for entry in shares)


def test_what_another_dossier_has_is_offered_where_this_one_has_nothing(client: FlaskClient) -> None:
    answer = ask(client, "S-400", dossier=SECOND)
    assert answer["status"].startswith("Nothing in Pakistan and China; this is in India and Russia. ")
    hrefs = [entry["href"] for group in answer["groups"] for entry in group["entries"]]
    assert all("dossier=india_russia" in href for href in hrefs)


def test_an_earlier_day_has_what_was_known_on_it(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    out = built_snapshot.documents().collect()
    later = out.filter(out["published_on"] > date.fromisoformat(EARLY))["document_id"].to_list()
    found = find(client, "russia", as_of=EARLY, kind="claims")
    assert found
    assert not any(read_point(entry).startswith(tuple(later)) for _, entry in found)
    newest = next(entry for kind, entry in find(client, SHARE, as_of="2019-03-31") if kind == "series")
    assert newest["period"] == "2014–18"
    assert "as known on 31 August 2025" in ask(client, "", as_of=EARLY)["status"]


def test_a_long_group_says_how_many_more_there_are_and_can_be_had_alone(client: FlaskClient) -> None:
    answer = ask(client, "russia")
    deals = next(group for group in answer["groups"] if group["kind"] == "deals")
    assert (len(deals["entries"]), deals["total"], deals["more"]) == (SHOWN, 146, f"{146 - SHOWN} more")
    (alone,) = ask(client, "russia", kind="deals")["groups"]
    assert (alone["kind"], len(alone["entries"])) == ("deals", SHOWN_ALONE)


@pytest.mark.parametrize("place", [{}, {"dossier": SECOND}, {"as_of": EARLY}])
def test_an_empty_query_is_answered_with_what_there_is_and_where_to_start(
    place: dict[str, str], client: FlaskClient
) -> None:
    answer = ask(client, "", **place)
    assert answer["status"].startswith("Search in ")
    assert answer["status"].endswith("Some to start with:")
    assert answer["groups"][0]["kind"] == "charts"
    for _, entry in find(client, "", **place):
        assert entry["title"] in {found["title"] for _, found in find(client, entry["title"], **place)}


def test_the_start_shows_a_claim_of_each_verdict(client: FlaskClient, built_snapshot: etl.Snapshot) -> None:
    shown = [entry["verdict"]["word"] for kind, entry in find(client, "") if kind == "claims"]
    verdicts = built_snapshot.verdicts(occasion="snapshot").collect()
    given_ = {etl.mark_verdict(*row).label for row in verdicts.select("verdict", "reason").iter_rows()}
    assert sorted(shown) == sorted(given_ - {"unresolved"})


def test_what_is_not_there_is_said_with_what_was_searched(client: FlaskClient) -> None:
    answer = ask(client, "zyzzyva")
    assert answer["groups"] == []
    assert answer["status"].startswith("Nothing found for “zyzzyva”. Searched in India and Russia: ")
    assert "24 claims, 146 deals" in answer["status"]
    assert answer["status"].endswith("; also in Pakistan and China.")


def test_a_slip_is_forgiven_and_said(client: FlaskClient) -> None:
    answer = ask(client, "brahnos")
    assert answer["status"].startswith("“brahnos” is found nowhere and read as “brahmos”. ")
    assert answer["groups"][0]["entries"][0]["title"].startswith("PJ-10 BrahMos")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"dossier": "atlantis"}, "atlantis"),
        ({"as_of": "yesterday"}, "is not a date"),
        ({"as_of": "1800-01-01"}, "Nothing was known here"),
        ({"kind": "secrets"}, "is not searched"),
    ],
)
def test_what_cannot_be_searched_is_refused_in_words(
    asked: dict[str, str], words: str, client: FlaskClient
) -> None:
    answer = client.get(PATH, query_string={"q": "76", **asked})
    assert answer.status_code == 404
    assert words in json.loads(answer.data)["refused"]


@pytest.mark.parametrize(
    "query", ["!!!", "%", "\x00\x1b\u202e", "\ud7ff\u200b", "' OR 1=1 --", "<b>76</b>", "🚀"]
)
def test_odd_texts_are_answered(query: str, client: FlaskClient) -> None:
    assert ask(client, query)["status"]


def test_of_an_endless_text_the_beginning_is_read(client: FlaskClient) -> None:
    status = ask(client, "76 " + "x" * 10_000)["status"]
    assert status.endswith("Only the first 200 characters were read.")


@given(query=st.text(max_size=400), kind=st.sampled_from(["", *KINDS]))
def test_any_text_is_answered_and_every_answer_is_bounded(query: str, kind: str, client: FlaskClient) -> None:
    asked = {"q": query.encode("utf-8", "replace"), **({"kind": kind} if kind else {})}
    answer = client.get(PATH, query_string=asked)
    assert answer.status_code == 200
    assert len(answer.data) < LARGEST_ANSWER
    groups = json.loads(answer.data)["groups"]
    assert all(len(group["entries"]) <= (SHOWN_ALONE if kind else SHOWN) for group in groups)
    assert len({group["kind"] for group in groups}) == len(groups)


def test_a_third_dossier_is_searched_without_code(tmp_path_factory: pytest.TempPathFactory) -> None:
    workbench = copy_datasets(tmp_path_factory.mktemp("searched"))
    add_third_dossier(workbench)
    third = open_client(workbench.build())
    kinds = {kind for kind, _ in find(third, "brazil france", dossier=DOSSIER_ID)}
    assert {"charts", "claims", "series", "dossiers"} <= kinds
    assert find(third, "a note", dossier=DOSSIER_ID)[0][0] == "documents"
    claim = next(entry for kind, entry in find(third, "21%", dossier=DOSSIER_ID) if kind == "claims")
    assert claim["verdict"]["word"] == "superseded"

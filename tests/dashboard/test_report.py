"""A dossier as one file: whole in itself, with the evidence of every point, the same at every writing."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from dash import html
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import etl
from dashboard.__main__ import command
from dashboard.address import Selection, SelectionError
from dashboard.chart_cache import ChartCache
from dashboard.components.markup import write_markup
from dashboard.page_contract import PageContext
from dashboard.pages import find_pages, match_page
from dashboard.report import evidence as evidence_module
from dashboard.report import name_report, write_report
from dashboard.report.chapters import build_page_chapters
from dashboard.report.evidence import pack_texts
from dashboard.report.links import Destinations, settle_links
from dashboard.report.page_file import FileContent, write_file
from dashboard.report.subject import find_subject
from dashboard.routes.report import add_report_route
from dashboard.snapshot_store import SnapshotStore
from tests.dashboard.page_parts import list_links, read_text, walk
from tests.dashboard.report_pages import Page, unpack

CHECKOUT = Path(__file__).parents[2]
LARGEST = 1_500_000
SITE = "https://footnoted.example/desk"
EARLY = date(2019, 6, 30)
SHARE = "arms_import_share.IND.RUS.window.2009-13.sipri_fact_sheets.2019-03-31"
# One process for all, since it takes as long to start as to write two of them.
RUN_COMMANDS = """
import json, sys
from dashboard.__main__ import command
for order in json.loads(sys.argv[1]):
    command(order, standalone_mode=False)
"""
NAMING = ("aria-labelledby", "aria-describedby")
FETCHING = ("src", "srcset", "action", "data", "poster", "background", "formaction")


@pytest.fixture(scope="module")
def chart_cache(built_snapshot: etl.Snapshot) -> ChartCache:
    return ChartCache(built_snapshot)


@pytest.fixture(scope="module")
def page(chart_cache: ChartCache) -> Page:
    """The report of the main dossier."""
    return Page(write_report(chart_cache, selection=Selection()))


@pytest.fixture(scope="module")
def small_page(chart_cache: ChartCache) -> Page:
    """The report of a dossier without documents, with a served dashboard behind it."""
    return Page(write_report(chart_cache, selection=Selection(dossier="pakistan_china"), site=SITE))


@pytest.fixture(scope="module")
def early_page(chart_cache: ChartCache) -> Page:
    """The report of an earlier day."""
    return Page(write_report(chart_cache, selection=Selection(as_of=EARLY)))


@pytest.mark.parametrize("name", ["page", "small_page", "early_page"])
def test_a_report_refers_to_nothing_beside_it(name: str, request: pytest.FixtureRequest) -> None:
    report: Page = request.getfixturevalue(name)
    parts = [report, *report.articles.values()]
    elements = [element for part in parts for element in part.elements]
    assert not [found for _, found in elements if set(found) & set(FETCHING)]
    links = {found["href"] for _, found in elements if "href" in found}
    assert {link for link in links if not link.startswith(("#", "https://", "data:,"))} == set()
    anchors = {link.removeprefix("#") for link in links if link.startswith("#")}
    assert anchors <= set(report.ids)
    styles = " ".join(text for _, text in report.raw if "{" in text)
    assert "@import" not in styles
    assert not re.findall(r"url\((?!#|\"data:font)", report.text)


@pytest.mark.parametrize("name", ["page", "small_page", "early_page"])
def test_ids_are_unique_and_whatever_names_an_element_finds_it(
    name: str, request: pytest.FixtureRequest
) -> None:
    report: Page = request.getfixturevalue(name)
    assert [each for each, times in Counter(report.ids).items() if times > 1] == []
    named = {each for _, found in report.elements for name in NAMING for each in found.get(name, "").split()}
    assert named <= set(report.ids)


@pytest.mark.parametrize("name", ["page", "small_page", "early_page"])
def test_headings_step_down_one_level_at_a_time(name: str, request: pytest.FixtureRequest) -> None:
    report: Page = request.getfixturevalue(name)
    drawer = report.text.index('id="drawer"')
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", report.text[:drawer])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_only_the_scripts_of_the_file_may_run(page: Page) -> None:
    policy = next(found["content"] for tag, found in page.elements if found.get("http-equiv"))
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))
    scripts = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    assert {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts} == allowed
    assert "default-src 'none'" in policy
    assert "'self'" not in policy


@pytest.mark.parametrize(("name", "dossier"), [("page", None), ("small_page", "pakistan_china")])
def test_every_point_of_every_chart_carries_its_evidence(
    name: str, dossier: str | None, request: pytest.FixtureRequest, chart_cache: ChartCache
) -> None:
    report: Page = request.getfixturevalue(name)
    drawn = 0
    for chart in chart_cache.list_charts():
        points = chart_cache.select_view(chart.card.chart_id, Selection(dossier=dossier)).points
        marks = {point.row_id for point in points}
        drawn += bool(marks)
        assert marks <= set(report.evidence), chart.card.chart_id
    assert drawn == len(report.packed["packed-pictures"]) == report.text.count('class="picture"')
    for row_id, shown in report.articles.items():
        assert shown.elements[0] == ("article", {"data-shown": row_id})
        assert chart_cache.snapshot.evidence(row_id).headline in "".join(shown.words)


def test_what_stands_on_the_page_or_is_named_by_a_point_opens_too(
    page: Page, chart_cache: ChartCache
) -> None:
    openers = {found["data-point"] for _, found in page.elements if "data-point" in found}
    assert openers <= set(page.evidence)
    for row_id in openers:
        evidence = chart_cache.snapshot.evidence(row_id)
        operands = {operand.row_id for working in evidence.workings for operand in working.operands}
        references = {each.row_id for judgement in evidence.judgements for each in judgement.references}
        assert operands | references <= set(page.evidence)


def test_where_there_is_little_room_the_points_are_carried_first(
    chart_cache: ChartCache, monkeypatch: pytest.MonkeyPatch, small_page: Page
) -> None:
    monkeypatch.setattr(evidence_module, "MOST_ROWS", 0)
    report = Page(write_report(chart_cache, selection=Selection(dossier="pakistan_china")))
    openers = {found["data-point"] for _, found in report.elements if "data-point" in found}
    assert set(report.evidence) == openers
    assert openers <= set(small_page.evidence)


def test_every_chart_has_its_table_and_its_narrow_picture(page: Page, chart_cache: ChartCache) -> None:
    named = [found["data-table-of"] for _, found in page.elements if "data-table-of" in found]
    tables = page.packed["packed-tables"]
    assert sorted(named) == sorted(tables)
    assert set(page.packed["packed-pictures"]) == set(tables)
    opened = {row["opens"] for text in tables.values() for row in json.loads(text)["rows"]}
    for chart_id, picture in page.packed["packed-pictures"].items():
        points = {point.row_id for point in chart_cache.select_view(chart_id, Selection()).points}
        assert points <= opened
        drawn = set(re.findall(r'data-point="([^"]+)"', picture))
        assert drawn <= points


def test_below_a_chart_stand_only_its_sources_and_its_table(chart_cache: ChartCache) -> None:
    layouts = [
        chapter.content for chapter in build_page_chapters(find_subject(chart_cache, Selection(), site=SITE))
    ]
    feet = [part for part in walk(layouts) if getattr(part, "className", None) == "chart-foot"]
    assert len(feet) == len(chart_cache.list_charts())
    for foot in feet:
        assert re.fullmatch(r"Sources: .*Table of [\d,]+.*", read_text(foot))
        _, along = foot.children
        assert [part.className for part in along.children] == ["folded"]


def test_a_report_says_what_it_is_and_how_to_cite_it(page: Page, built_snapshot: etl.Snapshot) -> None:
    message = "".join(page.words)
    for text in ("India and Russia", built_snapshot.snapshot_id, "9 March 2026", "Cite as", "Contents"):
        assert text in message
    titles = ("Overview", "Arms imports", "Revisions", "Trade", "Claims", "Documents", "Methods in short")
    places = [page.text.index(f">{title}</h2>") for title in (*titles, "Sources", "Licences")]
    assert places == sorted(places)
    for claim in built_snapshot.claims().collect()["stated_as"]:
        assert claim in message
    assert "13853 / 18211 = 76.1%" in message


def test_another_process_writes_the_same_bytes_of_the_same_snapshot(
    built_snapshot: etl.Snapshot, page: Page, small_page: Page, early_page: Page, tmp_path: Path
) -> None:
    asked = {
        "main": [],
        "small": ["--dossier", "pakistan_china", "--site", SITE],
        "early": ["--as-of", EARLY.isoformat()],
    }
    # Sets lie in another order there.
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    orders = [
        ["report", "--snapshot", str(built_snapshot.folder), "--out", str(tmp_path / name), *more]
        for name, more in asked.items()
    ]
    subprocess.run(
        [sys.executable, "-c", RUN_COMMANDS, json.dumps(orders)],
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        check=True,
    )
    written = [(tmp_path / name).read_text(encoding="utf-8") for name in asked]
    assert written == [page.text, small_page.text, early_page.text]


def test_a_report_is_small_enough_to_be_sent_about(page: Page) -> None:
    assert len(page.text.encode()) < LARGEST


def test_what_chooses_single_charts_changes_no_report(chart_cache: ChartCache, small_page: Page) -> None:
    chosen = Selection(dossier="pakistan_china", verdict="supported", show="all", point="x", sort="now")
    assert write_report(chart_cache, selection=chosen, site=SITE) == small_page.text


def test_a_report_of_an_earlier_day_knows_nothing_later(early_page: Page) -> None:
    text = "".join(early_page.words)
    assert "As known on 30 June 2019" in text
    assert SHARE in early_page.evidence
    assert "No claim about India and Russia is recorded" in text
    everything = text + "".join(early_page.evidence.values())
    assert not re.findall(r"edition of \w* ?(?:202[0-6])|2021–25", everything)


def test_without_a_site_links_to_pages_are_words(page: Page) -> None:
    assert "Online" not in page.words
    hosts = {
        re.sub(r"^(https://[^/]+).*", r"\1", found["href"])
        for _, found in page.elements
        if found.get("href", "").startswith("http")
    }
    assert hosts <= {
        "https://www.sipri.org",
        "https://data.imf.org",
        "https://comtradeplus.un.org",
        "https://tradestat.commerce.gov.in",
    }


def test_with_a_site_links_lead_to_the_same_dossier_and_snapshot(
    small_page: Page, built_snapshot: etl.Snapshot
) -> None:
    links = [found["href"] for _, found in small_page.elements if found.get("href", "").startswith(SITE)]
    assert links
    place = f"dossier=pakistan_china&snapshot={built_snapshot.snapshot_id}"
    assert all(place in link for link in links)
    citation = next(iter(small_page.evidence.values()))
    assert f"{SITE}/" in citation


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(dossier="atlantis"), "is not in this snapshot"),
        (Selection(as_of=date(1999, 1, 1)), "nothing was known|Nothing was known"),
        (
            Selection(dossier="pakistan_china", as_of=date(2015, 1, 1)),
            "nothing was known here about Pakistan",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    selection: Selection, words: str, chart_cache: ChartCache
) -> None:
    for refuse in (write_report, name_report):
        with pytest.raises(SelectionError, match=words):
            refuse(chart_cache, selection=selection)


def test_a_link_within_the_file_comes_before_one_that_leads_out() -> None:
    known = Destinations(frozenset({"a b"}), SITE, {"as_of": "2019-06-30"})
    layout = html.Div(
        [
            html.A("here", href="/documents/a%20b"),
            html.A("there", href="/documents/c"),
            html.A("source", href="https://www.sipri.org/"),
        ]
    )
    assert write_markup(settle_links(layout, known)) == (
        '<div><a href="#document-a b">here</a>'
        f'<a href="{SITE}/documents/c?as_of=2019-06-30">there</a>'
        '<a href="https://www.sipri.org/">source</a></div>'
    )


@given(st.permutations(["id", "className", "title", "aria-label", "data-point", "hidden"]))
def test_the_order_in_which_attributes_are_given_changes_no_markup(names: list[str]) -> None:
    part = html.P("words")
    for name in names:
        setattr(part, name, True if name == "hidden" else name.upper())
    assert write_markup(part) == (
        '<p id="ID" class="CLASSNAME" title="TITLE" aria-label="ARIA-LABEL" data-point="DATA-POINT" hidden>'
        "words</p>"
    )


@given(st.dictionaries(st.text(), st.text()))
def test_texts_survive_packing_and_need_no_escape(texts: dict[str, str]) -> None:
    packed = pack_texts(texts)
    assert unpack(packed) == texts
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", packed)


@given(st.text(max_size=40))
def test_no_title_breaks_out_of_its_place(title: str) -> None:
    report = Page(write_file(FileContent(title=title, body="<p>body</p>", running_title=title, packed={})))
    plain = Page(write_file(FileContent(title="", body="<p>body</p>", running_title="", packed={})))
    assert report.elements == plain.elements


def write_to(path: Path, *, snapshot: etl.Snapshot, more: tuple[str, ...] = ()) -> tuple[int, str]:
    """The command's exit code and what it said."""
    asked = ["report", "--snapshot", str(snapshot.folder), "--dossier", "pakistan_china", "--out", str(path)]
    result = CliRunner().invoke(command, [*asked, *more])
    return result.exit_code, result.output


def test_the_command_writes_the_file_and_says_its_size(
    tmp_path: Path, built_snapshot: etl.Snapshot, small_page: Page
) -> None:
    path = tmp_path / "report.html"
    code, output = write_to(path, snapshot=built_snapshot, more=("--site", f"{SITE}/"))
    assert code == 0
    assert path.read_text(encoding="utf-8") == small_page.text
    assert str(path) in output
    assert "kB" in output


def test_the_usual_name_says_dossier_snapshot_and_day(
    tmp_path: Path, built_snapshot: etl.Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ["report", "--snapshot", str(built_snapshot.folder), "--as-of", EARLY.isoformat()]
    assert CliRunner().invoke(command, asked).exit_code == 0
    name = f"india_russia.{built_snapshot.snapshot_id}.as-of-2019-06-30.html"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--site", "footnoted.example"), "is not an address"),
        (("--site", 'https://a"b'), "is not an address"),
        (("--as-of", "soon"), "is not a date"),
        (("--as-of", "2001-01-01"), "Nothing was known here on 2001-01-01"),
        (("--dossier", "atlantis"), "is not in this snapshot"),
        (("--snapshot", "nowhere"), "nowhere"),
        (("--out", "no/such/folder/report.html"), "cannot be written"),
    ],
)
def test_the_command_ends_with_two_where_no_file_can_be(
    more: tuple[str, ...], words: str, tmp_path: Path, built_snapshot: etl.Snapshot
) -> None:
    code, output = write_to(tmp_path / "report.html", snapshot=built_snapshot, more=more)
    assert code == 2
    assert words in " ".join(re.sub(r"[^\w\s./:-]", " ", output).split())
    assert list(tmp_path.iterdir()) == []


def test_a_server_gives_the_file_with_links_back_to_itself(chart_cache: ChartCache) -> None:
    server = Flask(__name__)
    add_report_route(server, store=SnapshotStore(chart_cache))
    client = server.test_client()
    answer = client.get("/report/pakistan_china.html?as_of=2024-06-30")
    assert answer.status_code == 200
    expected = write_report(
        chart_cache,
        selection=Selection(dossier="pakistan_china", as_of=date(2024, 6, 30)),
        site="http://localhost",
    )
    assert answer.text == expected
    assert "as-of-2024-06-30" in answer.headers["Content-Disposition"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for absent in ("atlantis.html", "pakistan_china.html?as_of=2001-01-01", "pakistan_china.html?snapshot=x"):
        assert client.get(f"/report/{absent}").status_code == 404


def test_the_data_page_leads_to_the_report_of_its_dossier(chart_cache: ChartCache) -> None:
    page, rest = match_page(find_pages(), "/data")
    context = PageContext(chart_cache.snapshot, chart_cache)
    layout = page.build_layout(context, selection=Selection(dossier="pakistan_china"), rest=rest)
    assert "/report/pakistan_china.html" in list_links(layout)

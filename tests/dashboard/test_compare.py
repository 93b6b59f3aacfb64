"""The page that sets two charts or two claims side by side, and what it works out of their rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import etl
from dashboard.address import Selection, keep_drawn, read_selection
from dashboard.chart_cache import ChartCache
from dashboard.compare.differences import Comparison, DrawnSide, compare_drawn
from dashboard.components.compare_links import write_claims_link, write_compare_link
from dashboard.pages import find_pages
from dashboard.site.page_answers import SiteContext
from dashboard.views.dossiers import list_dossiers
from dashboard.views.editions import list_days
from dashboard.views.sides import place_side, read_side, step_back, write_side
from tests.dashboard.page_parts import list_links, open_page, read_text, walk

THIRTEEN = "reaffirm-defence-partnership.trade-2021-22"
TWENTY_SEVEN = "reaffirm-defence-partnership.trade-end-2022"
SHARE_THEN = "chart=share_by_window&left=@2014-03-31"
CHARTS = (
    "share_by_window",
    "bilateral_trade",
    "arms_by_supplier",
    "pace_to_target",
    "deals_progress",
    "milestones",
)


@pytest.fixture(scope="module")
def site_context(built_snapshot: etl.Snapshot) -> SiteContext:
    return SiteContext(built_snapshot, ChartCache(built_snapshot), find_pages())


def show(site_context: SiteContext, query: str) -> Any:
    """The page at /compare with a query."""
    return open_page(site_context, "/compare", query).layout


def compare(site_context: SiteContext, chart_id: str, *, left: str, right: str = "") -> Comparison:
    """What two sides of a chart have in common."""
    return compare_drawn(draw(site_context, chart_id, left), draw(site_context, chart_id, right))


def draw(site_context: SiteContext, chart_id: str, side_text: str) -> DrawnSide:
    """What one side draws."""
    side = read_side(side_text, name="left", snapshot=site_context.snapshot)
    chart_cache = site_context.chart_cache.turn_back(side.day)
    selection = place_side(side, Selection(), snapshot=site_context.snapshot)
    return DrawnSide(chart_cache.snapshot, side.dossier, chart_cache.select_view(chart_id, selection).points)


def list_frames(layout: Any) -> dict[str, Any]:
    """The two frames by their side."""
    figures = [part for part in walk(layout) if getattr(part, "_type", "") == "Figure"]
    return {getattr(figure, "data-side"): figure for figure in figures}


def test_the_address_of_a_comparison_changes_no_chart_and_holds_both_sides() -> None:
    selection = read_selection({"chart": "deals_progress", "left": "@2025-03-10", "right": "pakistan_china"})
    assert (selection.chart, selection.left, selection.right) == (
        "deals_progress",
        "@2025-03-10",
        "pakistan_china",
    )
    assert keep_drawn(selection) == Selection()


def test_a_side_reads_as_it_is_written(built_snapshot: etl.Snapshot) -> None:
    for dossier in list_dossiers(built_snapshot):
        for known in list_days(built_snapshot, dossier):
            text = f"{dossier.dossier_id}@{known.day.isoformat()}"
            side = read_side(text, name="left", snapshot=built_snapshot)
            assert read_side(write_side(side), name="left", snapshot=built_snapshot) == side
            assert side.day == (known.day if known.day < built_snapshot.as_of else None)


@pytest.mark.parametrize("empty", [None, "", "@"])
def test_an_empty_side_is_the_newest_of_the_main_dossier(
    empty: str | None, built_snapshot: etl.Snapshot
) -> None:
    side = read_side(empty, name="left", snapshot=built_snapshot)
    assert (side.dossier.dossier_id, side.day, write_side(side)) == ("india_russia", None, "")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("chart=nothing", ["chart='nothing'", "share_by_window"]),
        ("chart=deals_progress&left=mars", ["left='mars'", "no dossier 'mars'", "pakistan_china"]),
        ("chart=deals_progress&right=@2019", ["right='@2019'", "'2019' is not a date"]),
        ("chart=deals_progress&right=@1999-01-01", ["right='@1999-01-01'", "begins in March 2011"]),
        ("chart=share_by_window&left=pakistan_china@2019-03-31", ["Pakistan and China", "March 2024"]),
        ("left=no.claim&right=other", ["left='no.claim'", THIRTEEN]),
        (f"left={THIRTEEN}&right={THIRTEEN}", ["left and right are the same claim"]),
    ],
)
def test_a_side_that_cannot_be_is_named_with_what_is_known(
    query: str, words: list[str], site_context: SiteContext
) -> None:
    text = read_text(show(site_context, query))
    assert [word for word in words if word not in text] == []


def test_the_share_of_2014_stands_beside_the_one_restated_later(site_context: SiteContext) -> None:
    found = compare(site_context, "share_by_window", left="@2014-03-31")
    (difference,) = found.differences["PERCENT"]
    shown = (difference.left.value_text, difference.right.value_text, difference.change, difference.per_cent)
    assert shown == ("75%", "76%", "+1 percentage point", "")
    assert difference.left.edition == "SIPRI, March 2014"
    assert [shown.value_text for shown in found.unchanged] == ["82%"]
    assert found.only_left == ()


def test_in_two_dossiers_the_sides_stand_for_each_other(site_context: SiteContext) -> None:
    found = compare(site_context, "share_by_window", left="pakistan_china")
    by_period = {each.right.period: each for each in found.differences["PERCENT"]}
    newest = by_period["2021–25"]
    assert (newest.left.value_text, newest.right.value_text) == ("80%", "40%")
    assert newest.change == "−40 percentage points"


def test_amounts_differ_in_their_unit_and_in_per_cent(site_context: SiteContext) -> None:
    first = compare(site_context, "arms_by_supplier", left="@2025-01-03").differences["TIV_MILLIONS"][0]
    assert (first.left.partner, first.left.period) == ("Russia", "2012")
    assert (first.change, first.per_cent) == ("+65 million TIV", "+1.7%")


def test_a_volume_of_arms_never_stands_beside_money(site_context: SiteContext) -> None:
    arms, trade = draw(site_context, "arms_by_supplier", ""), draw(site_context, "bilateral_trade", "")
    found = compare_drawn(arms, trade)
    assert (found.differences, found.unchanged) == ({}, ())
    assert len(found.only_left) == len({point.row_id for point in arms.points})


def test_a_verdict_that_changed_is_a_difference_without_a_sum(site_context: SiteContext) -> None:
    found = compare(site_context, "bilateral_trade", left="@2025-12-05")
    known = draw(site_context, "bilateral_trade", "@2025-12-05")
    marks = {point.row_id: point.mark for point in known.points}
    now = {point.row_id: point.mark for point in draw(site_context, "bilateral_trade", "").points}
    claims = set(site_context.snapshot.claims().collect()["claim_id"]) & set(marks)
    turned = {claim_id for claim_id in claims if marks[claim_id] != now[claim_id]}
    shown = found.differences[""]
    assert turned
    assert {each.right.row_id for each in shown} & claims == turned
    assert {(each.change, each.per_cent) for each in shown} <= {("", "")}


@settings(max_examples=12)
@given(data=st.data())
def test_every_row_is_counted_at_most_once_and_the_largest_difference_comes_first(
    data: st.DataObject, site_context: SiteContext
) -> None:
    (dossier, _) = list_dossiers(site_context.snapshot)
    days = [known.day.isoformat() for known in list_days(site_context.snapshot, dossier)]
    chart_id = data.draw(st.sampled_from(CHARTS))
    left, right = (f"@{data.draw(st.sampled_from(days))}" for _ in range(2))
    found = compare(site_context, chart_id, left=left, right=right)
    values = dict(site_context.snapshot.observations().collect().select("obs_id", "obs_value").rows())
    theirs = [shown.row_id for shown in (*found.unchanged, *found.only_right)]
    for differences in found.differences.values():
        theirs += [each.right.row_id for each in differences]
        sizes = [
            abs((values.get(each.right.row_id) or 0.0) - (values.get(each.left.row_id) or 0.0))
            for each in differences
        ]
        assert sizes == sorted(sizes, reverse=True)
        assert all(each.left.value_text != each.right.value_text or not each.change for each in differences)
    assert {row_id: number for row_id, number in Counter(theirs).items() if number > 1} == {}
    assert set(theirs) <= {point.row_id for point in draw(site_context, chart_id, right).points}


def test_two_frames_of_a_chart_share_no_id_and_keep_their_own_place(site_context: SiteContext) -> None:
    layout = show(site_context, "chart=share_by_window&left=pakistan_china@2025-03-10")
    ids = [found for part in walk(layout) if isinstance(found := getattr(part, "id", None), str)]
    assert [name for name, number in Counter(ids).items() if number > 1] == []
    frames = list_frames(layout)
    assert {side: frame.id for side, frame in frames.items()} == {
        "left": "share_by_window-left",
        "right": "share_by_window-right",
    }
    place = parse_qs(getattr(frames["left"], "data-place"))
    assert place == {"page": ["/arms"], "dossier": ["pakistan_china"], "as_of": ["2025-03-10"]}
    assert parse_qs(getattr(frames["right"], "data-place")) == {"page": ["/arms"]}


def test_each_frame_asks_for_the_picture_and_the_files_of_its_own_side(site_context: SiteContext) -> None:
    frames = list_frames(show(site_context, SHARE_THEN))
    for side, day in (("left", ["2014-03-31"]), ("right", None)):
        (picture,) = (
            found for part in walk(frames[side]) if (found := getattr(part, "data-picture-of", None))
        )
        assert urlsplit(picture).path == "/picture/share_by_window.svg"
        files = [link for link in list_links(frames[side]) if link.startswith("/download/")]
        assert files
        assert [parse_qs(urlsplit(link).query).get("as_of") for link in (picture, *files)] == [
            day for _ in (picture, *files)
        ]


def test_every_row_that_a_side_opens_was_known_on_its_day(site_context: SiteContext) -> None:
    layout = show(site_context, "chart=arms_by_supplier&left=@2025-01-03")
    known = {
        "left": site_context.chart_cache.turn_back(date(2025, 1, 3)).snapshot,
        "right": site_context.snapshot,
    }
    opened = []
    for part in walk(layout):
        side = str(getattr(part, "data-side", ""))
        for inner in walk(part) if side else ():
            if row_id := getattr(inner, "data-point", None):
                opened.append(row_id)
                assert known[side].evidence(row_id).row_id == row_id
    assert len(opened) > 20


def test_the_marks_of_an_earlier_day_lead_to_the_source_they_mean(site_context: SiteContext) -> None:
    layout = show(site_context, SHARE_THEN)
    (number,) = (
        note.number for note in site_context.snapshot.list_footnotes() if note.key == "sipri_fact_sheets"
    )
    left = list_frames(layout)["left"]
    marks = {found for part in walk(left) if (found := getattr(part, "data-footnote", None))}
    assert marks == {str(number)}


def test_where_both_sides_are_the_same_the_left_steps_back_a_year_and_says_so(
    site_context: SiteContext, built_snapshot: etl.Snapshot
) -> None:
    newest = read_side("", name="right", snapshot=built_snapshot)
    before = step_back(newest, snapshot=built_snapshot)
    assert before is not None
    assert before.day == date(2025, 1, 3)
    text = read_text(show(site_context, "chart=share_by_window"))
    assert "as known on 3 January 2025 and on" in text
    assert "a year before" in text


def test_on_an_earlier_day_both_sides_stay_within_it(site_context: SiteContext) -> None:
    frames = list_frames(show(site_context, "chart=share_by_window&left=@2014-03-31&as_of=2019-03-31"))
    assert parse_qs(getattr(frames["right"], "data-place"))["as_of"] == ["2019-03-31"]


def test_the_heading_says_what_is_compared(site_context: SiteContext) -> None:
    queries = {
        SHARE_THEN: "Russia’s share of India’s arms imports: as known on 31 March 2014 and on 9 March 2026",
        "chart=share_by_window&left=pakistan_china": (
            "China’s share of Pakistan’s arms imports beside Russia’s share of India’s arms imports"
        ),
        f"left={THIRTEEN}&right={TWENTY_SEVEN}": "“US\u202f$13 billion” beside “US\u202f$27 billion”",
    }
    for query, heading in queries.items():
        headings = [part for part in walk(show(site_context, query)) if getattr(part, "_type", "") == "H1"]
        assert [read_text(each) for each in headings] == [heading]


def test_the_start_offers_what_the_data_have(site_context: SiteContext) -> None:
    layout = show(site_context, "")
    text, links = read_text(layout), list_links(layout)
    assert "Russia’s share of India’s arms imports: as known in March 2014 and now" in text
    assert write_claims_link(THIRTEEN, TWENTY_SEVEN) in links
    assert f"/compare?{urlencode({'chart': 'share_by_window', 'right': 'pakistan_china'})}" in links


def test_every_link_of_the_start_leads_to_two_sides(site_context: SiteContext) -> None:
    for link in list_links(show(site_context, "")):
        layout = show(site_context, urlsplit(link).query)
        tables = [part for part in walk(layout) if "claim-pair" in str(getattr(part, "className", ""))]
        assert set(list_frames(layout)) == {"left", "right"} or len(tables) == 1, link


def test_the_link_of_a_chart_leads_to_its_comparison(site_context: SiteContext) -> None:
    newest = write_compare_link("share_by_window", Selection(dossier="pakistan_china"))
    assert "a year before" in read_text(show(site_context, urlsplit(newest).query))
    chosen = write_compare_link("deals_progress", Selection(show="all"))
    assert parse_qs(urlsplit(chosen).query) == {"chart": ["deals_progress"], "show": ["all"]}


def test_on_an_earlier_day_the_year_counts_back_from_it(site_context: SiteContext) -> None:
    text = read_text(show(site_context, "chart=share_by_window&as_of=2019-03-31"))
    assert "as known on 13 March 2018 and on 31 March 2019" in text


def test_what_a_chart_lets_choose_is_chosen_for_both_sides(site_context: SiteContext) -> None:
    layout = show(site_context, "chart=deals_progress&left=@2025-04-01&show=all")
    every = site_context.chart_cache.select_view("deals_progress", Selection(show="all"))
    usual = site_context.chart_cache.select_view("deals_progress", Selection())
    assert every.title != usual.title
    assert all(every.title in read_text(each) for each in list_frames(layout).values())
    links = [link for link in list_links(layout) if "show=" not in link and "chart=deals_progress" in link]
    assert any(link.startswith("?") and "left=%402025-04-01" in link for link in links)

"""The slope: every larger supplier's share in two windows that share no year."""

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from dashboard.address import Selection
from dashboard.charts import slope
from dashboard.theme import Theme

THEMES = [Theme(), Theme(narrow=True)]


def add_deliveries(snapshot: etl.Snapshot, years: range) -> dict[str, float]:
    """Shares in per cent from the yearly rows of the newest register, without the rules under test."""
    rows = snapshot.observations(
        indicator="arms_import_volume",
        ref_area="IND",
        period_basis="calendar_year",
        vintage=date(2026, 2, 12),
    )
    totals: dict[str, float] = defaultdict(float)
    for row in rows.collect().to_dicts():
        if int(row["time_period"]) in years:
            totals[row["counterpart_area"]] += row["obs_value"]
    whole = totals.pop("W00")
    return {code: 100 * total / whole for code, total in totals.items()}


def list_words(figure: dict[str, Any]) -> list[str]:
    """The words at the ends, plain."""
    notes = (note["text"] for note in figure["layout"]["annotations"])
    return [note.replace("<b>", "").replace("</b>", "").strip() for note in notes]


def test_both_ends_are_what_the_yearly_deliveries_add_up_to(built_snapshot: etl.Snapshot) -> None:
    view = slope.select(built_snapshot, Selection())
    assert view.periods == ("1995\u201399", "2020\u201324")
    for end, years in enumerate((range(1995, 2000), range(2020, 2025))):
        shares = add_deliveries(built_snapshot, years)
        for line in view.lines:
            assert line.measure(end) == pytest.approx(shares.get(line.supplier, 0.0))
    larger = {
        code
        for years in (range(1995, 2000), range(2020, 2025))
        for code, share in add_deliveries(built_snapshot, years).items()
        if share >= 1
    }
    assert {line.supplier for line in view.lines} == larger


def test_russia_and_france_stand_with_their_shares_at_both_ends(built_snapshot: etl.Snapshot) -> None:
    words = list_words(slope.draw(slope.select(built_snapshot, Selection()), Theme()))
    for said in ("Russia 72.9%", "36.0% Russia", "France 3.5%", "33.0% France", "12.6% Israel"):
        assert said in words


def test_a_reader_can_start_from_the_window_that_documents_speak_of(built_snapshot: etl.Snapshot) -> None:
    chosen = Selection(window="2009-13")
    view = slope.select(built_snapshot, chosen)
    assert view.title == "Suppliers\u2019 shares of India\u2019s arms imports, 2009\u201313 and 2020\u201324"
    assert "Russia from 76.1% to 36.0%" in slope.describe(view)
    choices = slope.offer_choices(built_snapshot, chosen)
    assert [choice.label for choice in choices if choice.is_chosen] == ["2009\u201313"]
    assert [choice.value for choice in choices] == [
        "1995-99",
        "2000-04",
        "2005-09",
        "2009-13",
        "2010-14",
        "2015-19",
    ]


@pytest.mark.parametrize("window", ["2016-20", "2020-24", "nonsense", "all"])
def test_a_window_that_shares_years_with_the_last_is_not_compared_with_it(
    window: str, built_snapshot: etl.Snapshot
) -> None:
    assert slope.select(built_snapshot, Selection(window=window)) == slope.select(built_snapshot, Selection())


def test_an_end_without_deliveries_has_no_mark_and_a_dotted_line(built_snapshot: etl.Snapshot) -> None:
    view = slope.select(built_snapshot, Selection())
    (line,) = [line for line in view.lines if line.name == "United States"]
    assert line.ends[0] is None
    dotted = [trace for trace in slope.draw(view, Theme())["data"] if trace["line"].get("dash") == "dot"]
    assert [0.0, line.measure(1)] in [trace["y"] for trace in dotted]
    assert all(trace["hoverinfo"] == "skip" for trace in dotted)
    assert "dotted: no deliveries at the other end" in view.subtitle


def test_what_is_left_out_is_counted(built_snapshot: etl.Snapshot) -> None:
    view = slope.select(built_snapshot, Selection())
    drawn = {line.supplier for line in view.lines}
    smaller = {
        *add_deliveries(built_snapshot, range(1995, 2000)),
        *add_deliveries(built_snapshot, range(2020, 2025)),
    }
    named = len(smaller - drawn - {"_X"})
    assert f"not drawn: {named} suppliers and some not named, under 1% at both ends" in view.subtitle


def test_a_window_with_a_predecessor_state_is_no_start(built_snapshot: etl.Snapshot) -> None:
    then = etl.open_snapshot(built_snapshot.folder, as_of=date(2022, 12, 31))
    view = slope.select(then, Selection())
    assert view.periods == ("1992\u201396", "2017\u201321")
    assert "SUN" not in {line.supplier for line in view.lines}


def test_an_older_register_can_be_chosen(built_snapshot: etl.Snapshot) -> None:
    view = slope.select(built_snapshot, Selection(vintage=date(2022, 4, 22)))
    assert "SIPRI register of 22 April 2022" in view.subtitle
    assert view.periods[-1] == "2017\u201321"


def test_one_supplier_is_nothing_to_compare(built_snapshot: etl.Snapshot) -> None:
    chosen = Selection(dossier="pakistan_china")
    view = slope.select(built_snapshot, chosen)
    assert view.points == ()
    assert "no register that gives two suppliers" in slope.describe(view)
    assert slope.offer_choices(built_snapshot, chosen) == ()


@pytest.mark.parametrize("theme", THEMES, ids=("wide", "narrow"))
def test_every_line_has_a_name_on_every_screen(built_snapshot: etl.Snapshot, theme: Theme) -> None:
    view = slope.select(built_snapshot, Selection())
    text = " ".join(list_words(slope.draw(view, theme)))
    assert all(line.name in text for line in view.lines)


@pytest.mark.parametrize("window", [None, "2009-13"])
def test_on_a_phone_a_row_per_supplier_says_both_shares_the_newest_largest_first(
    built_snapshot: etl.Snapshot, window: str | None
) -> None:
    view = slope.select(built_snapshot, Selection(window=window))
    figure = slope.draw(view, Theme(narrow=True))
    rows: dict[float, list[str]] = defaultdict(list)
    for note, words in zip(figure["layout"]["annotations"], list_words(figure), strict=True):
        rows[note["y"]].append(words)
    heading, *listed = (rows[y] for y in sorted(rows))
    assert [words[2:] for words in heading] == list(view.periods)
    assert listed == [[line.name, line.say(0), line.say(1)] for line in view.lines]
    newest = [line.measure(1) for line in view.lines]
    assert newest == sorted(newest, reverse=True)


def test_on_a_phone_the_marks_of_a_row_lie_below_its_words_at_its_shares(
    built_snapshot: etl.Snapshot,
) -> None:
    view = slope.select(built_snapshot, Selection())
    figure = slope.draw(view, Theme(narrow=True))
    starts = [note["y"] for note in figure["layout"]["annotations"] if note["xanchor"] == "left"]
    marks = {
        row_id: (x, y)
        for trace in figure["data"]
        for row_id, x, y in zip(trace.get("customdata", ()), trace["x"], trace["y"], strict=False)
    }
    for place, line in enumerate(view.lines):
        below = [*starts, figure["layout"]["height"]][place + 1]
        for span in filter(None, line.ends):
            share, y = marks[span.row_id]
            assert share == span.value
            assert starts[place] + 12 < y < below - 12


@given(st.lists(st.floats(0, 500), max_size=12), st.floats(100, 500))
def test_names_pushed_up_from_below_stay_apart_and_above_the_edge(places: list[float], lowest: float) -> None:
    spread = [place + 16 * number for number, place in enumerate(sorted(places))]
    kept = slope._keep_above(spread, lowest=lowest)
    assert all(place <= lowest for place in kept)
    assert all(after - before >= 15.84 - 1e-6 for before, after in pairwise(kept))
    assert all(after <= before for before, after in zip(spread, kept, strict=True))

"""The ribbon of a window: every edition on its day, with its rounding; what was recomputed and claimed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import revisions
from dashboard.theme import Theme

THEME = Theme()


def list_words(figure: dict[str, Any]) -> str:
    """All labels of a figure."""
    return " | ".join(note["text"] for note in figure["layout"]["annotations"])


def test_the_window_with_most_editions_comes_first(built_snapshot: etl.Snapshot) -> None:
    view = revisions.select(built_snapshot, Selection())
    (ribbon,) = view.ribbons
    assert [(mark.value, mark.day) for mark in ribbon.printed] == [
        (75.0, date(2014, 3, 31)),
        (76.0, date(2019, 3, 31)),
    ]
    assert [mark.day for mark in ribbon.recomputed] == [
        date(2022, 4, 22),
        date(2025, 1, 3),
        date(2026, 2, 12),
    ]
    assert [(mark.value, mark.day, mark.says) for mark in ribbon.claims] == [
        (76.0, date(2025, 12, 5), "Business Standard")
    ]


def test_a_value_stands_from_its_edition_until_the_next_and_then_to_the_day_shown(
    built_snapshot: etl.Snapshot,
) -> None:
    view = revisions.select(built_snapshot, Selection(window="2013-17"))
    steps = [(mark.value, start, end) for mark, start, end in view.ribbons[0].list_steps(view.today)]
    assert steps == [
        (62.0, date(2018, 3, 13), date(2023, 3, 31)),
        (64.0, date(2023, 3, 31), built_snapshot.as_of),
    ]


def test_the_shade_is_as_high_as_the_printed_rounding(built_snapshot: etl.Snapshot) -> None:
    figure = revisions.draw(revisions.select(built_snapshot, Selection(window="2013-17")), THEME)
    bands = [trace["y"] for trace in figure["data"] if trace.get("fill") == "toself"]
    assert bands == [[61.5, 61.5, 62.5, 62.5], [63.5, 63.5, 64.5, 64.5]]


def test_claims_are_pinned_in_amber_on_the_day_of_their_document(built_snapshot: etl.Snapshot) -> None:
    figure = revisions.draw(revisions.select(built_snapshot, Selection(window="2019-23")), THEME)
    pins = [trace for trace in figure["data"] if trace.get("marker", {}).get("color") == THEME.palette.claim]
    assert [(pin["x"], pin["y"]) for pin in pins] == [(["2025-12-05"], [36])]
    assert "36% ✓" in list_words(figure)


def test_the_axis_is_never_so_short_that_rounding_looks_like_a_movement(built_snapshot: etl.Snapshot) -> None:
    for choice in revisions.offer_choices(built_snapshot, Selection()):
        view = revisions.select(built_snapshot, Selection(window=choice.value))
        low, high = revisions.draw(view, THEME)["layout"]["yaxis"]["range"]
        assert high - low >= revisions.LEAST_REACH - 1e-9
        assert "does not start at zero" in view.subtitle


def test_every_window_can_be_chosen_and_only_the_drawn_one_is_marked(built_snapshot: etl.Snapshot) -> None:
    choices = revisions.offer_choices(built_snapshot, Selection(window="2016-20"))
    assert [choice.label for choice in choices][:2] == ["2021–25", "2020–24"]
    assert [choice.value for choice in choices if choice.is_chosen] == ["2016-20"]
    assert len(choices) == 15


def test_all_windows_name_what_was_restated(built_snapshot: etl.Snapshot) -> None:
    view = revisions.select(built_snapshot, Selection(window="all"))
    words = revisions.describe(view)
    for change in ("2009–13 from 75% to 76%", "2013–17 from 62% to 64%", "2016–20 from 49% to 51%"):
        assert change in words
    assert list_words(revisions.draw(view, THEME)).count("%") == len(view.ribbons) == 14


def test_a_dossier_without_revisions_shows_all_its_windows(built_snapshot: etl.Snapshot) -> None:
    view = revisions.select(built_snapshot, Selection(dossier="pakistan_china"))
    assert not view.is_single
    assert revisions.describe(view).endswith("7 windows in 3 editions; none restated.")
    assert "<b>80%</b> 2021–25" in list_words(revisions.draw(view, THEME))


@pytest.mark.parametrize("window", ["1990-94", "nonsense"])
def test_an_unknown_window_shows_the_usual_one(window: str, built_snapshot: etl.Snapshot) -> None:
    assert revisions.select(built_snapshot, Selection(window=window)) == revisions.select(
        built_snapshot, Selection()
    )


def test_an_earlier_day_ends_the_lines(built_snapshot: etl.Snapshot) -> None:
    then = etl.open_snapshot(built_snapshot.folder, as_of=date(2018, 6, 1))
    view = revisions.select(then, Selection(window="2013-17"))
    assert [(mark.value_text, end) for mark, _, end in view.ribbons[0].list_steps(view.today)] == [
        ("62%", date(2018, 6, 1))
    ]

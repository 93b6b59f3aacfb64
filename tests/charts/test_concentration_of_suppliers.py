"""The concentration of suppliers: how few they are, by window and register."""

from datetime import date
from typing import Any

import polars as pl
import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import concentration
from dashboard.svg import measure_words
from dashboard.theme import Theme

THEMES = [Theme(), Theme(narrow=True)]


def square_shares(snapshot: etl.Snapshot, window: str) -> float:
    """The index from the shares of the newest register, without the rule under test."""
    rows = snapshot.observations(indicator="arms_import_share", time_period=window, vintage=date(2026, 2, 12))
    return float(rows.select((pl.col("obs_value") ** 2).sum()).collect().item())


def list_words(figure: dict[str, Any]) -> str:
    """All labels of a figure."""
    return " | ".join(note["text"] for note in figure["layout"]["annotations"])


def test_every_window_is_the_sum_of_its_squared_shares(built_snapshot: etl.Snapshot) -> None:
    view = concentration.select(built_snapshot, Selection())
    assert len(view.newest) == 26
    for span in view.newest:
        window = f"{span.start.year}-{(span.start.year + 4) % 100:02}"
        assert span.value == pytest.approx(square_shares(built_snapshot, window))


@pytest.mark.parametrize("theme", THEMES, ids=("wide", "narrow"))
def test_the_first_and_the_newest_value_are_named(built_snapshot: etl.Snapshot, theme: Theme) -> None:
    words = list_words(concentration.draw(concentration.select(built_snapshot, Selection()), theme))
    assert "<b>5,447 points</b><br>1995\u201399" in words
    assert "<b>2,647 points</b><br>2020\u201324" in words


def test_the_scale_counts_equal_suppliers(built_snapshot: etl.Snapshot) -> None:
    figure = concentration.draw(concentration.select(built_snapshot, Selection()), Theme())
    marks = {
        note["text"]: note["y"] for note in figure["layout"]["annotations"] if "supplier" in note["text"]
    }
    assert marks == {
        "one supplier alone": 10_000,
        "2 equal suppliers": 5_000,
        "3 equal suppliers": pytest.approx(10_000 / 3),
        "4 equal suppliers": 2_500,
        "10 equal suppliers": 1_000,
    }
    assert set(marks.values()) <= set(figure["layout"]["yaxis"]["tickvals"])
    words = concentration.describe(concentration.select(built_snapshot, Selection()))
    assert "1.8 equal suppliers at first and 3.8 equal suppliers at last" in words


def test_the_newest_register_is_strong_and_the_older_ones_are_thin(built_snapshot: etl.Snapshot) -> None:
    palette = Theme().palette
    figure = concentration.draw(concentration.select(built_snapshot, Selection()), Theme())
    fills = [(trace["line"]["color"], trace["line"]["width"]) for trace in figure["data"]]
    assert fills == [(palette.other_vintage, 1.0), (palette.other_vintage, 1.0), (palette.statistic, 2.5)]
    assert all("2026-02-12" in row_id for row_id in figure["data"][-1]["customdata"])


def test_a_value_stands_over_the_middle_of_its_window(built_snapshot: etl.Snapshot) -> None:
    newest = concentration.draw(concentration.select(built_snapshot, Selection()), Theme())["data"][-1]
    places = dict(zip(newest["customdata"], newest["x"], strict=True))
    (last,) = [day for row_id, day in places.items() if ".2020-24." in row_id]
    assert last == "2022-07-02"


def test_windows_in_which_one_supplier_counts_as_two_are_not_drawn(built_snapshot: etl.Snapshot) -> None:
    known = built_snapshot.observations(indicator="arms_supplier_concentration").collect()
    assert known.filter(pl.col("obs_status") == "B").height == 2
    for view in (
        concentration.select(built_snapshot, Selection()),
        concentration.select(etl.open_snapshot(built_snapshot.folder, as_of=date(2022, 12, 31)), Selection()),
    ):
        periods = {span.period for _, spans in view.registers for span in spans}
        assert min(periods) == "1992\u201396"


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2025, 2, 1), date(2026, 3, 9)])
def test_the_words_of_the_scale_lie_over_no_line(built_snapshot: etl.Snapshot, day: date) -> None:
    then = etl.open_snapshot(built_snapshot.folder, as_of=day)
    view = concentration.select(then, Selection())
    for theme, width in ((THEMES[0], 540), (THEMES[0], 1100), (THEMES[1], 343), (THEMES[1], 520)):
        canvas = concentration._build_chart(view, theme).canvas
        lines = [canvas.cover(line, width=width) for line in concentration._list_lines(view)]
        words = measure_words(concentration.draw(view, theme), width=width)
        for text, box in words:
            if "supplier" in text:
                assert not any(box.meets(line, gap=-2) for line in lines), (text, width)


def test_without_a_register_there_is_nothing_to_work_it_out_from(built_snapshot: etl.Snapshot) -> None:
    for selection, day in ((Selection(dossier="pakistan_china"), None), (Selection(), date(2019, 1, 1))):
        view = concentration.select(etl.open_snapshot(built_snapshot.folder, as_of=day), selection)
        assert view.points == ()
        assert "no register" in concentration.describe(view)

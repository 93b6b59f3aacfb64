"""The small panels: one per larger supplier, all on one scale."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

import etl
from dashboard.address import Selection
from dashboard.charts import supplier_multiples
from dashboard.plotting.traces import Span
from dashboard.theme import Theme

THEMES = [Theme(), Theme(narrow=True)]


def list_axes(figure: dict[str, Any], letter: str) -> list[dict[str, Any]]:
    """All x or y axes of a figure."""
    return [axis for name, axis in figure["layout"].items() if name.startswith(f"{letter}axis")]


def test_the_seven_largest_suppliers_have_a_panel_each(built_snapshot: etl.Snapshot) -> None:
    view = supplier_multiples.select(built_snapshot, Selection())
    assert [panel.name for panel in view.panels] == [
        "Russia",
        "France",
        "Israel",
        "United States",
        "United Kingdom",
        "Uzbekistan",
        "Germany",
    ]


def test_a_panel_is_headed_by_its_newest_share_printed_or_recomputed(built_snapshot: etl.Snapshot) -> None:
    view = supplier_multiples.select(built_snapshot, Selection())
    figure = supplier_multiples.draw(view, Theme())
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert words[0] == "<b>Russia</b><br><b>40%</b> 2021\u201325"
    assert words[1] == "<b>France</b><br><b>29%</b> 2021\u201325"
    assert words[3] == "<b>United States</b><br><b>9.6%</b> 2020\u201324"
    # Nothing came from there in the latest windows: the figure is not of today.
    assert words[5] == "<b>Uzbekistan</b><br>last <b>1.1%</b> 2011\u201315"


def test_what_has_no_panel_is_counted_with_the_largest_share_among_it(built_snapshot: etl.Snapshot) -> None:
    view = supplier_multiples.select(built_snapshot, Selection())
    assert view.others == (
        "not drawn: 16 other suppliers and some not named, at most 8.6% (Netherlands, 1995\u201399)"
    )
    drawn = {panel.supplier for panel in view.panels}
    rows = built_snapshot.observations(indicator="arms_import_share", vintage=date(2026, 2, 12)).collect()
    rest = [row for row in rows.to_dicts() if row["counterpart_area"] not in drawn]
    assert max(rest, key=lambda row: row["obs_value"])["counterpart_area"] == "NLD"
    assert len({row["counterpart_area"] for row in rest} - {"_X"}) == 16


@pytest.mark.parametrize("theme", THEMES, ids=("wide", "narrow"))
def test_all_panels_have_one_scale_and_lie_apart(built_snapshot: etl.Snapshot, theme: Theme) -> None:
    figure = supplier_multiples.draw(supplier_multiples.select(built_snapshot, Selection()), theme)
    years, shares = list_axes(figure, "x"), list_axes(figure, "y")
    assert len(years) == len(shares) == 7
    assert (
        len({tuple(axis["range"]) for axis in years}) == len({tuple(axis["range"]) for axis in shares}) == 1
    )
    assert shares[0]["range"][0] == 0
    places = {(*across["domain"], *along["domain"]) for across, along in zip(years, shares, strict=True)}
    assert len(places) == 7
    assert len({place[0] for place in places}) == (2 if theme.narrow else 4)


def test_printed_figures_lie_over_their_five_years(built_snapshot: etl.Snapshot) -> None:
    figure = supplier_multiples.draw(supplier_multiples.select(built_snapshot, Selection()), Theme())
    bars = [trace for trace in figure["data"] if "2021-25.sipri_fact_sheets" in str(trace.get("customdata"))]
    assert [(bar["x"][0], bar["x"][-1], bar["y"][0]) for bar in bars] == [
        ("2021-01-01", "2026-01-01", 40.0),
        ("2021-01-01", "2026-01-01", 29.0),
        ("2021-01-01", "2026-01-01", 15.0),
    ]
    assert [bar["xaxis"] for bar in bars] == ["x", "x2", "x3"]


def test_a_restated_window_shows_its_newest_edition_only(built_snapshot: etl.Snapshot) -> None:
    russia = supplier_multiples.select(built_snapshot, Selection()).panels[0]
    assert {span.period: span.value for span in russia.editions}["2009\u201313"] == 76.0
    assert len(russia.editions) == 14


def test_windows_without_deliveries_are_a_gap_in_the_line() -> None:
    spans = tuple(
        Span(f"share-{year}", date(year, 1, 1), date(year + 4, 12, 31), 5.0, "5%", f"{year}", "")
        for year in (1995, 1996, 1999, 2001, 2002)
    )
    panel = supplier_multiples.Panel("POL", "Poland", spans, ())
    assert [[span.start.year for span in run] for run in panel.runs] == [[1995, 1996], [1999], [2001, 2002]]


def test_a_known_supplier_keeps_its_colour_and_others_are_plain(built_snapshot: etl.Snapshot) -> None:
    view = supplier_multiples.select(built_snapshot, Selection())
    palette = Theme().palette
    for place, panel in enumerate(view.panels):
        traces = supplier_multiples.draw(view, Theme())["data"]
        axis = f"x{place + 1}" if place else "x"
        colors = {trace["line"]["color"] for trace in traces if trace["xaxis"] == axis}
        assert colors == {palette.suppliers.get(panel.supplier, palette.secondary)}


def test_one_supplier_needs_no_panels(built_snapshot: etl.Snapshot) -> None:
    view = supplier_multiples.select(built_snapshot, Selection(dossier="pakistan_china"))
    assert view.points == ()
    assert "no register that gives two suppliers" in supplier_multiples.describe(view)


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2025, 2, 1), date(2026, 3, 9)])
def test_years_below_a_panel_have_room(built_snapshot: etl.Snapshot, day: date) -> None:
    then = etl.open_snapshot(built_snapshot.folder, as_of=day)
    for theme in THEMES:
        figure = supplier_multiples.draw(supplier_multiples.select(then, Selection()), theme)
        across = list_axes(figure, "x")[0]
        start, end = (date.fromisoformat(day) for day in across["range"])
        ticks = [date.fromisoformat(day) for day in across["tickvals"]]
        pixels = (across["domain"][1] - across["domain"][0]) * ((343 if theme.narrow else 540) - 50)
        assert len(ticks) > 1
        assert all((after - before) / (end - start) * pixels >= 30 for before, after in pairwise(ticks))

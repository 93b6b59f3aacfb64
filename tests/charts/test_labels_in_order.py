"""Words over each other stand in the order of what they name."""

from __future__ import annotations

from itertools import combinations

from dashboard.plotting.labels import Canvas, Extent, Label, place_labels


def test_words_of_a_lower_mark_never_stand_over_those_of_a_higher_one() -> None:
    canvas = Canvas(height=300, margin=(40, 40, 10, 30), x_range=(0, 10), y_range=(0, 100), widths=(540,))
    labels = [Label(5, value, "#000", f"{value}%", sides=("above", "below")) for value in (80.0, 81.0, 82.0)]
    around = [Extent(3, 7, label.y - 0.8, label.y + 0.8) for label in labels]
    placed = place_labels(canvas, labels, around=around)
    down = {note["y"]: canvas.locate(5, note["y"], width=540)[1] + _read_shift(note) for note in placed}
    for lower, higher in combinations(sorted(down), 2):
        assert down[lower] > down[higher]


def test_words_about_a_line_stand_nearer_to_it_than_to_a_higher_one_that_ends_over_it() -> None:
    canvas = Canvas(height=300, margin=(40, 40, 10, 30), x_range=(0, 10), y_range=(0, 100), widths=(540,))
    label = Label(6, 78.0, "#000", "78%", "2020\u201324", sides=("above", "above right"))
    ends = {80.0: (1, 5.5), 78.0: (2, 7)}
    sides = {}
    for has_levels in (False, True):
        around = [
            Extent(start, stop, value - 0.5, value + 0.5, level=value if has_levels else None)
            for value, (start, stop) in ends.items()
        ]
        (note,) = place_labels(canvas, [label], around=around)
        sides[has_levels] = note["xanchor"]
    assert sides == {False: "center", True: "left"}


def _read_shift(note: dict[str, float]) -> float:
    return note["ay"] if note["showarrow"] else -note["yshift"]

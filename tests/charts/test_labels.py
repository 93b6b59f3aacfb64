"""Direct labels: no words over words, at any width."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.plotting.labels import Canvas, Extent, Label, move_apart, place_labels
from dashboard.typeface import Box, measure_text, wrap_text

CANVAS = Canvas(400, (40, 20, 10, 30), (0.0, 100.0), (0.0, 100.0), (540, 1100))
INK = "#000000"


def box_annotation(annotation: dict[str, Any], *, words: Label, width: int) -> Box:
    """The pixels of a placed label, worked out from the annotation alone."""
    x, y = CANVAS.locate(annotation["x"], annotation["y"], width=width)
    across = annotation["ax"] if annotation["showarrow"] else annotation["xshift"]
    down = annotation["ay"] if annotation["showarrow"] else -annotation["yshift"]
    wide, high = words.size
    left = x + across - {"left": 0, "center": wide / 2, "right": wide}[annotation["xanchor"]]
    top = y + down - {"top": 0, "middle": high / 2, "bottom": high}[annotation["yanchor"]]
    return Box(left, top, left + wide, top + high)


@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=30), st.text(max_size=5))
def test_more_words_are_never_narrower(text: str, more: str) -> None:
    assert measure_text(text + more) >= measure_text(text) >= 0


@given(st.lists(st.text(alphabet="abcdef", min_size=1, max_size=8), min_size=1, max_size=12))
def test_wrapping_keeps_every_word_in_order(words: list[str]) -> None:
    lines = wrap_text(" ".join(words), width=60)
    assert " ".join(lines).split() == words
    assert all(measure_text(line) <= 60 or " " not in line for line in lines)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=2, max_size=6, unique=True))
def test_optional_labels_never_lie_over_each_other(places: list[tuple[float, float]]) -> None:
    labels = [
        Label(x, y, INK, bold=f"{number}%", plain="2009\u201313", optional=True)
        for number, (x, y) in enumerate(places)
    ]
    placed = place_labels(CANVAS, labels)
    by_words = {label.html: label for label in labels}
    for width in CANVAS.widths:
        boxes = [box_annotation(each, words=by_words[each["text"]], width=width) for each in placed]
        assert all(box.left >= 0 and box.right <= width for box in boxes)
        assert not any(one.meets(other, gap=0) for one, other in itertools.combinations(boxes, 2))


@given(st.lists(st.floats(0, 400), max_size=12))
def test_names_at_the_ends_of_lines_are_moved_apart_and_no_further_than_needed(wanted: list[float]) -> None:
    moved = move_apart(sorted(wanted), gap=16)
    assert all(after - before >= 16 - 1e-6 for before, after in itertools.pairwise(moved))
    if all(after - before >= 16 for before, after in itertools.pairwise(sorted(wanted))):
        assert moved == pytest.approx(sorted(wanted))


def test_a_label_keeps_clear_of_marks() -> None:
    bar = Extent(46.0, 54.0, 0.0, 80.0)
    placed = place_labels(CANVAS, [label := Label(50.0, 40.0, INK, bold="40%")], around=[bar])
    for width in CANVAS.widths:
        assert not box_annotation(placed[0], words=label, width=width).meets(
            CANVAS.cover(bar, width=width), gap=0
        )


def test_an_optional_label_without_room_is_left_out_and_another_is_not() -> None:
    everywhere = [Extent(0.0, 100.0, 0.0, 100.0)]
    assert place_labels(CANVAS, [Label(50.0, 50.0, INK, bold="40%", optional=True)], around=everywhere) == []
    assert len(place_labels(CANVAS, [Label(50.0, 50.0, INK, bold="40%")], around=everywhere)) == 1


def test_words_far_from_their_place_are_led_to_it_by_a_line() -> None:
    crowded = [Extent(30.0, 70.0, 30.0, 70.0)]
    (annotation,) = place_labels(CANVAS, [Label(50.0, 50.0, INK, bold="27")], around=crowded)
    assert annotation["showarrow"]
    (annotation,) = place_labels(CANVAS, [Label(50.0, 50.0, INK, bold="27")])
    assert not annotation["showarrow"]

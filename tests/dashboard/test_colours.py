"""Colours for every reader: told apart with red, green or blue missing, and seen on the paper they lie on."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from dashboard.address import Selection
from dashboard.charts import find_charts
from dashboard.theme import DARK, LIGHT, SCHEMES, Palette, Theme
from tests.dashboard.colour_vision import (
    SIGHTS,
    Triple,
    find_contrast,
    find_difference,
    find_least_difference,
    measure_distance,
    to_lab,
)

# CIEDE2000. About 2 is noticed side by side. Areas that touch in a stack are looked up in a key some
# centimetres away, so five times that; marks of one chart that also differ in shape need three times.
LEAST_BETWEEN_AREAS, LEAST_BETWEEN_MARKS = 10.0, 6.0
# WCAG 2.2, 1.4.3 and 1.4.11.
LEAST_FOR_WORDS, LEAST_FOR_MARKS = 4.5, 3.0
# The quiet copy of a line beside the loud one is meant to be fainter, and says in words what it is.
LEAST_FOR_QUIET_LINES = 2.0

# From the 34 pairs by which Sharma, Wu and Dalal (2005) catch mistakes in the formula: hues that wrap,
# greys, opposite hues, the blue corner, near black and near white.
PUBLISHED = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, -0.001, 2.49), (50.0, 0.0009, -2.49), 4.8045),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]
levels = st.floats(0, 1)
both_schemes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def list_areas(palette: Palette) -> dict[str, str]:
    """Every colour that may touch another in a stack: suppliers, others, a counterpart that has none."""
    rest = {"other suppliers": palette.other_supplier, "counterpart without colour": palette.secondary}
    return palette.suppliers | rest


@pytest.mark.parametrize(("one", "other", "distance"), PUBLISHED)
def test_distances_are_the_published_ones(one: Triple, other: Triple, distance: float) -> None:
    assert measure_distance(one, other) == pytest.approx(distance, abs=5e-5)
    assert measure_distance(other, one) == pytest.approx(distance, abs=5e-5)


@given(level=levels, rendered=st.sampled_from(sorted(SIGHTS)))
def test_everybody_sees_greys_as_greys(level: float, rendered: str) -> None:
    seen = SIGHTS[rendered]((level, level, level))
    assert measure_distance(to_lab(seen), to_lab((level, level, level))) < 0.1


@pytest.mark.parametrize(
    ("one", "other", "missing"),
    [
        ("#b3423a", "#6b7a3a", "deuteranopia"),
        ("#3f7cac", "#7a6c9d", "protanopia"),
        ("#7a6c9d", "#6b7a3a", "tritanopia"),
    ],
)
def test_known_confusions_are_simulated(one: str, other: str, missing: str) -> None:
    assert find_difference(one, other, rendered="every colour") > 3 * LEAST_BETWEEN_MARKS
    seen = [
        find_difference(one, other, rendered=rendered) for rendered in SIGHTS if rendered.startswith(missing)
    ]
    assert min(seen) < LEAST_BETWEEN_MARKS


@both_schemes
def test_every_reader_tells_suppliers_apart(palette: Palette) -> None:
    for (one, its), (other, theirs) in combinations(list_areas(palette).items(), 2):
        least, rendered = find_least_difference(its, theirs)
        assert least >= LEAST_BETWEEN_AREAS, f"{one} {its} and {other} {theirs} for {rendered}: {least:.1f}"


@both_schemes
def test_every_reader_tells_statistics_claims_and_counterparts_apart(palette: Palette) -> None:
    roles = {
        "statistic": palette.statistic,
        "other vintage": palette.other_vintage,
        "claim": palette.claim,
        "counterpart": palette.counterpart,
    }
    for (one, its), (other, theirs) in combinations(roles.items(), 2):
        least, rendered = find_least_difference(its, theirs)
        assert least >= LEAST_BETWEEN_MARKS, f"{one} {its} and {other} {theirs} for {rendered}: {least:.1f}"


@both_schemes
def test_no_supplier_looks_like_what_documents_say(palette: Palette) -> None:
    for code, color in palette.suppliers.items():
        least, rendered = find_least_difference(color, palette.claim)
        assert least >= LEAST_BETWEEN_MARKS, f"{code} {color} and claims for {rendered}: {least:.1f}"


@both_schemes
def test_words_are_read_on_paper_and_on_surfaces(palette: Palette) -> None:
    words = [palette.text, palette.secondary, palette.accent, *palette.verdicts.values()]
    for color in words:
        for ground in (palette.paper, palette.surface):
            assert find_contrast(color, ground) >= LEAST_FOR_WORDS, f"{color} on {ground}"


@both_schemes
def test_words_in_charts_are_read_on_paper(palette: Palette) -> None:
    for color in (palette.claim_text, palette.statistic, palette.counterpart):
        assert find_contrast(color, palette.paper) >= LEAST_FOR_WORDS, f"{color} on {palette.paper}"


@both_schemes
def test_marks_are_seen_on_paper(palette: Palette) -> None:
    roles = [palette.statistic, palette.claim, palette.counterpart, palette.accent]
    for color in [*roles, *list_areas(palette).values()]:
        assert find_contrast(color, palette.paper) >= LEAST_FOR_MARKS, f"{color} on {palette.paper}"


@both_schemes
def test_the_other_vintage_is_quiet_but_seen(palette: Palette) -> None:
    contrast = find_contrast(palette.other_vintage, palette.paper)
    assert LEAST_FOR_QUIET_LINES <= contrast < find_contrast(palette.statistic, palette.paper)


@both_schemes
def test_russia_has_one_colour_as_a_supplier_and_as_a_party(palette: Palette) -> None:
    assert palette.suppliers["RUS"] == palette.counterpart


def test_both_schemes_colour_the_same_suppliers() -> None:
    assert LIGHT.suppliers.keys() == DARK.suppliers.keys()


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_stacks_have_only_the_colours_checked_here(built_snapshot: etl.Snapshot, scheme: str) -> None:
    theme, chart = Theme(scheme), find_charts()["arms_by_supplier"]
    for dossier in built_snapshot.dossiers().collect()["dossier_id"]:
        view = chart.select(built_snapshot, Selection(dossier=dossier))
        drawn = {color for trace in chart.draw(view, theme)["data"] for color in trace["marker"]["color"]}
        assert drawn <= {*list_areas(theme.palette).values(), "rgba(0,0,0,0)"}, dossier

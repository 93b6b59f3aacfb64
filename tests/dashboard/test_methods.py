"""The Methods page: every rule and every reason in words, each with an example that the data bear out."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.components.rule_sections import REASONS, RULES
from dashboard.page_contract import PageContext
from dashboard.pages.methods import PARTS, build_layout
from dashboard.views.chart_rows import FILLS
from dashboard.views.method_figures import list_marks, list_worked_figures
from dashboard.views.rule_examples import list_reason_examples, list_slip_examples
from tests.dashboard.page_parts import list_opened, read_text, walk

MAIN, OTHER = "india_russia", "pakistan_china"
# No series here is in rupees, so no figure can be one of them.
WITHOUT_EXAMPLE = {"rupees_as_dollars"}


def build_page(snapshot: etl.Snapshot, dossier: str = MAIN) -> object:
    """The page of a dossier."""
    context = PageContext(snapshot, ChartCache(snapshot))
    return build_layout(context, selection=Selection(dossier=dossier), rest="")


def test_every_verdict_and_every_reason_has_its_rule_in_words() -> None:
    assert set(RULES) == {entry.code for entry in etl.list_codes("mark")}
    assert set(REASONS) == {entry.code for entry in etl.list_codes("reason")}


def test_every_reason_has_an_example_in_the_main_dossier(built_snapshot: etl.Snapshot) -> None:
    assert set(list_reason_examples(built_snapshot, MAIN)) == set(REASONS)


def test_a_claim_of_a_document_comes_before_a_sentence_written_for_the_page(
    built_snapshot: etl.Snapshot,
) -> None:
    printed = set(built_snapshot.verdicts(occasion="snapshot").collect()["reason"])

    examples = list_reason_examples(built_snapshot, MAIN)

    assert {reason for reason, example in examples.items() if example.sentence is None} == printed


@pytest.mark.parametrize("dossier", [MAIN, OTHER])
def test_a_written_sentence_gives_the_reason_that_it_stands_for(
    dossier: str, built_snapshot: etl.Snapshot
) -> None:
    for reason, example in list_reason_examples(built_snapshot, dossier).items():
        if example.sentence is not None:
            (claim,) = etl.check_text(
                example.sentence,
                snapshot=built_snapshot,
                published_on=example.published_on,
                dossier=dossier,
            ).claims
            assert (claim.now.reason, claim.now.arithmetic) == (reason, example.arithmetic)


def test_every_slip_but_one_has_an_example(built_snapshot: etl.Snapshot) -> None:
    codes = {entry.code for entry in etl.list_codes("slip")}

    assert set(list_slip_examples(built_snapshot, MAIN)) == codes - WITHOUT_EXAMPLE


def test_the_restated_share_is_the_75_per_cent_of_2014(built_snapshot: etl.Snapshot) -> None:
    example = list_reason_examples(built_snapshot, MAIN)["restated_by_publisher"]

    assert (example.stated_as, example.published_on) == ("75 per cent", date(2014, 3, 31))


def test_the_page_shows_the_arithmetic_of_every_example(built_snapshot: etl.Snapshot) -> None:
    text = read_text(build_page(built_snapshot))

    examples = list_reason_examples(built_snapshot, MAIN).values()
    assert all(example.arithmetic in text for example in examples)


def test_whatever_the_page_opens_is_a_row_of_the_snapshot(built_snapshot: etl.Snapshot) -> None:
    opened = list_opened(build_page(built_snapshot))

    assert len(opened) > len(REASONS)
    assert all(built_snapshot.evidence(row_id).row_id == row_id for row_id in opened)


def test_the_parts_of_the_gap_are_shown_and_add_up(built_snapshot: etl.Snapshot) -> None:
    figures = list_worked_figures(built_snapshot, MAIN)["gap"]
    rows = built_snapshot.observations(obs_id=[figure.row_id for figure in figures]).collect()
    values = dict(rows.select("indicator", "obs_value").iter_rows())

    gap = values.pop("mirror_gap")
    assert len(values) == 4
    assert sum(value or 0.0 for value in values.values()) == pytest.approx(gap, abs=0.01)


def test_a_rule_without_an_example_says_so(built_snapshot: etl.Snapshot) -> None:
    says = "The data of this dossier give no example."

    assert says not in read_text(build_page(built_snapshot))
    assert says in read_text(build_page(built_snapshot, OTHER))


def test_slips_without_an_example_are_named_all_the_same(built_snapshot: etl.Snapshot) -> None:
    labels = {entry.label for entry in etl.list_codes("slip")}

    for dossier in (MAIN, OTHER):
        text = read_text(build_page(built_snapshot, dossier))
        assert [label for label in labels if label not in text] == []


def test_the_marks_mean_what_the_charts_draw() -> None:
    meant = dict(list_marks())
    for status, drawn in FILLS.items():
        said = {fill for fill, words in meant.items() if etl.label("obs_status", status) in words.split(", ")}
        assert said == {drawn}


def test_every_status_that_a_value_has_is_among_the_marks(built_snapshot: etl.Snapshot) -> None:
    valued = built_snapshot.observations().filter(pl.col("obs_value").is_not_null()).collect()
    said = " ".join(words for _, words in list_marks())

    assert all(etl.label("obs_status", code) in said for code in valued["obs_status"].unique())


def test_all_forms_of_a_citation_are_named(built_snapshot: etl.Snapshot) -> None:
    text = read_text(build_page(built_snapshot))

    assert all(form.name in text for form in etl.CITATION_FORMS)


def test_every_part_is_reached_from_the_list_of_parts(built_snapshot: etl.Snapshot) -> None:
    parts = list(walk(build_page(built_snapshot)))

    anchors = {part.id for part in parts if getattr(part, "_type", "") == "H2"}
    links = {part.href for part in parts if str(getattr(part, "href", "")).startswith("#")}
    assert links == {f"#{anchor}" for anchor in anchors} == {f"#{anchor}" for anchor, _ in PARTS}


def test_on_an_earlier_day_only_what_was_known_then_is_an_example(built_snapshot: etl.Snapshot) -> None:
    earlier = etl.open_snapshot(built_snapshot.folder, as_of=date(2019, 6, 1))

    examples = list_reason_examples(earlier, MAIN)

    assert "restated_by_publisher" in examples
    assert all(example.published_on <= earlier.as_of for example in examples.values())

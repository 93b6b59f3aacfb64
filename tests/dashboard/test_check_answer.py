"""What a checked text looks like: every figure marked by sign and word, and nothing of the text as markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

import etl
from dashboard.components.checked_evidence import build_checked_evidence
from dashboard.components.checked_text import build_checked_text, format_outcome
from dashboard.components.markup import write_markup
from dashboard.theme import SCHEMES
from tests.checking.reports import build_report, find_claim, judge_found, list_usual_claims

HOSTILE = "<img src=x onerror=alert(1)> \x1b[31m \u202e 36 per cent <script>alert(1)</script>"


def show(report: etl.CheckReport, snapshot: etl.Snapshot) -> LexborHTMLParser:
    """The answer as a browser reads it."""
    return LexborHTMLParser(write_markup(build_checked_text(report, snapshot=snapshot)))


def test_each_figure_is_marked_where_it_stands_and_opens_its_evidence(built_snapshot: etl.Snapshot) -> None:
    page = show(build_report(), built_snapshot)
    marks = [(mark.attributes["data-point"], mark.text()) for mark in page.css("mark button")]
    assert marks == [
        ("check.1", "36 per cent✓ (supported)"),
        ("check.2", "76 per cent↻ (superseded)"),
        ("check.3", "$3 billion✕ (contradicted)"),
    ]
    assert [button.attributes["data-point"] for button in page.css("ol .opener")] == [
        "check.1",
        "check.2",
        "check.3",
    ]


def test_the_text_comes_back_word_for_word(built_snapshot: etl.Snapshot) -> None:
    page = show(build_report(), built_snapshot)
    for part in page.css(".figure-sign, .visually-hidden"):
        part.decompose()
    words = [paragraph.text() for paragraph in page.css(".checked-paragraphs p")]
    assert words == [line for line in build_report().text.split("\n") if line]


def test_counts_name_every_verdict_that_occurs(built_snapshot: etl.Snapshot) -> None:
    report = build_report()
    page = show(report, built_snapshot)
    counts = [entry.text() for entry in page.css(".checked-counts li")]
    assert counts == ["1 ✓supported", "1 ↻superseded", "1 ✕contradicted"]
    assert format_outcome(report) == "3 figures found: 1 supported, 1 superseded, 1 contradicted."


def test_a_text_without_figures_is_told_apart_from_a_right_one(built_snapshot: etl.Snapshot) -> None:
    report = build_report("Nothing to count.", ())
    assert "says nothing of whether the text is right" in show(report, built_snapshot).text()
    assert format_outcome(report) == "No figure was found that can be judged."


def test_nothing_of_a_text_is_markup(built_snapshot: etl.Snapshot) -> None:
    found = find_claim("36 per cent", text=HOSTILE, attributed_to=HOSTILE, readings=(HOSTILE,))
    claim = judge_found(found)
    slip = replace(list_usual_claims()[2].slips[0], sentence=HOSTILE)
    claim = replace(claim, now=replace(claim.now, explanation=HOSTILE, arithmetic=HOSTILE), slips=(slip,))
    report = replace(build_report(HOSTILE, (claim,)), title=HOSTILE, notes=(HOSTILE,))
    drawer = build_checked_evidence(claim, snapshot=built_snapshot, page="/check")
    for markup in (write_markup(build_checked_text(report, snapshot=built_snapshot)), write_markup(drawer)):
        assert LexborHTMLParser(markup).css("img, script") == []
        assert "&lt;img" in markup
        assert not {"\x1b", "\u202e"} & set(markup)


def test_the_drawer_shows_both_verdicts_with_sums_slips_and_rows(built_snapshot: etl.Snapshot) -> None:
    claim = list_usual_claims()[2]
    drawer = LexborHTMLParser(
        write_markup(build_checked_evidence(claim, snapshot=built_snapshot, page="/check"))
    )
    text = " ".join(drawer.text(separator=" ").split())
    for expected in (
        "“$3 billion”",
        "Goods trade between India and Russia",
        "Now , 9 March 2026",
        "When printed , 12 March 2024",
        "36; printed 36",
        "a digit lost or added",
        "A suggestion. The verdict stays what it is.",
        "Two-way trade reached $3 billion",
        "an official",
    ):
        assert expected in text
    for opener in drawer.css(".opener"):
        row_id = opener.attributes["data-point"]
        assert built_snapshot.evidence(str(row_id)).headline == opener.text()
    for link in drawer.css("a"):
        assert f"snapshot={built_snapshot.snapshot_id}" in str(link.attributes["href"])


@pytest.mark.parametrize("with_day", [True, False])
def test_what_was_known_then_is_said_only_where_the_day_is_known(
    with_day: bool, built_snapshot: etl.Snapshot
) -> None:
    claim = list_usual_claims()[0] if with_day else replace(list_usual_claims()[0], printing=None)
    drawer = write_markup(build_checked_evidence(claim, snapshot=built_snapshot, page="/check"))
    assert ("When printed" in drawer) is with_day


def test_every_mark_has_a_sign_and_a_colour_of_its_own_in_either_scheme() -> None:
    marks = list(etl.VERDICT_MARKS.values())
    assert len({mark.sign for mark in marks}) == len({mark.label for mark in marks}) == len(marks)
    for palette in SCHEMES.values():
        assert list(palette.verdicts) == list(etl.VERDICT_MARKS)
        assert len(set(palette.verdicts.values())) == len(marks)

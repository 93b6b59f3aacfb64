"""Reports in four formats: the same content everywhere, and nothing of a text that is markup or a command."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser as HTMLParser

import etl
from etl.checking.reports.formats import FORMATS, ReportFormatError, escape_markdown, write_report
from etl.checking.reports.report import CheckReport
from tests.checking.reports import SHARE_ID, build_present, build_report, find_claim, judge_found

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [link](javascript:alert(1)) `code` **bold** "
    "https://example.org www.example.org a@b.example &amp; $x$ ![i](x) \x1b[31m red \u202etxet 36 per cent "
    "| cell | <!-- c --> </title></style>"
)
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def build_hostile_report() -> CheckReport:
    """A report whose text, title, sentence, explanation, reading, note and slip all hold markup."""
    claim = judge_found(find_claim("36 per cent", text=HOSTILE, readings=(HOSTILE,), attributed_to=HOSTILE))
    claim = replace(claim, now=replace(claim.now, explanation=HOSTILE, arithmetic=HOSTILE))
    return replace(build_report(HOSTILE, (claim,)), title=HOSTILE, notes=(HOSTILE,))


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_has_counts_figures_sums_slips_and_limits(format_name: str) -> None:
    written = write_report(build_report(), format_name).replace("\\", "")
    plain = (
        " ".join(HTMLParser(written).text().split()) if format_name == "html" else " ".join(written.split())
    )
    for words in ("36 per cent", "76 per cent", "$3 billion", "36; printed 36", "$13.12 bn is the total"):
        assert words in plain
    assert "2026-03-09-0123456789" in plain
    assert "Years without more words are calendar years." in plain
    assert "pictures and charts" in plain


@pytest.mark.parametrize("format_name", ["text", "markdown", "html"])
def test_counts_stand_on_top_with_sign_and_word(format_name: str) -> None:
    written = write_report(build_report(), format_name)
    plain = HTMLParser(written).css("body")[0].text() if format_name == "html" else written
    top = plain[: plain.index("2009")]
    for words in ("3 figures found", "✓ 1 supported", "↻ 1 superseded", "✕ 1 contradicted"):
        assert words in top
    assert "unresolved" not in top


@pytest.mark.parametrize("format_name", FORMATS)
def test_areas_have_their_names_where_a_snapshot_is_at_hand(
    format_name: str, built_snapshot: etl.Snapshot
) -> None:
    named = write_report(build_report(), format_name, snapshot=built_snapshot)
    assert "Russia’s share of India’s arms imports" in " ".join(named.split())
    assert "RUS’s share of IND’s arms imports" in " ".join(write_report(build_report(), format_name).split())


def test_text_fits_a_terminal_but_for_ids_which_stay_whole() -> None:
    lines = write_report(build_report(), "text").splitlines()
    assert max(len(line) for line in lines if SHARE_ID not in line) <= 88
    assert any(line.endswith(SHARE_ID) for line in lines)


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_format_holds_a_character_that_is_obeyed(format_name: str) -> None:
    assert not OBEYED.search(write_report(build_hostile_report(), format_name))


def test_markup_in_a_text_is_never_markup_in_html() -> None:
    written = write_report(build_hostile_report(), "html")
    page = HTMLParser(written)
    assert page.css("script, img, a[href^='javascript'], iframe, object, embed") == []
    assert page.css("title")[0].text() == page.css("h1")[0].text()
    assert "<script>alert(1)</script>" in page.css("h2 + p")[0].text()
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", written)


def test_markup_in_a_text_is_never_markup_in_markdown() -> None:
    rendered = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(write_report(build_hostile_report(), "markdown"))
    )
    page = HTMLParser(rendered)
    assert page.css("script, img, a, table, em, s") == []
    assert page.css("strong") == []
    # Code is the report's own: ids.
    assert {node.text() for node in page.css("code")} == {"2026-03-09-0123456789", SHARE_ID}


@given(st.text())
def test_escaped_markdown_is_read_back_as_plain_words(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parseInline(f"“{escape_markdown(text)}”")
    )
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special"}


def test_json_keeps_its_keys_and_points_into_the_text() -> None:
    report = build_report()
    content = json.loads(write_report(report, "json"))
    assert list(content) == [
        "layout",
        "snapshot_id",
        "as_of",
        "published_on",
        "title",
        "kind",
        "text_sha256",
        "text_characters",
        "verdicts",
        "claims",
        "notes",
        "limits",
    ]
    assert content["verdicts"] == {
        "supported": 1,
        "supported_roughly": 0,
        "superseded": 1,
        "not_comparable": 0,
        "contradicted": 1,
        "unresolved": 0,
    }
    for claim in content["claims"]:
        quote, position = claim["target"]["selector"]
        assert quote["type"] == "TextQuoteSelector"
        place = report.text[position["start"] : position["end"]]
        assert place == quote["exact"] == claim["stated_as"]
        assert {"then", "now", "slips", "read_as", "matched"} <= set(claim)
    assert content["claims"][0]["then"]["as_of"] == "2024-03-12"


def test_json_is_as_its_schema_says_and_the_schema_knows_every_code() -> None:
    schema = etl.describe_check_report()
    for report in (build_report(), build_hostile_report(), replace(build_report("", ()), published_on=None)):
        content = json.loads(write_report(report, "json"))
        jsonschema_rs.validate(schema, content)
        assert list(content) == list(schema["properties"])
    shapes = schema["$defs"]
    for shape, field in (
        ("WrittenVerdict", "verdict"),
        ("WrittenVerdict", "reason"),
        ("WrittenSlip", "code"),
    ):
        codes = etl.list_codes("slip" if field == "code" else field)
        assert shapes[shape]["properties"][field]["enum"] == [code.code for code in codes]
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(schema, {**json.loads(write_report(build_report(), "json")), "more": 1})


def test_a_code_that_no_list_has_is_never_written() -> None:
    claim = judge_found(find_claim("36 per cent"), reason="no_such_reason")
    with pytest.raises(etl.FootnotedError, match="no_such_reason"):
        write_report(build_report(claims=(claim,)), "json")


def test_json_gives_hostile_text_back_as_it_was() -> None:
    content = json.loads(write_report(build_hostile_report(), "json"))
    assert content["title"] == HOSTILE
    assert content["claims"][0]["sentence"] == HOSTILE


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_text_without_figures_and_without_a_day_says_so(format_name: str) -> None:
    report = replace(build_report("Nothing to count.", ()), published_on=None)
    written = write_report(report, format_name)
    if format_name == "json":
        assert json.loads(written)["published_on"] is None
    else:
        assert "No figure was found that can be judged" in written
        assert "The day of the text is not known" in written


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_figure_that_nothing_measures_is_written_too(format_name: str) -> None:
    found = find_claim(
        "36 per cent", indicator=None, ref_area=None, counterpart_area=None, period=build_present()
    )
    claim = judge_found(found, verdict="unresolved", reason="no_reference")
    claim = replace(claim, printing=None, matched=None, interval_low=None, interval_high=None)
    written = write_report(build_report(claims=(claim,)), format_name)
    assert "no series of the snapshot measures" in " ".join(written.split())
    assert "no period stated" in " ".join(written.split())


def test_a_very_long_sentence_is_quoted_around_its_figure() -> None:
    sentence = f"{'word ' * 400}36 per cent{' word' * 400}"
    claim = judge_found(find_claim("36 per cent", text=sentence))
    assert len(write_report(build_report(sentence, (claim,)), "text")) < 3_000


def test_figures_that_overlap_share_one_mark_and_keep_both_entries() -> None:
    first = judge_found(find_claim("36 per cent"))
    second = judge_found(
        find_claim("cent of India's arms imports in 2019-23"), number=2, verdict="superseded"
    )
    page = HTMLParser(write_report(build_report(claims=(first, second)), "html"))
    assert [node.text() for node in page.css("mark")] == [
        "36 per cent of India's arms imports in 2019-23 ✓ ↻"
    ]
    assert [node.attributes["id"] for node in page.css("article")] == ["check.1", "check.2"]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ReportFormatError, match="markdown"):
        write_report(build_report(), "pdf")


def test_the_day_of_judging_is_said() -> None:
    report = replace(build_report(), as_of=date(2023, 4, 1))
    assert "1 April 2023" in write_report(report, "text")

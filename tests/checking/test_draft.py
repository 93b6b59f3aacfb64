"""Drafts: a record that loads once a person has filled the marked places, and says what it left out."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.checking.draft import TO_DO, TOPICS_OF_INDICATORS, DraftError, name_document, write_draft
from etl.checking.reports.report import CheckReport
from etl.documents.loader import load_documents
from etl.documents.passages import check_passages
from etl.periods import Period, build_window
from etl.vocabulary import INDICATORS, TOPICS
from tests.checking.reports import build_report, find_claim, judge_found
from tests.etl.workbench import copy_datasets

DOCUMENT_ID = "wire-2024-03-12"


def draft(report: CheckReport) -> str:
    """The draft of a report."""
    return write_draft(report, document_id=DOCUMENT_ID, dossier="india_russia")


def fill_in(written: str) -> str:
    """What a person makes of a draft who finds every example right."""
    return written.replace(TO_DO, "")


def test_a_filled_in_draft_loads_and_its_passages_hold(tmp_path: Path) -> None:
    workbench, report = copy_datasets(tmp_path), build_report()
    path = workbench.datasets / "dossiers" / "india_russia" / "documents" / f"{DOCUMENT_ID}.toml"
    path.write_text(fill_in(draft(report)), encoding="utf-8")
    tables = load_documents(workbench.datasets)
    claims = tables.claims.filter(document_id=DOCUMENT_ID).sort("char_start")
    assert claims["stated_as"].to_list() == ["36 per cent", "76 per cent", "$3 billion"]
    assert claims["topic"].to_list() == ["arms", "arms", "trade"]
    assert claims["value"].to_list() == [36.0, 76.0, 3e9]
    assert check_passages(claims, report.text) == []


def test_what_is_not_known_stands_as_a_line_to_do_and_not_as_a_guess() -> None:
    written = draft(replace(build_report(), published_on=None))
    record = tomllib.loads(written)["document"]
    assert set(record) == {"text_sha256"}
    asked = {
        line.removeprefix(TO_DO).split(" ")[0] for line in written.splitlines() if line.startswith(TO_DO)
    }
    assert {"title", "publisher", "author", "published_on", "language", "kind", "url"} <= asked


def test_what_the_text_states_of_itself_is_filled_in() -> None:
    record = tomllib.loads(draft(replace(build_report(), title='India "turns" west')))["document"]
    assert (record["title"], record["title_basis"]) == ('India "turns" west', "stated")
    assert record["published_on"] == "2024-03-12"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"indicator": None}, "no indicator"),
        ({"is_change": True, "baseline": build_window(2009)}, "it is a change"),
        ({"counterpart_area": None}, "between which two areas"),
        ({"period": Period(date(2019, 1, 1), date(2023, 12, 31), "decade", "2019-23")}, "period_basis"),
    ],
)
def test_what_the_table_cannot_hold_is_a_comment_with_the_reason(
    changes: dict[str, Any], reason: str
) -> None:
    claims = (judge_found(find_claim("36 per cent", **changes)),)
    written = draft(build_report(claims=claims))
    assert "claims" not in tomllib.loads(written)
    (comment,) = [line for line in written.splitlines() if line.startswith("# Left out")]
    assert "36 per cent" in comment
    assert reason in comment


def test_claims_about_the_same_thing_have_ids_of_their_own() -> None:
    twice = tuple(judge_found(find_claim(words)) for words in ("36 per cent", "36 per cent of"))
    claims = tomllib.loads(draft(build_report(claims=twice)))["claims"]
    assert [claim["claim_id"] for claim in claims] == [
        f"{DOCUMENT_ID}.arms-import-share-2019-23",
        f"{DOCUMENT_ID}.arms-import-share-2019-23-2",
    ]


def test_sentences_of_the_text_are_not_kept() -> None:
    assert "supplied" not in draft(build_report())


@given(st.text())
def test_no_text_breaks_out_of_its_line(words: str) -> None:
    claim = judge_found(find_claim("36 per cent", attributed_to=words, readings=(words,)))
    left_out = judge_found(find_claim("36 per cent", indicator=None, stated_as=words))
    report = replace(build_report(claims=(claim, left_out)), title=words or None)
    record = tomllib.loads(draft(report))
    assert set(record) == {"document", "claims"}
    assert record["document"].get("title", "") == words
    assert record["claims"][0].get("attributed_to", "") == words


def test_every_indicator_has_a_topic() -> None:
    assert set(TOPICS_OF_INDICATORS) == set(INDICATORS.codes)
    assert set(TOPICS_OF_INDICATORS.values()) <= set(TOPICS.codes)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("India turns West: 36%", "india-turns-west-36-2024-03-12"),
        (None, "document-2024-03-12"),
        ("भारत", "document-2024-03-12"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-2024-03-12"),
    ],
)
def test_a_document_is_named_after_its_title_and_day(title: str | None, name: str) -> None:
    assert name_document(title, date(2024, 3, 12)) == name


def test_an_id_that_is_no_file_name_is_refused() -> None:
    with pytest.raises(DraftError, match="hyphens"):
        write_draft(build_report(), document_id="../x", dossier="india_russia")

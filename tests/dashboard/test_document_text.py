"""A document's page shows the text at hand with its passages marked, and says what it cannot mark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.components.marked_text import MarkedPart, TextMark, build_marked_text, name_mark
from dashboard.page_contract import PageContext
from dashboard.pages.documents import build_layout
from tests.dashboard.page_parts import list_opened, read_text, walk

DOCUMENT = "reaffirm-defence-partnership"


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    monkeypatch.setenv("FOOTNOTED_DATASETS", str(tmp_path))
    return folder


@pytest.fixture(scope="module")
def context(built_snapshot: etl.Snapshot) -> PageContext:
    return PageContext(built_snapshot, ChartCache(built_snapshot))


@pytest.fixture(scope="module")
def claims(built_snapshot: etl.Snapshot) -> list[dict[str, Any]]:
    return built_snapshot.claims(document_id=DOCUMENT).sort("char_start").collect().to_dicts()


def show(context: PageContext) -> Any:
    return build_layout(context, selection=Selection(), rest=DOCUMENT)


def list_marks(layout: Any) -> list[Any]:
    return [
        part
        for mark in walk(layout)
        if is_type(mark, "Mark")
        for part in walk(mark)
        if is_type(part, "Button")
    ]


def is_type(part: Any, name: str) -> bool:
    return getattr(part, "_type", "") == name


def test_without_a_text_the_page_says_where_to_put_it(context: PageContext, texts: Path) -> None:
    layout = show(context)
    assert f"datasets/{texts.name}/{DOCUMENT}.txt" in read_text(layout)
    assert list_marks(layout) == []


def test_each_passage_is_a_button_that_opens_its_claim(
    context: PageContext, texts: Path, claims: list[dict[str, Any]]
) -> None:
    lines = [f"It says {claim['stated_as']} here." for claim in claims]
    (texts / f"{DOCUMENT}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    layout = show(context)
    marks = list_marks(layout)
    assert [getattr(mark, "data-point") for mark in marks] == [claim["claim_id"] for claim in claims]
    assert [mark.id for mark in marks] == [name_mark(claim["claim_id"]) for claim in claims]
    assert all(
        read_text(mark).startswith(claim["stated_as"]) for mark, claim in zip(marks, claims, strict=True)
    )
    links = [getattr(part, "href", "") for part in walk(layout)]
    assert all(f"#{mark.id}" in links for mark in marks)


def test_a_mark_says_its_verdict_by_sign_and_word(
    context: PageContext, texts: Path, claims: list[dict[str, Any]]
) -> None:
    (texts / f"{DOCUMENT}.txt").write_text(claims[-1]["stated_as"], encoding="utf-8")
    mark = list_marks(show(context))[0]
    assert mark.className == "figure-mark figure-not-comparable"
    assert read_text(mark) == f"{claims[-1]['stated_as']}≠ (not comparable)"


def test_another_text_is_said_to_be_another_and_what_it_lacks_is_listed(
    context: PageContext, texts: Path, claims: list[dict[str, Any]]
) -> None:
    (texts / f"{DOCUMENT}.txt").write_text(f"Only {claims[0]['stated_as']}.", encoding="utf-8")
    layout = show(context)
    words = read_text(layout)
    assert "At hand, but not as recorded" in words
    assert "This is not the text that was recorded" in words
    assert f"1 of {len(claims)} figures that the record names can be marked." in words
    assert f"Not found in this text: {len(claims) - 1}" in words
    assert f"The text does not hold “{claims[1]['stated_as']}” anywhere." in words
    assert claims[1]["claim_id"] in list_opened(layout)


def test_figures_in_the_same_words_each_have_a_button_of_their_own() -> None:
    marks = (
        TextMark("a.first", etl.VERDICT_MARKS["supported"], "$13 billion", "Trade, 2021–22"),
        TextMark("a.second", etl.VERDICT_MARKS["unresolved"], "$13 billion", "A target"),
    )
    buttons = list_marks(build_marked_text([[MarkedPart("Now "), MarkedPart("$13 billion", marks)]]))
    assert [getattr(button, "data-point") for button in buttons] == ["a.first", "a.second"]
    assert read_text(buttons[0]) == "$13 billion✓ (supported; unresolved)"
    assert getattr(buttons[1], "aria-label") == "$13 billion: unresolved"


def test_markup_in_a_text_is_shown_and_not_rendered(context: PageContext, texts: Path) -> None:
    (texts / f"{DOCUMENT}.txt").write_text("It said: <script>alert(1)</script> \u202eand.", encoding="utf-8")
    words = read_text(show(context))
    assert "<script>alert(1)</script>" in words
    assert "\u202e" not in words


def test_a_file_that_is_no_text_is_told_on_the_page(context: PageContext, texts: Path) -> None:
    (texts / f"{DOCUMENT}.txt").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    words = read_text(show(context))
    assert f"The file datasets/texts/{DOCUMENT}.txt is a PNG picture, not a text." in words
    assert str(texts) not in words


def test_the_recorded_text_is_marked_in_full(
    built_snapshot: etl.Snapshot, texts: Path, documents_folder: Path
) -> None:
    for document in built_snapshot.documents().collect().to_dicts():
        name = document["document_id"]
        source = documents_folder / f"{name}.txt"
        if source.exists():
            (texts / source.name).write_bytes(source.read_bytes())
            text = etl.open_document_text(built_snapshot, name)
            assert text is not None
            assert text.is_as_recorded
            assert [place.words for place in text.places] == ["Stands where its record says."] * len(
                text.places
            )


def test_a_text_of_an_unknown_document_is_an_error(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.UnknownRowError, match="no-such-text"):
        etl.open_document_text(built_snapshot, "no-such-text")

"""Passages are found again where a text has shifted, or it is said why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.documents.anchoring import Anchor, Anchored, Unanchored, anchor_claims, anchor_passage
from etl.documents.annotations import write_annotations
from etl.documents.loader import load_text
from etl.documents.opening.refusals import TextRefusedError
from etl.documents.passages import hash_text, split_paragraphs
from etl.documents.text_parts import TextSpan, part_text

TEXT = "Trade in brief\n\nTrade grew to $13 billion in 2021-22.\n\nIn 2024-25 it was $68.7 billion.\n"
FRAGMENT = "$13 billion"


def record(text: str, fragment: str, *, nth: int = 0, claim_id: str = "a.trade") -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(fragment, start + 1)
    holder = next(one for one in split_paragraphs(text) if one.char_start <= start < one.char_end)
    return {
        "claim_id": claim_id,
        "stated_as": fragment,
        "paragraph": holder.number,
        "char_start": start,
        "char_end": start + len(fragment),
        "quote_sha256": hash_text(fragment),
        "paragraph_sha256": hash_text(holder.text),
    }


def anchor(text: str, recorded: dict[str, Any], *, shift: int = 0) -> Anchor:
    place = {column: value for column, value in recorded.items() if column != "claim_id"}
    return anchor_passage(text, **place, shift=shift)


def find(text: str, recorded: dict[str, Any], *, shift: int = 0) -> Anchored:
    found = anchor(text, recorded, shift=shift)
    assert isinstance(found, Anchored)
    assert text[found.passage.char_start : found.passage.char_end] == found.passage.exact
    return found


def test_a_passage_of_the_recorded_text_stands_where_its_record_says() -> None:
    found = find(TEXT, record(TEXT, FRAGMENT))
    assert (found.how, found.moved_by, found.is_paragraph_as_recorded) == ("exact", 0, True)
    assert found.say(FRAGMENT) == "Stands where its record says."


def test_a_passage_at_its_place_in_another_paragraph_is_said_to_differ() -> None:
    found = find(TEXT.replace("2021-22.", "2021-22!"), record(TEXT, FRAGMENT))
    assert (found.how, found.is_paragraph_as_recorded) == ("exact", False)
    assert "differs from the recorded one" in found.say(FRAGMENT)


def test_a_passage_moves_with_its_paragraph() -> None:
    found = find(f"A new line about $13 billion.\n{TEXT}", record(TEXT, FRAGMENT))
    assert (found.how, found.passage.paragraph.number, found.moved_by) == ("paragraph", 3, 30)
    assert found.say(FRAGMENT) == "Moved 30 characters forward, with its paragraph."


def test_the_paragraph_that_fits_is_taken_before_the_recorded_place() -> None:
    text = "A first line.\n$13 billion.\n$13 billion in all.\n"
    recorded = record(text, FRAGMENT, nth=1)
    shifted = f"{'a' * (recorded['char_start'] - 1)}\n$13 billion by then.\n$13 billion in all.\n"
    assert shifted.index(FRAGMENT) == recorded["char_start"]
    assert find(shifted, recorded).passage.paragraph.text == "$13 billion in all."


def test_the_only_place_with_the_words_is_taken() -> None:
    found = find("Elsewhere: $13 billion, it said.", record(TEXT, FRAGMENT))
    assert (found.how, found.places, found.is_certain) == ("only", 1, True)
    assert "in one place only" in found.say(FRAGMENT)


def test_of_several_places_the_nearest_is_taken_and_that_is_said() -> None:
    found = find("$13 billion here.\n" + "\n" * 20 + "$13 billion there.\n", record(TEXT, FRAGMENT))
    assert (found.how, found.is_certain, found.passage.paragraph.number) == ("nearest", False, 2)
    assert "of 2 places with these words, the nearest" in found.say(FRAGMENT)


def test_doubtful_claims_move_as_far_as_the_certain_ones_beside_them() -> None:
    text = "It was $5 billion.\nThen it fell, to $5 billion or 64 per cent.\n"
    rows = [record(text, "$5 billion", nth=1, claim_id="a"), record(text, "64 per cent", claim_id="b")]
    longer = (
        "It was $5 billion.\n" + "Then came a year of much lower prices for oil. " + text.partition("\n")[2]
    )
    alone = find(longer, rows[0])
    together = anchor_claims(longer, rows)["a"]
    assert isinstance(together, Anchored)
    assert (alone.passage.char_start, together.passage.char_start) == (7, longer.rindex("$5 billion"))


@pytest.mark.parametrize("printed", ["113 billion", "13 billions", "2.13 billion", "1,13 billion"])
def test_a_number_inside_a_longer_one_is_not_the_passage(printed: str) -> None:
    assert isinstance(anchor(f"It was {printed}.", record("It was 13 billion.", "13 billion")), Unanchored)


def test_other_spaces_and_signs_are_the_same_passage_and_that_is_said() -> None:
    recorded = record("Russia's share in 2009-13 was 76 per cent.", "Russia's share in 2009-13")
    found = find("So Russia’s share\u00a0in 2009–13 fell.", recorded)
    assert found.passage.exact == "Russia’s share\u00a0in 2009–13"
    assert "printed here as" in found.say("Russia's share in 2009-13")


def test_a_passage_that_is_gone_has_its_reason() -> None:
    gone = anchor("Nothing of the kind.", record(TEXT, FRAGMENT))
    assert gone == Unanchored("The text does not hold “$13 billion” anywhere.")


def test_a_damaged_record_is_told_from_a_changed_text() -> None:
    gone = anchor(TEXT, {**record(TEXT, FRAGMENT), "quote_sha256": "0" * 64})
    assert isinstance(gone, Unanchored)
    assert "the record itself is damaged" in gone.reason


@given(st.text("ab 1.\n", max_size=60), st.text("ab 1.\n", max_size=60))
def test_whatever_comes_before_and_after_a_passage_is_found_in_its_paragraph(before: str, after: str) -> None:
    found = find(f"{before}\n{TEXT}\n{after}", record(TEXT, FRAGMENT))
    assert found.passage.char_start == len(before) + 1 + TEXT.index(FRAGMENT)
    assert found.is_paragraph_as_recorded


@given(st.text("ab 13\n$", max_size=200), st.text("ab 13\n$", min_size=1, max_size=3).filter(str.strip))
def test_a_passage_is_found_only_where_the_text_holds_its_words(text: str, fragment: str) -> None:
    recorded = record(f"x {fragment.strip()} x", fragment.strip())
    found = anchor(text, recorded)
    if isinstance(found, Anchored):
        passage = found.passage
        assert passage.exact.split() == fragment.split()
        assert (
            passage.paragraph.char_start
            <= passage.char_start
            < passage.char_end
            <= passage.paragraph.char_end
        )


PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9), st.integers(0, 9)), max_size=8)


@given(st.text("ab\n", min_size=70, max_size=90), PLACES)
def test_the_parts_of_a_text_are_its_paragraphs_and_lose_no_claim(
    text: str, places: list[tuple[int, int, int]]
) -> None:
    solid = text.replace("\n", "a") + "\nlast"
    spans = [TextSpan(start, start + length, (claim,)) for start, length, claim in places]
    parted = part_text(solid, spans)
    for paragraph, whole in zip(parted, split_paragraphs(solid), strict=True):
        assert "".join(solid[one.start : one.end] for one in paragraph.spans) == whole.text
    held = [claim for paragraph in parted for one in paragraph.spans for claim in one.subjects]
    assert sorted(held) == sorted(claim for _, _, claim in places)


def test_annotations_have_the_claim_in_the_body_and_its_place_in_the_target() -> None:
    recorded = record(TEXT, FRAGMENT)
    claim = {**recorded, "document_id": "a", "indicator": "bilateral_trade", "value": 13e9}
    anchors = anchor_claims(f"New.\n{TEXT}", [recorded])
    page = json.loads(
        write_annotations([claim], source="/documents/a", anchors=anchors, verdicts={"a.trade": "supported"})
    )
    item = page["items"][0]
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert (item["id"], item["type"], item["motivation"]) == (
        "urn:footnoted:a.trade",
        "Annotation",
        "assessing",
    )
    assert json.loads(item["body"][0]["value"])["indicator"] == "bilateral_trade"
    assert item["body"][1]["value"] == "supported"
    quote, position = item["target"]["selector"]
    assert (quote["exact"], quote["prefix"][-8:]) == (FRAGMENT, "grew to ")
    assert position == {"type": "TextPositionSelector", "start": 35, "end": 46}


def test_the_annotation_of_a_passage_that_is_gone_keeps_its_words_and_no_place() -> None:
    recorded = record(TEXT, FRAGMENT)
    page = json.loads(write_annotations([recorded], source="a", anchors={"a.trade": Unanchored("gone")}))
    assert page["items"][0]["target"]["selector"] == [{"type": "TextQuoteSelector", "exact": FRAGMENT}]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


def test_a_text_that_is_not_at_hand_is_none(texts: Path) -> None:
    assert load_text(texts.parent, "a", text_sha256=hash_text(TEXT)) is None
    (texts.parent / "b.txt").write_text(TEXT, encoding="utf-8")
    assert load_text(texts.parent, "../b", text_sha256=hash_text(TEXT)) is None


def test_the_recorded_text_is_given_character_for_character(texts: Path) -> None:
    text = "\ufeffTrade\u200b\r\n\u202e13\n"
    (texts / "a.txt").write_bytes(text.encode())
    loaded = load_text(texts.parent, "a", text_sha256=hash_text(text))
    assert loaded is not None
    assert (loaded.text, loaded.is_as_recorded) == (text, True)


def test_another_text_is_given_and_said_to_be_another(texts: Path) -> None:
    (texts / "a.txt").write_text("Trade \u202e13\n", encoding="utf-8")
    loaded = load_text(texts.parent, "a", text_sha256=hash_text(TEXT))
    assert loaded is not None
    assert (loaded.text, loaded.is_as_recorded, loaded.file) == ("Trade 13\n", False, "a.txt")
    assert loaded.notes == ("One direction mark was removed.",)


def test_an_exchanged_text_is_read_anew(texts: Path) -> None:
    (texts / "a.txt").write_text("Old.", encoding="utf-8")
    load_text(texts.parent, "a", text_sha256=hash_text(TEXT))
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    loaded = load_text(texts.parent, "a", text_sha256=hash_text(TEXT))
    assert loaded is not None
    assert loaded.is_as_recorded


def test_a_page_at_hand_is_opened_as_text(texts: Path) -> None:
    (texts / "a.html").write_text("<p>Trade grew to <b>$13</b> billion.", encoding="utf-8")
    loaded = load_text(texts.parent, "a", text_sha256=hash_text(TEXT))
    assert loaded is not None
    assert (loaded.text, loaded.file) == ("Trade grew to $13 billion.", "a.html")


def test_a_file_at_hand_that_is_no_text_is_refused(texts: Path) -> None:
    (texts / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    with pytest.raises(TextRefusedError, match="PNG picture"):
        load_text(texts.parent, "a", text_sha256=hash_text(TEXT))

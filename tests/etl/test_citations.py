"""Citations: one record, four forms, and each form says the same when it is read back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl import Citation, PartialDate
from tests.etl.reference_files import read_bibtex, read_names, read_ris, unescape

SHARE = "arms_import_share.IND.RUS.window.2009-13.sipri_fact_sheets.2019-03-31"
CLAIM = "business-standard-2025-12-05.share-2019-23"
LINK = "https://stats.example/arms?point=a%20b&snapshot=2026-03-09-0123456789"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What the schema of CSL-JSON knows of these, https://resource.citationstyles.org/schema (csl-data.json).
CSL_TEXTS = frozenset(
    ["title", "container-title", "publisher", "URL", "version", "number", "genre", "source", "note", "id"]
)
BIBTEX_FIELDS = {
    "version": "version",
    "number": "number",
    "booktitle": "container_title",
    "publisher": "publisher",
    "type": "genre",
}
RIS_FIELDS = {
    "TI": "title",
    "T2": "container_title",
    "PB": "publisher",
    "ET": "version",
    "M1": "number",
    "M3": "genre",
    "UR": "url",
}
CSL_TYPES = {"dataset", "graphic", "document"}

words = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\{}%&_#$~^\"'@,=- \n\r\té’–"), max_size=40
)
said = words.filter(lambda text: bool(keep_on_one_line(text)))
days = st.builds(
    PartialDate,
    year=st.integers(1000, 2999),
    month=st.integers(1, 12),
    day=st.none() | st.integers(1, 28),
    is_inferred=st.booleans(),
)
citations = st.builds(
    Citation,
    type=st.sampled_from(sorted(CSL_TYPES)),
    number=said,
    title=said,
    version=said,
    accessed=st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    issued=days,
    author=st.lists(words, max_size=3).map(tuple),
    container_title=st.none() | words,
    publisher=st.none() | words,
    genre=st.none() | words,
    note=st.none() | words,
    url=st.none() | st.just(LINK) | words,
)


def keep_on_one_line(text: str) -> str:
    """What is left of a text without line breaks and signs that are never seen."""
    hidden = {*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF}
    visible = "".join(" " if ord(sign) in hidden else sign for sign in text)
    return " ".join(word for word in visible.split(" ") if word)


def say_ris_day(day: PartialDate) -> str:
    """A date as RIS has it, with an empty place for a day that is not known."""
    return f"{day.year:04d}/{day.month:02d}/{'' if day.day is None else f'{day.day:02d}'}/"


@given(citations)
def test_a_bibtex_entry_read_back_has_the_same_fields(citation: Citation) -> None:
    fields = read_bibtex(citation.bibtex)

    for name, own in BIBTEX_FIELDS.items():
        assert (unescape(fields.get(name, "")) or None) == getattr(citation, own)
    assert unescape(fields["title"].removeprefix("{").removesuffix("}")) == citation.title
    assert read_names(fields.get("author", "")) == list(citation.author)
    assert (int(fields["year"]), MONTHS.index(fields["month"]) + 1) == citation.issued.parts[:2]
    assert fields.get("day") == (str(citation.issued.day) if citation.issued.day else None)
    assert fields.get("url") == citation.url
    assert fields["urldate"] == citation.accessed.isoformat()


@given(citations)
def test_a_ris_record_read_back_has_the_same_fields(citation: Citation) -> None:
    pairs = read_ris(citation.ris)

    fields = dict(pairs)
    assert [text for tag, text in pairs if tag == "AU"] == list(citation.author)
    for tag, own in RIS_FIELDS.items():
        assert fields.get(tag) == getattr(citation, own)
    assert (fields["PY"], fields["DA"]) == (str(citation.issued.year), say_ris_day(citation.issued))
    single = [tag for tag, _ in pairs if tag != "AU"]
    assert len(single) == len(set(single))


@given(citations)
def test_csl_json_read_back_has_the_same_fields_and_no_others(citation: Citation) -> None:
    (item,) = json.loads(citation.csl)

    assert set(item) <= CSL_TEXTS | {"type", "author", "issued", "accessed"}
    assert item["type"] in CSL_TYPES
    assert all(isinstance(item[name], str) for name in CSL_TEXTS & set(item))
    assert item.get("author", []) == [{"literal": name} for name in citation.author]
    assert item["issued"]["date-parts"] == [list(citation.issued.parts)]
    assert item["issued"].get("circa", False) == citation.issued.is_inferred
    for name in CSL_TEXTS - {"id", "source"}:
        assert item.get(name) == getattr(citation, name.lower().replace("-", "_"))


@given(citations)
def test_text_is_one_line_that_names_title_snapshot_and_number(citation: Citation) -> None:
    assert citation.text == keep_on_one_line(citation.text)
    for part in (citation.title, citation.version, citation.number, citation.url or ""):
        assert part in citation.text


@given(words, words)
def test_a_key_is_one_that_bibtex_takes(number: str, title: str) -> None:
    citation = Citation("dataset", f"a{number}", f"b{title}", "v", date(2026, 1, 1), PartialDate(2026, 1))

    assert not set(citation.id) & set("{}%,#~\\\"'()= ")
    assert citation.id.isascii()


@pytest.mark.parametrize("lacking", ["number", "title", "version"])
def test_a_citation_lacking_what_identifies_it_is_refused(lacking: str) -> None:
    named: dict[str, Any] = {"number": "n", "title": "t", "version": "v", lacking: " \n"}

    with pytest.raises(etl.FootnotedError, match=f"without a {lacking}"):
        Citation("dataset", accessed=date(2026, 1, 1), issued=PartialDate(2026, 1), **named)


def test_every_row_is_cited_with_its_value_its_publisher_and_its_snapshot(
    built_snapshot: etl.Snapshot,
) -> None:
    ids = {"observations": "obs_id", "claims": "claim_id", "deals": "deal_id", "milestones": "milestone_id"}
    for table, column in ids.items():
        for row in built_snapshot.table(table).to_dicts():
            citation = built_snapshot.cite(row[column])
            evidence = built_snapshot.evidence(row[column])
            assert evidence.headline in citation.title
            assert evidence.title in citation.title
            assert (citation.version, citation.number) == (built_snapshot.snapshot_id, row[column])
            assert (evidence.citation, evidence.bibtex) == (citation.text, citation.bibtex)
            for name in str(row.get("publisher") or "").split("; "):
                assert name in citation.text, row[column]


def test_a_published_value_is_its_publishers_and_names_its_edition(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite(SHARE, link=LINK)

    assert citation.text == (
        "SIPRI. Russia’s share of India’s arms imports, 2009–13, five years together: 76%. Trends in "
        "International Arms Transfers, fact sheet, March 2019. As reported by India Post and News Nation "
        f"quoting the fact sheet, 2019-03. Footnoted, snapshot {built_snapshot.snapshot_id}, {SHARE}. {LINK}"
    )


def test_a_month_is_not_made_a_day(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite(SHARE)

    assert json.loads(citation.csl)[0]["issued"] == {"date-parts": [[2019, 3]]}
    assert "DA  - 2019/03//\r\n" in citation.ris
    assert "day" not in read_bibtex(citation.bibtex)


def test_a_worked_out_value_is_ours_and_names_what_it_follows_from(built_snapshot: etl.Snapshot) -> None:
    derived = (
        built_snapshot.table("observations").drop_nulls("derivation").filter(indicator="arms_import_share")
    )

    citation = built_snapshot.cite(derived["obs_id"][0])

    assert citation.author == ("Footnoted",)
    assert "From SIPRI, Arms Transfers Database" in str(citation.note)


def test_a_claim_is_cited_as_its_document_says_it(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite(CLAIM)

    assert citation.author == ("Satarupa Bhattacharjya",)
    assert citation.container_title == "India seen as 'reorienting' bilateral defence relations with Russia"
    assert citation.title.endswith("2019–23, five years together: “36 per cent”")
    assert str(citation.note).endswith("verdict: supported.")


def test_two_authors_are_two_names(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite_document("crf-23rd-annual-summit")

    assert json.loads(citation.csl)[0]["author"] == [
        {"literal": "Indrani Talukdar"},
        {"literal": "Monish Tourangbam"},
    ]
    assert json.loads(citation.csl)[0]["issued"] == {"date-parts": [[2025, 12]], "circa": True}


def test_rows_drawn_together_name_all_their_sources(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite_rows([SHARE, CLAIM], number="my_chart", title="Two points", link=LINK)

    assert citation.type == "graphic"
    assert "Satarupa Bhattacharjya, Business Standard." in str(citation.note)
    assert "SIPRI. Trends in International Arms Transfers, fact sheet" in str(citation.note)


def test_an_earlier_day_is_named_and_the_clock_never_is(built_snapshot: etl.Snapshot) -> None:
    earlier = etl.open_snapshot(built_snapshot.folder, as_of=date(2019, 6, 30))

    assert earlier.cite(SHARE).accessed == date(2019, 6, 30)
    assert ", as known on 30 June 2019, " in earlier.cite(SHARE).text
    assert "as known on" not in built_snapshot.cite(SHARE).text
    assert built_snapshot.cite().accessed == built_snapshot.as_of


def test_a_link_replaces_the_publishers_page(built_snapshot: etl.Snapshot) -> None:
    assert built_snapshot.cite(SHARE).url == "https://www.sipri.org/publications"
    assert built_snapshot.cite(SHARE, link=LINK).url == LINK


def test_every_form_is_written_by_its_ending_and_others_are_refused(built_snapshot: etl.Snapshot) -> None:
    citation = built_snapshot.cite()

    written = [citation.write(form.suffix) for form in etl.CITATION_FORMS]
    assert written == [citation.text, citation.bibtex, citation.ris, citation.csl]
    with pytest.raises(etl.FootnotedError, match=r"form 'xml'\. Known: txt, bib, ris, json"):
        citation.write("xml")


@pytest.mark.parametrize("ask", ["cite", "cite_document"])
def test_what_the_snapshot_does_not_have_cannot_be_cited(ask: str, built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.UnknownRowError, match="'nothing'"):
        getattr(built_snapshot, ask)("nothing")


def test_signs_that_break_a_form_are_written_as_that_form_needs_them() -> None:
    plain = Citation(
        "dataset", "n_1", "50% of A&B {x_y} #1 $2 é", "v", date(2026, 1, 1), PartialDate(2026, 1)
    )

    assert r"50\% of A\&B \textbraceleft{}x\_y\textbraceright{} \#1 \$2 é" in plain.bibtex
    assert "TI  - 50% of A&B {x_y} #1 $2 é\r\n" in plain.ris
    assert replace(plain, author=("Ä & Co",)).bibtex.count(r"{{Ä \& Co}}") == 1

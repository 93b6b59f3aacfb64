"""Forms of a citation: one record, four forms, and each says the same when it is read back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl import Citation, PartialDate
from etl.snapshot.citations.record import Name, PersonName, write_key, write_name
from tests.etl.reference_files import read_authors, read_bibtex, read_ris, say_as_set, unescape

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
    "M3": "genre",
    "UR": "url",
    "N1": "remarks",
}
OURS = {"version", "number"}
CSL_TYPES = {"dataset", "graphic", "article-newspaper", "report", "webpage"}
# The field of BibTeX that takes a type's holder: without it an entry is @misc.
HOLDERS = {
    "article-newspaper": ("article", "journal", "container_title"),
    "report": ("techreport", "institution", "publisher"),
}

words = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\{}%&_#$~^\"'@,=- \n\r\té’–"), max_size=40
)
persons = st.builds(PersonName, family=words, given=words)
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
    as_of=st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    issued=days,
    author=st.lists(words | persons, max_size=3).map(tuple),
    container_title=st.none() | words,
    publisher=st.none() | words,
    genre=st.none() | words,
    note=st.none() | words,
    url=st.none() | st.just(LINK) | words,
    accessed=st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    record=st.none() | st.just("Figure as recorded by"),
    record_url=st.none() | st.just(LINK),
)


def keep_on_one_line(text: str) -> str:
    """What is left of a text without line breaks and signs that are never seen."""
    hidden = {*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF}
    visible = "".join(" " if ord(sign) in hidden else sign for sign in text)
    return " ".join(word for word in visible.split(" ") if word)


def see(text: str | None) -> str:
    """A text as BibTeX sets it."""
    return say_as_set(text or "")


def format_csl_name(name: Name) -> dict[str, str]:
    """A name as CSL has it: a person's in two parts."""
    if isinstance(name, PersonName) and name.given:
        return {"family": name.family, "given": name.given}
    return {"literal": write_name(name)}


def format_ris_day(day: PartialDate) -> str:
    """A date as RIS has it, with an empty place for a day that is not known."""
    return f"{day.year:04d}/{day.month:02d}/{'' if day.day is None else f'{day.day:02d}'}/"


@given(citations)
def test_a_bibtex_entry_read_back_has_the_same_fields(citation: Citation) -> None:
    fields = read_bibtex(citation.bibtex)

    kind, holder, own_holder = HOLDERS.get(citation.type, ("misc", "", ""))
    is_held = bool(own_holder and getattr(citation, own_holder))
    assert fields["ENTRYTYPE"] == (kind if is_held else "misc")
    for name, own in BIBTEX_FIELDS.items():
        is_left_out = (own in OURS and not citation.is_own) or (is_held and own == own_holder)
        assert unescape(fields.get(name, "")) == ("" if is_left_out else see(getattr(citation, own)))
    assert not is_held or unescape(fields[holder]) == see(getattr(citation, own_holder))
    assert unescape(fields["title"].removeprefix("{").removesuffix("}")) == see(citation.title)
    assert unescape(fields.get("note", "")) == see(citation.remarks)
    assert read_authors(fields.get("author", "")) == [see(write_name(name)) for name in citation.author]
    assert (int(fields["year"]), MONTHS.index(fields["month"]) + 1) == citation.issued.parts[:2]
    assert fields.get("day") == (str(citation.issued.day) if citation.issued.day else None)
    assert fields.get("url") == citation.url
    assert fields.get("urldate") == (str(citation.accessed) if citation.accessed and citation.url else None)


@given(citations)
def test_a_ris_record_read_back_has_the_same_fields(citation: Citation) -> None:
    pairs = read_ris(citation.ris)

    fields = dict(pairs)
    assert [text for tag, text in pairs if tag == "AU"] == [write_name(name) for name in citation.author]
    for tag, own in RIS_FIELDS.items():
        assert fields.get(tag) == getattr(citation, own)
    ours = (citation.version, citation.number) if citation.is_own else (None, None)
    assert (fields.get("ET"), fields.get("M1")) == ours
    assert (fields["PY"], fields["DA"]) == (str(citation.issued.year), format_ris_day(citation.issued))
    assert ("Y2" in fields) == bool(citation.accessed and citation.url)
    single = [tag for tag, _ in pairs if tag != "AU"]
    assert len(single) == len(set(single))


@given(citations)
def test_csl_json_read_back_has_the_same_fields_and_no_others(citation: Citation) -> None:
    (item,) = json.loads(citation.csl)

    assert set(item) <= CSL_TEXTS | {"type", "author", "issued", "accessed"}
    assert item["type"] == citation.type
    assert all(isinstance(item[name], str) for name in CSL_TEXTS & set(item))
    assert item.get("author", []) == [format_csl_name(name) for name in citation.author]
    assert item["issued"]["date-parts"] == [list(citation.issued.parts)]
    assert item["issued"].get("circa", False) == citation.issued.is_inferred
    assert item.get("note") == citation.remarks
    for name in CSL_TEXTS - {"id", "source", "note"}:
        is_left_out = name in OURS and not citation.is_own
        assert item.get(name) == (None if is_left_out else getattr(citation, name.lower().replace("-", "_")))


@given(citations)
def test_text_is_one_line_that_names_title_snapshot_and_number(citation: Citation) -> None:
    assert citation.text == keep_on_one_line(citation.text)
    for part in (citation.title, citation.version, citation.number, citation.url or ""):
        assert part in citation.text


@given(st.lists(words, min_size=1, max_size=4), st.lists(words, min_size=1, max_size=4))
def test_equal_parts_give_equal_keys_and_other_parts_another(one: list[str], other: list[str]) -> None:
    assert (write_key(one) == write_key(other)) == (one == other)


@given(citations, st.lists(st.tuples(st.sampled_from(["dossier", "show", "window"]), words), max_size=3))
def test_a_key_is_one_that_bibtex_takes(citation: Citation, choices: list[tuple[str, str]]) -> None:
    key = replace(citation, choices=tuple(choices)).id

    assert re.fullmatch(r"[A-Za-z0-9._+:-]+", key)
    assert read_bibtex(replace(citation, choices=tuple(choices)).bibtex)["ID"] == key


def test_a_type_that_no_form_knows_is_refused() -> None:
    with pytest.raises(etl.FootnotedError, match="type 'song'"):
        Citation("song", "n", "t", "v", date(2026, 1, 1), PartialDate(2026, 1))


@pytest.mark.parametrize("lacking", ["number", "title", "version"])
def test_a_citation_lacking_what_identifies_it_is_refused(lacking: str) -> None:
    named: dict[str, Any] = {"number": "n", "title": "t", "version": "v", lacking: " \n"}

    with pytest.raises(etl.FootnotedError, match=f"without a {lacking}"):
        Citation("dataset", as_of=date(2026, 1, 1), issued=PartialDate(2026, 1), **named)


def test_the_day_of_retrieval_goes_with_the_publishers_page_alone() -> None:
    day = date(2026, 3, 1)
    found = Citation(
        "dataset", "n", "t", "2026-03-09-0", day, PartialDate(2026, 1), url=LINK, accessed=date(2026, 2, 13)
    )

    assert read_bibtex(found.bibtex)["urldate"] == "2026-02-13"
    assert "urldate" not in read_bibtex(found.link(f"{LINK}&here=1").bibtex)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\u2212$1.29 bn, 2009\u201313", r"--\$1.29 bn, 2009--13"),
        ("\u201cUS $13\u202fbillion\u201d", r"``US \$13\,billion''"),
        ("India\u2019s 5\u00a0units", "India's 5~units"),
        ("a -- b \u2013-", "a -{}- b --{}-"),
        ("José Ångström", "José Ångström"),
    ],
)
def test_signs_that_older_engines_lack_are_written_in_their_own_way(text: str, written: str) -> None:
    entry = Citation("dataset", "n", text, "v", date(2026, 1, 1), PartialDate(2026, 1)).bibtex

    assert f"title = {{{{{written}}}}}" in entry


def test_signs_that_break_a_form_are_written_as_that_form_needs_them() -> None:
    plain = Citation(
        "dataset", "n_1", "50% of A&B {x_y} #1 $2 é", "v", date(2026, 1, 1), PartialDate(2026, 1)
    )

    assert r"50\% of A\&B \textbraceleft{}x\_y\textbraceright{} \#1 \$2 é" in plain.bibtex
    assert "TI  - 50% of A&B {x_y} #1 $2 é\r\n" in plain.ris
    assert replace(plain, author=("Ä & Co",)).bibtex.count(r"{{Ä \& Co}}") == 1

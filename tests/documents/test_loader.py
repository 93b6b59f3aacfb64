"""Dossiers on disk become tables, or say what is wrong with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.documents.loader import load_documents
from etl.documents.passages import hash_text
from etl.errors import InputError, UnknownCodeError
from tests.conftest import DATASETS

LOOKUPS = DATASETS / "lookups"
TEXT = "Trade grew to $13 billion.\n"
FRAGMENT = "$13 billion"
DOSSIER = """
dossier_id = "pair"
title = "A pair"
ref_area = "IND"
counterpart_area = "RUS"
summary = "Two countries."
"""
DOCUMENT = f"""
[document]
title = "A title"
title_basis = "stated"
published_on = "2025-12-05"
published_on_precision = "day"
published_on_basis = "stated"
language = "en"
url = ""
kind = "article"
text_sha256 = "{hash_text(TEXT)}"

[[claims]]
claim_id = "first.trade"
indicator = "bilateral_trade"
ref_area = "IND"
counterpart_area = "RUS"
commodity = "TOTAL"
time_period = "2021-22"
period_start = "2021-04-01"
period_end = "2022-03-31"
period_basis = "fiscal_year_in"
value = 13000000000
unit_measure = "USD"
hedge = "exact"
stated_as = "{FRAGMENT}"
paragraph = 1
char_start = 14
char_end = 25
quote_sha256 = "{hash_text(FRAGMENT)}"
paragraph_sha256 = "{hash_text(TEXT.strip())}"
topic = "trade"
"""
MILESTONES = """milestone_id,event,happened_on,date_precision,date_text,title,kind,document_id,paragraph,note
first.pact,pact,2000-01-01,year,2000,A pact,treaty,first,1,
"""


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    shutil.copytree(LOOKUPS, tmp_path / "lookups")
    documents = tmp_path / "dossiers" / "pair" / "documents"
    documents.mkdir(parents=True)
    (documents.parent / "dossier.toml").write_text(DOSSIER, encoding="utf-8")
    (documents.parent / "milestones.csv").write_text(MILESTONES, encoding="utf-8")
    (documents / "first.toml").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def change(datasets: Path, name: str, old: str, new: str) -> None:
    path = datasets / "dossiers" / "pair" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def name_author(author: str, *persons: str) -> str:
    """A record's author, and its persons as entries of their own."""
    entries = "".join(f"\n[[document.persons]]\n{person}\n" for person in persons)
    return f'author = "{author}"\ntext_sha256 = "{hash_text(TEXT)}"\n{entries}'


@pytest.mark.parametrize(
    ("author", "person", "problem"),
    [
        ("Ann Bee", 'family = "Cee"\ngiven = "Ann"', "'Cee, Ann' is none of the authors"),
        ("Ann Bee", 'family = "Bee"', "'Bee' is none of the authors"),
        ("Bee, Ann", 'family = "Bee, Ann"', "no comma and no semicolon"),
        ("Ann Bee", 'given = "Ann"', "Field required"),
        ("Ann Bee", 'family = ""', "at least 1 character"),
    ],
)
def test_a_person_who_is_none_of_the_authors_is_refused(
    datasets: Path, author: str, person: str, problem: str
) -> None:
    sha = f'text_sha256 = "{hash_text(TEXT)}"\n'
    change(datasets, "documents/first.toml", sha, name_author(author, person))

    with pytest.raises(InputError, match=problem):
        load_documents(datasets)


@pytest.mark.parametrize(
    ("author", "person", "held"),
    [
        ("Ministry of Trade; Ann Bee", 'family = "Bee"\ngiven = "Ann"', "Bee, Ann"),
        ("Xi Jinping", 'family = "Xi"\ngiven = "Jinping"', "Xi, Jinping"),
        ("Sukarno", 'family = "Sukarno"', "Sukarno"),
    ],
)
def test_an_author_may_be_marked_as_a_person(datasets: Path, author: str, person: str, held: str) -> None:
    sha = f'text_sha256 = "{hash_text(TEXT)}"\n'
    change(datasets, "documents/first.toml", sha, name_author(author, person))

    documents = load_documents(datasets).documents
    assert documents["author"].to_list() == [author]
    assert documents["author_persons"].to_list() == [held]


def test_a_kind_of_document_that_cannot_be_cited_is_refused(datasets: Path) -> None:
    change(datasets, "documents/first.toml", 'kind = "article"', 'kind = "song"')

    with pytest.raises(UnknownCodeError, match=r"no such document_kind; known are article, commentary"):
        load_documents(datasets)


def test_a_dossier_becomes_four_tables(datasets: Path) -> None:
    tables = load_documents(datasets)
    claim = tables.claims.row(0, named=True)
    assert (claim["document_id"], claim["value_low"], claim["value_high"]) == ("first", 12.5e9, 13.5e9)
    assert tables.dossiers.row(0, named=True)["counterpart_possessive"] == "Russia’s"
    assert tables.documents.row(0, named=True)["url"] is None
    assert tables.milestones["event"].to_list() == ["pact"]


def test_a_text_is_available_once_it_lies_in_texts(datasets: Path) -> None:
    assert load_documents(datasets).documents["text_available"].to_list() == [False]
    (datasets / "texts").mkdir()
    (datasets / "texts" / "first.txt").write_text(TEXT, encoding="utf-8")
    assert load_documents(datasets).documents["text_available"].to_list() == [True]


def test_another_text_under_the_same_name_is_not_available(datasets: Path) -> None:
    (datasets / "texts").mkdir()
    (datasets / "texts" / "first.txt").write_text(TEXT + "More.\n", encoding="utf-8")
    assert load_documents(datasets).documents["text_available"].to_list() == [False]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('indicator = "bilateral_trade"', 'indicator = "barter"'),
        ('hedge = "exact"', 'hedge = "perhaps"'),
        ('unit_measure = "USD"', 'unit_measure = "ROUBLES"'),
        ('topic = "trade"', 'topic = "weather"'),
    ],
)
def test_an_unknown_code_is_refused_with_its_claim(datasets: Path, old: str, new: str) -> None:
    change(datasets, "documents/first.toml", old, new)
    with pytest.raises(UnknownCodeError, match=r"documents/first\.toml.*first\.trade"):
        load_documents(datasets)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('topic = "trade"', 'topic = "trade"\ncolour = "red"', "colour"),
        ("value = 13000000000", 'value = "13000000000"', "valid number"),
        ("value = 13000000000", "value = 27000000000", "does not say 27000000000 USD"),
        ("value = 13000000000", "value = nan", "finite number"),
        ("char_end = 25", "char_end = 26", "has 11 characters"),
        ('period_end = "2022-03-31"', 'period_end = "2022-12-31"', "runs 2021-04-01 to 2022-03-31"),
        ('period_end = "2022-03-31"', "", "needs time_period and period_end"),
        ('published_on = "2025-12-05"', 'published_on = "5 December"', "published_on"),
        (hash_text(FRAGMENT), hash_text("$14 billion"), "quote_sha256"),
    ],
)
def test_a_record_that_does_not_hold_together_is_refused(
    datasets: Path, old: str, new: str, problem: str
) -> None:
    change(datasets, "documents/first.toml", old, new)
    with pytest.raises(InputError, match=problem):
        load_documents(datasets)


def test_a_claim_id_that_stands_twice_names_both_files(datasets: Path) -> None:
    folder = datasets / "dossiers" / "pair" / "documents"
    shutil.copy(folder / "first.toml", folder / "second.toml")
    with pytest.raises(InputError, match=r"first\.toml and .*second\.toml"):
        load_documents(datasets)


def test_a_milestone_of_no_document_is_refused(datasets: Path) -> None:
    change(datasets, "milestones.csv", ",first,1,", ",third,1,")
    with pytest.raises(InputError, match="no such document"):
        load_documents(datasets)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2000-01-01,year", "2000-13-01,year", "happened_on"),
        ("2000-01-01,year", ",year", "undated milestone"),
        (",first,1,", ",first,one,", "paragraph"),
        (",first,1,", ",first,1,a,b", "number of fields"),
    ],
)
def test_a_milestone_that_does_not_hold_together_is_refused_with_its_line(
    datasets: Path, old: str, new: str, problem: str
) -> None:
    change(datasets, "milestones.csv", old, new)
    with pytest.raises(InputError, match=f"line 2.*{problem}"):
        load_documents(datasets)


def test_a_dossier_in_a_folder_of_another_name_is_refused(datasets: Path) -> None:
    change(datasets, "dossier.toml", '"pair"', '"other"')
    with pytest.raises(InputError, match="differs from the folder's name"):
        load_documents(datasets)


def test_broken_toml_is_refused_with_its_file(datasets: Path) -> None:
    change(datasets, "documents/first.toml", "[document]", "[document")
    with pytest.raises(InputError, match=r"first\.toml: is not readable TOML"):
        load_documents(datasets)

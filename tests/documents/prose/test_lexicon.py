"""Lexicons: another language is a file and not code, and a file that lacks something is refused."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.countries import load_areas
from etl.documents.lexicon import Lexicon, list_languages, load_lexicon
from etl.documents.lexicon_shape import CODED, LISTS, check_shape
from etl.documents.prose import FoundClaim, Parties, ProseReader
from etl.documents.prose.measures import MONEY_CUES, REVERSE, SHARE_CUES, SHARES_OF, TARGET, UNIT_CUES
from etl.documents.prose.period_builders import BUILDERS
from etl.errors import InputError
from tests.conftest import DATASETS

GERMAN = Path(__file__).with_name("german.toml")


def write_german() -> str:
    """The German lexicon, with an empty list for each that it has no words for."""
    text = GERMAN.read_text("utf-8")
    written = tomllib.loads(text)
    for section, names in LISTS.items():
        for name in [name for name in names if name not in written.get(section, {})]:
            text = text.replace(f"\n{section} = {{ ", f"\n{section} = {{ {name} = [], ", 1)
    return text


def open_german(folder: Path) -> Lexicon:
    (folder / "de.toml").write_text(write_german(), "utf-8")
    return load_lexicon("de", folder=folder)


def read_german(folder: Path, text: str) -> FoundClaim:
    reader = ProseReader(lexicon=open_german(folder), areas=load_areas(DATASETS))
    claims = reader.read(text, published_on=date(2025, 12, 5), homes=[Parties("IND", "RUS")])
    assert len(claims) == 1, [claim.stated_as for claim in claims]
    return claims[0]


@pytest.mark.parametrize(
    ("text", "stated_as", "value", "unit", "hedge", "indicator", "period"),
    [
        (
            "Der Handel zwischen Indien und Russland erreichte 2024 rund 68,7 Milliarden Dollar.",
            "68,7 Milliarden Dollar",
            "68.7e9",
            "USD",
            "about",
            "bilateral_trade",
            "2024",
        ),
        (
            "Laut Institut lieferte Moskau 2019-23 mehr als 36 Prozent der indischen Waffenimporte.",
            "36 Prozent",
            "36",
            "PERCENT",
            "over",
            "arms_import_share",
            "2019-23",
        ),
        (
            "Indiens Ausfuhren nach Russland betrugen im Haushaltsjahr 2024-25 mindestens 4.880 Mio. Dollar.",
            "4.880 Mio. Dollar",
            "4.88e9",
            "USD",
            "at_least",
            "exports",
            "2024-25",
        ),
        (
            "Russland stellte in den ersten acht Monaten 2023 zwei Drittel der indischen Waffenimporte.",
            "zwei Drittel",
            "66.6667",
            "PERCENT",
            "exact",
            "arms_import_share",
            "2023-01/2023-08",
        ),
        (
            "In Zimmer 214 hieß es, Indiens Handel mit Russland habe sich im vergangenen Jahr verdoppelt.",
            "verdoppelt",
            "2",
            "TIMES",
            "exact",
            "bilateral_trade",
            "2024",
        ),
    ],
)
def test_another_language_is_one_file(
    tmp_path: Path, text: str, stated_as: str, value: str, unit: str, hedge: str, indicator: str, period: str
) -> None:
    claim = read_german(tmp_path, text)
    assert (claim.stated_as, claim.value, claim.unit_measure) == (stated_as, Decimal(value), unit)
    assert (claim.hedge, claim.indicator, claim.period.label) == (hedge, indicator, period)
    assert claim.counterpart_area == "RUS"


def test_digits_are_read_as_their_language_groups_them(tmp_path: Path) -> None:
    german, english = open_german(tmp_path), load_lexicon("en")
    assert (german.read_number("13.856,5"), english.read_number("13,856.5")) == (Decimal("13856.5"),) * 2


@pytest.fixture
def entries() -> dict[str, Any]:
    return tomllib.loads(write_german())


def refuse(entries: dict[str, Any]) -> str:
    with pytest.raises(InputError) as refused:
        check_shape(entries, file="lexicons/de.toml", language="de")
    return str(refused.value)


def test_a_lexicon_of_the_right_shape_is_accepted(entries: dict[str, Any]) -> None:
    check_shape(entries, file="lexicons/de.toml", language="de")


@pytest.mark.parametrize(
    "section", ["months", "digits", "numbers", "hedges", "cues", "periods", "shorthands"]
)
def test_a_lexicon_without_a_section_is_refused(entries: dict[str, Any], section: str) -> None:
    del entries[section]
    assert refuse(entries).startswith(
        f"lexicons/de.toml: {section} is missing. Add it; lexicons/en.toml shows"
    )


@pytest.mark.parametrize(("section", "name"), [(one, name) for one, names in LISTS.items() for name in names])
def test_a_lexicon_without_a_list_is_refused(entries: dict[str, Any], section: str, name: str) -> None:
    del entries[section][name]
    message = refuse(entries)
    assert message.startswith(f"lexicons/de.toml: {section}.{name} is missing.")
    assert "Add the list, empty or not" in message


@pytest.mark.parametrize("section", CODED)
def test_a_list_for_a_code_that_nobody_reads_is_refused(entries: dict[str, Any], section: str) -> None:
    entries[section]["UNHEARD_OF"] = ["x"]
    message = refuse(entries)
    assert f"{section}.UNHEARD_OF is a list that nothing reads" in message
    assert CODED[section][0] in message


def test_a_language_without_words_for_a_code_leaves_its_list_out(entries: dict[str, Any]) -> None:
    del entries["cues"]["trade_target"]
    check_shape(entries, file="lexicons/de.toml", language="de")
    assert Lexicon("de", entries).compile_phrases("cues", "trade_target").search("Ziel") is None


@pytest.mark.parametrize(
    ("section", "name", "value", "complaint"),
    [
        ("hedges", "about", "etwa", "hedges.about is not a list of patterns"),
        ("hedges", "about", [1], "hedges.about is not a list of patterns"),
        ("scales", "Millionen", "viel", "scales.Millionen is not a number"),
        ("parties", "Indien", ["Indien"], "parties.Indien is not the code of an area"),
        ("digits", "decimal", 1, "digits.decimal is missing, or of another kind"),
        ("digits", "group_sizes", [], "digits.group_sizes does not hold whole numbers"),
        ("shorthands", "jahr", 1, "shorthands.jahr is not a pattern"),
    ],
)
def test_an_entry_of_another_kind_is_refused(
    entries: dict[str, Any], section: str, name: str, value: object, complaint: str
) -> None:
    entries[section][name] = value
    assert complaint in refuse(entries)


def test_eleven_months_are_refused(entries: dict[str, Any]) -> None:
    entries["months"].pop()
    assert "months is not a list of twelve" in refuse(entries)


def test_a_section_that_nothing_reads_is_refused(entries: dict[str, Any]) -> None:
    entries["idioms"] = {}
    assert "idioms is a section that nothing reads" in refuse(entries)


def test_a_lexicon_named_after_another_language_is_refused(entries: dict[str, Any]) -> None:
    entries["language"] = "en"
    assert 'Write language = "de"' in refuse(entries)


def test_a_pattern_that_is_none_is_refused_with_its_list(entries: dict[str, Any]) -> None:
    entries["hedges"]["about"] = ["etwa ("]
    with pytest.raises(InputError, match=r"hedges\.about has an entry that is no pattern \(found 'etwa \('"):
        ProseReader(lexicon=Lexicon("de", entries), areas=load_areas(DATASETS))


def test_a_name_in_braces_that_there_is_not_is_refused(entries: dict[str, Any]) -> None:
    entries["periods"]["year"] = ["{decade}"]
    with pytest.raises(InputError, match=r"nothing is named \{decade\}.*Known are fiscal_year, number"):
        ProseReader(lexicon=Lexicon("de", entries), areas=load_areas(DATASETS))


def test_a_language_without_a_lexicon_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"there is no such lexicon. Known: en"):
        load_lexicon("xx")


@pytest.mark.parametrize("name", ["../en", "/etc/passwd", ""])
def test_a_path_is_no_language(name: str) -> None:
    with pytest.raises(InputError, match="there is no such lexicon"):
        load_lexicon(name)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "de.toml").write_text("numbers = ", "utf-8")
    with pytest.raises(InputError, match=r"lexicons/de\.toml: is no TOML"):
        load_lexicon("de", folder=tmp_path)


@pytest.mark.parametrize("language", list_languages())
def test_every_lexicon_of_the_project_can_be_read_with(language: str) -> None:
    reader = ProseReader(lexicon=load_lexicon(language), areas=load_areas(DATASETS))
    assert reader.read("") == []


def test_every_kind_of_period_that_a_lexicon_may_name_can_be_built() -> None:
    assert set(CODED["periods"]) == set(BUILDERS)


def test_every_measure_that_a_lexicon_may_name_is_one_that_is_read() -> None:
    read = {*MONEY_CUES, *SHARE_CUES, *UNIT_CUES, *SHARES_OF, TARGET, REVERSE}
    assert set(CODED["cues"]) - read == {"arms_import_volume", "agreement_count"}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("5", "5"),
        ("13,856", "13856"),
        ("5,25,000", "525000"),
        ("36.20", "36.20"),
        ("five", "5"),
        ("twenty-five", "25"),
        ("Twenty five", "25"),
        ("hundred", "100"),
        ("two hundred", "200"),
        ("one hundred and fifty", "150"),
        ("three hundred and twenty-five", "325"),
    ],
)
def test_a_number_is_read_in_digits_and_words(words: str, value: str) -> None:
    assert load_lexicon().read_number(words) == Decimal(value)


@pytest.mark.parametrize(
    "words", ["", "many", "five twenty", "hundred hundred", "five and ten", "twenty hundred five ten"]
)
def test_words_that_make_no_number_make_none(words: str) -> None:
    assert load_lexicon().read_number(words) is None


def test_two_scales_multiply() -> None:
    assert load_lexicon().read_scale("lakh crore") == Decimal(10) ** 12

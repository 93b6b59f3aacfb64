"""Areas: every publisher's spelling and number leads to one area, and what leads nowhere is refused."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.countries import UnknownNameError, build_area_book, load_areas
from etl.errors import InputError, SnapshotError
from etl.schemas.observations import AREA_PATTERN
from tests.conftest import DATASETS
from tests.etl.workbench import Workbench

AREAS = load_areas(DATASETS)
SPELLINGS = sorted(AREAS.spellings)
FOLDED = {spelling.casefold() for spelling in SPELLINGS}
# ISO 3166-1 leaves these codes to users: AAA to AAZ, QMA to QZZ, XAA to XZZ and ZZA to ZZZ.
USER_ASSIGNED = re.compile(r"^(AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z])$")


@pytest.mark.parametrize(
    ("spelling", "area"),
    [
        ("Soviet Union", "SUN"),
        ("USSR (...1990)", "SUN"),
        ("Russian Federation", "RUS"),
        ("Czechoslovakia", "CSK"),
        ("Turkiye", "TUR"),
        ("Türkiye, Rep of", "TUR"),
        ("CHINA P RP", "CHN"),
        ("China, P.R.: Mainland", "CHN"),
        ("U S A", "USA"),
        ("USA, Puerto Rico and US Virgin Islands", "USA"),
        ("AFGHANISTAN TIS", "AFG"),
        ("KOREA RP", "KOR"),
        ("Korea, North", "PRK"),
        ("Congo", "COG"),
        ("DR Congo", "COD"),
        ("Viet Nam", "VNM"),
        ("South Vietnam", "XVS"),
        ("Yugoslavia (...1991)", "YUG"),
        ("UNION OF SERBIA & MONTENEGRO", "SCG"),
        ("SAHARWI A.DM RP", "ESH"),
        ("Other Asia, nes", "XOA"),
        ("Areas, nes", "_X"),
        ("unknown recipient(s)", "_X"),
        ("Africa Eastern and Southern", "AFE"),
        ("Hamas (Palestine)*", "XPA"),
        ("PKK (Turkey)*", "XTP"),
        ("PKK (Turkiye)*", "XTP"),
    ],
)
def test_an_odd_spelling_leads_to_its_area(spelling: str, area: str) -> None:
    assert AREAS.find_code(spelling) == area


def test_every_spelling_leads_to_a_listed_area() -> None:
    assert set(AREAS.spellings.values()) <= set(AREAS.areas)


def test_every_area_can_be_found_by_some_name_or_number() -> None:
    found = set(AREAS.spellings.values()) | set(AREAS.un_codes.values())
    assert set(AREAS.areas) - found == set()


def test_every_country_is_found_by_its_own_label() -> None:
    countries = [entry for entry in AREAS.areas.values() if entry.kind in {"country", "former_country"}]
    assert [entry.area for entry in countries] == [AREAS.find_code(entry.label) for entry in countries]


def test_no_two_spellings_that_differ_only_in_case_or_spaces_name_two_areas() -> None:
    meanings: dict[str, set[str]] = {}
    for spelling, area in AREAS.spellings.items():
        meanings.setdefault(" ".join(spelling.replace("’", "'").split()).casefold(), set()).add(area)
    assert {form: areas for form, areas in meanings.items() if len(areas) > 1} == {}


@given(st.sampled_from(SPELLINGS), st.sampled_from([str.upper, str.lower, str.title]), st.integers(0, 3))
def test_case_and_surplus_spaces_do_not_matter(spelling: str, change: type[str], spaces: int) -> None:
    written = " " * spaces + change(spelling).replace(" ", " " * (spaces + 1)) + "\t" * spaces
    assert AREAS.find_code(written) == AREAS.spellings[spelling]


@given(st.text(max_size=40).filter(lambda text: text.strip().casefold() not in FOLDED))
def test_any_other_text_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(UnknownNameError, match=r"area_names\.csv"):
        AREAS.find_code(text)


@given(st.sampled_from(SPELLINGS), st.sampled_from("0123456789#?"), st.integers(0, 60))
def test_a_spelling_with_a_foreign_sign_in_it_is_refused(spelling: str, sign: str, place: int) -> None:
    with pytest.raises(UnknownNameError):
        AREAS.find_code(spelling[:place] + sign + spelling[place:])


@pytest.mark.parametrize(
    "text", ["", " ", "NA", "N/A", "-", "xxx", "Sub-total", "C\ufffdte d'Ivoire", "C\xc3\xb4te d'Ivoire"]
)
def test_what_names_no_area_is_refused(text: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown area"):
        AREAS.find_code(text)


@pytest.mark.parametrize(
    ("spelling", "nearest"),
    [
        ("Rusia", "Russia"),
        ("CHINA PRP", "CHINA P RP"),
        ("Untied States", "United States"),
        ("Houthis (Yemen)*", "Houthi rebels (Yemen)*"),
        ("Kazakstan", "Kazakhstan"),
    ],
)
def test_a_misspelling_is_refused_with_the_nearest_spelling_first(spelling: str, nearest: str) -> None:
    with pytest.raises(UnknownNameError, match=re.escape(f"Nearest: {nearest}")):
        AREAS.find_code(spelling)


@pytest.mark.parametrize(
    ("number", "area"),
    [
        ("699", "IND"),
        ("842", "USA"),
        ("251", "FRA"),
        ("757", "CHE"),
        ("579", "NOR"),
        ("381", "ITA"),
        ("643", "RUS"),
        ("0", "W00"),
        ("4", "AFG"),
        ("004", "AFG"),
        ("490", "XOA"),
        ("899", "_X"),
        ("810", "SUN"),
        ("58", "XBL"),
        ("736", "XFS"),
        ("492", "XEX"),
    ],
)
def test_a_number_of_the_united_nations_leads_to_its_area(number: str, area: str) -> None:
    assert AREAS.find_un_code(number) == area


@pytest.mark.parametrize("number", ["", "999", "IND", "-4", "4.0", "٤"])
def test_a_number_that_no_area_has_is_refused(number: str) -> None:
    with pytest.raises(UnknownNameError, match=r"un_codes\.csv"):
        AREAS.find_un_code(number)


@pytest.mark.parametrize(
    ("code", "area"),
    [("IND", "IND"), (" RUS ", "RUS"), ("WLD", "W00"), ("ROM", "ROU"), ("XKX", "XKX"), ("_X", "_X")],
)
def test_a_code_is_taken_where_an_area_or_a_publisher_has_it(code: str, area: str) -> None:
    assert AREAS.require_code(code) == area


@pytest.mark.parametrize("code", ["", "IN", "ind", "XXX", "India", "S19"])
def test_a_code_that_nobody_has_is_refused(code: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown area code"):
        AREAS.require_code(code)


def test_every_area_has_words_and_a_code_of_the_right_form() -> None:
    for entry in AREAS.areas.values():
        assert re.fullmatch(AREA_PATTERN, entry.area), entry
        assert all((entry.label, entry.adjective, entry.kind)), entry
        assert entry.possessive.endswith(("’s", "s’")), entry
        assert "'" not in entry.possessive + entry.label, entry


def test_every_area_that_is_no_country_of_iso_says_why() -> None:
    silent = [entry.area for entry in AREAS.areas.values() if entry.kind != "country" and not entry.reason]
    assert silent == []


def test_every_country_under_a_user_assigned_code_says_why() -> None:
    assert [
        code for code, entry in AREAS.areas.items() if USER_ASSIGNED.match(code) and not entry.reason
    ] == []


def test_a_snapshot_keeps_every_area_with_its_spellings() -> None:
    kept = build_area_book(AREAS.frame)
    assert kept.areas == AREAS.areas
    assert kept.spellings == AREAS.spellings


def test_an_areas_table_of_an_older_build_is_refused() -> None:
    with pytest.raises(SnapshotError, match=r"no adjective, spellings\. Build again"):
        build_area_book(AREAS.frame.drop("adjective", "spellings"))


def test_a_former_state_is_not_counted_under_a_state_of_today() -> None:
    for former, today in [("SUN", "RUS"), ("YUG", "SRB"), ("CSK", "CZE"), ("DDR", "DEU"), ("SCG", "SRB")]:
        assert AREAS.label(former) != AREAS.label(today)
        assert not {name for name, area in AREAS.spellings.items() if area == former} & {
            name for name, area in AREAS.spellings.items() if area == today
        }


@pytest.mark.parametrize("lookup", ["area_names.csv", "un_codes.csv"])
def test_a_lookup_that_names_an_unlisted_area_is_refused(workbench: Workbench, lookup: str) -> None:
    with (workbench.datasets / "lookups" / lookup).open("a", encoding="utf-8") as stream:
        stream.write("9999,QQQ,\n")
    with pytest.raises(InputError, match=r"areas\.csv lacks.*QQQ"):
        load_areas(workbench.datasets)


def test_a_number_that_stands_twice_is_refused(workbench: Workbench) -> None:
    with (workbench.datasets / "lookups" / "un_codes.csv").open("a", encoding="utf-8") as stream:
        stream.write("699,IND,\n")
    with pytest.raises(InputError, match="stands twice"):
        load_areas(workbench.datasets)


def _read_table(path: Path, *, skip: int = 0) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))[skip:]


@pytest.mark.publisher_files
def test_every_recipient_in_sipris_list_has_an_area_of_its_own(publisher_files_folder: Path) -> None:
    rows = _read_table(publisher_files_folder / "sipri_tiv_old" / "sipri_country_list.csv", skip=2)
    codes = [AREAS.find_code(name) for _, name in rows]
    shared = {code for code in codes if codes.count(code) > 1}
    assert shared == {"_X"}, "only unknown suppliers and unknown recipients share a code"


@pytest.mark.publisher_files
def test_names_and_numbers_in_comtrades_list_agree(publisher_files_folder: Path) -> None:
    rows = _read_table(publisher_files_folder / "comtrade_new" / "comtrade-partner-areas.csv", skip=1)
    assert [AREAS.find_un_code(number) for number, _, _ in rows] == [
        AREAS.find_code(name) for _, name, _ in rows
    ]


@pytest.mark.publisher_files
def test_names_numbers_and_codes_in_the_baci_list_agree(publisher_files_folder: Path) -> None:
    rows = _read_table(publisher_files_folder / "baci" / "country_codes_V202301.csv", skip=1)
    # CEPII prints today's code for four areas that were larger then.
    larger_then = {"58": "BEL", "280": "DEU", "711": "ZAF", "736": "SDN"}
    for number, short, full, _, iso in rows:
        area = AREAS.find_un_code(number)
        assert area == AREAS.find_code(short) == AREAS.find_code(full)
        assert iso == larger_then.get(number, "N/A" if iso == "N/A" else area)


@pytest.mark.publisher_files
def test_names_and_codes_in_a_world_bank_file_agree(publisher_files_folder: Path) -> None:
    (path,) = (publisher_files_folder / "wdi").glob("*.csv")
    rows = [row for row in _read_table(path) if len(row) > 5 and row[0] != "Country Name"]
    assert len(rows) == 266
    assert [AREAS.find_code(row[0]) for row in rows] == [AREAS.require_code(row[1]) for row in rows]


@pytest.mark.publisher_files
@pytest.mark.parametrize("column", [1, 0])
def test_every_country_of_indias_monthly_files_is_known(publisher_files_folder: Path, column: int) -> None:
    name = "Year-Country-Value.csv" if column else "Year-Country-Value_Export.csv"
    rows = _read_table(publisher_files_folder / "india_moc" / "monthly_country" / name, skip=1)
    names = {row[column] for row in rows}
    codes = {AREAS.find_code(spelling) for spelling in names}
    assert len(codes) == len(names), "no two countries of one file share an area"

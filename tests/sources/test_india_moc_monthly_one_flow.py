"""Monthly files of India's Department of Commerce in one direction, which who adds the file says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import ExpectationError, InputError
from etl.intake import accept
from etl.provenance import RawFile, Vintage, describe_download
from etl.sources import recognise_source
from tests.sources.damages import fuzz_file
from tests.sources.fuzz import CASES, Taken, count_outcomes, find_lookups, take_content

MILLION = 1_000_000
IMPORTS = {"flow": "imports"}
BY_COUNTRY = b"""Country,Value,Date
AFGHANISTAN TIS,22.22,1/1/2007
RUSSIA,79.05,1/1/2007
CHINA P RP,"1,485.04",2/1/2007
RUSSIA,0.0,2/1/2007
U S A,1044.67,12/1/2007
"""
BY_CHAPTER = b"""HSCode,Commodity,Value,Date
1,LIVE ANIMALS.,0.78,1/1/2007
3,"FISH AND CRUSTACEANS, MOLLUSCS.",116.92,1/1/2007
27,MINERAL FUELS.,"1,435.41",2/1/2007
99,MISCELLANEOUS GOODS.,7.99,12/1/2007
"""


def write_samples() -> tuple[bytes, ...]:
    """A file by country and one by chapter, for the damage run."""
    return BY_COUNTRY, BY_CHAPTER


def take_sample(content: bytes) -> Taken:
    """A file of which somebody says that it holds imports.

    Raises: InputError or ExpectationError where it is refused.
    """
    return take_content(content, stated=IMPORTS)


def read_months(folder: Path, content: bytes, *, flow: str = "imports") -> etl.Inspection:
    """A file of which somebody may say which direction it holds."""
    path = folder / "download.csv"
    path.write_bytes(content)
    return etl.inspect_file(path, stated={"flow": flow} if flow else {})


@pytest.mark.publisher_files
@pytest.mark.parametrize("kind", ["Country", "HSCode"])
@pytest.mark.parametrize("flow", ["Import", "Export"])
def test_real_files_are_refused_for_what_their_columns_do_not_say(
    publisher_files_folder: Path, kind: str, flow: str
) -> None:
    path = publisher_files_folder / "india_moc" / "monthly_country" / f"Year-{kind}-Value_{flow}.csv"
    with pytest.raises(InputError, match="does not say its flow"):
        etl.inspect_file(path)


@pytest.mark.publisher_files
@pytest.mark.slow
def test_the_real_import_file_holds_what_the_file_of_both_directions_does(
    publisher_files_folder: Path, tmp_path: Path
) -> None:
    folder = publisher_files_folder / "india_moc" / "monthly_country"
    columns = ["counterpart_area", "time_period", "obs_value"]
    both = (
        etl.inspect_file(folder / "Year-Country-Value.csv").rows.filter(indicator="imports").select(columns)
    )
    one = read_months(tmp_path, (folder / "Year-Country-Value_Import.csv").read_bytes())
    assert (one.rows_read, one.rows_rejected) == (28848, 0)
    assert one.rows.select(columns).sort(columns).equals(both.sort(columns))


@pytest.mark.parametrize("content", [BY_COUNTRY, BY_CHAPTER])
def test_a_file_whose_direction_nobody_says_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match="does not say its flow"):
        read_months(tmp_path, content, flow="")
    with pytest.raises(InputError, match="no direction of trade"):
        read_months(tmp_path, content, flow="exports and imports")


@pytest.mark.parametrize(
    ("said", "flow", "valuation"), [("Exports", "exports", "FOB"), ("import", "imports", "CIF")]
)
def test_who_adds_the_file_says_the_direction(tmp_path: Path, said: str, flow: str, valuation: str) -> None:
    rows = read_months(tmp_path, BY_COUNTRY, flow=said).rows
    assert set(rows["indicator"]) == {flow}
    assert set(rows["valuation"]) == {valuation}
    china = rows.filter(counterpart_area="CHN")
    assert china.select("time_period", "obs_value").row(0) == ("2007-02", 1_485_040_000)


def test_chapters_get_their_leading_zero_back(tmp_path: Path) -> None:
    rows = read_months(tmp_path, BY_CHAPTER).rows
    assert sorted(rows["commodity"]) == ["01", "03", "27", "99"]
    assert set(rows["counterpart_area"]) == {"W00"}


def test_a_row_above_the_header_is_not_passed_over(tmp_path: Path) -> None:
    header, first, *others = BY_COUNTRY.splitlines()
    with pytest.raises(InputError, match="line 1: a row above the header"):
        read_months(tmp_path, b"\n".join([first, header, *others]))


def test_what_is_no_chapter_is_quarantined(tmp_path: Path) -> None:
    (rejected,) = read_months(tmp_path, BY_CHAPTER.replace(b"\n99,", b"\n199,")).rejected
    assert (rejected.line, rejected.reason) == (5, "not_a_code")


@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 99), st.integers(1, 12)), st.integers(0, 99_999_999), min_size=1, max_size=20
    )
)
def test_what_is_written_by_chapter_is_read_back_whole(cells: dict[tuple[int, int], int]) -> None:
    lines = [
        f'{chapter},GOODS,"{cents / 100:,.2f}",{month}/1/2019' for (chapter, month), cents in cells.items()
    ]
    found = take_values("\n".join(["HSCode,Commodity,Value,Date", *lines]).encode())
    assert {key: round(value) for key, value in found.items()} == {
        ("W00", f"{chapter:02d}", f"2019-{month:02d}"): cents * 10_000
        for (chapter, month), cents in cells.items()
    }


@pytest.mark.parametrize("content", [BY_COUNTRY, BY_CHAPTER])
def test_damaged_files_without_a_direction_are_refused_like_whole_ones(content: bytes) -> None:
    for damage in fuzz_file(content, seed=1, cases=CASES):
        with pytest.raises((InputError, ExpectationError)):
            take_content(damage.content)


@pytest.mark.parametrize("content", [BY_COUNTRY, BY_CHAPTER])
def test_damaged_files_with_a_direction_differ_only_where_they_were_touched(content: bytes) -> None:
    assert sum(count_outcomes(content, seed=2, take=take_sample).values()) == CASES


def take_values(content: bytes) -> dict[tuple[str, str, str], float]:
    """Values by partner, chapter and month of a file of which somebody says that it holds imports.

    Raises: InputError or ExpectationError where it is refused.
    """
    raw = RawFile("sample", content)
    module = recognise_source(raw)
    assert module.SOURCE.product is not None
    vintage = Vintage(date(2020, 2, 29), "month", "Not older than the month after its last.")
    file = describe_download(raw, product=module.SOURCE.product, vintage=vintage, stated=IMPORTS)
    frame = accept(module.parse(file, find_lookups()), module).frame
    return {
        (partner, chapter, month): value
        for partner, chapter, month, value in frame.select(
            "counterpart_area", "commodity", "time_period", "obs_value"
        ).iter_rows()
    }

"""Code lists beside a bulk file: kept with its output, eaten zeros given back where nothing else is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl
from etl.provenance import RawFile
from etl.readers.code_lists import is_product_list, read_product_list
from tests.bulk.bulk_files import convert, write_baci

COUNTRIES = "country_code,country_name,country_iso2,country_iso3\n490,Other Asia,N/A,N/A\n711,SACU,ZA,ZAF\n"
LINES = ["2022,643,699,010121,48.217,51.000", "2022,643,699,270900,1,1"]


def read_products(text: str) -> dict[str, str]:
    file = RawFile("products.csv", text.encode())
    assert is_product_list(file)
    return dict(read_product_list(file).descriptions)


def test_lists_beside_the_file_are_kept_with_it(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text(COUNTRIES)
    (tmp_path / "goods.csv").write_text('code,description\n10121,"Horses: live"\n270900,Oils\n')
    report = convert(write_baci(tmp_path, LINES))
    kept = (report.out / "products.csv").read_text()
    assert kept == "commodity,description\n010121,Horses: live\n270900,Oils\n"
    assert (report.out / "countries.csv").read_text().startswith("code,name,iso_in_list\n490,Other Asia,\n")
    assert any("711 SACU: ZAF in the list, XSC here" in note for note in report.notes)


def test_products_that_the_list_lacks_are_noted(tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("code,description\n010121,Horses\n")
    assert any(
        "1 products are not in goods.csv" in note for note in convert(write_baci(tmp_path, LINES)).notes
    )


def test_of_two_product_lists_none_is_taken(tmp_path: Path) -> None:
    for name in ("hs92.csv", "hs17.csv"):
        (tmp_path / name).write_text("code,description\n010121,Horses\n")
    report = convert(write_baci(tmp_path, LINES))
    assert not (report.out / "products.csv").exists()
    assert any("Two code lists" in note for note in report.notes)


def test_eaten_zeros_are_given_back() -> None:
    assert read_products("code,description\n10121,Horses\n270900,Oils\n").keys() == {"010121", "270900"}


@pytest.mark.parametrize(
    "codes", [("10121", "010129"), ("1012", "270900"), ("270900", "270900"), ("27O900", "1")]
)
def test_a_list_that_could_mean_two_things_is_refused(codes: tuple[str, str]) -> None:
    with pytest.raises(etl.InputError, match="column code"):
        read_products("code,description\n" + "".join(f"{code},x\n" for code in codes))

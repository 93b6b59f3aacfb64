"""Code lists that accompany BACI: areas by numeric code, products of one edition of the Harmonised System."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError, Place
from etl.provenance import RawFile
from etl.readers.delimited_text import Layout, has_table, read_table
from etl.reading import InputRow

# The two spellings of a column that releases of BACI use.
_RENAMED = {
    "country_name_full": "country_name",
    "iso_2digit_alpha": "country_iso2",
    "iso_3digit_alpha": "country_iso3",
}
# "N/A" is CEPII's; "NA" is what R makes of it when it saves a list again.
_NO_AREA = ("", "N/A", "NA")
_SIX, _FIVE = re.compile(r"[0-9]{6}", re.ASCII), re.compile(r"[0-9]{5}", re.ASCII)
# Products that the lists name outside the six digits.
_SPECIAL = ("9999AA",)


def rename_list_column(name: str) -> str:
    """A column name of a list as the newest releases spell it."""
    plain = name.strip().lower()
    return _RENAMED.get(plain, plain)


COUNTRIES = Layout(frozenset({"country_code", "country_name", "country_iso3"}), rename_list_column)
PRODUCTS = Layout(frozenset({"code", "description"}), rename_list_column)
_COUNTRY_COLUMNS = ("country_code", "country_name", "country_iso3")
_PRODUCT_COLUMNS = {"code", "description"}


@dataclass(frozen=True)
class CountryList:
    """CEPII's list of areas: name and ISO code by numeric code, and where it differs from the lookups."""

    file: str
    names: Mapping[int, tuple[str, str]]
    unknown: tuple[int, ...]
    differences: tuple[str, ...]


@dataclass(frozen=True)
class ProductList:
    """Descriptions by product code; `restored` counts the codes that got back a zero a spreadsheet ate."""

    file: str
    descriptions: Mapping[str, str]
    restored: int


def is_country_list(file: RawFile) -> bool:
    """Whether the header of a list of areas stands among the first lines."""
    return has_table(file, COUNTRIES)


def is_product_list(file: RawFile) -> bool:
    """Whether the first line names a code and a description, and nothing else but a row name."""
    first_line = file.content[:4096].decode("utf-8-sig", errors="replace").split("\n", 1)[0]
    cells = {rename_list_column(cell.strip().strip('"')) for cell in re.split("[,;\t]", first_line.strip())}
    return cells - {""} == _PRODUCT_COLUMNS


def read_country_list(file: RawFile, lookups: Lookups) -> CountryList:
    """All areas of the list, each looked up.

    Raises: InputError where a row cannot be read or a code stands twice.
    """
    names: dict[int, tuple[str, str]] = {}
    unknown, differences = [], []
    for row in _read_rows(file, COUNTRIES):
        text, name, iso = (
            row.cells[column].strip() for column in ("country_code", "country_name", "country_iso3")
        )
        if not re.fullmatch("[0-9]{1,4}", text, re.ASCII) or int(text) in names:
            raise _refuse(
                file, row, column="country_code", problem="no numeric code, or one that stands twice"
            )
        names[int(text)] = (name, "" if iso in _NO_AREA else iso)
        try:
            area = lookups.areas.find_un_code(text)
        except UnknownNameError:
            unknown.append(int(text))
            continue
        if iso not in _NO_AREA and iso != area:
            differences.append(f"{text} {name}: {iso} in the list, {area} here")
    return CountryList(file.name, names, tuple(unknown), tuple(differences))


def read_product_list(file: RawFile) -> ProductList:
    """All products of the list, with six digits each.

    A code of five digits gets back a leading zero where no code of the list has kept one: a spreadsheet must
    have eaten them all.
    Raises: InputError where a code is neither, stands twice, or could be either.
    """
    rows = _read_rows(file, PRODUCTS)
    codes = [row.cells["code"].strip() for row in rows]
    has_zeros = any(_SIX.fullmatch(code) and code.startswith("0") for code in codes)
    descriptions: dict[str, str] = {}
    restored = 0
    for row, code in zip(rows, codes, strict=True):
        # One code that kept its zero shows that no spreadsheet ate the others: five digits are then a damage.
        is_short = _FIVE.fullmatch(code) is not None
        if is_short and has_zeros:
            problem = "a code of five digits, where other codes have kept their leading zero"
            raise _refuse(file, row, column="code", problem=problem)
        full = f"0{code}" if is_short else code
        if not (_SIX.fullmatch(full) or full in _SPECIAL) or full in descriptions:
            raise _refuse(file, row, column="code", problem="no code of six digits, or one that stands twice")
        descriptions[full] = row.cells["description"].strip()
        restored += is_short
    return ProductList(file.name, descriptions, restored)


def _read_rows(file: RawFile, layout: Layout) -> tuple[InputRow, ...]:
    table = read_table(file, layout)
    if table.text.rejected:
        first = table.text.rejected[0]
        raise InputError(Place(file.name, first.line), problem=first.problem, remedy=first.remedy)
    if not table.text.rows:
        raise InputError(file.name, problem="a list without a row", remedy="Restore it from CEPII.")
    return table.text.rows


def _refuse(file: RawFile, row: InputRow, *, column: str, problem: str) -> InputError:
    return InputError(
        Place(file.name, row.line, column),
        problem=problem,
        value=row.cells[column],
        remedy="Restore the list from CEPII.",
    )

"""CEPII BACI, its trade files `t,i,j,k,v,q`, as far as they are small: excerpts of one pair or product.

One observation of exports a row, FOB: CEPII reconciles both sides' reports and takes freight and insurance
off. Peculiarities: values in thousand US dollars; numeric codes of UN Comtrade; `NA` or nothing where a
quantity was not estimated (kept in the note); product codes that a spreadsheet robbed of their leading zero,
given back where no code of the file has kept its own. A whole year has ten million rows: those are converted
in bulk, not read as observations. The release is in a file's name alone (`..._V202401.csv`). It asserts that
no flow stands twice (checked with all observations) and that values are not negative.
"""

from __future__ import annotations

import re
from datetime import date

from etl.countries import Lookups, UnknownNameError
from etl.errors import InputError, Place
from etl.periods import build_calendar_year
from etl.provenance import InputFile, Product, RawFile, Vintage
from etl.readers.delimited_text import Layout, has_table, read_table
from etl.reading import InputRow, Record
from etl.source_contract import (
    Expected,
    FileReading,
    Parsed,
    Series,
    Source,
    build_observation,
    parse_rows,
    read_year,
)
from etl.vocabulary.series_codes import TOTALS_OF_AREAS

# Rows become observations with all their columns; a whole year of BACI has fifty times as many.
MOST_ROWS = 200_000
COLUMNS = ("t", "i", "j", "k", "v", "q")
_RELEASE = re.compile(r"_V(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])[a-z]?(?![0-9])", re.ASCII | re.IGNORECASE)
_SIX, _FIVE = re.compile(r"[0-9]{6}", re.ASCII), re.compile(r"[0-9]{5}", re.ASCII)


def find_release(file: RawFile) -> Vintage | None:
    """The month of the release, where the file still has the name that CEPII gave it."""
    match = _RELEASE.search(file.name)
    if match is None:
        return None
    month = date(int(match["year"]), int(match["month"]), 1)
    return Vintage(month, "month", f"The release in the file's name, {match[0].strip('_')}.")


SOURCE = Source(
    layout="baci",
    title="CEPII BACI: goods trade by exporter, importer and product",
    table="observations",
    columns=COLUMNS,
    product=Product(
        source_id="baci",
        publisher="CEPII",
        product="BACI, international trade database at the product level",
        url="https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
        licence="Etalab Open Licence 2.0",
        redistributable=True,
    ),
    find_vintage=find_release,
)
EXPECTED = Expected(rows_min=1, rows_max=MOST_ROWS)
LAYOUT = Layout(frozenset(COLUMNS), lambda name: name.strip().lower())


def matches(file: RawFile) -> bool:
    """Whether the six one-letter names stand in a header."""
    return has_table(file, LAYOUT)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One observation of exports a row.

    Raises: InputError where the file is too large to be read as observations.
    """
    if file.content.count(b"\n") > MOST_ROWS + 1:
        raise InputError(
            file.name,
            problem=f"more than {MOST_ROWS:,} rows of BACI, too many for observations",
            remedy="Convert it in bulk: footnoted convert FILE --to FOLDER.",
        )
    table = read_table(file, LAYOUT)
    _check_order(file, table.text.header)
    codes = [row.cells["k"].strip() for row in table.text.rows]
    # One code of the file that kept its zero shows that no spreadsheet ate the others.
    restore = not any(_SIX.fullmatch(code) and code.startswith("0") for code in codes)

    def build(row: InputRow) -> list[Record]:
        series = Series(
            "exports",
            _read_area(row, "i", lookups),
            _read_area(row, "j", lookups),
            "USD",
            "FOB",
            commodity=_read_product(row, restore=restore),
        )
        # In thousands of dollars.
        reading = FileReading(row.read_number("v", floor=0) * 1000, "v", note=_describe_quantity(row))
        return [
            build_observation(
                file, row, series=series, period=build_calendar_year(read_year(row, "t")), reading=reading
            )
        ]

    return parse_rows(file, SOURCE, build, text=table.text)


def _check_order(file: RawFile, header: tuple[str, ...]) -> None:
    # Names that changed places would exchange the two sides of every flow, and nothing else would show it.
    for first, second in (("i", "j"), ("v", "q")):
        if header.index(first) > header.index(second):
            raise InputError(
                Place(file.name, column=first),
                problem=f"the column stands behind {second}, unlike in any file of CEPII",
                value=",".join(header),
                remedy="Restore the order of the columns, t,i,j,k,v,q.",
            )


def _read_area(row: InputRow, column: str, lookups: Lookups) -> str:
    area: str = row.convert(
        column, lookups.areas.find_un_code, errors=(UnknownNameError,), reason="unknown_area"
    )
    if area in TOTALS_OF_AREAS:
        raise row.refuse(
            column,
            reason="not_one_area",
            problem="a total of other areas, which would be counted twice",
            remedy="Compare with CEPII's own file, which has none.",
        )
    return area


def _read_product(row: InputRow, *, restore: bool) -> str:
    code = row.require("k")
    if restore and _FIVE.fullmatch(code):
        code = f"0{code}"
    if not _SIX.fullmatch(code) or code.startswith("00"):
        raise row.refuse(
            "k",
            reason="not_hs6",
            problem="not a code of six digits of the Harmonised System",
            remedy="Restore its leading zero or the digits that are missing.",
        )
    return code


def _describe_quantity(row: InputRow) -> str:
    quantity = row.find("q")
    if quantity is None or quantity == "NA":
        return "quantity not estimated"
    return f"quantity {row.read_number('q', floor=0)} tonnes"

"""The measures of SIPRI's military expenditure workbook: what a sheet's numbers, marks and colours mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.errors import ExpectationError, InputError
from etl.provenance import RawFile
from etl.readers.sipri_workbook import CountryTable, Rows, check_years, find_country_table
from etl.readers.spreadsheets import Workbook
from etl.vocabulary.series_codes import ALL_COMMODITIES

CONSTANT = "CONSTANT_PRICES"
MILLION, BILLION, PERCENT = Decimal(10) ** 6, Decimal(10) ** 9, Decimal(100)
REMEDY = "Download the workbook again from SIPRI, and keep it as it is."
# What a printed mark means: its status, and the words for the note.
NO_SUCH_STATE = ("M", "Printed as xxx: no such state, or not independent, in all or part of the year.")
NOT_AVAILABLE = ("L", "Printed as dots: not available.")
COLOURS = {"blue": ("E", "SIPRI's estimate."), "red": ("U", "Highly uncertain by SIPRI's own mark.")}
REGIONAL_COLOURS = {"red": ("E", "More than a tenth of the total is estimated.")}
PARTS_OF_WORLD = ("Africa", "Americas", "Asia & Oceania", "Europe", "Middle East")
# The printed parts of the world add up to it but for a fraction of a billion; as a share of it, so that the
# small early years are borne as well.
WORLD_MAY_MISS = Decimal("0.005")
_DOTS = re.compile(r"\.\s?\.(\s?\.)?|\u2026")
_NUMBER = re.compile(r"\d+(\.\d+)?(e[+-]?\d{1,2})?", re.ASCII)
_BASE_YEAR = re.compile(r"constant \(?(\d{4})\)?", re.ASCII | re.IGNORECASE)
# SIPRI writes "in US$ m.", "in millions" and "US$ billion" above its tables.
_MILLIONS = re.compile(r"\bmillions?\b|\$\s?m\b", re.IGNORECASE)
_BILLIONS = re.compile(r"\bbillions?\b|\$\s?b\b", re.IGNORECASE)


@dataclass(frozen=True)
class Measure:
    """What a sheet holds: its unit, commodity and prices, and whether it must print millions or billions."""

    pattern: str
    unit: str
    commodity: str
    price_basis: str
    scaling: str


MEASURES = (
    Measure(r"regional totals", "USD_CONSTANT", CONSTANT, "constant", "dollars"),
    Measure(r"local currency financial years?", "LOCAL_CURRENCY", "FINANCIAL_YEAR", "current", "local"),
    Measure(r"local currency calendar years?", "LOCAL_CURRENCY", "LOCAL_CURRENCY", "current", "local"),
    Measure(r"constant \(\d{4}\) us(\$|d)", "USD_CONSTANT", CONSTANT, "constant", "dollars"),
    Measure(r"current us(\$|d)", "USD", ALL_COMMODITIES, "current", "dollars"),
    Measure(r"share of gdp", "PERCENT_OF_GDP", "SHARE_OF_GDP", "none", "share"),
    Measure(r"per capita", "USD_PER_CAPITA", "PER_CAPITA", "current", "plain"),
    Measure(
        r"share of (govt\.?|government) spending",
        "PERCENT_OF_GOVERNMENT_SPENDING",
        "SHARE_OF_GOVERNMENT_SPENDING",
        "none",
        "share",
    ),
)


@dataclass(frozen=True)
class MeasuresPage:
    """A sheet with what its numbers are: the measure, what to multiply them by, and the base year."""

    table: CountryTable
    measure: Measure
    scale: Decimal
    base_year: str | None

    @property
    def is_regional(self) -> bool:
        """Whether the rows are regions."""
        return self.measure is MEASURES[0]

    def find_colour(self, colour: str) -> tuple[str, str | None]:
        """Status and note for the colour of a number."""
        meanings = REGIONAL_COLOURS if self.is_regional else COLOURS
        return meanings.get(colour, ("A", f"Printed in {colour}." if colour else None))


def holds_measures(workbook: Workbook) -> bool:
    """Whether sheets are named for measures, one with a table at least: two names, or one and a title."""
    named = [sheet for sheet in workbook.sheets if _find_measure(sheet.name)]
    tables = [table for sheet in named if (table := find_country_table(sheet)) is not None]
    titled = any("military expenditure" in table.preamble.lower() for table in tables)
    # One sheet named "Current US$" may be anybody's; two of SIPRI's names in one workbook are SIPRI's.
    return bool(tables) and (titled or len(named) > 1)


def open_pages(file: RawFile, workbook: Workbook) -> dict[str, MeasuresPage]:
    """Every sheet of numbers by its name.

    Raises: InputError where a sheet of a known measure has no header, or one with a header has no known
    measure, does not print its unit, or leaves a year out.
    """
    pages = {}
    for sheet in workbook.sheets:
        table, measure = find_country_table(sheet), _find_measure(sheet.name)
        if table is None and measure is not None:
            problem = f"sheet {sheet.name!r} has no header of countries or regions and years"
            raise InputError(file.name, problem=problem, remedy=REMEDY)
        if table is not None:
            check_years(file, table, sheet)
            pages[sheet.name] = _open_page(file, table, measure)
    return pages


def read_mark(text: str) -> tuple[str, str] | None:
    """Status and note where a cell holds a mark instead of a number."""
    if text.lower() == "xxx":
        return NO_SUCH_STATE
    return NOT_AVAILABLE if _DOTS.fullmatch(text) else None


def read_plain_number(text: str) -> Decimal | None:
    """The number in a cell, however large, or None where it is none."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def check_regions(file: RawFile, pages: dict[str, MeasuresPage], rows: Rows) -> None:
    """Whether the parts of the world add up to the world in every year that all of them have.

    Raises: ExpectationError naming the first cell that does not.
    """
    for page in (page for page in pages.values() if page.is_regional):
        regions = {
            row.cells[page.table.name_cell(row, 1)].strip(): row
            for row in rows.text.rows
            if rows.tables[row.line] is page.table
        }
        if not {"World", *PARTS_OF_WORLD} <= regions.keys():
            continue
        for cell in page.table.years:
            texts = [
                regions[name].cells[page.table.name_cell(regions[name], cell.column)].strip()
                for name in ("World", *PARTS_OF_WORLD)
            ]
            world, *parts = (read_plain_number(text) for text in texts)
            known = [part for part in parts if part is not None]
            if world is None or len(known) < len(parts):
                continue
            if abs(world - sum(known)) > WORLD_MAY_MISS * world:
                place = page.table.name_cell(regions["World"], cell.column)
                raise ExpectationError(
                    file.name,
                    expected=f"parts of the world that add up to {world} in {place}",
                    found=str(sum(known)),
                    remedy=REMEDY,
                )


def _find_measure(sheet: str) -> Measure | None:
    name = " ".join(sheet.split()).lower()
    return next((measure for measure in MEASURES if re.fullmatch(measure.pattern, name)), None)


def _open_page(file: RawFile, table: CountryTable, measure: Measure | None) -> MeasuresPage:
    if measure is None:
        problem = f"sheet {table.sheet!r} has years and countries, but is of no known measure"
        raise InputError(
            file.name, problem=problem, remedy="Add its measure to etl/readers/sipri_measures.py."
        )
    base_year = _BASE_YEAR.search(f"{table.sheet}\n{table.preamble}")
    if measure.price_basis == "constant" and base_year is None:
        problem = f"sheet {table.sheet!r} does not say the year of its prices"
        raise InputError(file.name, problem=problem, remedy=REMEDY)
    scale = _find_scale(table, measure)
    if scale is None:
        problem = f"sheet {table.sheet!r} does not say whether its figures are millions or billions"
        raise InputError(file.name, problem=problem, remedy="Keep the lines above the table.")
    return MeasuresPage(
        table, measure, scale, base_year[1] if base_year and measure.price_basis == "constant" else None
    )


def _find_scale(table: CountryTable, measure: Measure) -> Decimal | None:
    if measure.scaling == "share":
        return PERCENT
    if measure.scaling == "plain":
        return Decimal(1)
    millions, billions = _MILLIONS.search(table.preamble), _BILLIONS.search(table.preamble)
    # Both words above one table: which of them is its unit is not said.
    if millions and billions:
        return None
    if millions or billions:
        return MILLION if millions else BILLION
    return Decimal(1) if measure.scaling == "local" else None

"""SIPRI trade register of the site since 2024, 16 columns: one row per arms order.

Text in latin-1 without quoting, eleven lines of preamble, commas inside texts written as `;`. Three columns
named with one space hold `?` where SIPRI is unsure of the cell before. A newline inside the comments breaks
a record in two; it is put together again, and the locator says of which lines. An empty number ordered is
not known yet, and then neither is the order's volume, which the register prints as 0. A printed 0 TIV
delivered is between 0 and 0.5 million. Of itself the file asserts that volumes are numbers times the volume
of one weapon. A download for some years counts the deliveries of those years only, which the note says, and
the status of an order that may be delivered by now is then unknown. The comments become the note of the
deal. The register names no categories: datasets/lookups/weapon_categories.csv does.
"""

from __future__ import annotations

from dataclasses import replace

from etl.countries import Lookups
from etl.provenance import InputFile, Product, RawFile
from etl.readers.arms_orders import (
    CONDITIONS,
    RegisterCount,
    RegisterOrder,
    check_volume,
    find_category,
    find_deliveries,
    join_marks,
    number_deals,
    read_party,
    set_aside_copies,
    write_deal,
)
from etl.readers.sipri_text import (
    LAST_LINE,
    Register,
    SipriColumn,
    find_coverage,
    find_edition,
    has_header,
    read_register,
)
from etl.reading import InputRow, Record
from etl.source_contract import Expected, Parsed, Source, parse_rows, read_year

# SIPRI's register begins with it.
FIRST_YEAR = 1950
COMMENTS = "Comments"
YEAR, ORDERED, DELIVERED = "Year of order", "Number ordered", "Number delivered"
DESIGNATION, CATEGORY_FROM = "Weapon designation", "Weapon description"
YEARS = "Year(s) of delivery"
PER_UNIT, FOR_ORDER = "SIPRI TIV per unit", "SIPRI TIV for total order"
FOR_DELIVERED = "SIPRI TIV of delivered weapons"
COLUMNS = (
    SipriColumn("Recipient", r"recipient( country)?|country|buyer|importer", known_by=True),
    SipriColumn("Supplier", r"supplier( country)?|seller|exporter", known_by=True),
    SipriColumn(YEAR, r"(year|date)( s)? of order|order (year|date)|year"),
    SipriColumn("? of the year of order", flags=YEAR),
    SipriColumn(ORDERED, r"(numbers?|no|quantity) ordered", known_by=True),
    SipriColumn("? of the number ordered", flags=ORDERED),
    SipriColumn(DESIGNATION, r"(weapon )?designation", known_by=True),
    SipriColumn(CATEGORY_FROM, r"(weapon )?description", known_by=True),
    SipriColumn(DELIVERED, r"(numbers?|no|quantity) delivered", known_by=True),
    SipriColumn("? of the number delivered", flags=DELIVERED),
    SipriColumn(YEARS, r"year( s|s)? of deliver(y|ies)|delivery year( s|s)?"),
    SipriColumn("status", r"status|condition"),
    SipriColumn(COMMENTS, r"comments?"),
    SipriColumn(PER_UNIT, r"(sipri )?tiv (per|of one|for one) unit"),
    SipriColumn(FOR_ORDER, r"(sipri )?tiv (for|of) (the )?(total )?order"),
    SipriColumn(FOR_DELIVERED, r"(sipri )?tiv (of|for) (the )?deliver(ed weapons|ies)"),
)
PRODUCT = Product(
    source_id="sipri_register_deals",
    publisher="SIPRI",
    product="Arms Transfers Database, trade register with one row per deal",
    url="https://www.sipri.org/databases/armstransfers",
    licence="SIPRI terms: non-commercial use with attribution; for commercial use ask SIPRI, https://www.sipri.org",
    redistributable=False,
)


SOURCE = Source(
    layout="sipri_register_deals",
    title="SIPRI trade register since 2024: one row per arms order, with comments",
    table="deals",
    columns=tuple(column.title for column in COLUMNS if not column.flags),
    product=PRODUCT,
    find_vintage=find_edition,
    asks=("suppliers", "recipients"),
    find_coverage=find_coverage,
)
EXPECTED = Expected(rows_min=1, rows_max=200_000)


def matches(file: RawFile) -> bool:
    """Whether one of the first lines, also inside the site's JSON answer, is the header of this register."""
    return has_header(file, COLUMNS)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One deal per row; an empty number is unknown, a `?` behind it marks the publisher's doubt."""
    register = read_register(file, COLUMNS, broken_in=COMMENTS)
    some_years = find_some_years(register, edition=file.sidecar.vintage.year)

    def build(row: InputRow) -> list[Record]:
        order = _read_order(row, lookups, edition=file.sidecar.vintage.year, some_years=some_years)
        return [write_deal(file, order)]

    rows = set_aside_copies(file, register.text, left_out=frozenset((LAST_LINE,)))
    parsed = parse_rows(file, SOURCE, build, text=rows)
    return replace(parsed, records=number_deals(parsed.records, file))


def find_some_years(register: Register, *, edition: int) -> str | None:
    """Words for the years whose deliveries are counted, where the download was not for all of them."""
    years = register.years
    # The year of the edition itself is not over, and downloads may end with the year before.
    if years is None or (years[0] <= FIRST_YEAR and years[1] >= edition - 1):
        return None
    return f"the register counts deliveries of {years[0]} to {years[1]} only"


def _read_order(row: InputRow, lookups: Lookups, *, edition: int, some_years: str | None) -> RegisterOrder:
    ordered = _read_count(row, ORDERED)
    delivered = _read_count(row, DELIVERED)
    unit = row.find_number(PER_UNIT, floor=0)
    for_order = check_volume(row, FOR_ORDER, number=ordered.value, unit=unit)
    importer, importer_mark = read_party(row, "Recipient", lookups)
    supplier, supplier_mark = read_party(row, "Supplier", lookups)
    category, category_mark = find_category(row, lookups, designation=DESIGNATION, description=CATEGORY_FROM)
    ordered_in = _read_order_year(row, edition=edition)
    years, early_mark = find_deliveries(row, YEARS, ordered_in=ordered_in.value, edition=edition)
    marks = (some_years, importer_mark, supplier_mark, category_mark, early_mark)
    return RegisterOrder(
        importer=importer,
        supplier=supplier,
        designation=row.require(DESIGNATION),
        description=row.require(CATEGORY_FROM),
        category=category,
        ordered_in=ordered_in,
        ordered=ordered,
        delivered=delivered,
        delivery_years=years,
        locator=_format_lines(row),
        condition=_find_condition(row),
        tiv_per_unit=unit,
        # The register prints 0 where the number ordered is not known: no volume, not none.
        tiv_order=None if ordered.value is None and not for_order else for_order,
        tiv_delivered=check_volume(row, FOR_DELIVERED, number=delivered.value, unit=unit),
        note=join_marks(row.find(COMMENTS), *marks),
        counts_some_years=some_years is not None,
    )


def _read_order_year(row: InputRow, *, edition: int) -> RegisterCount:
    year = read_year(row, YEAR)
    if year > edition:
        raise row.refuse(
            YEAR,
            reason="after_edition",
            problem=f"an order later than the register of {edition}",
            remedy="Correct the year, or the day of the register in its sidecar.",
        )
    return RegisterCount(year, _read_flag(row, YEAR))


def _read_count(row: InputRow, column: str) -> RegisterCount:
    value = None if row.find(column) is None else row.read_whole(column, floor=0)
    return RegisterCount(value, _read_flag(row, column))


def _read_flag(row: InputRow, column: str) -> bool:
    title = next(entry.title for entry in COLUMNS if entry.flags == column)
    flag = row.find(title)
    if flag not in {None, "?"}:
        raise row.refuse(
            title, reason="unknown_flag", problem="neither empty nor '?'", remedy="Correct the flag."
        )
    return flag == "?"


def _find_condition(row: InputRow) -> str | None:
    condition = row.find("status")
    if condition is not None and not CONDITIONS.fullmatch(condition):
        raise row.refuse(
            "status",
            reason="unknown_condition",
            problem="neither new nor second hand nor modernized",
            remedy="Compare with the publisher's own register.",
        )
    return condition


def _format_lines(row: InputRow) -> str:
    last = row.cells.get(LAST_LINE)
    return f"line {row.line}" if last is None else f"line {row.line}, rejoined with the lines to {last}"

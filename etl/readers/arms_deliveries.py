"""Deliveries as SIPRI's register by delivery year lists them: rows read, and those that contradict."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from etl.countries import Lookups, UnknownNameError
from etl.provenance import RawFile
from etl.readers.arms_orders import check_delivery, check_volume, read_party
from etl.reading import InputRow, Rejected

DEAL, SUPPLIER, RECIPIENT = "SIPRI AT Database ID", "Supplier", "Recipient"
NUMBER, NUMBER_FLAG = "Numbers delivered", "Numbers delivered is estimate"
YEAR, YEAR_FLAG = "Delivery year", "Delivery year is estimate"
ORDERED_IN = "Order date"
PER_UNIT, VOLUME = "TIV deal unit", "TIV delivery values"
DESCRIBING = ("Designation", "Description", "Armament category", "Status")
# No year of the register is earlier than 1950; the century only tells a year from a number that slipped into
# its column.
EARLIEST_YEAR = 1900
# An empty flag is kept apart from "No": SIPRI does not say then whether it estimated.
_FLAGS = {"Yes": True, "No": False, None: None}
REMEDY = "Compare the row with the publisher's own register."


@dataclass(frozen=True)
class Delivery:
    """What one row says of one year of a deal; without a volume where nothing was delivered."""

    row: InputRow
    deal: int
    importer: str
    supplier: str
    year: int | None
    volume: Decimal | None
    estimates: tuple[bool | None, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeliveryGap:
    """A row that was set aside: what can still be read of it, None where it cannot."""

    line: int
    importer: str | None = None
    supplier: str | None = None
    year: int | None = None


def read_delivery(row: InputRow, lookups: Lookups, *, edition: int) -> Delivery:
    """The delivery in one row.

    A row without a year or a number, or with the number 0, is an order of which nothing was delivered.
    Raises: RowProblemError where a cell cannot be what it should be, or the year is later than the edition.
    """
    for column in DESCRIBING:
        row.require(column)
    number = None if row.find(NUMBER) is None else row.read_whole(NUMBER, floor=0)
    year = None if row.find(YEAR) is None else row.read_whole(YEAR, floor=EARLIEST_YEAR)
    volume = check_volume(row, VOLUME, number=number, unit=row.find_number(PER_UNIT, floor=0))
    # An order of which nothing has come stands in the register by delivery too, with a 0 or nothing.
    if not number or year is None:
        if volume:
            column = YEAR if number else NUMBER
            problem = "a volume was delivered, and when or how many the row does not say"
            raise row.refuse(column, reason="empty_cell", problem=problem, remedy=REMEDY)
        volume = None
    elif year > edition:
        problem = f"a delivery later than the register of {edition}"
        raise row.refuse(YEAR, reason="after_edition", problem=problem, remedy=REMEDY)
    elif volume is None:
        row.require(VOLUME)
    ordered_in = None if row.find(ORDERED_IN) is None else row.read_whole(ORDERED_IN, floor=EARLIEST_YEAR)
    early_mark = check_delivery(row, YEAR, first_year=year, ordered_in=ordered_in)
    (importer, importer_mark), (supplier, supplier_mark) = (
        read_party(row, column, lookups) for column in (RECIPIENT, SUPPLIER)
    )
    return Delivery(
        row=row,
        deal=row.read_whole(DEAL, floor=1),
        importer=importer,
        supplier=supplier,
        marks=tuple(filter(None, (importer_mark, supplier_mark, early_mark))),
        year=year,
        volume=volume,
        estimates=(_read_flag(row, NUMBER_FLAG), _read_flag(row, YEAR_FLAG)),
    )


def find_contradictions(file: RawFile, deliveries: list[Delivery]) -> list[Rejected]:
    """Rows of one deal that name different parties or weapons, and second rows of a deal for one year.

    Where a row stands twice the second is set aside; where two rows differ, all rows that do.
    """
    deals: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        deals[delivery.deal].append(delivery)
    found: list[Rejected] = []
    for deal, rows in deals.items():
        if len(rows) == 1:
            continue
        told = {_format_deal(entry) for entry in rows}
        # Which of the rows is right cannot be told, so none of them counts.
        if len(told) > 1:
            problem = f"deal {deal} is not the same deal in all of its rows"
            found += [_reject(file, entry, "deal_differs", problem) for entry in rows]
            continue
        years: dict[int | None, list[Delivery]] = defaultdict(list)
        for entry in rows:
            years[entry.year].append(entry)
        for group in years.values():
            found += _find_twice(file, group)
    return found


def read_gap(
    line: int, row: InputRow | None, lookups: Lookups, *, edition: int, trust_parties: bool
) -> DeliveryGap:
    """What can still be read of a row that was set aside; its parties only where those can be right."""
    if row is None:
        return DeliveryGap(line)
    text = row.cells.get(YEAR, "")
    year = int(text) if re.fullmatch(r"\d{4}", text, re.ASCII) else None
    legible_year = year if year is not None and EARLIEST_YEAR <= year <= edition else None
    # Its parties are what is wrong with it: it may belong to any of them.
    if not trust_parties:
        return DeliveryGap(line, year=legible_year)
    importer, supplier = (_find_area(row, column, lookups) for column in (RECIPIENT, SUPPLIER))
    return DeliveryGap(line, importer, supplier, legible_year)


def _find_twice(file: RawFile, group: list[Delivery]) -> list[Rejected]:
    if len({entry.row.text for entry in group}) == 1:
        return [
            _reject(file, entry, "duplicate_key", f"the same as line {group[0].row.line}")
            for entry in group[1:]
        ]
    lines = ", ".join(str(entry.row.line) for entry in group)
    problem = f"lines {lines} give different deliveries for one deal and year"
    return [_reject(file, entry, "delivery_differs", problem) for entry in group]


def _format_deal(entry: Delivery) -> tuple[str, ...]:
    parties = (entry.importer, entry.supplier)
    return (*parties, *(entry.row.cells[column] for column in ("Designation", "Description")))


def _reject(file: RawFile, entry: Delivery, reason: str, problem: str) -> Rejected:
    row = entry.row
    return Rejected(file.name, row.line, DEAL, row.cells[DEAL], reason, problem, REMEDY, row.text)


def _find_area(row: InputRow, column: str, lookups: Lookups) -> str | None:
    try:
        return lookups.areas.find_code(row.cells.get(column, ""))
    except UnknownNameError:
        return None


def _read_flag(row: InputRow, column: str) -> bool | None:
    flag = row.find(column)
    if flag not in _FLAGS:
        raise row.refuse(column, reason="unknown_flag", problem="neither Yes nor No", remedy=REMEDY)
    return _FLAGS[flag]

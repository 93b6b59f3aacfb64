"""Arms orders as SIPRI's registers list them: how one becomes a record of the table deals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from etl.countries import Lookups, UnknownNameError
from etl.provenance import InputFile, RawFile, describe_edition, name_vintage, slug
from etl.reading import CsvText, InputRow, Record, Rejected
from etl.vocabulary.series_codes import NOT_NAMED

# The register prints volumes to a hundredth of a million TIV: the volume of one weapon is off by up to half
# of that for each weapon, and their product by as much once more, with a thousandth to spare.
UNITS_ROUNDED_BY = Decimal("0.005")
VOLUME_ROUNDED_BY = Decimal("0.006")
# SIPRI's words in all editions at hand; another word is a cell that moved.
CONDITIONS = re.compile(r"new|second[- ]hand( but moderni[sz]ed)?", re.IGNORECASE)
ROWS_PER_ALIKE = 200
# Of 130,000 rows of registers eight have a delivery before the order, by two years at most.
EARLIEST_DELIVERY = 2
_WORD = re.compile(r"[A-Za-z]{2}")
_STARRED = re.compile(r".*[A-Za-z].*\*{1,2}")
_YEAR_SIGN = re.compile(r"\s*;\s*")


@dataclass(frozen=True)
class RegisterCount:
    """A number or year as the register has it: empty where it has none, and whether SIPRI doubts it."""

    value: int | None
    is_uncertain: bool


@dataclass(frozen=True)
class RegisterOrder:
    """One order, read: who, what, when, how many, and the volumes where the register gives them.

    `counts_some_years`: deliveries outside the years asked for are not among its numbers.
    """

    importer: str
    supplier: str
    designation: str
    description: str
    category: str | None
    ordered_in: RegisterCount
    ordered: RegisterCount
    delivered: RegisterCount
    delivery_years: str | None
    locator: str
    condition: str | None = None
    tiv_per_unit: Decimal | None = None
    tiv_order: Decimal | None = None
    tiv_delivered: Decimal | None = None
    note: str | None = None
    counts_some_years: bool = False


def write_deal(file: InputFile, order: RegisterOrder) -> Record:
    """The record of one order; its id is that of the order alone until `number_deals` has seen the others."""
    front = f"{order.importer}-{order.supplier}.{order.ordered_in.value}.{slug(order.designation)}"
    return {
        "deal_id": front,
        "importer": order.importer,
        "supplier": order.supplier,
        "designation": order.designation,
        "description": order.description,
        "category": order.category,
        "order_year": order.ordered_in.value,
        "order_year_uncertain": order.ordered_in.is_uncertain,
        "number_ordered": order.ordered.value,
        "number_ordered_uncertain": order.ordered.is_uncertain,
        "number_delivered": order.delivered.value,
        "number_delivered_uncertain": order.delivered.is_uncertain,
        "delivery_years": order.delivery_years,
        "contract_value_usd": None,
        "tiv_per_unit": _as_float(order.tiv_per_unit),
        "tiv_order": _as_float(order.tiv_order),
        "tiv_delivered": _as_float(order.tiv_delivered),
        "status": _find_status(order),
        "condition": order.condition,
        **describe_edition(file.sidecar),
        "source_id": file.sidecar.source_id,
        "source_file": file.name,
        "source_locator": order.locator,
        "source_sha256": file.sha256,
        "note": order.note,
    }


def number_deals(records: list[Record], file: InputFile) -> list[Record]:
    """The records with ids of their own: `importer-supplier.year.designation[.number].source.edition`.

    Orders that share the first three are numbered by what they say and not by where they stand, so that a
    register in another order, or for fewer countries, gives the same ids. Registers do hold rows that are
    alike in every cell; they are orders of their own, and the locator says so.
    """
    alike: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        alike[record["deal_id"]].append(record)
    edition = name_vintage(file.sidecar.vintage, file.sidecar.vintage_precision)
    tail = f"{file.sidecar.source_id}.{edition}"
    numbered = {}
    for front, group in alike.items():
        contents = {record["line"]: _format_content(record) for record in group} if len(group) > 1 else {}
        # By what they say, the line only where two say the same: a register sorted otherwise gives the same
        # ids.
        ranked = sorted(group, key=lambda record: (contents.get(record["line"], ""), record["line"]))
        for number, record in enumerate(ranked, start=1):
            place = front if number == 1 else f"{front}.{number}"
            locator = record["source_locator"]
            before = ranked[number - 2]
            if number > 1 and contents[record["line"]] == contents[before["line"]]:
                locator = f"{locator}, alike in every cell with line {before['line']}"
            numbered[record["line"]] = {
                **record,
                "deal_id": f"{place}.{tail}",
                "source_locator": locator,
            }
    return [numbered[record["line"]] for record in records]


def set_aside_copies(file: RawFile, text: CsvText, *, left_out: frozenset[str] = frozenset()) -> CsvText:
    """A register's rows without those that stand again, where they are more than the few that registers have.

    Registers do hold orders that are alike in every cell, far apart and one in 3,000: up to one in 200, or a
    single one, are orders of their own. More of them, or two in a row, are rows that were put in twice.
    `left_out` are cells that say where a row stands.
    """
    first: dict[tuple[str, ...], int] = {}
    copies: dict[int, int] = {}
    for at, row in enumerate(text.rows):
        content = tuple(cell.strip() for name, cell in row.cells.items() if name not in left_out)
        if content in first:
            copies[at] = first[content]
        else:
            first[content] = at
    if len(copies) <= max(1, len(text.rows) // ROWS_PER_ALIKE):
        copies = {at: one for at, one in copies.items() if _is_in_run(at, copies)}
    rejected = [
        Rejected(
            file.name,
            text.rows[at].line,
            None,
            None,
            "duplicate_key",
            f"the same as line {text.rows[one].line}, and more rows stand twice than registers have alike",
            "Remove one of the two.",
            text.rows[at].text,
        )
        for at, one in copies.items()
    ]
    kept = tuple(row for at, row in enumerate(text.rows) if at not in copies)
    return CsvText(text.header, kept, (*text.rejected, *rejected))


def _is_in_run(at: int, copies: Mapping[int, int]) -> bool:
    one = copies[at]
    return copies.get(at - 1) == one - 1 or copies.get(at + 1) == one + 1


def find_category(
    row: InputRow, lookups: Lookups, *, designation: str, description: str
) -> tuple[str | None, str | None]:
    """SIPRI's weapon category for a row's description, or None and the words that mark the row.

    Raises: RowProblemError where the description is none, so that cells have moved.
    """
    printed = row.require(description)
    category = lookups.find_category(printed)
    if category is not None:
        return category, None
    # A number, or a description where the designation stands: the row's cells have changed places.
    if not _WORD.search(printed) or lookups.find_category(row.require(designation)) is not None:
        raise row.refuse(
            description,
            reason="not_a_description",
            problem="no description of a weapon: cells may have changed places",
            remedy="Compare with the publisher's own register.",
        )
    return None, f"no weapon category is known for {printed!r}"


def read_party(row: InputRow, column: str, lookups: Lookups) -> tuple[str, str | None]:
    """The area of a party, and the words that mark it where SIPRI names one that is not known here.

    SIPRI marks armed groups and organisations with a star. One that no lookup has is a party not named, for
    no state's deliveries depend on it; any other unknown name may be a state's, and sets the row aside.
    """
    printed = row.require(column)
    if _STARRED.fullmatch(printed) and not lookups.areas.has_spelling(printed):
        return NOT_NAMED, f"{column} printed as {printed!r}, which has no code here"
    area: str = row.convert(
        column, lookups.areas.find_code, errors=(UnknownNameError,), reason="unknown_area"
    )
    return area, None


def check_delivery(
    row: InputRow, column: str, *, first_year: int | None, ordered_in: int | None
) -> str | None:
    """The words that mark a row whose first delivery comes before its order, as SIPRI prints a few.

    Raises: RowProblemError where it comes more years before than SIPRI's slips: cells or digits have moved.
    """
    if first_year is None or ordered_in is None or first_year >= ordered_in:
        return None
    if ordered_in - first_year > EARLIEST_DELIVERY:
        raise row.refuse(
            column,
            reason="delivered_before_order",
            problem=f"a delivery in {first_year}, before the order of {ordered_in}",
            remedy="Compare with the publisher's own register.",
        )
    return f"printed with a delivery in {first_year}, before the order of {ordered_in}"


def find_deliveries(
    row: InputRow, column: str, *, ordered_in: int | None, edition: int
) -> tuple[str | None, str | None]:
    """The years of delivery of an order, and the words that mark a row whose first one comes before it.

    Raises: RowProblemError where they are no years, later than the edition, or too long before the order.
    """
    years = _find_delivery_years(row, column, edition=edition)
    first_year = None if years is None else int(years[:4])
    return years, check_delivery(row, column, first_year=first_year, ordered_in=ordered_in)


def join_marks(*marks: str | None) -> str | None:
    """What is said of a row as one note, or None where nothing is."""
    return "; ".join(filter(None, marks)) or None


def _find_delivery_years(row: InputRow, column: str, *, edition: int) -> str | None:
    """Years joined by "; ", or None where nothing was delivered; "2014-2016" is each year from first to last.

    None of them is later than the edition: what is only planned has not been delivered.
    """
    text = row.find(column)
    if text is None:
        return None
    years: list[int] = []
    for part in _YEAR_SIGN.split(text.rstrip("; ")):
        span = re.fullmatch(r"((?:19|20)\d\d)(?:[-\u2013]((?:19|20)\d\d))?", part, re.ASCII)
        if span is None:
            raise _refuse_years(row, column, "not years joined by '; '")
        years += range(int(span[1]), int(span[2] or span[1]) + 1)
    if not years or years != sorted(set(years)):
        raise _refuse_years(row, column, "years that do not follow one another")
    if years[-1] > edition:
        raise _refuse_years(row, column, f"deliveries later than the register of {edition}")
    return "; ".join(map(str, years))


def check_volume(row: InputRow, column: str, *, number: int | None, unit: Decimal | None) -> Decimal | None:
    """The volume in a cell, which is that of one weapon times their number, as far as it is printed.

    Both are rounded to a hundredth, so that many weapons of little volume leave some room.
    """
    volume = row.find_number(column, floor=0)
    if volume and unit is None:
        raise row.refuse(
            column,
            reason="does_not_multiply",
            problem="a volume, and none of one weapon: cells may have moved",
            remedy="Compare the row with the publisher's own register.",
        )
    if volume is None or number is None or unit is None:
        return volume
    if abs(volume - number * unit) > number * UNITS_ROUNDED_BY + VOLUME_ROUNDED_BY:
        raise row.refuse(
            column,
            reason="does_not_multiply",
            problem=f"{number} weapons of {unit} million TIV each are not {volume}",
            remedy="Compare the numbers with the publisher's own register.",
        )
    return volume


def _find_status(order: RegisterOrder) -> str:
    ordered, delivered = order.ordered.value, order.delivered.value
    # Deliveries outside the years asked for are not counted, so the order may be complete.
    if order.counts_some_years and (ordered is None or delivered is None or delivered < ordered):
        return "unknown"
    if delivered == 0 or (delivered is None and order.delivery_years is None):
        return "ordered"
    if ordered is None or delivered is None:
        return "unknown"
    return "delivered" if delivered >= ordered else "part_delivered"


def _format_content(record: Record) -> str:
    left_out = {"deal_id", "line", "source_locator"}
    return repr([str(value) for name, value in record.items() if name not in left_out])


def _refuse_years(row: InputRow, column: str, problem: str) -> Exception:
    return row.refuse(column, reason="not_years", problem=problem, remedy="Write them as 2021; 2022.")


def _as_float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)

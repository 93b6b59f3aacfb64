"""SIPRI: arms orders of the trade register, one row per deal, its question marks kept."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.countries import Lookups
from etl.provenance import Coverage, InputFile, RawFile, describe_edition, slug
from etl.readers.arms_orders import check_delivery, check_volume, find_category, join_marks, set_aside_copies
from etl.reading import InputRow, Record, read_csv_text, read_header
from etl.source_contract import Expected, Parsed, Source, check_vintage, parse_rows, read_area, read_year


def find_coverage(file: RawFile) -> Coverage:
    """The pairs in its rows: whoever compiled the file took all orders of them."""
    rows = read_csv_text(file).rows
    sides = ({row.cells[name].strip() for row in rows} for name in ("supplier", "recipient"))
    suppliers, recipients = ("; ".join(sorted(names)) for names in sides)
    return Coverage(suppliers, recipients)


SOURCE = Source(
    layout="sipri_deals",
    title="SIPRI trade register: one row per arms order",
    table="deals",
    columns=(
        "vintage",
        "recipient",
        "supplier",
        "order_year",
        "order_year_uncertain",
        "number_ordered",
        "number_ordered_uncertain",
        "designation",
        "description",
        "number_delivered",
        "number_delivered_uncertain",
        "delivery_years",
        "status",
        "tiv_per_unit",
        "tiv_order",
        "tiv_delivered",
    ),
    find_coverage=find_coverage,
)
# SIPRI's whole register has 30,000 orders; with fewer than a score the file was cut off.
EXPECTED = Expected(rows_min=20, rows_max=50_000)
_YEARS = re.compile(r"\d{4}(; \d{4})*", re.ASCII)


def matches(file: RawFile) -> bool:
    """Whether the header is this layout's."""
    return read_header(file) == SOURCE.columns


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One deal per row; an empty number is unknown, a `?` beside it marks the publisher's doubt."""
    seen: dict[str, int] = {}

    def build(row: InputRow) -> list[Record]:
        check_vintage(row, file)
        importer, supplier = read_area(row, "recipient", lookups), read_area(row, "supplier", lookups)
        year, designation = read_year(row, "order_year"), row.require("designation")
        years = _find_years(row, "delivery_years")
        first = None if years is None else int(years[:4])
        early_mark = check_delivery(row, "delivery_years", first_year=first, ordered_in=year)
        deal = {
            "importer": importer,
            "supplier": supplier,
            "designation": designation,
            "order_year": year,
            "delivery_years": years,
            **describe_edition(file.sidecar),
            "source_id": file.sidecar.source_id,
            "source_file": file.name,
            "source_locator": f"line {row.line}",
            "source_sha256": file.sha256,
            **_read_terms(row, lookups, early_mark=early_mark),
        }
        identity = f"{importer}-{supplier}.{year}.{slug(designation)}"
        # Orders alike in all of these are orders of their own, numbered as they come.
        seen[identity] = seen.get(identity, 0) + 1
        deal["deal_id"] = identity if seen[identity] == 1 else f"{identity}.{seen[identity]}"
        return [deal]

    return parse_rows(file, SOURCE, build, text=set_aside_copies(file, read_csv_text(file)))


def _read_terms(row: InputRow, lookups: Lookups, *, early_mark: str | None) -> Record:
    ordered, delivered = _find_count(row, "number_ordered"), _find_count(row, "number_delivered")
    category, mark = find_category(row, lookups, designation="designation", description="description")
    unit = row.find_number("tiv_per_unit", floor=0)
    return {
        "description": row.require("description"),
        "category": category,
        "order_year_uncertain": _read_flag(row, "order_year_uncertain"),
        "number_ordered": ordered,
        "number_ordered_uncertain": _read_flag(row, "number_ordered_uncertain"),
        "number_delivered": delivered,
        "number_delivered_uncertain": _read_flag(row, "number_delivered_uncertain"),
        "contract_value_usd": None,
        "tiv_per_unit": _as_float(unit),
        "tiv_order": _as_float(check_volume(row, "tiv_order", number=ordered, unit=unit)),
        "tiv_delivered": _as_float(check_volume(row, "tiv_delivered", number=delivered, unit=unit)),
        "status": find_status(ordered, delivered),
        "condition": row.find("status"),
        "note": join_marks(mark, early_mark),
    }


def find_status(ordered: int | None, delivered: int | None) -> str:
    """How far the deliveries of a deal are."""
    if delivered == 0:
        return "ordered"
    if ordered is None or delivered is None:
        return "unknown"
    return "delivered" if delivered >= ordered else "part_delivered"


def _find_count(row: InputRow, column: str) -> int | None:
    return None if row.find(column) is None else row.read_whole(column, floor=0)


def _read_flag(row: InputRow, column: str) -> bool:
    flag = row.find(column)
    if flag not in {None, "?"}:
        raise row.refuse(
            column, reason="unknown_flag", problem="neither empty nor '?'", remedy="Correct the flag."
        )
    return flag == "?"


def _find_years(row: InputRow, column: str) -> str | None:
    years = row.find(column)
    if years is not None and not _YEARS.fullmatch(years):
        raise row.refuse(
            column, reason="not_years", problem="not years joined by '; '", remedy="Write them as 2021; 2022."
        )
    return years


def _as_float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)

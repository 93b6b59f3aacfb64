"""SIPRI trade register by delivery, 17 columns: one row per arms order and delivery year, without comments.

Also as the site's JSON answer, `{"bytes": base64 of the same text}` (lines are then those of that text),
with the line ends and trailing `;` of spreadsheets, and with the older site's `Deal ID`, `Seller` and
`Buyer`.

What becomes of it: for every importer and year one sum for each supplier, and one over all of them (W00),
unknown suppliers included. The volume of a row is its `TIV delivery values`; of itself the file asserts
that this is the number delivered times `TIV deal unit`, as far as both are printed, that a deal has one row
for a year, and that all rows of a deal name the same parties. A row without a delivery adds nothing. A sum
is E where SIPRI estimated a number or a delivery year in it, and U where a row set aside may belong to it,
or where it is not certain that the download was for all suppliers and weapons. A download for some
suppliers only gives no sums over all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from etl.countries import Lookups, UnknownNameError
from etl.periods import build_calendar_year
from etl.provenance import InputFile, Product, RawFile
from etl.readers.arms_deliveries import (
    DEAL,
    NUMBER,
    NUMBER_FLAG,
    ORDERED_IN,
    PER_UNIT,
    RECIPIENT,
    SUPPLIER,
    VOLUME,
    YEAR,
    YEAR_FLAG,
    Delivery,
    DeliveryGap,
    find_contradictions,
    read_delivery,
    read_gap,
)
from etl.readers.sipri_text import (
    Register,
    SipriColumn,
    find_coverage,
    find_edition,
    has_header,
    read_register,
)
from etl.reading import InputRow, Record, convert_rows
from etl.source_contract import Expected, FileReading, Parsed, Series, Source, build_observation
from etl.vocabulary.series_codes import WORLD

# A locator is read by people: more lines than these are counted and not listed.
SHOWN_LINES, SHOWN_GAPS = 8, 5
# With fewer rows one category may well be all that an importer bought; with as many the download was for that
# category.
FEWEST_OF_ONE_CATEGORY = 10
CATEGORY = "Armament category"
COLUMNS = (
    SipriColumn(DEAL, r"(sipri )?(at )?(database|deal) id", known_by=True),
    SipriColumn(SUPPLIER, r"supplier|seller", known_by=True),
    SipriColumn(RECIPIENT, r"recipient|buyer", known_by=True),
    SipriColumn("Designation", r"(weapon )?designation"),
    SipriColumn("Description", r"(weapon )?description"),
    SipriColumn(CATEGORY, r"(armaments?|weapons?) category"),
    SipriColumn(ORDERED_IN, r"order (date|year)"),
    SipriColumn("Order date is estimate", r"order (date|year) is estimate"),
    SipriColumn(NUMBER, r"numbers? delivered", known_by=True),
    SipriColumn(NUMBER_FLAG, r"numbers? delivered is estimate"),
    SipriColumn(YEAR, r"delivery year", known_by=True),
    SipriColumn(YEAR_FLAG, r"delivery year is estimate"),
    SipriColumn("Status", r"status"),
    SipriColumn("SIPRI estimate", r"sipri estimate"),
    SipriColumn(PER_UNIT, r"tiv deal unit"),
    SipriColumn(VOLUME, r"tiv delivery values?"),
    SipriColumn("Local production", r"local production"),
)
PRODUCT = Product(
    source_id="sipri_register",
    publisher="SIPRI",
    product="Arms Transfers Database, trade register with one row per delivery year",
    url="https://www.sipri.org/databases/armstransfers",
    licence="SIPRI terms: non-commercial use with attribution; for commercial use ask SIPRI, https://www.sipri.org",
    redistributable=False,
)
Sums = dict[tuple[str, str, int], list[Delivery]]


def check_totals(observations: pl.DataFrame) -> list[str]:
    """Sums over all suppliers that are not those of the suppliers added."""
    value, is_total = pl.col("obs_value"), pl.col("counterpart_area") == WORLD
    sums = observations.group_by("ref_area", "time_period").agg(
        total=value.filter(is_total).first(), parts=value.filter(~is_total).sum()
    )
    # Volumes have two decimals: a thousandth is what a float makes of their sum.
    wrong = sums.filter((pl.col("total") - pl.col("parts")).abs() > 0.001).sort("ref_area", "time_period")
    return [
        f"{row['ref_area']} in {row['time_period']}: {row['parts']:g} added, not {row['total']:g}"
        for row in wrong.to_dicts()
    ]


SOURCE = Source(
    layout="sipri_register",
    title="SIPRI trade register: one row per arms order and delivery year",
    table="observations",
    columns=tuple(column.title for column in COLUMNS),
    product=PRODUCT,
    find_vintage=find_edition,
    asks=("suppliers", "recipients"),
    find_coverage=find_coverage,
)
EXPECTED = Expected(rows_min=1, rows_max=500_000, checks=(check_totals,))


def matches(file: RawFile) -> bool:
    """Whether one of the first lines, also inside the site's JSON answer, is the header of this register."""
    return has_header(file, COLUMNS)


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One `arms_import_volume` per importer, supplier and year, and one over all suppliers."""
    register = read_register(file, COLUMNS)
    edition = file.sidecar.vintage.year

    def build(row: InputRow) -> list[Record]:
        return [{"delivery": read_delivery(row, lookups, edition=edition)}]

    records, refused = convert_rows(file, register.text, build)
    deliveries: list[Delivery] = [record["delivery"] for record in records]
    contradictions = find_contradictions(file, deliveries)
    by_line = {row.line: row for row in register.text.rows}
    gaps = [
        read_gap(
            entry.line,
            by_line.get(entry.line),
            lookups,
            edition=edition,
            trust_parties=entry.reason != "deal_differs",
        )
        for entry in (*refused, *contradictions)
        # A row that stands twice is read once, so nothing of it is missing.
        if entry.reason != "duplicate_key"
    ]
    left_out = {entry.line for entry in contradictions}
    kept = [entry for entry in deliveries if entry.row.line not in left_out]
    observations = sum_deliveries(file, kept, gaps=gaps, doubts=find_doubts(register, kept, lookups))
    return Parsed(file, SOURCE, observations, [*refused, *contradictions], register.text.rows_read)


def find_doubts(register: Register, deliveries: list[Delivery], lookups: Lookups) -> dict[str, str | None]:
    """What makes sums for one supplier, and sums over all, doubtful; no entry for those not to be made."""
    categories = {entry.row.cells[CATEGORY] for entry in deliveries}
    narrow = None
    if len(categories) == 1 and len(deliveries) >= FEWEST_OF_ONE_CATEGORY:
        narrow = f"every row is of one category, {categories.pop()}; the download may leave out others"
    asked = register.selection
    if asked is not None and asked[0].lower() == "all countries":
        return {"supplier": narrow, "all": narrow}
    named = asked is not None and _are_areas(asked[0], lookups)
    # Of one supplier alone there is no sum over all.
    if named or len({entry.supplier for entry in deliveries}) < 2:
        return {"supplier": narrow}
    unsaid = "the file does not say whether the download was for all suppliers"
    return {"supplier": narrow, "all": unsaid if narrow is None else f"{unsaid}; {narrow}"}


def sum_deliveries(
    file: InputFile, deliveries: list[Delivery], *, gaps: list[DeliveryGap], doubts: dict[str, str | None]
) -> list[Record]:
    """One observation per importer, supplier and year in which something was delivered."""
    sums: Sums = defaultdict(list)
    for entry in deliveries:
        if entry.volume is not None and entry.year is not None:
            sums[entry.importer, entry.supplier, entry.year].append(entry)
            if "all" in doubts:
                sums[entry.importer, WORLD, entry.year].append(entry)
    records = []
    for (importer, supplier, year), entries in sums.items():
        doubt = doubts["all" if supplier == WORLD else "supplier"]
        touching = [gap.line for gap in gaps if _may_touch(gap, importer, supplier, year)]
        volume = sum((entry.volume or Decimal(0) for entry in entries), Decimal(0))
        reading = FileReading(
            volume,
            VOLUME,
            status=_find_status(entries, is_doubtful=bool(touching or doubt)),
            note="; ".join(_format_notes(entries, touching=touching, doubt=doubt)) or None,
        )
        series = Series("arms_import_volume", importer, supplier, "TIV_MILLIONS", "TIV")
        first = entries[0].row
        record = build_observation(
            file, first, series=series, period=build_calendar_year(year), reading=reading
        )
        records.append({**record, "source_locator": _format_lines(entries), "line": first.line})
    return records


def _find_status(entries: list[Delivery], *, is_doubtful: bool) -> str:
    if is_doubtful:
        return "U"
    return "E" if any(True in entry.estimates for entry in entries) else "A"


def _format_notes(entries: list[Delivery], *, touching: list[int], doubt: str | None) -> Iterator[str]:
    estimated = sum(True in entry.estimates for entry in entries)
    unsaid = sum(None in entry.estimates for entry in entries)
    if len(entries) > 1:
        yield f"the sum of {len(entries)} rows"
    if estimated:
        yield f"SIPRI estimated the number or the year in {estimated} of {len(entries)}"
    if unsaid:
        yield f"SIPRI does not say whether it estimated in {unsaid} of {len(entries)}"
    yield from dict.fromkeys(mark for entry in entries for mark in entry.marks)
    if touching:
        yield f"rows set aside may belong to it: {_list_lines(touching, most=SHOWN_GAPS)}"
    if doubt:
        yield doubt


def _format_lines(entries: list[Delivery]) -> str:
    lines = [entry.row.line for entry in entries]
    return f"{_list_lines(lines, most=SHOWN_LINES)}, column {VOLUME}"


def _list_lines(lines: list[int], *, most: int) -> str:
    if len(lines) == 1:
        return f"line {lines[0]}"
    shown = "; ".join(map(str, lines[:most]))
    return f"lines {shown}" if len(lines) <= most else f"lines {shown}; ... ({len(lines)} rows)"


def _may_touch(gap: DeliveryGap, importer: str, supplier: str, year: int) -> bool:
    """Whether a row set aside may belong to a sum: nothing that can be read of it says otherwise."""
    return (
        gap.importer in {None, importer}
        and (gap.supplier in {None, supplier} or supplier == WORLD)
        and gap.year in {None, year}
    )


def _are_areas(text: str, lookups: Lookups) -> bool:
    try:
        return bool([lookups.areas.find_code(name) for name in re.split(r"\s*[;,]\s*", text.strip(" ;,"))])
    except UnknownNameError:
        return False

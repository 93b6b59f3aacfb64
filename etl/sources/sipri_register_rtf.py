"""SIPRI trade register as rich text, the site before 2024: one line per arms order under its supplier's name.

Letters in the Mac's charset, or the one that the file names; cells parted by tabs. A line without tabs
names a party, and the lines below it the other: `R:` recipients or `L:` licensees below a supplier, `S:`
suppliers or `L:` licensers below a recipient, as the table's head says. A line whose first two cells are
blank goes on with the party above it. Parentheses stand around what SIPRI is unsure of; `2014-2016` is
every year from the first to the last; an empty number is unknown. The register has no volumes, and neither
says whether weapons are new. Of itself the file asserts that its braces close: a file cut off is refused.
Lines break anywhere in rich text, so a row goes by the number of its paragraph, in the quarantine too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.countries import Lookups
from etl.errors import InputError
from etl.provenance import InputFile, Product, RawFile, Vintage
from etl.readers.arms_orders import (
    RegisterCount,
    RegisterOrder,
    find_category,
    find_deliveries,
    join_marks,
    number_deals,
    read_party,
    set_aside_copies,
    write_deal,
)
from etl.readers.rtf_text import RtfParagraph, is_rich_text, read_head, read_paragraphs
from etl.readers.sipri_preamble import read_edition
from etl.reading import CsvText, InputRow, Record, Rejected
from etl.source_contract import Expected, Parsed, Source, parse_rows

# The head of the table stands within the first pages, after fonts and styles.
HEAD_BYTES = 16_384
ABOVE, BELOW, ROLE, LINE = "party above", "party", "role", "line"
ORDERED, DESIGNATION, DESCRIPTION = "No. ordered", "Weapon designation", "Weapon description"
YEAR, YEARS, DELIVERED, COMMENTS = "Year of order", "Year(s) of delivery", "No. delivered", "Comments"
CELLS = (BELOW, ORDERED, DESIGNATION, DESCRIPTION, YEAR, YEARS, DELIVERED, COMMENTS)
REMEDY = "Download the register again, and keep it as SIPRI gives it."
_ROLE = re.compile(r"([RSL]):\s*(\S.*)?")
_UNSURE = re.compile(r"\(\s*([0-9]+)\s*\)|([0-9]+)", re.ASCII)
_SUPPLIERS_ABOVE = re.compile(r"supplier\s*/.*recipient \(r\)", re.IGNORECASE | re.DOTALL)
_RECIPIENTS_ABOVE = re.compile(r"recipient\s*/.*supplier \(s\)", re.IGNORECASE | re.DOTALL)


def find_vintage(file: RawFile) -> Vintage | None:
    """The day on which the register was generated, as it prints it in its head."""
    return read_edition(read_head(file.content[:HEAD_BYTES]))


SOURCE = Source(
    layout="sipri_register_rtf",
    title="SIPRI trade register of the site before 2024, rich text",
    table="deals",
    columns=("Supplier / recipient (R)", *CELLS[1:]),
    product=Product(
        source_id="sipri_register_rtf",
        publisher="SIPRI",
        product="Arms Transfers Database, trade register as rich text",
        url="https://www.sipri.org/databases/armstransfers",
        licence="SIPRI terms: non-commercial use with attribution; for commercial use ask SIPRI, https://www.sipri.org",
        redistributable=False,
    ),
    find_vintage=find_vintage,
    asks=("suppliers", "recipients"),
)
EXPECTED = Expected(rows_min=1, rows_max=200_000)


@dataclass(frozen=True)
class RtfTable:
    """The register's rows with both parties, and whether suppliers stand above recipients."""

    text: CsvText
    has_suppliers_above: bool


def matches(file: RawFile) -> bool:
    """Whether it is rich text whose head names a register's columns."""
    if not is_rich_text(file.content):
        return False
    head = read_head(file.content[:HEAD_BYTES]).lower()
    return ("recipient (r)" in head or "supplier (s)" in head) and "ordered" in head and "designation" in head


def parse(file: InputFile, lookups: Lookups) -> Parsed:
    """One deal per line of the table."""
    table = read_table(file)

    def build(row: InputRow) -> list[Record]:
        return [write_deal(file, _read_order(row, table, lookups, edition=file.sidecar.vintage.year))]

    # Rows under a party that a line of its own names have it in a cell, so that copies are whole.
    rows = set_aside_copies(file, table.text, left_out=frozenset((LINE,)))
    parsed = parse_rows(file, SOURCE, build, text=rows)
    return replace(parsed, records=number_deals(parsed.records, file))


def read_table(file: RawFile) -> RtfTable:
    """The lines below the table's head.

    Raises: InputError where there is no such head, or the rich text is cut off.
    """
    paragraphs = read_paragraphs(file)
    places = [
        place for place, entry in enumerate(paragraphs) if "designation" in entry.text and "\t" in entry.text
    ]
    head = "" if not places else paragraphs[places[0]].text
    suppliers, recipients = _SUPPLIERS_ABOVE.search(head), _RECIPIENTS_ABOVE.search(head)
    # Neither or both: who sold and who bought would be a guess.
    if bool(suppliers) == bool(recipients):
        problem = "no head of a table that says whether suppliers or recipients stand above the others"
        raise InputError(file.name, problem=problem, remedy=REMEDY)
    rows: list[InputRow] = []
    rejected: list[Rejected] = []
    for entry in _read_rows(file, paragraphs[places[0] + 1 :], roles="RL" if suppliers else "SL"):
        if isinstance(entry, InputRow):
            rows.append(entry)
        else:
            rejected.append(entry)
    return RtfTable(CsvText(CELLS, tuple(rows), tuple(rejected)), bool(suppliers))


def _read_rows(file: RawFile, paragraphs: list[RtfParagraph], *, roles: str) -> Iterator[InputRow | Rejected]:
    above, below, role = "", "", ""
    for paragraph in paragraphs:
        cells = [cell.strip() for cell in paragraph.text.split("\t")]
        if not any(cells):
            if len(cells) > 1:  # a rule between two tables: the next one names its own party
                above, below, role = "", "", ""
            continue
        if len(cells) == 1:
            above, below, role = cells[0], "", ""
            continue
        # Some lines are set in by one more tab.
        if len(cells) == len(CELLS) + 1 and not cells[0] and not cells[1]:
            cells = ["", *cells[2:]]
        problem = _find_problem(cells, paragraph.text)
        if problem is not None:
            below = ""
            yield Rejected(
                file.name, paragraph.number, None, None, problem[0], problem[1], REMEDY, paragraph.text
            )
            continue
        named = _ROLE.fullmatch(cells[0])
        if named is not None and named[1] in roles:
            role, below = named[1], named[2] or ""
        elif cells[0]:
            below = cells[0]
        yield InputRow(
            paragraph.number,
            {
                LINE: str(paragraph.line),
                ABOVE: above,
                ROLE: role,
                BELOW: below,
                **dict(zip(CELLS[1:], cells[1:], strict=True)),
            },
        )


def _find_problem(cells: list[str], text: str) -> tuple[str, str] | None:
    if len(cells) != len(CELLS):
        return "wrong_field_count", f"{len(cells)} cells where the table has {len(CELLS)}"
    if "\ufffd" in text or not text.replace("\t", "").isprintable():
        return "damaged_text", "letters that were lost in a change of encoding"
    return None


def _read_order(row: InputRow, table: RtfTable, lookups: Lookups, *, edition: int) -> RegisterOrder:
    (above, above_mark), (below, below_mark) = (read_party(row, column, lookups) for column in (ABOVE, BELOW))
    supplier, importer = (above, below) if table.has_suppliers_above else (below, above)
    category, category_mark = find_category(row, lookups, designation=DESIGNATION, description=DESCRIPTION)
    ordered_in = _read_count(row, YEAR)
    if ordered_in.value is None or not 1900 <= ordered_in.value <= edition:
        problem = f"not a year from 1900 to {edition}, the register's own"
        raise row.refuse(YEAR, reason="not_a_year", problem=problem, remedy="Correct the year.")
    licence = "Produced under licence" if row.cells[ROLE] == "L" else None
    years, early_mark = find_deliveries(row, YEARS, ordered_in=ordered_in.value, edition=edition)
    marks = (licence, above_mark, below_mark, category_mark, early_mark)
    return RegisterOrder(
        importer=importer,
        supplier=supplier,
        designation=row.require(DESIGNATION),
        description=row.require(DESCRIPTION),
        category=category,
        ordered_in=ordered_in,
        ordered=_read_count(row, ORDERED),
        delivered=_read_count(row, DELIVERED),
        delivery_years=years,
        locator=f"paragraph {row.line}, line {row.cells[LINE]}",
        note=join_marks(row.find(COMMENTS), *marks),
    )


def _read_count(row: InputRow, column: str) -> RegisterCount:
    """A number, in parentheses where SIPRI is unsure of it."""
    text = row.find(column)
    if text is None:
        return RegisterCount(None, is_uncertain=False)
    match = _UNSURE.fullmatch(text)
    # No order has a billion weapons: cells have run together.
    if match is None or len(text) > 9:
        raise row.refuse(
            column,
            reason="not_a_number",
            problem="neither a whole number nor one in parentheses",
            remedy="Compare with the publisher's own register.",
        )
    return RegisterCount(int(match[1] or match[2]), match[1] is not None)

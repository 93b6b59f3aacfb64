"""Tables of India's export and import data bank: header, rows, and what the text around them states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.errors import InputError
from etl.readers.eidb_headers import Heading, Unit, find_units, read_heading
from etl.reading import CsvText, InputRow, Rejected

# In the files at hand the header is the first row of its table; people put titles and notes above it when
# they make a workbook.
HEADER_WITHIN = 40
LABELS = ("code", "commodity", "country")
VALUATIONS = {"exports": "FOB", "imports": "CIF"}
_REMEDY = "Download the page or workbook again from the data bank, complete."
# "Export > Commodity-wise", "Import :: Country - wise all commodities": the site has changed its arrows and
# spaces over the years.
_TITLE = re.compile(
    r"\b(export|import)s?\s*(?:::?|-+\s*>|>|\u00bb|\u2192)\s*(commodity|country|chapter)[\s-]*wise"
    r"(?:[\s-]*all[\s-]*(commodities|countries))?(?![a-z])",
)
_FOOT_FLOW = re.compile(r"\bindia.?s total (export|import)s?\b")
_COUNTRY = re.compile(r"(?i)\bcountry\s*:\s*([^|:]+?)\s*(?:$|\||\b(?:hs ?code|commodity|values?)\b.*$)")
_COMMODITY = re.compile(r"(?i)\b(?:commodity\s*:|hs\s*(?:code)?\s*:?)\s*((?:\d{2}){1,4})\b", re.ASCII)
_QUANTITY_UNIT = re.compile(r"(?i)\bunit\s*:\s*([a-z]{2,10})\b")
_CONSIGNED = {"country of consignment": "imports", "country of destination": "exports"}


@dataclass(frozen=True)
class EidbColumn:
    """One column of a table: its name, unique in the table, and what its heading says."""

    name: str
    heading: Heading


@dataclass(frozen=True)
class EidbTable:
    """A table of the data bank: its columns, and its rows below the header with their numbers."""

    columns: tuple[EidbColumn, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def find_columns(self, *roles: str) -> list[EidbColumn]:
        """The columns of these roles, in their order."""
        return [column for column in self.columns if column.heading.role in roles]

    def build_text(self, *, file: str) -> CsvText:
        """The rows with named cells; a row of another length than the header is set aside."""
        names = tuple(column.name for column in self.columns)
        rows, rejected = [], []
        for line, cells in self.rows:
            if len(cells) == len(names):
                rows.append(InputRow(line, dict(zip(names, cells, strict=True))))
            else:
                problem = f"{len(cells)} cells where the header has {len(names)}"
                rejected.append(
                    Rejected(file, line, None, None, "wrong_field_count", problem, _REMEDY, ",".join(cells))
                )
        return CsvText(names, tuple(rows), tuple(rejected))


@dataclass(frozen=True)
class EidbReport:
    """What a table is about: flow, unit, and the country and commodity that all its rows share.

    `one_commodity` is None where no title says whether the table is of one commodity or of all goods.
    """

    flow: str
    unit: Unit
    country: str | None
    commodity: str | None
    quantity_unit: str | None
    one_commodity: bool | None
    note: str | None


def find_header(rows: Sequence[tuple[str, ...]]) -> int | None:
    """Where the header stands: a serial number, a label and at least one period, near the top."""
    for index, cells in enumerate(rows[:HEADER_WITHIN]):
        roles = [heading.role for heading in map(read_heading, cells) if heading]
        if "number" in roles and "value" in roles and any(label in roles for label in LABELS):
            return index
    return None


def build_table(rows: Sequence[tuple[str, ...]], *, file: str, first_line: int = 1) -> EidbTable:
    """The table below the header of a grid of cells.

    Raises: InputError where a heading is not understood, or there is no table at all.
    """
    header = find_header(rows)
    if header is None:
        raise InputError(file, problem="no table with serial numbers, labels and years", remedy=_REMEDY)
    above = rows[header - 1] if header else ()
    columns = _name_columns(rows[header], above, file=file)
    body = tuple(
        (first_line + header + 1 + place, tuple(cells))
        for place, cells in enumerate(rows[header + 1 :])
        if any(cell.strip() for cell in cells)
    )
    return EidbTable(columns, body)


def _name_columns(cells: tuple[str, ...], above: tuple[str, ...], *, file: str) -> tuple[EidbColumn, ...]:
    columns: list[EidbColumn] = []
    seen: dict[str, int] = {}
    periods: set[str] = set()
    for index, cell in enumerate(cells):
        heading = read_heading(cell)
        if heading is None:
            remedy = "Only columns whose meaning is known are read: remove this one, or correct its heading."
            raise InputError(file, problem="a heading that is not understood", value=cell, remedy=remedy)
        label = heading.period.label if heading.period else ""
        group = above[index] if index < len(above) else ""
        # A page may repeat its years for quantities; a second amount of money for one year has no meaning.
        if heading.role == "value" and ("quantity" in group.lower() or label in periods):
            heading = Heading("quantity", heading.period, heading.status, heading.flag, None)
        periods.add(label)
        seen[cell] = seen.get(cell, 0) + 1
        name = cell if seen[cell] == 1 else f"{cell} ({seen[cell]})"
        columns.append(EidbColumn(name, heading))
    return tuple(columns)


def read_report(table: EidbTable, text: str, *, file: str) -> EidbReport:
    """What the text around a table and its own footers state about it.

    Raises: InputError where flow or unit is not stated, or is stated in two ways.
    """
    footers = "\n".join(" ".join(dict.fromkeys(cells)).lower() for _, cells in table.rows)
    title = {match.groups() for match in _TITLE.finditer(text.lower())}
    if len(title) > 1:
        raise InputError(
            file, problem="titles of several reports", value=sorted(map(str, title)), remedy=_REMEDY
        )
    flows = {f"{groups[0]}s" for groups in title}
    # Footers speak where a title was cut off: "India's Total Export".
    flows |= {f"{match[1]}s" for match in _FOOT_FLOW.finditer(footers)}
    consigned = {_CONSIGNED.get(column.name.lower()) for column in table.columns} - {None}
    note = f"taken for {next(iter(consigned))} by its heading" if consigned and not flows else None
    flows |= {flow for flow in consigned if flow}
    if len(flows) != 1:
        said = "neither exports nor imports" if not flows else "both exports and imports"
        remedy = "Keep the report's title and its last rows: they say which of the two it is."
        raise InputError(file, problem=f"the table states {said}", remedy=remedy)
    by, rest = next(((groups[1], groups[2]) for groups in title), (None, None))
    report = EidbReport(
        flows.pop(),
        _find_unit(table, text, file=file),
        _find_only(_COUNTRY, text, what="country", file=file),
        _find_only(_COMMODITY, text, what="commodity", file=file),
        _find_only(_QUANTITY_UNIT, text, what="unit of quantity", file=file),
        None if by is None else rest == "countries",
        note,
    )
    if by is not None:
        _check_listing(table, report, by=by, rest=rest, file=file)
    _check_quantity(table, text, file=file)
    return report


def _find_unit(table: EidbTable, text: str, *, file: str) -> Unit:
    own = {column.heading.unit for column in table.find_columns("value")}
    stated = find_units_stated(text)
    # One unit, however often it is said: rupees beside dollars would be a factor of eighty.
    units = {unit for unit in own | stated if unit is not None}
    if len(units) != 1 or (None in own and not stated):
        said = ", ".join(sorted(f"{unit.scale:,} {unit.currency}" for unit in units)) or "nothing"
        remedy = (
            "Keep the line that says what the values are in, such as US $ Million: rupees and dollars differ."
        )
        raise InputError(file, problem="the unit of the values is not stated once", value=said, remedy=remedy)
    return units.pop()


def find_units_stated(text: str) -> set[Unit]:
    """Units in lines that say what values are in; a menu that offers units says nothing."""
    return {
        unit for match in re.finditer(r"(?i)\bvalues?\s+in\b([^|\n]*)", text) for unit in find_units(match[1])
    }


def _find_only(pattern: re.Pattern[str], text: str, *, what: str, file: str) -> str | None:
    found = {match[1].strip() for line in text.split("\n") for match in pattern.finditer(line)}
    found.discard("")
    if len(found) > 1:
        problem = f"more than one {what} is named"
        raise InputError(file, problem=problem, value=sorted(found), remedy=_REMEDY)
    return found.pop() if found else None


def _check_listing(table: EidbTable, report: EidbReport, *, by: str, rest: str | None, file: str) -> None:
    """Whether the table lists what its title announces, and a list of goods names the country it is of.

    Raises: InputError where the two disagree.
    """
    lists_countries = rest == "countries" or (by == "country" and rest is None)
    if lists_countries != bool(table.find_columns("country")):
        problem = f"the title announces {by}-wise figures, the table lists something else"
        raise InputError(file, problem=problem, remedy=_REMEDY)
    if by == "country" and rest == "commodities" and not report.country:
        remedy = (
            "Keep the line with the country that stands above the table, or name it in the sidecar's note."
        )
        raise InputError(file, problem="the report does not say which country it is of", remedy=remedy)


def _check_quantity(table: EidbTable, text: str, *, file: str) -> None:
    repeated = [column for column in table.find_columns("quantity") if column.heading.period]
    if repeated and "quantity" not in text.lower():
        problem = "two columns for one period, and no word of quantities"
        raise InputError(file, problem=problem, value=repeated[0].name, remedy=_REMEDY)

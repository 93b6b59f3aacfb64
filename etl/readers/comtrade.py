"""Records of UN Comtrade, however they are wrapped: the names, codes and cross-checks that all its layouts
share.

Column names are those of Comtrade Plus; the old site's are renamed to them. Codes are held against the ISO
codes and names beside them, the period against its parts, the value against its CIF and FOB forms, the length
of a commodity code against its level. What Comtrade says beyond the value (classification, quantities,
weights, flags) goes into the note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from etl.errors import FootnotedError
from etl.periods import Period, PeriodError, build_calendar_year, build_month
from etl.readers.comtrade_notes import build_note, find_text, read_flags
from etl.readers.delimited_text import is_shortened
from etl.reading import InputRow, RowProblemError
from etl.vocabulary.series_codes import ALL_COMMODITIES, WORLD

WORLD_CODES = ("WLD", WORLD)
_ISO_CODE = re.compile(f"[A-Z]{{3}}|{WORLD}")
FLOW_NAMES = {"M": "import", "X": "export", "RX": "reexport", "RM": "reimport"}
INDICATORS = {
    "C": {"M": "imports", "X": "exports", "RX": "re_exports", "RM": "re_imports"},
    "S": {"M": "services_imports", "X": "services_exports"},
}
# Which form of the value Comtrade takes for the primary one, the first that a row has.
VALUE_FORMS = {"M": ("CIF", "FOB"), "RM": ("CIF", "FOB"), "X": ("FOB", "CIF"), "RX": ("FOB", "CIF")}
VALUE_COLUMNS = {"CIF": "cifvalue", "FOB": "fobvalue"}
# Comtrade writes an annual record as month 52.
WHOLE_YEAR = "52"
# A row of one customs procedure or mode of transport is a part of the row that has these codes.
BREAKDOWNS = {
    "customsCode": ("CPC", "C00", re.compile(r"C[0-9]{2}")),
    "motCode": ("MOT", "0", re.compile(r"[1-9][0-9]{3}")),
    "mosCode": ("MOS", "0", re.compile(r"[1-9]")),
}
# In these the length of a code is its level; BEC and EBOPS number their levels otherwise.
HARMONISED, DIGITS_ARE_LEVEL = re.compile(r"HS|H[0-9]"), re.compile(r"HS|H[0-9]|S[0-9TS]|SITC")
CLASSIFICATIONS = re.compile(r"HS|H[0-9]|S[0-9TS]|SITC|B[0-9E]|BEC|EB[0-9A-Z]*")
# What a question may be asked for, against what a record is classified in.
FAMILIES = ("HS", "ST", "SITC", "BE", "BEC", "EB")
_HS_CODE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{4}[A-Z]{2}", re.ASCII)
_OTHER_CODE = re.compile(r"[0-9A-Z][0-9A-Z._-]{0,15}", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(0[1-9]|1[0-2])?", re.ASCII)


class AreaFinder(Protocol):
    """Areas by the numeric code of the United Nations, and by name."""

    @property
    def spellings(self) -> Mapping[str, str]:
        """Areas by publishers' spellings."""

    def find_code(self, spelling: str) -> str:
        """The area of a publisher's spelling."""

    def find_un_code(self, code: str) -> str:
        """The area of a numeric code."""

    def require_code(self, code: str) -> str:
        """The area of an ISO code, or of a publisher's own."""

    def is_former(self, code: str) -> bool:
        """Whether an area is a state or customs area that is no more."""


@dataclass(frozen=True)
class Trade:
    """One trade record as read."""

    indicator: str
    ref_area: str
    counterpart_area: str
    valuation: str
    commodity: str
    period: Period
    value: Decimal | None
    status: str
    note: str | None


def read_trade(row: InputRow, areas: AreaFinder, *, notes: tuple[str, ...] = ()) -> Trade:
    """The trade that one record states; `notes` are what the file says of all its records.

    Raises: RowProblemError for whatever is unknown in it or does not agree with itself.
    """
    kind = find_text(row, "typeCode") or "C"
    flow = _read_flow(row, kind)
    value, valuation = _read_value(row, kind=kind, flow=flow)
    commodity, repaired = _read_commodity(row)
    return Trade(
        indicator=INDICATORS[kind][flow],
        ref_area=_read_area(row, "reporter", areas),
        counterpart_area=_read_area(row, "partner", areas),
        valuation=valuation,
        commodity=commodity + _read_breakdown(row, areas),
        period=_read_period(row),
        value=value,
        status="M" if value is None else "A",
        note=build_note(row, (*repaired, *read_flags(row), *notes)),
    )


def read_renamed_trade(row: InputRow, areas: AreaFinder, *, written: Mapping[str, str]) -> Trade:
    """The trade that a record states whose columns were renamed; `written` are their names in the file.

    Raises: RowProblemError as `read_trade` does, which calls a column as it is written.
    """
    try:
        return read_trade(row, areas)
    except RowProblemError as error:
        # The maintainer sees the name that stands in the file.
        error.column = written.get(error.column, error.column)
        raise


def _read_flow(row: InputRow, kind: str) -> str:
    if kind not in INDICATORS:
        raise row.refuse(
            "typeCode",
            reason="unknown_kind",
            problem="neither C for goods nor S for services",
            remedy="Restore the line from Comtrade: its cells may have moved by one column.",
        )
    flow = row.require("flowCode").upper()
    if flow not in INDICATORS[kind]:
        raise row.refuse(
            "flowCode",
            reason="unknown_flow",
            problem="a flow that is not read: a part of imports or exports, or unknown",
            remedy=f"Ask Comtrade for the flows {', '.join(INDICATORS[kind])}, which hold it.",
        )
    # "Re-Import", "re-imports", "Reimport": layouts spell one flow in several ways.
    name = re.sub(r"[^a-z]", "", (find_text(row, "flowDesc") or "").lower()).removesuffix("s")
    if name and name != FLOW_NAMES[flow]:
        raise row.refuse(
            "flowDesc",
            reason="flow_mismatch",
            problem=f"the name is not that of flow {flow}",
            remedy="Restore the line from Comtrade.",
        )
    return flow


def _read_value(row: InputRow, *, kind: str, flow: str) -> tuple[Decimal | None, str]:
    """The primary value and what it is valued as; the form that it was taken from must agree with it."""
    primary = _find_amount(row, "primaryValue", kind)
    forms = {form: _find_amount(row, column, kind) for form, column in VALUE_COLUMNS.items()}
    given = [form for form in VALUE_FORMS[flow] if forms[form] is not None]
    if "primaryValue" not in row.cells and given:
        return forms[given[0]], "none" if kind == "S" else given[0]
    # Only the form that Comtrade takes first must agree: a row may hold both, and they differ by the freight.
    if given and forms[given[0]] != primary:
        raise row.refuse(
            "primaryValue",
            reason="value_mismatch",
            problem=f"not the {given[0]} value of the same line, {forms[given[0]]}",
            remedy="Restore the line from Comtrade.",
        )
    if kind == "S":
        return primary, "none"
    return primary, given[0] if given else VALUE_FORMS[flow][0]


def _find_amount(row: InputRow, column: str, kind: str) -> Decimal | None:
    text = find_text(row, column)
    if text is None:
        return None
    if is_shortened(text):
        raise row.refuse(
            column,
            reason="digits_lost",
            problem="a number that a spreadsheet has shortened",
            remedy="Take the file as downloaded, or save it with whole numbers.",
        )
    # Some items of services are net of purchases, and may be negative.
    return row.read_number(column, floor=0 if kind == "C" else None)


def _read_area(row: InputRow, who: str, areas: AreaFinder) -> str:
    # A person may have left out the number, or all but the name.
    finders = {"Code": areas.find_un_code, "ISO": _find_iso(areas), "Desc": areas.find_code}
    kind = next((kind for kind in finders if f"{who}{kind}" in row.cells), "Code")
    column = f"{who}{kind}"
    area: str = row.convert(column, finders[kind], errors=(FootnotedError,), reason="unknown_area")
    iso, name = find_text(row, f"{who}ISO"), find_text(row, f"{who}Desc")
    # Codes such as S19 or X1 are Comtrade's own, for areas that ISO 3166 lacks.
    if iso and _ISO_CODE.fullmatch(iso) and not _is_same_area(iso, area, areas):
        # Beside the number of a state that is no more stands the code of a successor: its name tells.
        is_former = areas.is_former(area) and name is not None and areas.spellings.get(name) == area
        if not is_former:
            raise _refuse_area(row, f"{who}ISO", area)
    if name and areas.spellings.get(name, area) != area:
        raise _refuse_area(row, f"{who}Desc", area)
    return area


def _find_iso(areas: AreaFinder) -> Callable[[str], str]:
    return lambda code: WORLD if code in WORLD_CODES else areas.require_code(code)


def _is_same_area(iso: str, area: str, areas: AreaFinder) -> bool:
    if iso == area or (area == WORLD and iso in WORLD_CODES):
        return True
    try:
        return areas.require_code(iso) == area
    except FootnotedError:
        return False


def _refuse_area(row: InputRow, column: str, area: str) -> RowProblemError:
    return row.refuse(
        column,
        reason="area_mismatch",
        problem=f"not the area of the numeric code, {area}",
        remedy="Restore the line from Comtrade; if it stands so there, add the code to datasets/lookups/.",
    )


def _read_commodity(row: InputRow) -> tuple[str, tuple[str, ...]]:
    """The commodity: plain for the Harmonised System, with its classification before it for others."""
    code, classification = row.require("cmdCode").upper(), _read_classification(row)
    repaired: tuple[str, ...] = ()
    level = find_text(row, "aggrLevel")
    if code == ALL_COMMODITIES:
        if level not in (None, "0"):
            raise _refuse_commodity(row, f"a total at level {level}")
        return ALL_COMMODITIES, ()
    # The level says how many digits there were before a program took the code for a number.
    if level and level.isdigit() and DIGITS_ARE_LEVEL.fullmatch(classification):
        padded = code.zfill(len(code) + 1) if code.isdigit() and len(code) == int(level) - 1 else code
        repaired = () if padded == code else ("leading zero of the commodity restored",)
        code = padded
        if len(code) != int(level):
            raise _refuse_commodity(row, f"{len(code)} signs at level {level}")
    pattern = _HS_CODE if HARMONISED.fullmatch(classification) else _OTHER_CODE
    if not pattern.fullmatch(code):
        raise _refuse_commodity(row, f"not a code of {classification}: a leading zero may be lost")
    return (code if pattern is _HS_CODE else f"{classification}:{code}"), repaired


def _read_classification(row: InputRow) -> str:
    code, searched = (
        row.require("classificationCode").upper(),
        find_text(row, "classificationSearchCode") or "",
    )
    services = code.startswith("EB")
    if (
        not CLASSIFICATIONS.fullmatch(code)
        or services != (find_text(row, "typeCode") == "S")
        # What was asked for may be a family of what was found, never one member of it.
        or (code in FAMILIES and searched not in {"", *FAMILIES})
    ):
        raise row.refuse(
            "classificationCode",
            reason="unknown_classification",
            problem="not HS, SITC or BEC for goods, nor EBOPS for services",
            remedy="Restore the line from Comtrade, or add the classification to etl/readers/comtrade.py.",
        )
    return code


def _refuse_commodity(row: InputRow, problem: str) -> RowProblemError:
    return row.refuse(
        "cmdCode", reason="bad_commodity", problem=problem, remedy="Restore the line from Comtrade."
    )


def _read_breakdown(row: InputRow, areas: AreaFinder) -> str:
    """What tells a part from its total: `/CPC:C01/MOT:1000/P2:POL`, or nothing for the total itself."""
    parts = []
    for column, (label, total, pattern) in BREAKDOWNS.items():
        code = find_text(row, column) or total
        if code == total:
            continue
        text = find_text(row, column.replace("Code", "Desc")) or ""
        called_total = text.upper().startswith("TOTAL")
        of_services = label == "MOS"
        if not pattern.fullmatch(code) or called_total or (of_services and find_text(row, "typeCode") != "S"):
            raise row.refuse(
                column,
                reason="unknown_breakdown",
                problem="not a code of this column",
                remedy="Restore the line from Comtrade: its cells may have changed places.",
            )
        parts.append(f"/{label}:{code}")
    if (find_text(row, "partner2Code") or "0") != "0":
        parts.append(f"/P2:{_read_area(row, 'partner2', areas)}")
    return "".join(parts)


def _read_period(row: InputRow) -> Period:
    match = _PERIOD.fullmatch(row.require("period"))
    if not match:
        raise row.refuse(
            "period",
            reason="bad_period",
            problem="neither a year nor a month such as 202203",
            remedy="Restore the line from Comtrade.",
        )
    year, month = match[1], match[2]
    said = {
        "freqCode": "M" if month else "A",
        "refYear": year,
        "refMonth": month or WHOLE_YEAR,
        "refPeriodId": f"{year}{month or '01'}01",
    }
    for column, expected in said.items():
        found = find_text(row, column)
        # Programs write 04 as 4 and 4 as 04.
        if found is not None and found.lstrip("0") != expected.lstrip("0"):
            raise _refuse_period(row, column, match[0])
    if year not in (find_text(row, "periodDesc") or year):
        raise _refuse_period(row, "periodDesc", match[0])
    try:
        return build_month(int(year), int(month)) if month else build_calendar_year(int(year))
    except (PeriodError, ValueError) as error:
        raise _refuse_period(row, "period", match[0]) from error


def _refuse_period(row: InputRow, column: str, period: str) -> RowProblemError:
    return row.refuse(
        column,
        reason="period_mismatch",
        problem=f"does not agree with the period {period}",
        remedy="Restore the line from Comtrade.",
    )

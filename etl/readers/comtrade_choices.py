"""Downloads of Comtrade Plus with the columns that a person has chosen: what is left out is found in the
others, asked of who adds the file, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from etl.errors import InputError
from etl.provenance import InputFile, require_stated
from etl.readers.comtrade import CLASSIFICATIONS, FLOW_NAMES, HARMONISED, WHOLE_YEAR, WORLD_CODES
from etl.readers.comtrade_notes import find_text
from etl.reading import CsvText, InputRow
from etl.vocabulary.series_codes import ALL_COMMODITIES

# Columns without which a row lacks something that `read_trade` needs.
NEEDED = frozenset({"typeCode", "flowCode", "period", "classificationCode", "aggrLevel"})
# Names of a breakdown by the code that tells a part from its total.
BREAKDOWN_NAMES = {
    "partner2Code": ("partner2ISO", "partner2Desc"),
    "customsCode": ("customsDesc",),
    "motCode": ("motDesc",),
}
INSTEAD = "download it with all columns."
YEARLY = "yearly"
HS = "HS"
_FLOW_CODES = {name: code for code, name in FLOW_NAMES.items()}
_SIX_DIGITS = re.compile(r"[0-9]{6}", re.ASCII)
_ODD_CODE = re.compile(r"[1-9](?:[0-9]{2}){0,2}", re.ASCII)

Filler = Callable[[InputRow], str]


def complete_rows(file: InputFile, text: CsvText) -> CsvText:
    """The rows with every column that a trade needs.

    Raises: InputError where the chosen columns leave open what a row is, and nobody has said it.
    """
    missing = NEEDED - set(text.header)
    if not missing:
        return text
    _refuse_nameless_parts(file, text)
    fillers: dict[str, Filler] = {}
    asked = list_unsaid(text)
    stated = require_stated(file, *asked, instead=INSTEAD) if asked else {}
    if "classificationCode" in missing:
        classification = _read_classification(file, stated.get("classification", HS))
        fillers["classificationCode"] = lambda _row: classification
    if "period" in missing:
        _check_frequency(file, stated.get("frequency", YEARLY))
        fillers["period"] = _find_period
    if "flowCode" in missing:
        fillers["flowCode"] = lambda row: _name_flow(find_text(row, "flowDesc"))
    if "aggrLevel" in missing and _lost_zeros(text):
        fillers["aggrLevel"] = _find_level
    rows = tuple(_fill(row, fillers) for row in text.rows)
    return replace(text, rows=rows)


def _fill(row: InputRow, fillers: dict[str, Filler]) -> InputRow:
    filled = replace(row, cells={**row.cells, **{name: fill(row) for name, fill in fillers.items()}})
    if "typeCode" not in row.cells:
        kind = "S" if filled.cells["classificationCode"].upper().startswith("EB") else "C"
        filled.cells["typeCode"] = kind
    return filled


def _refuse_nameless_parts(file: InputFile, text: CsvText) -> None:
    """A row of one customs procedure or transport would pass for the total without its code."""
    for code, names in BREAKDOWN_NAMES.items():
        for name in names:
            if code in text.header or name not in text.header:
                continue
            part = next((row for row in text.rows if not _is_total(find_text(row, name))), None)
            if part is not None:
                raise InputError(
                    file.name,
                    problem=f"line {part.line} is a part of a total, and column {code} is not there",
                    value=part.cells[name],
                    remedy=f"Download it with {code}.",
                )


def _is_total(text: str | None) -> bool:
    return text is None or text in {"World", *WORLD_CODES} or text.upper().startswith("TOTAL")


def list_unsaid(text: CsvText) -> list[str]:
    """What no column of the file says: the classification of its codes, or that its years are whole."""
    header, unsaid = set(text.header), []
    codes = {row.cells["cmdCode"].strip().upper() for row in text.rows}
    # Totals, and codes of six digits, are the Harmonised System's in any case.
    if "classificationCode" not in header and not all(map(_is_harmonised, codes)):
        unsaid.append("classification")
    if "period" not in header and "refMonth" not in header and not _is_said_yearly(text):
        unsaid.append("frequency")
    return unsaid


def _is_harmonised(code: str) -> bool:
    return code == ALL_COMMODITIES or _SIX_DIGITS.fullmatch(code) is not None


def _read_classification(file: InputFile, stated: str) -> str:
    if not CLASSIFICATIONS.fullmatch(stated.upper()):
        remedy = "Say HS, SITC, BEC or EB10."
        raise InputError(file.name, problem="no classification", value=stated, remedy=remedy)
    return stated.upper()


def _check_frequency(file: InputFile, stated: str) -> None:
    if stated.lower() != YEARLY:
        problem = "the file has no column of months"
        remedy = f"Say frequency={YEARLY} where its years are whole; else {INSTEAD}"
        raise InputError(file.name, problem=problem, value=stated, remedy=remedy)


def _find_period(row: InputRow) -> str:
    month = find_text(row, "refMonth") or WHOLE_YEAR
    return row.cells["refYear"].strip() + ("" if month == WHOLE_YEAR else month.zfill(2))


def _is_said_yearly(text: CsvText) -> bool:
    return "freqCode" in text.header and all(find_text(row, "freqCode") == "A" for row in text.rows)


def _name_flow(text: str | None) -> str:
    # "Re-Import", "re-imports", "Reimport": layouts spell one flow in several ways.
    name = re.sub(r"[^a-z]", "", (text or "").lower()).removesuffix("s")
    return _FLOW_CODES.get(name, text or "")


def _lost_zeros(text: CsvText) -> bool:
    """Whether a workbook keeps codes as numbers: then none of them begins with a zero."""
    return all(row.sheet is not None and not row.cells["cmdCode"].startswith("0") for row in text.rows)


def _find_level(row: InputRow) -> str:
    code = row.cells["cmdCode"].strip()
    is_harmonised = HARMONISED.fullmatch(row.cells.get("classificationCode", HS).strip().upper())
    return str(len(code) + 1) if is_harmonised and _ODD_CODE.fullmatch(code) else ""

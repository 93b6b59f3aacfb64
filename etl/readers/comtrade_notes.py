"""What a record of UN Comtrade says beyond its value, as a note: how it came about, quantity, weight."""

from __future__ import annotations

from etl.reading import InputRow
from etl.vocabulary.series_codes import ALL_COMMODITIES

# How an empty cell looks after a table has been through R, Python or JavaScript.
BLANKS = frozenset({"", "NA", "NaN", "nan", "null", "None"})
# Comtrade's estimation flag speaks of quantity and weight, never of the value.
FLAGS = {"0": "", "2": ": quantity estimated", "4": ": weight estimated", "6": ": both estimated"}
QUANTITY_FLAGS, WEIGHT_FLAGS = ("2", "6"), ("4", "6")
# -1 is Comtrade's "not applicable", 1 its "no quantity".
NO_UNIT = (None, "-1", "1")
TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def find_text(row: InputRow, column: str) -> str | None:
    """The text of a cell, or None where it is empty, says that it is, or the file lacks the column."""
    text = row.cells.get(column, "").strip()
    return None if text in BLANKS else text


def read_flags(row: InputRow) -> tuple[str, ...]:
    """How the value came about, in words; none of the flags makes it anything but a normal value.

    Raises: RowProblemError for a flag that is not known.
    """
    flag = find_text(row, "legacyEstimationFlag")
    if flag is not None and flag not in FLAGS:
        raise row.refuse(
            "legacyEstimationFlag",
            reason="unknown_flag",
            problem=f"not one of the estimation flags {', '.join(FLAGS)}",
            remedy="Restore the line from Comtrade, or add the flag to etl/readers/comtrade_notes.py.",
        )
    remarks = () if flag is None else (f"flag {flag}{FLAGS[flag]}",)
    reported, aggregated = _find_truth(row, "isReported"), _find_truth(row, "isAggregate")
    if reported is None or aggregated is None:
        return remarks
    ways = [word for word, true in (("reported", reported), ("aggregated", aggregated)) if true]
    return (*remarks, " and ".join(ways) or "neither reported nor aggregated")


def build_note(row: InputRow, remarks: tuple[str, ...]) -> str | None:
    """Classification, commodity, remarks, quantities and weights in one line."""
    flag = find_text(row, "legacyEstimationFlag")
    parts = [
        _describe_commodity(row),
        *remarks,
        _describe_quantity(row, "qty", "quantity", estimated=flag in QUANTITY_FLAGS),
        _describe_quantity(row, "altQty", "other quantity", estimated=False),
        _describe_weight(row, "netWgt", "net weight", estimated=flag in WEIGHT_FLAGS),
        _describe_weight(row, "grossWgt", "gross weight", estimated=False),
    ]
    return "; ".join(part for part in parts if part) or None


def _describe_commodity(row: InputRow) -> str:
    converted = _find_truth(row, "isOriginalClassification") is False
    classification = f"{find_text(row, 'classificationCode')}{' (converted)' if converted else ''}"
    if row.cells["cmdCode"].strip().upper() == ALL_COMMODITIES:
        return classification
    name = find_text(row, "cmdDesc")
    return f"{classification}: {name}" if name else classification


def _describe_quantity(row: InputRow, column: str, label: str, *, estimated: bool) -> str | None:
    unit_code = find_text(row, f"{column}UnitCode")
    number = row.find_number(column, floor=0) if find_text(row, column) else None
    if number is None or (not number and unit_code in NO_UNIT):
        return None
    # Most reporters repeat the quantity as the other one.
    if column == "altQty" and (unit_code, number) == _find_quantity(row):
        return None
    unit = find_text(row, f"{column}UnitAbbr") or f"of unit {unit_code}"
    sure = estimated or _find_truth(row, f"is{column[0].upper()}{column[1:]}Estimated")
    return f"{label} {row.cells[column].strip()} {unit}{' (estimated)' if sure else ''}"


def _find_quantity(row: InputRow) -> tuple[str | None, object]:
    number = row.find_number("qty", floor=0) if find_text(row, "qty") else None
    return find_text(row, "qtyUnitCode"), number


def _describe_weight(row: InputRow, column: str, label: str, *, estimated: bool) -> str | None:
    number = row.find_number(column, floor=0) if find_text(row, column) else None
    if not number:
        return None
    sure = estimated or _find_truth(row, f"is{column[0].upper()}{column[1:]}Estimated")
    return f"{label} {row.cells[column].strip()} kg{' (estimated)' if sure else ''}"


def _find_truth(row: InputRow, column: str) -> bool | None:
    text = find_text(row, column)
    if text is None:
        return None
    if text.lower() not in TRUTHS:
        raise row.refuse(
            column,
            reason="not_true_or_false",
            problem="neither true nor false",
            remedy="Restore the line from Comtrade.",
        )
    return TRUTHS[text.lower()]

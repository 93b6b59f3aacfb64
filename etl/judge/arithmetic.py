"""Arithmetic: the sums of a verdict, so that a reader with a pencil gets the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.judge.closeness import find_rough_ends
from etl.judge.references import Claim, Reference, SeriesBook
from etl.periods import shorten_period
from etl.provenance import ASSUMED
from etl.units import format_value
from etl.vocabulary import UNITS

# Beyond these a sum is named rather than written out: a reader checks a window of one supplier with a pencil,
# twelve months with a sheet.
MOST_OPERANDS = 4
_SIGNS = {
    "share_of_total": " / ",
    "exports_over_trade": " / ",
    "exports_plus_imports": " + ",
    "sum_over_window": " + ",
    "sum_of_months": " + ",
    "exports_less_imports": " - ",
    "imports_less_mirror_exports": " - ",
    "ordered_less_delivered": " - ",
}
# SIPRI calls what it keeps a register; other publishers' numbers are figures.
_REGISTER_SOURCES = frozenset({"sipri_tiv", "sipri_deals"})
_UNIT_WORDS = {
    "PERCENT": "%",
    "PERCENT_OF_TWO_WAY_TRADE": "% of two-way trade",
    "TIV_MILLIONS": " million TIV",
    "UNITS": " units",
    "BATTERIES": " batteries",
    "REGIMENTS": " regiments",
    "COUNT": "",
    "YEARS": " years",
    "DAYS": " days",
}
_SINGULAR = {
    "BATTERIES": "battery",
    "REGIMENTS": "regiment",
    "UNITS": "unit",
    "COUNT": "item",
    "YEARS": "year",
    "DAYS": "day",
}


@dataclass(frozen=True)
class UnitScale:
    """How amounts are written in one sum: dollars in billions or millions, anything else as it is."""

    size: float
    suffix: str

    def write(self, value: float, *, decimals: int = 2) -> str:
        """A value in this scale without its suffix."""
        return _write_plain(value / self.size, decimals)


def find_scale(value: float, unit: str) -> UnitScale:
    """The scale that suits a value."""
    if unit != "USD":
        return UnitScale(1, _name_unit(unit))
    if abs(value) >= 1e9:
        return UnitScale(1e9, " bn")
    return UnitScale(1e6, " m") if abs(value) >= 1e6 else UnitScale(1, " dollars")


def write_comparison(claim: Claim, references: Sequence[Reference], *, book: SeriesBook) -> str:
    """Each reference with its sum, in the order of their ends, and what the print allows."""
    parts = [write_reference(reference, book=book, claim=claim) for reference in references]
    return "; ".join([*parts, write_allowed(claim)])


def write_reference(reference: Reference, *, book: SeriesBook, claim: Claim) -> str:
    """One reference with the sum it comes from."""
    if reference.derivation is not None:
        operands = book.list_operands(reference)
        if operands:
            return _write_sum(reference, operands)
    sizing = claim.value if reference.unit_measure == claim.unit_measure else reference.obs_value
    scale = find_scale(sizing, reference.unit_measure)
    value = f"{scale.write(reference.obs_value)}{scale.suffix}"
    return f"{value} in {write_period(reference)} ({reference.speaker}, {_write_vintage(reference)})"


def write_allowed(claim: Claim) -> str:
    """What is printed and which values that allows."""
    scale = find_scale(claim.value, claim.unit_measure)
    printed = f"printed {scale.write(claim.value)}"
    # Two decimals more than the claim's own, or the half of its last digit would be rounded away.
    low = None if claim.value_low is None else scale.write(claim.value_low, decimals=4)
    high = None if claim.value_high is None else scale.write(claim.value_high, decimals=4)
    rough = _write_rough(claim, scale)
    if rough:
        return f"{printed}, allowed {low} to {high}, roughly {rough}"
    if low is None:
        return f"{printed}, allowed up to {high}"
    return f"{printed}, allowed {low} or more" if high is None else f"{printed}, allowed {low} to {high}"


def write_ratio(claim: Claim, reference: Reference, *, book: SeriesBook) -> str:
    """Two counts in different units and what one would have to be of the other."""
    ratio = _find_ratio(claim, reference)
    if ratio is None:
        return f"{write_reference(reference, book=book, claim=claim)}; {write_allowed(claim)}"
    is_weapon = claim.indicator.startswith("units_")
    counted = (
        claim.indicator.removeprefix("units_") if is_weapon else _name_unit(reference.unit_measure).strip()
    )
    holding = f"{_name_holding(reference, ())} of {_write_vintage(reference)}"
    where = f"{_write_plain(reference.obs_value, 2)} {counted} in the {holding}"
    printed = f"printed {format_value(claim.value, claim.unit_measure)}"
    division = f"{_write_plain(reference.obs_value, 2)} / {_write_plain(claim.value, 2)} = {ratio}"
    return f"{where}; {printed}; {division}"


def format_ratio(claim: Claim, reference: Reference) -> str:
    """At what ratio two counts in different units would agree; empty where they are not counts."""
    ratio = _find_ratio(claim, reference)
    return "" if ratio is None else f"They would agree at {ratio}."


def write_growth(latest: Reference, target: float, *, target_year: int, years: float, growth: float) -> str:
    """The yearly growth from a latest period to a target."""
    scale = find_scale(target, latest.unit_measure)
    base = f"({scale.write(target)} / {scale.write(latest.obs_value)})"
    period = write_period(latest)
    rate = f"{_write_plain(growth, 1)}% a year"
    return f"{base} ^ (1 / {_write_plain(years, 2)}) - 1 = {rate} from {period} to {target_year}"


def write_period(reference: Reference) -> str:
    """A period in a sum: "fiscal 2024-25", "Apr-Dec 2022", "2009-13"."""
    short = shorten_period(
        reference.period_start, reference.period_end, reference.period_basis, reference.time_period
    ).replace("\u2013", "-")
    prefix = {"fiscal_year_in": "fiscal ", "calendar_year": "calendar "}.get(reference.period_basis, "")
    return f"{prefix}{short}"


def _write_rough(claim: Claim, scale: UnitScale) -> str:
    ends = find_rough_ends(claim)
    if ends is None or (claim.allows(ends[0]) and claim.allows(ends[1])):
        return ""
    return f"{scale.write(ends[0])} to {scale.write(ends[1])}"


def _write_sum(reference: Reference, operands: Sequence[Reference]) -> str:
    rule = (reference.derivation or "").partition("(")[0]
    sign = _SIGNS.get(rule)
    where = f"in the {_write_vintage(reference)} {_name_holding(reference, operands)}"
    scale = find_scale(reference.obs_value, reference.unit_measure)
    decimals = _count_decimals(reference.obs_value) if reference.unit_measure.startswith("PERCENT") else 2
    result = f"{scale.write(reference.obs_value, decimals=decimals)}{scale.suffix}"
    if sign is None or len(operands) > MOST_OPERANDS:
        return f"{result} from {len(operands)} values {where} for {write_period(reference)}"
    # One scale for all terms, that of the largest, so that they can be added by eye.
    inner = operands[0].unit_measure
    inner_scale = find_scale(max(abs(operand.obs_value) for operand in operands), inner)
    terms = sign.join(_write_operand(operand, inner_scale) for operand in operands)
    return f"{terms} = {result} {where}" + ("" if sign == " / " else f" for {write_period(reference)}")


def _find_ratio(claim: Claim, reference: Reference) -> str | None:
    # A ratio means something only between counts: batteries to a regiment.
    if not {claim.unit_measure, reference.unit_measure} <= set(_SINGULAR) or not claim.value:
        return None
    ratio = _write_plain(reference.obs_value / claim.value, 2)
    many = _name_unit(reference.unit_measure).strip() or "items"
    one = _SINGULAR[reference.unit_measure] if ratio == "1" else many
    return f"{ratio} {one} to a {_SINGULAR[claim.unit_measure]}"


def name_data(reference: Reference, *, book: SeriesBook) -> str:
    """What a publisher calls the data that a reference comes from: its register, its table or its figures."""
    return _name_holding(reference, book.list_operands(reference))


def _name_holding(reference: Reference, operands: Sequence[Reference]) -> str:
    if any((operand.note or "").startswith("TIV table") for operand in operands):
        return "table"
    return "register" if reference.source_id in _REGISTER_SOURCES else "figures"


def _name_unit(unit: str) -> str:
    return _UNIT_WORDS[unit] if unit in _UNIT_WORDS else f" {UNITS.label(unit)}"


def _count_decimals(percent: float) -> int:
    """One decimal, or two where one would hide on which side of a printed half the value lies."""
    # 36.46 would be shown as 36.5 and look like 37; it is shown as it is.
    return 2 if round(percent, 1) % 1 == 0.5 else 1


def _write_operand(operand: Reference, scale: UnitScale) -> str:
    return scale.write(operand.obs_value, decimals=0 if operand.unit_measure == "TIV_MILLIONS" else 2)


def _write_vintage(reference: Reference) -> str:
    day, precision = reference.out_on
    if precision == ASSUMED:
        return "undated"
    return day.isoformat()[:7] if precision == "month" else day.isoformat()


def _write_plain(value: float, decimals: int) -> str:
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals))
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text

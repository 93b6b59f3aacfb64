"""Words for the rows of a snapshot: names of series, days of editions, sums as a reader repeats them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from etl.errors import FootnotedError
from etl.formatting import format_count, join_words
from etl.units import format_ends, format_value
from etl.vocabulary.series_codes import ALL_COMMODITIES

Record = dict[str, Any]
SERIES_TITLES = {
    "bilateral_trade": "Goods trade between {ref} and {other}",
    "exports": "{ref_s} goods exports to {other}",
    "imports": "{ref_s} goods imports from {other}",
    "trade_balance": "{ref_s} goods trade balance with {other}",
    "crude_oil_imports": "{ref_s} crude oil imports from {other}",
    "export_share": "{ref_s} exports as a share of its trade with {other}",
    "trade_growth": "Growth of goods trade between {ref} and {other}",
    "trade_target": "Target for goods trade between {ref} and {other}",
    "trade_growth_needed": "Yearly growth needed to reach the trade target",
    "mirror_gap": "{ref_s} imports from {other} less {other_s} exports to {ref}",
    "mirror_gap_valuation": "Freight and insurance in {ref_s} imports from {other}",
    "mirror_gap_timing": "Goods on the way from {other} to {ref} at the turns of the year",
    "mirror_gap_coverage": "Goods from {other} to {ref} that only one of the two counts",
    "mirror_gap_residual": "{ref_s} imports from {other} less {other_s} exports: the rest of the gap",
    "arms_import_volume": "Major arms delivered to {ref} by {other}",
    "arms_import_share": "{other_s} share of {ref_s} arms imports",
    "arms_supplier_concentration": "Concentration of {ref_s} arms imports on few suppliers",
    "arms_export_share": "{ref_s} share of {other_s} arms exports",
    "world_arms_import_share": "{ref_s} share of the world’s arms imports",
    "world_arms_export_share": "{other_s} share of the world’s arms exports",
    "arms_import_change": "Change of {ref_s} arms imports on the window before",
    "arms_export_change": "Change of {other_s} arms exports to {ref} on the window before",
    "arms_transfer_change": "Change of the world’s arms transfers on the window before",
    "arms_import_rank": "{ref_s} place among arms importers",
    "arms_export_rank": "{other_s} place among arms suppliers",
    "crude_oil_import_share": "{other_s} share of {ref_s} crude oil imports",
    "crude_oil_import_quantity": "{ref_s} crude oil imports from {other}, by weight",
    "crude_oil_import_quantity_share": "{other_s} share of {ref_s} crude oil imports, by weight",
    "unit_value_of_imports": "Value of a tonne of {ref_s} imports from {other}",
    "crude_oil_arrivals": "Crude oil arriving in {ref} from {other} by tanker",
    "crude_oil_arrivals_share": "{other_s} share of crude oil arriving in {ref} by tanker",
    "crude_oil_purchases": "{ref_s} purchases of crude oil from {other}, estimated",
    "crude_oil_import_bill": "{ref_s} crude oil import bill by the petroleum ministry",
    "crude_oil_import_bill_quantity": "{ref_s} crude oil imports by the petroleum ministry, by weight",
    "import_quantity": "{ref_s} goods imports from {other}, by weight",
    "export_quantity": "{ref_s} goods exports to {other}, by weight",
    "contract_units": "{commodity} under contract by {ref} with {other}, as reported",
    "approval_value": "Approved cost of {commodity} for {ref} from {other}",
    "approval_units": "{commodity} approved for {ref} from {other}: no contract",
    "delivery_forecast": "{commodity} expected by {ref} from {other}",
    "delivered_units": "{commodity} delivered to {ref} by {other}, as reported",
    "contract_value": "Price of {ref_s} order from {other}: {commodity}",
    "re_exports": "{ref_s} re-exports to {other}",
    "re_imports": "{ref_s} re-imports from {other}",
    "services_exports": "{ref_s} services exports to {other}",
    "services_imports": "{ref_s} services imports from {other}",
    "military_expenditure": "{ref_s} military expenditure",
    "development_indicator": "{ref}: World Development Indicator {commodity}",
    "units_ordered": "{commodity} ordered by {ref} from {other}",
    "units_delivered": "{commodity} delivered to {ref} by {other}",
    "units_pending": "{commodity} ordered by {ref} and still to be delivered",
    "tariff_rate": "{ref_s} tariff on goods of {other}",
    "agreement_count": "Agreements between {ref} and {other}",
    "duration": "Length of time",
    "paragraph_count": "Length of a text",
}
# Indicators whose title says little without what is counted.
SPECIFIED = frozenset(
    {
        *("tariff_rate", "agreement_count", "duration", "paragraph_count"),
        *("bilateral_trade", "exports", "imports", "import_quantity", "export_quantity"),
    }
)
ARTICLED = (
    "United ",
    "Netherlands",
    "Philippines",
    "Maldives",
    "Soviet Union",
    "Russian Federation",
    "Czech Rep",
)
MINUS = "\u2212"
LESS = f" {MINUS} "
JOINS = {
    "sum_over_window": " + ",
    "sum_of_months": " + ",
    "exports_plus_imports": " + ",
    "exports_less_imports": LESS,
    "imports_less_mirror_exports": LESS,
    "ordered_less_delivered": LESS,
    "share_of_total": " / ",
    "exports_over_trade": " / ",
}

# A balance that is a deficit is below zero: its own sign stands in the brackets.
BALANCE_SUMS = {
    "half_of_total_and_balance": "({other} + ({balance})) / 2",
    "half_of_total_less_balance": f"({{other}}{LESS}({{balance}})) / 2",
    "imports_and_balance": "{other} + ({balance})",
    "twice_imports_and_balance": "2 × {other} + ({balance})",
}
COUNTED_IN_DEALS = {"units_ordered": "number_ordered", "units_delivered": "number_delivered"}
# Beyond these the squares of an index are told together: they hardly move it.
MOST_SQUARES = 5
# More outlets than these are counted in a line of sources; each row names its own.
MOST_OUTLETS = 2
_CLOSING_MARKS = "\u201d\u2019\"')"
MILLION, HUNDRED = 1_000_000, 100


def name_series(row: Record, *, labels: dict[str, str], possessives: dict[str, str]) -> str:
    """What an observation or claim measures, with its parties.

    Raises: FootnotedError for an indicator that has no title.
    """
    if row["indicator"] not in SERIES_TITLES:
        raise FootnotedError(
            f"no title for the indicator {row['indicator']!r}. Add it to etl/snapshot/wording.py."
        )
    commodity = row["commodity"].replace("_", " ").replace(" mous", " MoUs")
    title = SERIES_TITLES[row["indicator"]].format(
        ref=_add_article(labels[row["ref_area"]]),
        ref_s=possessives[row["ref_area"]],
        other=_add_article(labels[row["counterpart_area"]]),
        other_s=possessives[row["counterpart_area"]],
        commodity=commodity,
    )
    is_specified = row["indicator"] in SPECIFIED and row["commodity"] != ALL_COMMODITIES
    return f"{title[0].upper()}{title[1:]}{f': {commodity}' if is_specified else ''}"


def _add_article(label: str) -> str:
    """A country as a sentence names it: "the Netherlands"."""
    return f"the {label}" if label.startswith(ARTICLED) else label


def name_publisher(row: Record) -> str:
    """Who made a figure, and through whom it reached us: "SIPRI via Deccan Herald"."""
    outlet = row["as_reported_by"]
    return f"{row['publisher']} via {outlet}" if outlet else str(row["publisher"])


def format_outlets(outlets: Iterable[str]) -> str:
    """Through whom figures reached us: " via PTI", " via PTI and 11 other outlets", or nothing."""
    named = list(dict.fromkeys(outlets))
    if len(named) > MOST_OUTLETS:
        others = format_count(len(named) - 1, "other outlet")
        return f" via {named[0]} and {others}"
    return f" via {join_words(named)}" if named else ""


def format_range(row: Record) -> str | None:
    """Between what a value lies: "35.5% to 36.5%", "285 units or more".

    None where that is not known, where it would not show in a value as it is said, or where all it says is
    that no fewer than none are counted.
    """
    low, high, unit = row["obs_low"], row["obs_high"], row["unit_measure"]
    if low is None and high is None:
        return None
    if high is None:
        return f"{format_value(low, unit)} or more" if low else None
    if low is None:
        return f"up to {format_value(high, unit)}"
    ends = format_ends(low, high, unit)
    return None if ends is None else f"{ends[0]} to {ends[1]}"


def end_sentence(text: str) -> str:
    """A text with one full stop, unless it ends a sentence already."""
    return text if text.rstrip(_CLOSING_MARKS).endswith((".", "?", "!")) else f"{text}."


def write_sum(rule: str, operands: Sequence[Record], result: Record) -> str:
    """A derivation as a reader can repeat it: "5,015 / 13,856 = 36.2%"."""
    answer = format_value(result["obs_value"], result["unit_measure"])
    if rule == "growth_on_year_before":
        after, before = (_write_operand(operand) for operand in operands)
        return f"{after} / {before} \u2212 1 = {answer}"
    if rule == "growth_to_target":
        base, target = (_write_operand(operand) for operand in operands)
        years = str(result["note"]).split(" ")[0]
        return f"({target} / {base}) ^ (1 / {years}) \u2212 1 = {answer} a year"
    if rule == "sum_of_squared_shares":
        return f"{_write_squares(operands)} = {answer}"
    if rule == "sum_over_deals":
        number = COUNTED_IN_DEALS[result["indicator"]]
        return f"{' + '.join(f'{deal[number]:,}' for deal in operands)} = {answer}"
    if rule in BALANCE_SUMS:
        balance, other = (_write_operand(operand) for operand in operands)
        return f"{BALANCE_SUMS[rule].format(balance=balance, other=other)} = {answer}"
    if rule in GAP_WRITERS:
        return GAP_WRITERS[rule](operands, result)
    if rule not in JOINS:
        raise FootnotedError(f"no way to write the rule {rule!r}. Add it to etl/snapshot/wording.py.")
    return f"{JOINS[rule].join(_write_operand(operand) for operand in operands)} = {answer}"


def _write_squares(shares: Sequence[Record]) -> str:
    """The largest squares one by one, the others together."""
    ranked = sorted(shares, key=lambda share: share["obs_value"], reverse=True)
    terms = [f"{_write_operand(share)}\u00b2" for share in ranked[:MOST_SQUARES]]
    others = [share["obs_value"] ** 2 for share in ranked[MOST_SQUARES:]]
    if others:
        word = "square" if len(others) == 1 else "squares"
        terms.append(f"{len(others)} more {word} ({sum(others):,.1f} together)")
    return " + ".join(terms)


def _write_operand(operand: Record) -> str:
    if operand["unit_measure"] == "USD":
        return format_value(operand["obs_value"], "USD")
    return f"{operand['obs_value']:,.2f}".rstrip("0").rstrip(".")


def _write_freight(operands: Sequence[Record], result: Record) -> str:
    bought = _format_operand(operands[0])
    if result["obs_value"] is None:
        return f"freight and insurance in {bought} = {_format_operand(result)}"
    per_cent = float(result["note"].split(" ")[0])
    return f"{bought} × {per_cent:g} / {HUNDRED + per_cent:g} = {_format_operand(result)}"


def _write_shift(operands: Sequence[Record], result: Record) -> str:
    if result["obs_value"] is None:
        return f"arrivals at the turns of the year = {_format_operand(result)}"
    months = int(result["note"].split(" ")[0])
    early, late = operands[:months], operands[months : 2 * months]
    added, taken = " + ".join(map(_format_operand, early)), " + ".join(map(_format_operand, late))
    return f"{added}{LESS}{f'({taken})' if months > 1 else taken} = {_format_operand(result)}"


def _write_open_part(operands: Sequence[Record], result: Record) -> str:
    return f"part of {_format_operand(operands[0])} = {_format_operand(result)}"


def _write_rest(operands: Sequence[Record], result: Record) -> str:
    gap, *parts = operands
    taken = (
        f"({_format_operand(part)})" if part["obs_value"] < 0 else _format_operand(part) for part in parts
    )
    return f"{LESS.join([_format_operand(gap), *taken])} = {_format_operand(result)}"


# Parts of a gap, whose sums are more than a join of their operands.
GAP_WRITERS: dict[str, Callable[[Sequence[Record], Record], str]] = {
    "freight_in_imports": _write_freight,
    "arrivals_shifted": _write_shift,
    "not_measured": _write_open_part,
    "gap_less_known_parts": _write_rest,
}


def _format_operand(row: Record) -> str:
    value, unit = row["obs_value"], row["unit_measure"]
    return _format_dollars(value) if unit == "USD" and value is not None else format_value(value, unit)


def _format_dollars(value: float) -> str:
    """Dollars in millions throughout, so that a reader can add the parts of a sum up as they stand."""
    amount = f"{abs(value) / MILLION:,.2f}".rstrip("0").rstrip(".")
    return f"{MINUS if value < 0 else ''}${amount} m"

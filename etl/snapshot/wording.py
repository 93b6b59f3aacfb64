"""Words for the rows of a snapshot: names of series, days of editions, sums as a reader repeats them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from etl.errors import FootnotedError
from etl.periods import MONTH_NAMES
from etl.units import say_value

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
    "arms_import_volume": "Major arms delivered to {ref} by {other}",
    "arms_import_share": "{other_s} share of {ref_s} arms imports",
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
SPECIFIED = frozenset({"tariff_rate", "agreement_count", "duration", "paragraph_count"})
JOINS = {
    "sum_over_window": " + ",
    "sum_of_months": " + ",
    "sum_over_deals": " + ",
    "exports_plus_imports": " + ",
    "exports_less_imports": " \u2212 ",
    "imports_less_mirror_exports": " \u2212 ",
    "ordered_less_delivered": " \u2212 ",
    "share_of_total": " / ",
    "exports_over_trade": " / ",
}


def name_series(row: Record, *, labels: dict[str, str], possessives: dict[str, str]) -> str:
    """What an observation or claim measures, with its parties.

    Raises: FootnotedError for an indicator that has no title.
    """
    if row["indicator"] not in SERIES_TITLES:
        raise FootnotedError(
            f"no title for the indicator {row['indicator']!r}. Add it to etl/snapshot/wording.py."
        )
    commodity = row["commodity"].replace("_", " ")
    title = SERIES_TITLES[row["indicator"]].format(
        ref=labels[row["ref_area"]],
        ref_s=possessives[row["ref_area"]],
        other=labels[row["counterpart_area"]],
        other_s=possessives[row["counterpart_area"]],
        commodity=commodity,
    )
    is_specified = row["indicator"] in SPECIFIED and row["commodity"] != "TOTAL"
    return f"{title[0].upper()}{title[1:]}{f': {commodity}' if is_specified else ''}"


def say_day(day: date) -> str:
    """A day in words: "5 December 2025"."""
    return f"{day.day} {MONTH_NAMES[day.month]} {day.year}"


def say_month(day: date) -> str:
    """A month in words: "March 2014"."""
    return f"{MONTH_NAMES[day.month]} {day.year}"


def say_vintage(vintage: date, precision: str) -> str:
    """When an edition came out, as exactly as it is known."""
    return say_month(vintage) if precision == "month" else say_day(vintage)


def write_sum(rule: str, operands: Sequence[Record], result: Record) -> str:
    """A derivation as a reader can repeat it: "5,015 / 13,856 = 36.2%"."""
    answer = say_value(result["obs_value"], result["unit_measure"])
    if rule == "growth_on_year_before":
        after, before = (_write_operand(operand) for operand in operands)
        return f"{after} / {before} \u2212 1 = {answer}"
    if rule == "growth_to_target":
        base, target = (_write_operand(operand) for operand in operands)
        years = str(result["note"]).split(" ")[0]
        return f"({target} / {base}) ^ (1 / {years}) \u2212 1 = {answer} a year"
    if rule not in JOINS:
        raise FootnotedError(f"no way to write the rule {rule!r}. Add it to etl/snapshot/wording.py.")
    return f"{JOINS[rule].join(_write_operand(operand) for operand in operands)} = {answer}"


def _write_operand(operand: Record) -> str:
    if "obs_value" not in operand:
        return f"{operand['number_ordered']}"
    if operand["unit_measure"] == "USD":
        return say_value(operand["obs_value"], "USD")
    return f"{operand['obs_value']:,.2f}".rstrip("0").rstrip(".")

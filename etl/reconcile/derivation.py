"""Derived observations: a rule, its operands, and a value worked out in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.errors import FootnotedError
from etl.periods import Period
from etl.reconcile.known_days import combine_days
from etl.source_contract import Series, name_observation
from etl.vocabulary import COMPLETENESSES, CONFIDENCES

Observation = dict[str, Any]
# What is true of an operand is true of the result, the most serious first.
STATUSES_BY_DOUBT = ("F", "P", "E", "U", "D", "B", "A")


@dataclass(frozen=True)
class DerivationRule:
    """A way of deriving one value from others: its name and how it reads aloud."""

    name: str
    words: str


RULES = {
    rule.name: rule
    for rule in (
        DerivationRule("sum_over_window", "deliveries of the five years, added"),
        DerivationRule(
            "share_of_total", "the supplier’s deliveries over all deliveries of the same five years"
        ),
        DerivationRule("sum_of_months", "twelve months, added"),
        DerivationRule("exports_plus_imports", "exports and imports, added"),
        DerivationRule("exports_less_imports", "exports less imports"),
        DerivationRule(
            "half_of_total_and_balance", "half of the total and the balance, which is exports less imports"
        ),
        DerivationRule(
            "half_of_total_less_balance", "half of the total less the balance, which is exports less imports"
        ),
        DerivationRule(
            "imports_and_balance", "imports and the balance, which is exports less imports, added"
        ),
        DerivationRule(
            "twice_imports_and_balance", "imports twice and the balance, which is exports less imports, added"
        ),
        DerivationRule("exports_over_trade", "exports over exports and imports together"),
        DerivationRule("growth_on_year_before", "change on the year before"),
        DerivationRule("growth_to_target", "constant yearly growth that leads from the one to the other"),
        DerivationRule(
            "imports_less_mirror_exports", "imports as the buyer reports them less exports as the seller does"
        ),
        DerivationRule("sum_over_deals", "orders of this weapon in this year, added"),
        DerivationRule("ordered_less_delivered", "ordered less delivered"),
        DerivationRule("sum_of_squared_shares", "every supplier's share in per cent, squared and added"),
        DerivationRule(
            "freight_in_imports",
            "the buyer's value (CIF) times the per cent that freight and insurance add, over that and 100",
        ),
        DerivationRule(
            "arrivals_shifted", "arrivals at the start of the year less those at the start of the next"
        ),
        DerivationRule("not_measured", "a part of this gap that nobody publishes"),
        DerivationRule("gap_less_known_parts", "the gap less the parts of it that are known"),
    )
}


def exact(observation: Observation) -> Decimal:
    """An observation's value as a decimal, so that sums do not depend on their order."""
    return Decimal(repr(observation["obs_value"]))


def write_derivation(rule: str, operands: Sequence[str]) -> str:
    """The derivation column: the rule and the ids it used."""
    return f"{RULES[rule].name}({';'.join(operands)})"


def derive(
    rule: str,
    operands: Sequence[Observation],
    *,
    series: Series,
    period: Period,
    value: Decimal,
    low: Decimal | None = None,
    high: Decimal | None = None,
    note: str | None = None,
) -> Observation:
    """One derived observation; its vintage is the newest of its operands', its source that of the first.

    `low` and `high` are what the operands' intervals leave open, None where that is not known: see
    `etl.reconcile.intervals`.
    Raises: FootnotedError where they do not hold the value, or an operand has no value to derive from.
    """
    interval = _write_interval(rule, low=low, value=value, high=high)
    first, days = operands[0], combine_days(operands)
    return {
        **first,
        **name_observation(
            series,
            period,
            source_id=first["source_id"],
            vintage=days["vintage"],
            precision=days["vintage_precision"],
        ),
        **days,
        **interval,
        **_take_over(operands),
        # No file holds a derived value, and nobody reported it: the operands' rows say both.
        "source_locator": "derived",
        "as_reported_by": None,
        "reported_on": None,
        "reported_url": None,
        "derivation": write_derivation(rule, [operand["obs_id"] for operand in operands]),
        "note": note,
    }


def _take_over(operands: Sequence[Observation]) -> Observation:
    """What a result has from all its operands: their publishers, and the most serious of their doubts."""
    publishers = {name for operand in operands for name in operand["publisher"].split("; ")}
    return {
        "obs_status": _weakest({operand["obs_status"] for operand in operands}),
        "publisher": "; ".join(sorted(publishers)),
        "confidence": _find_least(operands, "confidence", CONFIDENCES.codes),
        "completeness": _find_least(operands, "completeness", COMPLETENESSES.codes),
    }


def _write_interval(
    rule: str, *, low: Decimal | None, value: Decimal, high: Decimal | None
) -> dict[str, float | None]:
    """The columns of a value and of its interval.

    Raises: FootnotedError where the interval does not hold the value.
    """
    # A rule whose interval loses its own value is wrong, and every result of it with it.
    if (low is not None and float(low) > float(value)) or (high is not None and float(high) < float(value)):
        raise FootnotedError(
            f"{rule}: {value} does not lie between {low} and {high}. Correct the rule's interval in "
            "etl/reconcile/."
        )
    return {
        "obs_value": float(value),
        "obs_low": None if low is None else float(low),
        "obs_high": None if high is None else float(high),
    }


def _find_least(operands: Sequence[Observation], column: str, codes: Sequence[str]) -> str | None:
    """The last of the codes, which stand from the surest to the least sure, that an operand has."""
    found = {operand.get(column) for operand in operands} - {None}
    return max(found, key=codes.index) if found else None


def _weakest(statuses: set[str]) -> str:
    unknown = statuses - set(STATUSES_BY_DOUBT)
    if unknown:
        raise FootnotedError(
            f"an operand of the status {min(unknown)!r}: a value cannot be derived from one that is missing. "
            "Leave it out in etl/reconcile/."
        )
    return min(statuses, key=STATUSES_BY_DOUBT.index)

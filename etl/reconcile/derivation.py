"""Derived observations: a rule, its operands, and a value worked out in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.periods import Period
from etl.source_contract import Series, name_observation

Observation = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """A way of deriving one value from others: its name and how it reads aloud."""

    name: str
    words: str


RULES = {
    rule.name: rule
    for rule in (
        Rule("sum_over_window", "deliveries of the five years, added"),
        Rule("share_of_total", "the supplier's deliveries over all deliveries of the same five years"),
        Rule("sum_of_months", "twelve months, added"),
        Rule("exports_plus_imports", "exports and imports, added"),
        Rule("exports_less_imports", "exports less imports"),
        Rule("exports_over_trade", "exports over exports and imports together"),
        Rule("growth_on_year_before", "change on the year before"),
        Rule("growth_to_target", "constant yearly growth that leads from the one to the other"),
        Rule(
            "imports_less_mirror_exports", "imports as the buyer reports them less exports as the seller does"
        ),
        Rule("sum_over_deals", "orders of this weapon in this year, added"),
        Rule("ordered_less_delivered", "ordered less delivered"),
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
    note: str | None = None,
) -> Observation:
    """One derived observation; its vintage is the newest of its operands', its source that of the first."""
    first = operands[0]
    newest = max(operands, key=lambda operand: operand["vintage"])
    return {
        **first,
        **name_observation(series, period, source_id=first["source_id"], vintage=newest["vintage"]),
        "obs_value": float(value),
        "obs_low": None,
        "obs_high": None,
        "obs_status": _weakest({operand["obs_status"] for operand in operands}),
        "vintage": newest["vintage"],
        "vintage_precision": newest["vintage_precision"],
        "publisher": "; ".join(sorted({operand["publisher"] for operand in operands})),
        "source_locator": "derived",
        "as_reported_by": None,
        "reported_on": None,
        "derivation": write_derivation(rule, [operand["obs_id"] for operand in operands]),
        "note": note,
    }


def _weakest(statuses: set[str]) -> str:
    for status in ("P", "E", "U"):
        if status in statuses:
            return status
    return "A"

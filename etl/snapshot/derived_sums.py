"""Sums of derived rows that more than a join of their operands: parts of a gap, projections, their record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from etl.reconcile.projection import Stretch, Trial, list_stretches, pick_middle, read_values, run_trials
from etl.units import format_value

Record = dict[str, Any]
MILLION, HUNDRED = 1_000_000, 100
MINUS = "\u2212"
LESS = f" {MINUS} "


def list_shown(rule: str, operands: Sequence[Record], result: Record) -> list[Record]:
    """The operands to show beside a sum: all of them, or those that decide a projection or its record."""
    if rule not in DECIDING:
        return list(operands)
    by_year = {_find_year(row): row for row in operands}
    return [by_year[year] for year in dict.fromkeys(DECIDING[rule](operands, result))]


def _write_freight(operands: Sequence[Record], result: Record) -> str:
    bought = _say(operands[0])
    if result["obs_value"] is None:
        return f"freight and insurance in {bought} = {_say(result)}"
    per_cent = float(result["note"].split(" ")[0])
    return f"{bought} × {per_cent:g} / {HUNDRED + per_cent:g} = {_say(result)}"


def _write_shift(operands: Sequence[Record], result: Record) -> str:
    if result["obs_value"] is None:
        return f"arrivals at the turns of the year = {_say(result)}"
    months = int(result["note"].split(" ")[0])
    early, late = operands[:months], operands[months : 2 * months]
    added, taken = " + ".join(map(_say, early)), " + ".join(map(_say, late))
    return f"{added}{LESS}{f'({taken})' if months > 1 else taken} = {_say(result)}"


def _write_open_part(operands: Sequence[Record], result: Record) -> str:
    return f"part of {_say(operands[0])} = {_say(result)}"


def _write_rest(operands: Sequence[Record], result: Record) -> str:
    gap, *parts = operands
    taken = (f"({_say(part)})" if part["obs_value"] < 0 else _say(part) for part in parts)
    return f"{LESS.join([_say(gap), *taken])} = {_say(result)}"


def _write_projection(operands: Sequence[Record], result: Record) -> str:
    low, middle, high = _find_deciding(operands, result)
    by_year = {_find_year(row): row for row in operands}
    base = _say(operands[0])

    def write(stretch: Stretch) -> str:
        return f"{_say(by_year[stretch.last])} / {_say(by_year[stretch.first])}"

    both = " + ".join(write(stretch) for stretch in middle)
    factor = both if len(middle) == 1 else f"({both}) / {len(middle)}"
    return (
        f"{base} × {factor} = {_say(result)}; "
        f"from {base} × {write(low)} = {_format_dollars(result['obs_low'])} "
        f"to {base} × {write(high)} = {_format_dollars(result['obs_high'])}"
    )


def _write_hits(operands: Sequence[Record], result: Record) -> str:
    trials = _list_trials(operands, result)
    return f"{sum(trial.is_hit for trial in trials)} / {len(trials)} = {_say(result)}"


def _write_errors(operands: Sequence[Record], result: Record) -> str:
    errors = [format_value(float(trial.error), "PERCENT") for trial in _order_trials(operands, result)]
    return f"middle of {', '.join(errors)} = {_say(result)}"


WRITERS: dict[str, Callable[[Sequence[Record], Record], str]] = {
    "freight_in_imports": _write_freight,
    "arrivals_shifted": _write_shift,
    "not_measured": _write_open_part,
    "gap_less_known_parts": _write_rest,
    "past_growth_repeated": _write_projection,
    "past_projections_held": _write_hits,
    "past_projections_missed_by": _write_errors,
}


def _list_years_of_stretches(operands: Sequence[Record], result: Record) -> list[int]:
    low, middle, high = _find_deciding(operands, result)
    ends = [year for stretch in (*middle, low, high) for year in (stretch.last, stretch.first)]
    return [_find_year(operands[0]), *ends]


def _list_years_of_trials(operands: Sequence[Record], result: Record) -> list[int]:
    years = _count_years(operands, result)
    return [year for trial in _list_trials(operands, result) for year in (trial.origin, trial.origin + years)]


def _list_years_of_errors(operands: Sequence[Record], result: Record) -> list[int]:
    years, trials = _count_years(operands, result), _order_trials(operands, result)
    deciding = (*pick_middle(trials), trials[0], trials[-1])
    return [year for trial in deciding for year in (trial.origin, trial.origin + years)]


DECIDING: dict[str, Callable[[Sequence[Record], Record], list[int]]] = {
    "past_growth_repeated": _list_years_of_stretches,
    "past_projections_held": _list_years_of_trials,
    "past_projections_missed_by": _list_years_of_errors,
}


def _find_deciding(operands: Sequence[Record], result: Record) -> tuple[Stretch, list[Stretch], Stretch]:
    newest = _find_year(operands[0])
    years = _count_years(operands, result)
    stretches = list_stretches(read_values(operands), years=years, until=newest)
    return stretches[0], pick_middle(stretches), stretches[-1]


def _order_trials(operands: Sequence[Record], result: Record) -> list[Trial]:
    return sorted(_list_trials(operands, result), key=lambda trial: (trial.error, trial.origin))


def _list_trials(operands: Sequence[Record], result: Record) -> list[Trial]:
    return run_trials(read_values(operands), years=_count_years(operands, result))


def _count_years(operands: Sequence[Record], result: Record) -> int:
    return _find_year(result) - _find_year(operands[0])


def _find_year(row: Record) -> int:
    return int(row["period_start"].year)


def _say(row: Record) -> str:
    value, unit = row["obs_value"], row["unit_measure"]
    return _format_dollars(value) if unit == "USD" and value is not None else format_value(value, unit)


def _format_dollars(value: float) -> str:
    """Dollars in millions throughout, so that a reader can add the parts of a sum up as they stand."""
    amount = f"{abs(value) / MILLION:,.2f}".rstrip("0").rstrip(".")
    return f"{MINUS if value < 0 else ''}${amount} m"

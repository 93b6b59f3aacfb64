"""Records become tables: rows that break a rule are set aside, files that break a promise stop the build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from etl.errors import ExpectationError, InputError
from etl.reading import Rejected
from etl.schemas import TABLES
from etl.vocabulary import MISSING_STATUSES, OBS_STATUSES

NEVER_NEGATIVE = (
    "bilateral_trade",
    "exports",
    "imports",
    "crude_oil_imports",
    "trade_target",
    "arms_import_volume",
    "arms_import_share",
    "units_ordered",
    "units_delivered",
)
SHOWN_ROWS = 8
Check = Callable[[pl.DataFrame], list[str]]
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


@dataclass(frozen=True)
class RowRule:
    """One promise every row of a table keeps: `breaks` is true for a row that does not."""

    reason: str
    column: str
    breaks: pl.Expr
    problem: str
    remedy: str


def list_rules(table: str) -> tuple[RowRule, ...]:
    """The rules of a table, in the order in which they are applied."""
    return _OBSERVATION_RULES if table == "observations" else ()


_value, _low, _high = pl.col("obs_value"), pl.col("obs_low"), pl.col("obs_high")
_OBSERVATION_RULES = (
    RowRule(
        "not_finite",
        "obs_value",
        ~_value.is_finite(),
        "NaN or infinity",
        "Leave the cell empty where there is no value.",
    ),
    RowRule(
        "negative",
        "obs_value",
        (_value < 0) & pl.col("indicator").is_in(NEVER_NEGATIVE),
        "a negative amount",
        "Compare with the publisher's own file.",
    ),
    RowRule(
        "above_ceiling",
        "obs_value",
        (_value > 100) & (pl.col("indicator") == "arms_import_share"),
        "a share above 100 per cent",
        "Compare with the publisher's own file.",
    ),
    RowRule(
        "missing_without_status",
        "obs_value",
        _value.is_null() & ~pl.col("obs_status").is_in(MISSING_STATUSES),
        "no value, and the status does not say why",
        f"Set the status to one of {', '.join(MISSING_STATUSES)}.",
    ),
    RowRule(
        "unknown_status",
        "obs_status",
        ~pl.col("obs_status").is_in(OBS_STATUSES.codes),
        "not in the SDMX list of observation statuses",
        "Use a code of etl/vocabulary/, such as A or P.",
    ),
    RowRule(
        "bad_period",
        "period_end",
        pl.col("period_end") < pl.col("period_start"),
        "the period ends before it starts",
        "Correct the dates.",
    ),
    RowRule(
        "bad_period",
        "period_start",
        ~pl.col("period_start").dt.year().is_between(EARLIEST_YEAR, LATEST_YEAR),
        f"a year outside {EARLIEST_YEAR} to {LATEST_YEAR}",
        "Correct the dates.",
    ),
    RowRule(
        "bad_interval",
        "obs_low",
        (_low > _value) | (_high < _value),
        "the interval does not hold the value",
        "Correct the half-width.",
    ),
)


@dataclass(frozen=True)
class Accepted:
    """What of a file became rows of its table, and what did not."""

    table: str
    file: str
    frame: pl.DataFrame
    rejected: tuple[Rejected, ...]

    @property
    def rows_rejected(self) -> int:
        """Rows set aside, however many faults each has."""
        return len({entry.line for entry in self.rejected})


def accept_records(
    records: list[dict[str, object]], *, table: str, file: str, rejected: list[Rejected], key: str
) -> Accepted:
    """Records that keep every rule as a frame; a row any of whose records breaks one is set aside whole.

    Raises: InputError where the records do not fit the table's columns at all.
    """
    columns = TABLES[table].list_columns()
    try:
        frame = pl.DataFrame(records, schema={**columns, "line": pl.Int64}, orient="row")
    except (pl.exceptions.PolarsError, TypeError, OverflowError) as error:
        raise InputError(
            file, problem=f"rows do not fit the table {table}: {error}", remedy="Correct the source module."
        ) from error
    found = list(rejected)
    for rule in list_rules(table):
        found += [
            _reject(row, rule, file=file) for row in frame.filter(rule.breaks.fill_null(False)).to_dicts()
        ]
    found += _reject_duplicates(frame, key=key, file=file)
    lines = {entry.line for entry in found}
    kept = frame.filter(~pl.col("line").is_in(list(lines))).drop("line")
    unique = {(entry.line, entry.column, entry.reason): entry for entry in found}
    return Accepted(table, file, kept, tuple(unique[key] for key in sorted(unique, key=str)))


def check_expectations(
    accepted: Accepted, *, file: str, rows: int, bounds: tuple[int, int], checks: tuple[Check, ...]
) -> None:
    """Whether a file is what its source promises: its number of rows, and whatever its checks say.

    Raises: ExpectationError with what does not hold, and the rows that were set aside.
    """
    low, high = bounds
    shown = "".join(f"\n  {entry}" for entry in accepted.rejected[:SHOWN_ROWS])
    remedy = f"Restore the file from its publisher, or change EXPECTED in its source module.{shown}"
    if not low <= rows <= high:
        raise ExpectationError(
            file, expected=f"{low} to {high} accepted rows", found=str(rows), remedy=remedy
        )
    broken = [message for check in checks for message in check(accepted.frame)]
    if broken:
        found = "; ".join(broken[:SHOWN_ROWS])
        raise ExpectationError(file, expected="a file that adds up", found=found, remedy=remedy)


def build_quarantine(rejected: list[Rejected]) -> pl.DataFrame:
    """The quarantine table."""
    rows = [
        (
            entry.file,
            entry.line,
            entry.column,
            entry.value,
            entry.reason,
            entry.problem,
            entry.remedy,
            entry.row_text,
        )
        for entry in rejected
    ]
    table = TABLES["quarantine"]
    return table.check(pl.DataFrame(rows, schema=table.list_columns(), orient="row"))


def _reject(row: dict[str, object], rule: RowRule, *, file: str) -> Rejected:
    value = row[rule.column]
    return Rejected(
        file,
        int(str(row["line"])),
        rule.column,
        None if value is None else str(value),
        rule.reason,
        rule.problem,
        rule.remedy,
        ",".join("" if cell is None else str(cell) for cell in row.values()),
    )


def _reject_duplicates(frame: pl.DataFrame, *, key: str, file: str) -> list[Rejected]:
    """Later copies of a row that says the same; every copy where they differ, because none can be trusted."""
    twice = frame.filter(pl.col(key).is_duplicated()).sort(key, "line")
    found = []
    for _, group in twice.group_by(key, maintain_order=True):
        content = group.drop("line", "source_locator", strict=False).unique()
        if len(content) == 1:
            rows, problem = group.to_dicts()[1:], f"the same as line {group['line'][0]}"
            remedy = "Remove one of the two."
        else:
            rows = group.to_dicts()
            problem = (
                f"lines {', '.join(map(str, group['line']))} give different values for one series and period"
            )
            remedy = "Keep the line that the publisher's own file has; until then none of them is used."
        rule = RowRule("duplicate_key", key, pl.lit(True), problem, remedy)
        found += [_reject(row, rule, file=file) for row in rows]
    return found

"""Records become tables: rows that break a rule are set aside, files that break a promise stop the build."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from etl.errors import ExpectationError, InputError
from etl.reading import Rejected
from etl.repeated_rows import NO_CLASHES, SAID_ELSEWHERE, find_clashes, find_repeated, reject_apart
from etl.schemas import TABLES
from etl.series_levels import find_thousandfold
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
        "unmarked_part",
        "period_end",
        (
            (pl.col("period_basis") == "fiscal_year_in")
            & (
                (pl.col("period_start").dt.strftime("%m-%d") != "04-01")
                | (pl.col("period_end") != pl.col("period_start").dt.offset_by("1y").dt.offset_by("-1d"))
            )
        )
        | (
            (pl.col("period_basis") == "calendar_year")
            & (
                (pl.col("period_start").dt.strftime("%m-%d") != "01-01")
                | (pl.col("period_end") != pl.col("period_start").dt.offset_by("1y").dt.offset_by("-1d"))
            )
        ),
        "days that are a part of a year under the basis of a whole one",
        "Say part_year, or correct the dates.",
    ),
    RowRule(
        "low_confidence",
        "confidence",
        pl.col("confidence") == "low",
        "a figure of low confidence among statistics",
        "Record it as a claim of the document that prints it.",
    ),
    RowRule(
        "incomplete_as_complete",
        "completeness",
        (pl.col("completeness") == "lower_bound") & pl.col("obs_high").is_not_null(),
        "a lower bound with an upper end",
        "Leave the upper end empty: the value may be higher.",
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
    """What of a file became rows of its table, and what did not.

    `lines` holds the line of each row of the frame; `rows_rejected` counts the lines of which nothing stands,
    however many faults each has.
    """

    table: str
    file: str
    frame: pl.DataFrame
    lines: pl.Series
    rejected: tuple[Rejected, ...]
    rows_rejected: int

    @property
    def rows_missing(self) -> int:
        """Rows that lack what no other row of the file says: whole rows, and rows with a cell set aside."""
        return len({entry.line for entry in self.rejected if entry.reason not in SAID_ELSEWHERE})


def accept_records(
    records: list[dict[str, object]], *, table: str, file: str, rejected: list[Rejected], key: str
) -> Accepted:
    """Records that keep every rule as a frame; a row any of whose records breaks one is set aside whole.

    A cell that another cell of the file repeats or contradicts is set aside alone, and the rest of its row
    stands.
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
    broken = {entry.line for entry in found if not entry.is_cell_alone}
    repeated = find_repeated(frame.filter(~pl.col("line").is_in(list(broken))), key=key, file=file)
    found += repeated.rejected
    if table != "observations":
        return _assemble(table, file, repeated.kept, found)
    levelled, odd = _doubt_levels(repeated.kept, file=file)
    return _assemble(table, file, levelled, [*found, *odd])


def _doubt_levels(frame: pl.DataFrame, *, file: str) -> tuple[pl.DataFrame, list[Rejected]]:
    """The rows without values a thousand times their neighbours; those of months are marked and stay."""
    odd = find_thousandfold(frame)
    if odd.is_empty():
        return frame, []
    told = pl.format("about a thousand times off the {} of the periods around it", pl.col("level").round(2))
    doubts = odd.select("obs_id", "is_marked", doubt=told)
    joined = frame.join(doubts, on="obs_id", how="left", maintain_order="left")
    is_marked = pl.col("is_marked").fill_null(False)
    noted = pl.concat_str("note", "doubt", separator="; ", ignore_nulls=True)
    kept = joined.filter(is_marked | pl.col("doubt").is_null()).with_columns(
        obs_status=pl.when(is_marked).then(pl.lit("U")).otherwise("obs_status"),
        note=pl.when(is_marked).then(noted).otherwise("note"),
    )
    standing = set(kept["line"])
    rejected = [
        reject_apart(
            {name: row[name] for name in frame.columns},
            row["doubt"],
            "Compare with the publisher's own file: a unit or a decimal sign may be wrong.",
            key="source_locator",
            file=file,
            reason="thousandfold",
            is_cell_alone=row["line"] in standing,
        )
        for row in joined.filter(pl.col("doubt").is_not_null() & ~is_marked).to_dicts()
    ]
    return kept.select(frame.columns), rejected


def settle_files(accepted: Sequence[Accepted], *, keys: Mapping[str, str]) -> list[Accepted]:
    """Files without the rows that another file of their table says too, or contradicts.

    Two files that give a row with one value are two witnesses: the first file's row stands, and its note
    names the other. Where the values differ no file's row stands, and each is set aside with all of them.
    """
    settled = list(accepted)
    for table, key in keys.items():
        frames = [
            part.frame.with_columns(line=part.lines, part=pl.lit(at, pl.Int64))
            for at, part in enumerate(accepted)
            if part.table == table
        ]
        found = find_clashes(pl.concat(frames), key=key) if frames else NO_CLASHES
        for at in found.touched:
            part, kept = accepted[at], found.kept.filter(pl.col("part") == at).drop("part")
            settled[at] = _assemble(table, part.file, kept, [*part.rejected, *found.rejected.get(at, [])])
    return settled


def _assemble(table: str, file: str, frame: pl.DataFrame, found: list[Rejected]) -> Accepted:
    broken = {entry.line for entry in found if not entry.is_cell_alone}
    kept = frame.filter(~pl.col("line").is_in(list(broken)))
    gone = {entry.line for entry in found} - set(kept["line"])
    unique = {(entry.line, entry.column, entry.reason): entry for entry in found}
    entries = tuple(unique[key] for key in sorted(unique, key=str))
    return Accepted(table, file, kept.drop("line"), kept["line"], entries, len(gone))


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

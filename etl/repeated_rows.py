"""Rows that stand twice: copies and witnesses of one value, and values that contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from etl.reading import Rejected

# Of a row that says again what another row says, nothing is missing.
SAID_ELSEWHERE = frozenset(("duplicate_key", "header_again"))
# What differs between two rows that say the same.
_WHEREABOUTS = frozenset(("place", "part", "line", "source_locator", "source_file", "source_sha256"))
# So many places are named; the rest are counted.
SHOWN = 4
Row = Mapping[str, object]


@dataclass(frozen=True)
class Repeated:
    """Records without those that say again or contradict what others say, and what was left out."""

    kept: pl.DataFrame
    rejected: list[Rejected]


def find_repeated(frame: pl.DataFrame, *, key: str, file: str) -> Repeated:
    """Records of one file without later copies of one that says the same, and without all that differ.

    Rows: `frame` has the line of each. A cell that says again what another sheet or column says is taken
    once, and that is no fault of its row; where two differ neither can be trusted.
    """
    groups = group_repeated(frame, key=key)
    copies = [(row, group[0]) for group in groups if say_the_same(group) for row in group[1:]]
    apart = [(row, group) for group in groups if not say_the_same(group) for row in group]
    out = [row["place"] for row, _ in [*copies, *apart]]
    kept = frame.with_row_index("place").filter(~pl.col("place").is_in(out)).drop("place")
    # A row of which nothing is left is a copy; one of which much is left has cells that stand in two places.
    standing = set(kept["line"])
    rejected = [
        _reject_copy(row, first, key=key, file=file) for row, first in copies if row["line"] not in standing
    ]
    for row, group in apart:
        lines = ", ".join(str(entry["line"]) for entry in group)
        problem = f"lines {lines} give different values for one series and period: {list_values(group)}"
        remedy = "Keep the line that the publisher's own file has; until then none of them is used."
        alone = row["line"] in standing
        rejected.append(reject_apart(row, problem, remedy, key=key, file=file, is_cell_alone=alone))
    return Repeated(kept, rejected)


@dataclass(frozen=True)
class Clashes:
    """Rows of several files without those that two of them say or contradict, and what was left out."""

    kept: pl.DataFrame
    touched: tuple[int, ...]
    rejected: Mapping[int, list[Rejected]]


NO_CLASHES = Clashes(pl.DataFrame(), (), {})


def find_clashes(frame: pl.DataFrame, *, key: str) -> Clashes:
    """The rows of several files, `part` numbering the files, with one row for what two of them say alike.

    Rows: those of a key that files disagree on are left out everywhere.
    """
    groups = group_repeated(frame, key=key)
    if not groups:
        return NO_CLASHES
    placed = frame.with_row_index("place")
    alike = [group for group in groups if say_the_same(group)]
    apart = [(row, group) for group in groups if not say_the_same(group) for row in group]
    out = [row["place"] for group in alike for row in group[1:]] + [row["place"] for row, _ in apart]
    kept = placed.filter(~pl.col("place").is_in(out))
    notes = pl.DataFrame(
        [(group[0]["place"], _name_witnesses(group[1:])) for group in alike],
        schema={"place": pl.get_index_type(), "witnesses": pl.String},
        orient="row",
    )
    noted = pl.concat_str("note", "witnesses", separator=" ", ignore_nulls=True).replace("", None)
    kept = kept.join(notes, on="place", how="left", maintain_order="left").with_columns(note=noted)
    standing = set(kept.select("part", "line").iter_rows())
    rejected: dict[int, list[Rejected]] = {}
    for row, group in apart:
        files = ", ".join(dict.fromkeys(str(entry["source_file"]) for entry in group))
        problem = f"files of one day give different values: {list_values(group)} in {files}"
        remedy = "Find out which of the files is right and remove the other; until then neither is used."
        at = int(str(row["part"]))
        alone = (at, row["line"]) in standing
        entry = reject_apart(row, problem, remedy, key=key, file=str(row["source_file"]), is_cell_alone=alone)
        rejected.setdefault(at, []).append(entry)
    touched = sorted({int(str(row["part"])) for group in groups for row in group})
    return Clashes(kept.drop("place", "witnesses"), tuple(touched), rejected)


def group_repeated(frame: pl.DataFrame, *, key: str) -> list[list[Row]]:
    """The rows of each key that stands more than once, in their order, with their `place` in the frame."""
    twice = frame.with_row_index("place").filter(pl.col(key).is_duplicated())
    groups: dict[str, list[Row]] = {}
    for row in twice.sort(key, "place").to_dicts():
        groups.setdefault(str(row[key]), []).append(row)
    return list(groups.values())


def say_the_same(group: Sequence[Row]) -> bool:
    """Whether rows of one key are witnesses of one value; of a deal, of all that is said of it."""
    if "obs_value" in group[0]:
        return len({row["obs_value"] for row in group}) == 1
    return len({str({name: row[name] for name in row if name not in _WHEREABOUTS}) for row in group}) == 1


def list_values(group: Sequence[Row]) -> str:
    """The values that rows of one key give, with their places; of deals, the columns that differ."""
    if "obs_value" in group[0]:
        told = [f"{row['obs_value']} ({row['source_locator']})" for row in group]
    else:
        told = [
            f"{name} {', '.join(dict.fromkeys(str(row[name]) for row in group))}"
            for name in group[0]
            if name not in _WHEREABOUTS and len({str(row[name]) for row in group}) > 1
        ]
    more = f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    return "; ".join(told[:SHOWN]) + more


def reject_apart(
    row: Row,
    problem: str,
    remedy: str,
    *,
    key: str,
    file: str,
    is_cell_alone: bool,
    reason: str = "values_differ",
) -> Rejected:
    """A row or cell that others contradict."""
    column = str(row["source_locator"]) if is_cell_alone else key
    told = (reason, problem, remedy, _write_row(row), is_cell_alone)
    return Rejected(file, int(str(row["line"])), column, str(row[key]), *told)


def _reject_copy(row: Row, first: Row, *, key: str, file: str) -> Rejected:
    told = ("duplicate_key", f"the same as line {first['line']}", "Remove one of the two.", _write_row(row))
    return Rejected(file, int(str(row["line"])), key, str(row[key]), *told)


def _name_witnesses(rows: Sequence[Row]) -> str:
    places = [f"{row['source_file']}, {row['source_locator']}" for row in rows]
    return f"Also in {'; '.join(places)}."


def _write_row(row: Row) -> str:
    return ",".join(
        "" if cell is None else str(cell) for name, cell in row.items() if name not in ("place", "part")
    )

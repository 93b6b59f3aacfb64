"""Damaged copies of a file, and what may become of them: the right numbers, or a clear refusal.

`python -m tests.sources.fuzz LAYOUT --cases 20000` runs the sample of tests/sources/test_LAYOUT.py, which its
function `write_sample` gives as bytes, and prints how often which outcome came up. A module may have
`write_samples` instead, for several, which share the cases; `take_sample`, where its files are not taken as
fresh downloads are; `IS_REFUSED`, where no file of its layout may ever be accepted; and `count_damages`,
where it damages and counts in a way of its own.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import itertools
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from etl.countries import Lookups, load_lookups
from etl.errors import ExpectationError, InputError
from etl.intake import KEYS, accept
from etl.provenance import RawFile, Vintage, describe_download
from etl.schemas import TABLES
from etl.sources import recognise_source
from etl.validate import Accepted
from tests.conftest import DATASETS
from tests.sources.damages import Damage, fuzz_file

# Taken where a sample prints no date of its own.
UNPRINTED = Vintage(date(2020, 1, 1), "day", "The sample prints no date.")
# Columns that may differ without any number or flag being another.
_WHEREABOUTS = {
    "obs_id",
    "deal_id",
    "vintage",
    "vintage_precision",
    "known_from",
    "source_file",
    "source_locator",
    "source_sha256",
    "note",
}
_STATUSES = {"obs_status", "status"}
_SERIES = ("indicator", "ref_area", "counterpart_area", "commodity", "period_basis", "time_period")
_SCHEMA_EVERY = 50
# A quick run; tests/sources/test_many_damages.py tries many more, others each time.
CASES = 40
OUTCOMES = ("refused", "quarantined", "unchanged", "changed where touched")


@dataclass(frozen=True)
class Entry:
    """What one accepted row says, and the line of the file it was read from."""

    content: tuple[tuple[str, object], ...]
    line: str


@dataclass(frozen=True)
class Taken:
    """What a file gave: entries by series and period (or deal), and rows set aside."""

    layout: str
    entries: dict[tuple[object, ...], Entry]
    rows_rejected: int


@functools.cache
def find_lookups() -> Lookups:
    """The project's own lookups, read once."""
    return load_lookups(DATASETS)


Take = Callable[[bytes], Taken]


def take_content(
    content: bytes, *, check_schema: bool = True, stated: Mapping[str, str] | None = None
) -> Taken:
    """Bytes through recognition, reading, rules and expectations, as a file that a user adds would go.

    `stated` is what the user says that the file does not.
    Raises: InputError or ExpectationError where they are refused.
    """
    raw = RawFile("sample", content)
    module = recognise_source(raw)
    source = module.SOURCE
    assert source.product is not None, f"{source.layout} has no product: it cannot be read without a sidecar"
    vintage = (source.find_vintage(raw) if source.find_vintage else None) or UNPRINTED
    file = describe_download(raw, product=source.product, vintage=vintage, stated=stated)
    parsed = module.parse(file, find_lookups())
    accepted = accept(parsed, module)
    lines = {record["line"] for record in parsed.records} | {entry.line for entry in parsed.rejected}
    assert len(lines) <= parsed.rows_read, f"{len(lines)} lines reported of {parsed.rows_read} rows read"
    if check_schema:
        TABLES[accepted.table].check(accepted.frame)
    return Taken(source.layout, _list_entries(accepted), accepted.rows_rejected)


def check_damage(
    original: Taken, damage: Damage, *, check_schema: bool = True, take: Take | None = None
) -> str:
    """What became of a damaged copy, one of OUTCOMES; `take` reads it, or else `take_content`.

    Rows may differ from the undamaged file's only in as many lines as the damage touched, and may be missing
    only if they stand in the quarantine, were touched, or were cut off.
    Raises: AssertionError where a number is silently wrong, and what the reader raised if it is no refusal.
    """
    try:
        taken = take(damage.content) if take else take_content(damage.content, check_schema=check_schema)
    except (InputError, ExpectationError):
        return "refused"
    changed = [
        key
        for key, entry in taken.entries.items()
        if key not in original.entries
        or _compare(original.entries[key], statuses=damage.statuses)
        != _compare(entry, statuses=damage.statuses)
    ]
    missing = original.entries.keys() - taken.entries.keys()
    changed_lines = {taken.entries[key].line for key in changed}
    missing_lines = {original.entries[key].line for key in missing}
    assert len(changed_lines) <= damage.reach, (
        f"{damage}: {len(changed)} values of lines {sorted(changed_lines)[:9]} differ, "
        f"such as {[(key, taken.entries[key], original.entries.get(key)) for key in changed[:2]]}"
    )
    assert damage.may_lose or len(missing_lines) <= damage.reach + taken.rows_rejected, (
        f"{damage}: values of lines {sorted(missing_lines)[:9]} are lost without a word"
    )
    if changed or (missing and not taken.rows_rejected):
        return "changed where touched"
    return "quarantined" if taken.rows_rejected > original.rows_rejected else "unchanged"


def count_outcomes(
    content: bytes, *, seed: int = 1, cases: int = CASES, take: Take | None = None
) -> Counter[str]:
    """Every damaged copy of a sample through `check_damage`, counted by outcome.

    Raises: AssertionError where the sample itself is not read whole, or a copy gives a silent wrong number.
    """
    original = take(content) if take else take_content(content)
    assert original.entries, "the sample gives no rows"
    counts: Counter[str] = Counter()
    for number, damage in enumerate(fuzz_file(content, seed=seed, cases=cases)):
        try:
            counts[check_damage(original, damage, check_schema=number % _SCHEMA_EVERY == 0, take=take)] += 1
        except AssertionError:
            raise
        except Exception as error:
            raise AssertionError(f"case {number}, {damage}: {type(error).__name__}: {error}") from error
    return counts


def count_refusals(content: bytes, *, seed: int = 1, cases: int = CASES) -> Counter[str]:
    """Every damaged copy of a sample that is refused whole, counted as refused.

    Raises: AssertionError where the sample or a copy of it is accepted, and what the reader raised if it is
    no refusal.
    """
    counts: Counter[str] = Counter()
    whole = Damage("the whole file", content, 0)
    for damage in itertools.chain([whole], fuzz_file(content, seed=seed, cases=cases)):
        try:
            taken = take_content(damage.content)
        except (InputError, ExpectationError):
            counts["refused"] += 1
        else:
            raise AssertionError(f"{damage}: accepted as {taken.layout}")
    counts["refused"] -= 1
    return counts


def _compare(entry: Entry, *, statuses: bool) -> dict[str, object]:
    return {name: value for name, value in entry.content if statuses or name not in _STATUSES}


def _list_entries(accepted: Accepted) -> dict[tuple[object, ...], Entry]:
    key = KEYS[accepted.table]
    entries = {}
    for row in accepted.frame.to_dicts():
        name = tuple(row[column] for column in _SERIES) if key == "obs_id" else _strip_vintage(row, key)
        content = tuple((column, value) for column, value in row.items() if column not in _WHEREABOUTS)
        line = re.sub(r",? column .*$|(?<=cell )[A-Z]+(?=\d+$)", "", str(row["source_locator"]))
        entries[name] = Entry(content, line)
    return entries


def _strip_vintage(row: dict[str, object], key: str) -> tuple[object, ...]:
    return (str(row[key]).replace(str(row["vintage"]), ""),)


def count_layout(layout: str, *, seed: int, cases: int) -> Counter[str]:
    """The damaged copies of all samples of a layout, counted by outcome."""
    module = importlib.import_module(f"tests.sources.test_{layout}")
    if hasattr(module, "count_damages"):
        counted: Counter[str] = module.count_damages(cases, seed=seed)
        return counted
    samples = module.write_samples() if hasattr(module, "write_samples") else [module.write_sample()]
    counts: Counter[str] = Counter()
    for content in samples:
        share = -(-cases // len(samples))
        if getattr(module, "IS_REFUSED", False):
            counts += count_refusals(content, seed=seed, cases=share)
        else:
            take = getattr(module, "take_sample", None)
            counts += count_outcomes(content, seed=seed, cases=share, take=take)
    return counts


def main() -> None:
    """Run one layout's sample, or all of them, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("layouts", nargs="+", help="layouts, as in the names of the tests beside this file")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for layout in chosen.layouts:
        started = time.perf_counter()
        counts = count_layout(layout, seed=chosen.seed, cases=chosen.cases)
        shown = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES)
        sys.stdout.write(
            f"{layout}: {sum(counts.values())} cases in {time.perf_counter() - started:.0f} s: {shown}\n"
        )


if __name__ == "__main__":
    main()

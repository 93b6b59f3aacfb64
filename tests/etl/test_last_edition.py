"""A new file beside the last edition of its source: what it lost, which levels jump, and what is a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from etl.__main__ import app
from etl.editions import AddingReport, add_files
from tests.etl.workbench import Workbench

RECIPIENTS = ("India", "China", "Algeria", "Egypt", "Vietnam", "Angola", "Myanmar", "Iraq", "Peru", "Syria")
YEARS = range(2001, 2013)
DAYS = {"first": "1 Sep 2024", "second": "1 Sep 2025"}
Table = dict[tuple[str, int], float]


def make_table() -> Table:
    """Deliveries to ten recipients in twelve years, in million TIV."""
    return {(name, year): 100.0 * (at + 1) + year % 7 for at, name in enumerate(RECIPIENTS) for year in YEARS}


def write_table(
    folder: Path, table: Mapping[tuple[str, int], float], *, day: str, name: str = "values.csv"
) -> Path:
    """A table of Russia's exports by recipient and year, as SIPRI's site of 2022 printed it."""
    folder.mkdir(exist_ok=True, parents=True)
    first, last = (bound(year for _, year in table) for bound in (min, max))
    years = list(range(first, last + 1))
    rows = {area: [table.get((area, year)) for year in years] for area in {area: 0 for area, _ in table}}
    lines = [
        f"TIV of arms exports from Russia, {years[0]}-{years[-1]}",
        f"Generated: {day}",
        "Figures are SIPRI Trend Indicator Values (TIVs) expressed in millions.",
        "",
        ",".join(["", *map(str, years), "Total"]),
        *(_write_row(area, cells) for area, cells in rows.items()),
        _write_row("Total", [sum(table.get((area, year), 0.0) for area in rows) for year in years]),
        "",
    ]
    path = folder / name
    path.write_text("\n".join(lines), encoding="ascii")
    return path


def _write_row(name: str, cells: Sequence[float | None]) -> str:
    shown = ["" if cell is None else f"{cell:g}" for cell in cells]
    return ",".join([name, *shown, f"{sum(cell for cell in cells if cell is not None):g}"])


def add(workbench: Workbench, path: Path, *, is_accepted: bool = False) -> AddingReport:
    """Add one file."""
    return add_files([path], datasets=workbench.datasets, is_accepted=is_accepted)


@pytest.fixture
def held(workbench: Workbench, tmp_path: Path) -> Workbench:
    """Datasets with the first edition."""
    add(workbench, write_table(tmp_path / "first", make_table(), day=DAYS["first"]))
    return workbench


def damage(kind: str) -> Table:
    """A second edition that came to harm, or is revised as editions are."""
    table = make_table()
    if kind == "rows":
        return {
            key: value for key, value in table.items() if not (key[1] > 2006 and key[0] in RECIPIENTS[:4])
        }
    if kind == "area":
        return {key: value for key, value in table.items() if key[0] != "Peru"}
    if kind == "period":
        return {key: value for key, value in table.items() if key[1] != 2005}
    if kind == "level":
        return table | {("Iraq", 2004): 30_000.0}
    if kind == "unit":
        return {key: value * 10 for key, value in table.items()}
    return {key: value * 1.02 if key[1] == 2012 else value for key, value in table.items()}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("rows", "values are gone"),
        ("area", "1 area gone: PER"),
        ("period", "1 period gone: 2005"),
        ("level", "IRQ RUS 2004 802 million TIV -> 30,000 million TIV"),
        ("unit", "the middle value is another by a factor of 10"),
    ],
)
def test_what_an_edition_lost_is_refused_with_its_figures(
    held: Workbench, tmp_path: Path, kind: str, told: str
) -> None:
    path = write_table(tmp_path / "second", damage(kind), day=DAYS["second"])
    before = sorted(held.datasets.rglob("*"))

    with pytest.raises(etl.InputError) as refused:
        add(held, path)

    assert told in str(refused.value)
    assert "--accept" in str(refused.value)
    assert len(str(refused.value).splitlines()) <= 12
    assert sorted(held.datasets.rglob("*")) == before
    assert add(held, path, is_accepted=True).additions[0].is_grave


def test_an_edition_revised_as_editions_are_is_added(held: Workbench, tmp_path: Path) -> None:
    report = add(held, write_table(tmp_path / "second", damage("none"), day=DAYS["second"]))

    findings = report.additions[0].findings
    assert findings is not None
    assert findings.grave == ()
    assert "of 1 September 2024" in findings.against


@pytest.mark.parametrize("years", [range(2001, 2005), range(2009, 2013)])
def test_a_part_of_the_years_is_compared_within_them(held: Workbench, tmp_path: Path, years: range) -> None:
    part = {key: value for key, value in make_table().items() if key[1] in years}
    findings = add(held, write_table(tmp_path / "second", part, day=DAYS["second"])).additions[0].findings
    assert findings is not None
    assert (findings.grave, "0 gone" in findings.against) == ((), True)


def test_a_level_that_the_publisher_s_revisions_reached_is_no_jump(held: Workbench, tmp_path: Path) -> None:
    jumping = make_table() | {("Iraq", 2004): 30_000.0}
    add(held, write_table(tmp_path / "second", jumping, day=DAYS["second"]), is_accepted=True)
    back = add(held, write_table(tmp_path / "third", make_table(), day="1 Sep 2026"))
    assert not back.additions[0].is_grave


def test_a_rehearsal_says_what_would_be_refused(held: Workbench, tmp_path: Path) -> None:
    path = write_table(tmp_path / "second", damage("unit"), day=DAYS["second"])

    result = CliRunner().invoke(app, ["add", str(path), "--dry-run", "--datasets", str(held.datasets)])

    assert result.exit_code == 1
    assert "refused    without --accept" in result.stdout


def test_another_product_of_the_publisher_is_worth_a_word_and_refuses_nothing(
    workbench: Workbench, tmp_path: Path
) -> None:
    path = write_table(tmp_path / "first", make_table(), day=DAYS["first"])
    findings = add(workbench, path).additions[0].findings
    assert findings is not None
    assert findings.grave == ()
    assert "the middle value is another" in findings.noted[0]


def test_a_file_that_is_added_says_that_a_build_follows(workbench: Workbench, tmp_path: Path) -> None:
    path = write_table(tmp_path / "first", make_table(), day=DAYS["first"])
    result = CliRunner().invoke(app, ["add", str(path), "--datasets", str(workbench.datasets)])
    assert "footnoted build takes it into a snapshot" in result.stdout

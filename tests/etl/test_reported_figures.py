"""Compiled figures: what is weak, incomplete or a part of a year never stands among statistics unmarked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

import etl
from etl.errors import ExpectationError
from etl.periods import build_fiscal_year
from etl.provenance import seal_input
from etl.schemas import TABLES
from etl.snapshot.wording import SERIES_TITLES
from etl.sources.reported_figures import SOURCE
from etl.validate import list_rules
from etl.vocabulary import INDICATORS
from tests.etl.workbench import Workbench
from tests.judge.frames import build_observation

ROW = {
    "indicator": "crude_oil_imports",
    "ref_area": "IND",
    "counterpart_area": "RUS",
    "commodity": "2709",
    "value": "7.5",
    "unit": "USD billion",
    "period_basis": "part_year",
    "period_start": "2031-04-01",
    "period_end": "2031-08-31",
    "obs_status": "P",
    "reported_by": "The Daily Example",
    "reported_on": "2031-10-02",
    "url": "https://example.org/crude",
    "confidence": "medium",
}
Add = Callable[..., Workbench]


@pytest.fixture
def add(workbench: Workbench) -> Add:
    """A workbench with a compiled file of the rows asked for, each the usual one with some cells changed."""

    def write(*changes: dict[str, str]) -> Workbench:
        folder = workbench.datasets / "sources" / "reported" / "2031-10-02"
        folder.mkdir(parents=True)
        rows = [",".join((ROW | change).get(name, "") for name in SOURCE.columns) for change in changes]
        file = folder / "figures.csv"
        file.write_text("\n".join((",".join(SOURCE.columns), *rows)) + "\n", encoding="utf-8")
        sidecar = workbench.find_file("india_moc_fiscal_years").with_suffix(".csv.toml").read_text("utf-8")
        sidecar = sidecar.replace('source_id = "india_moc_fiscal_years"', 'source_id = "reported"')
        day = 'vintage = "2031-10-02"'
        lines = [day if line.startswith("vintage =") else line for line in sidecar.splitlines()]
        (folder / "figures.csv.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        seal_input(file)
        return workbench

    return write


def read_rows(snapshot: etl.Snapshot) -> list[dict[str, object]]:
    return snapshot.observations(source_id="reported", derivation=None).collect().to_dicts()


def test_a_figure_keeps_its_outlet_day_address_and_how_sure_it_is_to_the_drawer(add: Add) -> None:
    snapshot = add({}).build()
    (row,) = read_rows(snapshot)
    lines = {line.label: (line.text, line.url) for line in snapshot.evidence(str(row["obs_id"])).says}

    assert row["obs_value"] == 7_500_000_000
    assert lines["As reported by"] == ("The Daily Example, 2 October 2031", "https://example.org/crude")
    assert lines["Known by"][0] == "2 October 2031, printed by The Daily Example"
    assert lines["Confidence"][0] == "one good sighting"


def test_a_figure_of_low_confidence_is_set_aside_and_never_a_statistic(add: Add) -> None:
    snapshot = add({}, {"value": "8.5", "confidence": "low", "reported_on": "2031-10-03"}).build()

    assert [row["obs_value"] for row in read_rows(snapshot)] == [7.5e9]
    assert snapshot.quarantine().collect()["reason"].to_list() == ["low_confidence"]


def test_a_lower_bound_has_no_upper_end_and_what_follows_from_it_has_none_either(add: Add) -> None:
    flow = {"commodity": "27", "completeness": "lower_bound", "indicator": "exports"}
    other = flow | {"indicator": "imports", "completeness": "named_only", "value": "2.5"}
    snapshot = add(flow, other).build()
    rows = snapshot.observations(source_id="reported", indicator=["exports", "bilateral_trade"]).collect()

    assert rows["completeness"].to_list() == ["lower_bound", "lower_bound"]
    assert rows["obs_low"].is_not_null().all()
    assert rows["obs_high"].is_null().all()


@pytest.mark.parametrize("basis", ["fiscal_year_in", "calendar_year"])
def test_a_part_of_a_year_under_the_name_of_a_year_is_set_aside(add: Add, basis: str) -> None:
    snapshot = add({}, {"period_basis": basis, "reported_on": "2031-10-03"}).build()

    assert len(read_rows(snapshot)) == 1
    (fault,) = snapshot.quarantine().collect().to_dicts()
    assert (fault["reason"], fault["column"]) == ("bad_period", "period_basis")


@pytest.mark.parametrize(("share", "stops"), [("3.0", False), ("4.0", True)])
def test_suppliers_that_are_all_listed_add_up_to_the_whole_or_stop_the_build(
    add: Add, share: str, stops: bool
) -> None:
    whole = {"completeness": "whole", "reported_by": "", "reported_on": "", "edition": "2031-10-02"}
    bench = add(
        whole | {"counterpart_area": "W00", "value": "10.5"}, whole, whole | {"ref_area": "IND", **_of(share)}
    )

    if stops:
        with pytest.raises(ExpectationError, match=r"the parts add up to 1\.15e\+10"):
            bench.build()
    else:
        assert len(read_rows(bench.build())) == 3


def _of(value: str) -> dict[str, str]:
    return {"counterpart_area": "IRQ", "value": value}


@pytest.mark.parametrize(
    ("column", "cell"),
    [("indicator", "oil"), ("unit", "barrels of beer"), ("counterpart_area", "XXX"), ("confidence", "good")],
)
def test_a_code_that_no_list_has_is_set_aside_with_its_column(add: Add, column: str, cell: str) -> None:
    snapshot = add({}, {column: cell, "reported_on": "2031-10-03"}).build()

    assert snapshot.quarantine().collect()["column"].to_list() == [column]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"completeness": "lower_bound", "obs_high": 2.0}, "incomplete_as_complete"),
        ({"confidence": "low"}, "low_confidence"),
        ({"period_end": date(2030, 12, 31)}, "unmarked_part"),
        ({"period_start": date(2030, 5, 1)}, "unmarked_part"),
    ],
)
def test_whatever_layout_gives_it_a_row_that_hides_what_it_lacks_breaks_a_rule(
    change: dict[str, object], reason: str
) -> None:
    year = build_fiscal_year(2030)
    fine = build_observation(year, 1.5, vintage=date(2031, 6, 1), confidence="high", completeness="whole")
    table = pl.DataFrame([fine, fine | change], schema=TABLES["observations"].list_columns(), orient="row")
    broken = {
        rule.reason: table.select(rule.breaks.fill_null(False)).to_series().to_list()
        for rule in list_rules("observations")
    }

    assert {name for name, found in broken.items() if found[1]} == {reason}
    assert not any(found[0] for found in broken.values())


def test_every_indicator_has_a_title_for_the_drawer() -> None:
    assert set(INDICATORS.codes) - set(SERIES_TITLES) == set()

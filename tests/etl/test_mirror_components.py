"""The parts of a mirror gap: they add up to it exactly, and what is not known is not a number."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.errors import InputError
from etl.reconcile.assumptions import ASSUMPTIONS, MirrorAssumptions, load_assumptions
from etl.reconcile.derivation import exact
from etl.reconcile.mirror_components import derive_mirror_components, find_freight
from etl.snapshot.wording import write_sum
from tests.conftest import DATASETS

PARTS = ("valuation", "timing", "coverage", "residual")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def assumptions() -> MirrorAssumptions:
    """What the datasets declare."""
    return load_assumptions(DATASETS)


def find_parts(rows: list[Row], year: str) -> dict[str, Row]:
    """The gap of one year and its parts by name."""
    chosen = [row for row in rows if row["time_period"] == year and row["indicator"].startswith("mirror_gap")]
    return {row["indicator"].removeprefix("mirror_gap").removeprefix("_") or "gap": row for row in chosen}


def list_rows(snapshot: etl.Snapshot) -> list[Row]:
    """All observations of a snapshot."""
    return snapshot.table("observations").to_dicts()


def derive_without_months(
    snapshot: etl.Snapshot, assumptions: MirrorAssumptions, *months: str
) -> dict[str, dict[str, Row]]:
    """The parts by year, worked out again from a table that lacks some months of imports."""
    lacking = (pl.col("indicator") == "imports") & pl.col("time_period").is_in(list(months))
    table = snapshot.table("observations").filter(~lacking)
    rows = derive_mirror_components(table, assumptions=assumptions)
    return {year: find_parts(rows, year) for year in {row["time_period"] for row in rows}}


def add_up(parts: dict[str, Row]) -> Decimal:
    """The known parts and the rest, added as they stand in the rows."""
    known = (parts[name] for name in PARTS if parts[name]["obs_value"] is not None)
    return sum((exact(row) for row in known), Decimal(0))


# By hand from the published months and from the seller's exports, in US dollars.
# 2013: imports 3,781.65 m, exports 6,982.660214 m; January 2013 287.14 m, January 2014 301.27 m.
# 2019: imports 6,236.95 m, exports 7,237.262847 m; January 2019 375.17 m, January 2020 1,005.18 m.
@pytest.mark.parametrize(
    ("year", "gap", "valuation", "timing", "residual"),
    [
        ("2013", -3_201_010_214.00, 214_055_660.38, -14_130_000.00, -3_400_935_874.38),
        ("2019", -1_000_312_847.00, 353_034_905.66, -630_010_000.00, -723_337_752.66),
    ],
)
def test_the_parts_of_two_gaps_are_those_worked_out_by_hand(
    built_snapshot: etl.Snapshot, year: str, gap: float, valuation: float, timing: float, residual: float
) -> None:
    parts = find_parts(list_rows(built_snapshot), year)

    found = [parts[name]["obs_value"] for name in ("gap", "valuation", "timing", "coverage", "residual")]
    assert found == [gap, valuation, timing, None, residual]


def test_known_parts_and_the_rest_add_up_to_every_gap_to_the_cent(built_snapshot: etl.Snapshot) -> None:
    rows = list_rows(built_snapshot)
    years = [row["time_period"] for row in rows if row["indicator"] == "mirror_gap"]

    assert len(years) == 11
    for year in years:
        parts = find_parts(rows, year)
        assert add_up(parts) == exact(parts["gap"]), year


def test_every_part_has_a_gap_and_every_range_holds_its_value(built_snapshot: etl.Snapshot) -> None:
    rows = list_rows(built_snapshot)
    gaps = {(row["ref_area"], row["time_period"]) for row in rows if row["indicator"] == "mirror_gap"}
    parts = [row for row in rows if row["indicator"].startswith("mirror_gap_")]

    assert {(row["ref_area"], row["time_period"]) for row in parts} == gaps
    assert len(parts) == len(PARTS) * len(gaps)
    for row in (row for row in parts if row["obs_value"] is not None):
        assert row["obs_low"] <= row["obs_value"] <= row["obs_high"], row["obs_id"]
        assert row["obs_status"] == "E"


def test_freight_ranges_from_the_newer_rule_to_the_older_one(built_snapshot: etl.Snapshot) -> None:
    valuation = find_parts(list_rows(built_snapshot), "2013")["valuation"]

    # Thirty thousand dollars more or less are the rounding of twelve printed months.
    assert valuation["obs_low"] == pytest.approx(3_781_650_000 * 6 / 106, abs=10_000)
    assert valuation["obs_high"] == pytest.approx(3_781_650_000 * 10 / 110, abs=10_000)
    assert valuation["note"].startswith("6 per cent ")


@pytest.mark.parametrize("year", ["2009", "2013", "2018"])
def test_timing_is_the_year_less_the_same_twelve_months_shifted(
    built_snapshot: etl.Snapshot, year: str
) -> None:
    rows = list_rows(built_snapshot)
    monthly = {
        row["time_period"]: exact(row)
        for row in rows
        if row["indicator"] == "imports" and row["period_basis"] == "month"
    }
    following = int(year) + 1
    labels = [f"{year}-{month:02d}" for month in range(1, 13)] + [f"{following}-01", f"{following}-02"]
    shifted = [
        sum(monthly[label] for label in labels[:12])
        - sum(monthly[label] for label in labels[start : start + 12])
        for start in (0, 1, 2)
    ]

    timing = find_parts(rows, year)["timing"]

    rounding = 20_001
    assert exact(timing) == shifted[1]
    assert timing["obs_low"] == pytest.approx(float(min(shifted)), abs=rounding)
    assert timing["obs_high"] == pytest.approx(float(max(shifted)), abs=rounding)


def test_a_range_says_which_voyage_it_lacks_the_months_for(built_snapshot: etl.Snapshot) -> None:
    timing = find_parts(list_rows(built_snapshot), "2019")["timing"]

    assert timing["note"].endswith("without 2: imports of February 2020 are not in the data.")
    assert timing["obs_high"] == pytest.approx(0, abs=0.5)


def test_the_rest_is_as_uncertain_as_the_gap_and_its_parts_together(built_snapshot: etl.Snapshot) -> None:
    parts = find_parts(list_rows(built_snapshot), "2013")
    gap, valuation, timing, residual = (parts[name] for name in ("gap", "valuation", "timing", "residual"))

    lowest = gap["obs_low"] - valuation["obs_high"] - timing["obs_high"]
    highest = gap["obs_high"] - valuation["obs_low"] - timing["obs_low"]
    assert (residual["obs_low"], residual["obs_high"]) == (pytest.approx(lowest), pytest.approx(highest))


@pytest.mark.parametrize(
    ("part", "sum_text"),
    [
        ("valuation", "$3,781.65 m × 6 / 106 = $214.06 m"),
        ("timing", "$287.14 m − $301.27 m = −$14.13 m"),
        ("coverage", "part of −$3,201.01 m = not available"),
        ("residual", "−$3,201.01 m − $214.06 m − (−$14.13 m) = −$3,400.94 m"),
    ],
)
def test_a_drawer_writes_a_part_as_a_sum_to_repeat(
    built_snapshot: etl.Snapshot, part: str, sum_text: str
) -> None:
    row = find_parts(list_rows(built_snapshot), "2013")[part]

    workings = built_snapshot.evidence(row["obs_id"]).workings

    assert workings[0].sum_text == sum_text
    assert len({working.sum_text for working in workings}) == len(workings)


def test_timing_without_its_months_is_not_available_and_never_zero(
    built_snapshot: etl.Snapshot, assumptions: MirrorAssumptions
) -> None:
    parts = derive_without_months(built_snapshot, assumptions, "2014-01")["2013"]

    timing, residual = parts["timing"], parts["residual"]
    assert timing["vintage"] == residual["vintage"]
    assert (timing["obs_value"], timing["obs_low"], timing["obs_high"]) == (None, None, None)
    assert timing["obs_status"] == "L"
    assert timing["note"] == "Not known: imports of January 2014 are not in the data."
    assert "coverage and timing" in residual["note"]
    assert add_up(parts) == exact(find_parts(list_rows(built_snapshot), "2013")["gap"])


def test_a_voyage_of_two_months_moves_the_first_two_of_the_year(
    built_snapshot: etl.Snapshot, assumptions: MirrorAssumptions
) -> None:
    longer = assumptions.model_copy(
        update={"voyage": assumptions.voyage.model_copy(update={"months": 2, "low": 1})}
    )
    table = built_snapshot.table("observations")

    timing = find_parts(derive_mirror_components(table, assumptions=longer), "2013")["timing"]

    by_id = {row["obs_id"]: row for row in table.to_dicts()}
    operands = [by_id[row_id] for row_id in timing["derivation"].partition("(")[2].rstrip(")").split(";")]
    assert write_sum("arrivals_shifted", operands, timing) == (
        "$287.14 m + $206.96 m − ($301.27 m + $327.92 m) = −$135.09 m"
    )
    assert timing["note"].startswith("2 months on the way")


def test_no_verdict_rests_on_a_part_of_a_gap(built_snapshot: etl.Snapshot) -> None:
    named = ";".join(built_snapshot.table("verdicts")["reference_ids"].drop_nulls())

    assert named
    assert "mirror_gap_" not in named


def test_coverage_has_no_value_and_says_why_in_one_sentence(built_snapshot: etl.Snapshot) -> None:
    coverage = find_parts(list_rows(built_snapshot), "2013")["coverage"]

    assert (coverage["obs_value"], coverage["obs_status"]) == (None, "M")
    assert coverage["note"].count(".") == 1
    assert built_snapshot.evidence(coverage["obs_id"]).headline == "not available"


def test_imports_that_are_not_cif_hold_no_freight_that_could_be_taken_off(
    built_snapshot: etl.Snapshot, assumptions: MirrorAssumptions
) -> None:
    table = built_snapshot.table("observations").with_columns(
        valuation=pl.when(pl.col("valuation") == "CIF").then(pl.lit("none")).otherwise("valuation")
    )

    parts = find_parts(derive_mirror_components(table, assumptions=assumptions), "2013")

    assert (parts["valuation"]["obs_value"], parts["valuation"]["obs_status"]) == (None, "M")
    assert parts["residual"]["obs_value"] == pytest.approx(-3_201_010_214.00 + 14_130_000.00, abs=0.001)


def test_a_part_is_known_no_earlier_than_its_gap(built_snapshot: etl.Snapshot) -> None:
    parts = find_parts(list_rows(built_snapshot), "2013")

    assert {row["vintage"] for row in parts.values()} == {parts["gap"]["vintage"]}


CENTS = st.integers(0, 10**14).map(lambda cents: Decimal(cents) / 100)
PER_CENT = st.integers(0, 9_999).map(lambda hundredths: Decimal(hundredths) / 100)


@given(bought=CENTS, sold=CENTS, january=CENTS, next_january=CENTS, per_cent=PER_CENT)
def test_parts_add_up_exactly_whatever_the_amounts(
    built_snapshot: etl.Snapshot,
    assumptions: MirrorAssumptions,
    bought: Decimal,
    sold: Decimal,
    january: Decimal,
    next_january: Decimal,
    per_cent: Decimal,
) -> None:
    margin = assumptions.freight_and_insurance.model_copy(
        update={"per_cent": per_cent, "low": per_cent, "high": per_cent}
    )
    changed = {"imports 2013": bought, "mirror_gap 2013": bought - sold}
    changed |= {"imports 2013-01": january, "imports 2014-01": next_january}

    rows = derive_mirror_components(
        replace_values(built_snapshot, changed),
        assumptions=assumptions.model_copy(update={"freight_and_insurance": margin}),
    )

    assert add_up(find_parts(rows, "2013")) == bought - sold


def replace_values(snapshot: etl.Snapshot, changed: dict[str, Decimal]) -> pl.DataFrame:
    """Rows of 2013 with other amounts, exact ones, named by indicator and period."""
    named = pl.concat_str("indicator", "time_period", separator=" ")
    values = {name: float(amount) for name, amount in changed.items()}
    return (
        snapshot.table("observations")
        .filter(named.is_in(list(values)) & (pl.col("ref_area") == "IND"))
        .with_columns(obs_value=named.replace_strict(values, return_dtype=pl.Float64))
        .with_columns(obs_low=pl.col("obs_value"), obs_high=pl.col("obs_value"))
    )


@given(cif=CENTS, per_cent=PER_CENT)
def test_freight_is_so_much_per_cent_of_what_is_left_without_it(cif: Decimal, per_cent: Decimal) -> None:
    freight = find_freight(cif, per_cent=per_cent)

    assert freight == freight.quantize(Decimal("0.01"))
    assert abs((cif - freight) * per_cent / 100 - freight) <= Decimal("0.01")


@pytest.fixture
def lookups(tmp_path: Path) -> Path:
    """A datasets folder that holds the assumptions and nothing else."""
    (tmp_path / ASSUMPTIONS).parent.mkdir()
    shutil.copy(DATASETS / ASSUMPTIONS, tmp_path / ASSUMPTIONS)
    return tmp_path


@pytest.mark.parametrize(
    ("printed", "damaged", "complaint"),
    [
        ('per_cent = "6"', 'per_cent = "11"', "per_cent must lie between low and high"),
        ('per_cent = "6"', 'per_cent = "a tenth"', "valid decimal"),
        ('high = "10"', 'high = "100"', "less than 100"),
        ("months = 1", "months = 3", "months must lie between low and high"),
        ("months = 1", "months = 0", "greater than or equal to 1"),
        ("high = 2", "high = 7", "less than or equal to 6"),
        ("months = 1", "month = 1", "Extra inputs"),
        ("[voyage]", "[voyage", "not the assumptions"),
    ],
)
def test_assumptions_that_say_something_else_stop_the_build(
    lookups: Path, printed: str, damaged: str, complaint: str
) -> None:
    path = lookups / ASSUMPTIONS
    text = path.read_text(encoding="utf-8")
    assert text.count(printed) == 1
    path.write_text(text.replace(printed, damaged), encoding="utf-8")

    with pytest.raises(InputError, match=complaint) as refused:
        load_assumptions(lookups)

    assert ASSUMPTIONS in str(refused.value)


def test_missing_assumptions_stop_the_build(lookups: Path) -> None:
    (lookups / ASSUMPTIONS).unlink()

    with pytest.raises(InputError, match="the file is missing"):
        load_assumptions(lookups)

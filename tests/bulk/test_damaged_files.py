"""Damaged bulk files: refused, or read to the same numbers as the reader of excerpts gives."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl
from tests.bulk.bulk_files import convert, read_flows
from tests.bulk.fuzz import SAMPLES, count_bulk
from tests.sources.damages import fuzz_file
from tests.sources.read_back import read_back
from tests.sources.test_baci import write_sample

CASES = 40
Flows = dict[tuple[str, str, str, str], float]


def read_excerpt(content: bytes) -> Flows | None:
    """Flows through the reader of excerpts, or None where it refuses the file."""
    try:
        back = read_back(content)
    except (etl.InputError, etl.ExpectationError):
        return None
    return {
        (row["time_period"], row["ref_area"], row["counterpart_area"], row["commodity"]): row["obs_value"]
        for row in back.rows
    }


def test_damage_never_gives_a_number_that_the_reader_of_excerpts_does_not(tmp_path: Path) -> None:
    path = tmp_path / "baci.csv"
    compared = 0
    for damage in fuzz_file(write_sample(), seed=7, cases=CASES):
        path.write_bytes(damage.content)
        expected = read_excerpt(damage.content)
        try:
            flows = read_flows(convert(path))
        except (etl.InputError, etl.ExpectationError):
            continue
        found = {
            (str(row["year"]), row["exporter"], row["importer"], row["commodity"]): row["value_usd"]
            for row in flows.to_dicts()
        }
        if expected is not None:
            compared += 1
            assert found.items() <= expected.items(), str(damage)
    assert compared > CASES // 2


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baci.csv"
    path.write_bytes(write_sample().decode().encode("utf-16"))
    with pytest.raises(etl.InputError):
        convert(path)


@pytest.mark.parametrize("layout", SAMPLES)
def test_damage_changes_only_the_flows_that_it_touched(layout: str) -> None:
    assert count_bulk(layout, cases=CASES).total() == CASES


@pytest.mark.slow
@pytest.mark.parametrize("layout", SAMPLES)
def test_no_damage_gives_a_flow_that_is_silently_wrong(layout: str, fresh_seed: int) -> None:
    assert count_bulk(layout, seed=fresh_seed, cases=600).total() == 600

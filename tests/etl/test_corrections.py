"""Corrections: a published value changed in the open, as long as its guard holds."""

from __future__ import annotations

import pytest

import etl
from etl.errors import CorrectionError
from tests.etl.workbench import Workbench

SHARE = "arms_import_share.IND.RUS.window.2009-13.sipri_fact_sheets.2014-03-31"
TERMS = """
obs_id = "{obs_id}"
expect = {expect}
replace_with = 75.5
what = "printed one half too low"
why = "a test"
reported_to = ""
reported_on = ""
status = "{status}"
"""


def declare(workbench: Workbench, *, obs_id: str = SHARE, expect: float = 75.0, status: str = "open") -> None:
    """One correction among the datasets."""
    path = workbench.datasets / "corrections" / "half-too-low.toml"
    path.write_text(TERMS.format(obs_id=obs_id, expect=expect, status=status), encoding="utf-8")


def test_a_correction_changes_the_value_and_says_so_in_the_note(workbench: Workbench) -> None:
    declare(workbench)

    (row,) = workbench.build().observations(obs_id=SHARE).collect().to_dicts()

    assert row["obs_value"] == 75.5
    assert row["note"] == "Corrected from 75 by half-too-low: printed one half too low"


def test_a_correction_whose_guard_fails_stops_the_build(workbench: Workbench) -> None:
    declare(workbench, expect=74.0)

    with pytest.raises(CorrectionError, match=r"expected 74\.0 .* found 75\.0.*remove the correction"):
        workbench.build()


def test_a_correction_of_a_row_that_is_not_there_stops_the_build(workbench: Workbench) -> None:
    declare(workbench, obs_id="nothing")

    with pytest.raises(CorrectionError, match="no such row"):
        workbench.build()


def test_a_rejected_correction_is_not_applied(workbench: Workbench) -> None:
    declare(workbench, status="rejected")

    assert workbench.build().observations(obs_id=SHARE).collect()["obs_value"].item() == 75.0


def test_a_file_that_is_no_correction_stops_the_build(workbench: Workbench) -> None:
    (workbench.datasets / "corrections" / "scribble.toml").write_text("what = 1\n", encoding="utf-8")

    with pytest.raises(etl.InputError, match=r"corrections/scribble\.toml: not a correction"):
        workbench.build()

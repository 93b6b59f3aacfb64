"""A figure read second-hand is never its publisher's alone: whatever names the one names the other."""

from __future__ import annotations

import pytest

import etl
from dashboard.views.editions import shorten_by_row, shorten_sources
from etl.snapshot.wording import format_outlets

SECOND_HAND = "arms_import_share.IND.RUS.window.2019-23.sipri_fact_sheets.2024-03-11"
FIRST_HAND = "arms_import_share.IND.RUS.window.2009-13.sipri_fact_sheets.2014-03-31"
SAID = "SIPRI via Deccan Herald"


def test_the_drawer_and_the_citation_name_the_outlet(built_snapshot: etl.Snapshot) -> None:
    evidence = built_snapshot.evidence(SECOND_HAND)

    assert ("Publisher", SAID) in {(line.label, line.text) for line in evidence.says}
    assert "Via Deccan Herald, 11 March 2024." in evidence.citation


def test_another_edition_in_the_drawer_is_named_with_its_outlet(built_snapshot: etl.Snapshot) -> None:
    rows = built_snapshot.observations(
        indicator="arms_import_share", time_period="2019-23", counterpart_area="RUS", source_id="sipri_tiv"
    ).collect()

    labels = {other.label for other in built_snapshot.evidence(rows["obs_id"][0]).others}
    assert f"{SAID}, March 2024" in labels


def test_lines_of_sources_name_the_outlets(built_snapshot: etl.Snapshot) -> None:
    by_row = shorten_by_row(built_snapshot, [SECOND_HAND])[SECOND_HAND]["sipri_fact_sheets"]
    together = shorten_sources(built_snapshot, [SECOND_HAND])["sipri_fact_sheets"]
    listed = next(entry.text for entry in built_snapshot.list_footnotes() if entry.key == "sipri_fact_sheets")

    assert by_row.endswith("via Deccan Herald")
    assert together.endswith("via Deccan Herald")
    assert " via Millennium Post and " in listed


def test_a_publishers_own_release_is_no_outlet(built_snapshot: etl.Snapshot) -> None:
    (row,) = built_snapshot.observations(obs_id=FIRST_HAND).collect().to_dicts()

    assert row["as_reported_by"] is None
    assert " via " not in built_snapshot.evidence(FIRST_HAND).citation


def test_a_sum_made_by_whoever_compiled_the_file_is_no_outlet(built_snapshot: etl.Snapshot) -> None:
    outlets = built_snapshot.observations(source_id="india_moc_fiscal_years").collect()["as_reported_by"]

    assert not any(outlet.startswith("summed") for outlet in outlets.drop_nulls())


@pytest.mark.parametrize(
    ("outlets", "said"),
    [
        ([], ""),
        (["PTI"], " via PTI"),
        (["PTI", "PTI"], " via PTI"),
        (["PTI", "CNBC"], " via PTI and CNBC"),
        (["PTI", "CNBC", "AP"], " via PTI and 2 other outlets"),
    ],
)
def test_of_many_outlets_the_first_is_named_and_the_others_counted(outlets: list[str], said: str) -> None:
    assert format_outlets(outlets) == said

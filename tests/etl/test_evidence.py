"""Evidence: every row of a snapshot answers for itself."""

from __future__ import annotations

from datetime import date

import pytest

import etl

SHARE = "arms_import_share.IND.RUS.window.2009-13.sipri_fact_sheets.2019-03-31"
TWENTY_SEVEN = "reaffirm-defence-partnership.trade-end-2022"


def list_row_ids(snapshot: etl.Snapshot) -> list[str]:
    """The ids of everything that evidence can be asked of."""
    tables = {
        "observations": "obs_id",
        "claims": "claim_id",
        "deals": "deal_id",
        "milestones": "milestone_id",
    }
    return [row_id for table, column in tables.items() for row_id in snapshot.table(table)[column]]


def test_every_row_says_where_it_comes_from(built_snapshot: etl.Snapshot) -> None:
    for row_id in list_row_ids(built_snapshot):
        evidence = built_snapshot.evidence(row_id)
        labels = {line.label for line in evidence.says}
        assert labels & {"Read from", "Worked out from", "Document"}, row_id
        assert evidence.footnotes, row_id
        assert built_snapshot.snapshot_id in evidence.citation, row_id


def test_every_derived_value_shows_its_sum_and_its_operands(built_snapshot: etl.Snapshot) -> None:
    derived = built_snapshot.table("observations").drop_nulls("derivation")

    for row_id in derived["obs_id"]:
        working = built_snapshot.evidence(row_id).workings[0]
        assert " = " in working.sum_text, row_id
        assert working.operands, row_id


def test_a_published_share_shows_its_other_editions_newest_first(built_snapshot: etl.Snapshot) -> None:
    others = built_snapshot.evidence(SHARE).others

    assert [other.vintage for other in others] == sorted((other.vintage for other in others), reverse=True)
    assert ("SIPRI, March 2014", "75%") in {(other.label, other.value_text) for other in others}
    assert ("Business Standard", "76 per cent") in {(other.label, other.value_text) for other in others}


def test_a_value_names_the_claims_that_were_held_against_it(built_snapshot: etl.Snapshot) -> None:
    (citing,) = built_snapshot.evidence(SHARE).cited_by

    assert (citing.stated_as, citing.verdict) == ("76 per cent", "supported")


def test_a_claim_shows_its_verdict_then_and_now_with_four_references(built_snapshot: etl.Snapshot) -> None:
    then, now = built_snapshot.evidence(TWENTY_SEVEN).judgements

    assert (then.occasion, now.occasion) == ("printing", "snapshot")
    assert [reference.value_text for reference in now.references] == [
        "$13.12 bn",
        "$18.23 bn",
        "$35 bn",
        "$43.6 bn",
    ]


def test_a_claims_place_is_a_position_and_never_its_sentence(built_snapshot: etl.Snapshot) -> None:
    places = [
        line.text
        for claim_id in built_snapshot.table("claims")["claim_id"]
        for line in built_snapshot.evidence(claim_id).says
        if line.label == "Place in the text"
    ]

    assert len(places) == built_snapshot.table("claims").height
    assert all(place.startswith("paragraph ") and ", characters " in place for place in places)


def test_an_unknown_row_is_refused_by_name(built_snapshot: etl.Snapshot) -> None:
    with pytest.raises(etl.UnknownRowError, match="no observation, claim, deal or milestone 'nothing'"):
        built_snapshot.evidence("nothing")


def test_flat_rows_carry_source_licence_and_snapshot(built_snapshot: etl.Snapshot) -> None:
    rows = built_snapshot.find_rows(list_row_ids(built_snapshot))

    observed = rows.filter(kind="observation")
    assert observed["source_file"].null_count() == observed["licence"].null_count() == 0
    assert rows.filter(kind="claim")["document_title"].null_count() == 0
    assert set(rows["snapshot_id"]) == {built_snapshot.snapshot_id}


def test_footnotes_are_numbered_without_gaps_documents_first(built_snapshot: etl.Snapshot) -> None:
    footnotes = built_snapshot.list_footnotes()

    assert [footnote.number for footnote in footnotes] == list(range(1, len(footnotes) + 1))
    kinds = [footnote.kind for footnote in footnotes]
    assert kinds == sorted(kinds)


def test_a_snapshot_of_an_earlier_day_knows_only_what_was_out(built_snapshot: etl.Snapshot) -> None:
    earlier = etl.open_snapshot(built_snapshot.folder, as_of=date(2018, 12, 31))

    known = earlier.observations(indicator="arms_import_share", time_period="2009-13").collect()
    assert known["obs_value"].to_list() == [75.0]
    assert earlier.table("claims").is_empty()


def test_a_claim_is_judged_again_for_an_earlier_day(built_snapshot: etl.Snapshot) -> None:
    earlier = etl.open_snapshot(built_snapshot.folder, as_of=date(2026, 1, 31))

    verdict = earlier.verdicts(
        claim_id="business-standard-2025-12-05.share-2019-23", occasion="snapshot"
    ).collect()
    assert verdict["reference_vintage"].item() == date(2025, 1, 3)
    assert verdict["newest_period"].item() == "2020-24"


def test_every_row_of_an_earlier_day_still_says_where_it_comes_from(built_snapshot: etl.Snapshot) -> None:
    earlier = etl.open_snapshot(built_snapshot.folder, as_of=date(2023, 1, 1))

    for row_id in list_row_ids(earlier):
        assert earlier.evidence(row_id).footnotes

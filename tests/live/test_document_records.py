"""Documents compiled without their texts: each figure against the facts, and no place that nobody knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import etl

SCALES = {"percent": 1.0, "USD billion": 1e9, "INR crore": 1e7, "million tonnes": 1e6}
BARRELS = {"million barrels a day": 1e6}


@pytest.fixture(scope="module")
def compiled(facts_folder: Path) -> dict[str, dict[str, Any]]:
    """The documents of the facts by their id."""
    lines = (facts_folder / "documents_more" / "documents_more.jsonl").read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in map(json.loads, lines.splitlines())}


def test_each_record_has_the_title_publisher_and_address_of_the_facts(
    compiled: dict[str, dict[str, Any]], live_snapshot: etl.Snapshot
) -> None:
    rows = live_snapshot.documents(document_id=list(compiled)).collect().to_dicts()

    assert len(rows) >= 27
    for row in rows:
        fact = compiled[row["document_id"]]
        assert (row["title"], row["publisher"], row["url"]) == (
            fact["title"],
            fact["publisher"],
            fact["url"],
        )
        assert row["published_on"].isoformat().startswith(fact["published_on"])
        assert row["text_sha256"] is None


def test_each_claim_is_a_figure_of_its_document_and_is_judged(
    compiled: dict[str, dict[str, Any]], live_snapshot: etl.Snapshot
) -> None:
    rows = live_snapshot.claims(document_id=list(compiled)).collect().to_dicts()
    verdicts = set(live_snapshot.verdicts().collect()["claim_id"])

    assert len(rows) > 100
    for row in rows:
        figures = {
            (figure["stated_as"], abs(figure["value"]) * (SCALES | BARRELS)[figure["unit"]])
            for figure in compiled[row["document_id"]]["figures"]
        }
        fitting = [value for stated, value in figures if row["stated_as"] in stated]
        assert any(abs(abs(row["value"]) - value) <= 1e-9 * value for value in fitting), row["claim_id"]
        assert len(row["stated_as"].split()) <= 6
        assert row["claim_id"] in verdicts


def test_the_drawer_says_that_the_place_is_not_known(live_snapshot: etl.Snapshot) -> None:
    evidence = live_snapshot.evidence("latestly-2022-03-15.arms-import-share-rus-2012-17")
    lines = {line.label: line.text for line in evidence.says}

    assert lines["Place in the text"] == "not known: the text is not held"


@pytest.mark.parametrize(
    ("claim_id", "verdict"),
    [
        # Eleven months printed as a year, a window misprinted, and the share of the edition before.
        ("firstpost-2023-04-28.imports-rus-2022-23", "not_comparable"),
        ("latestly-2022-03-15.arms-import-share-rus-2012-17", "not_comparable"),
        ("tribune-2026-03-09.world-arms-import-share-ind-2021-25", "contradicted"),
        ("ndtv-2025-08-20.bilateral-trade-rus-2021", "contradicted"),
        ("cnbc-2025-08-21.bilateral-trade-rus-2024-25", "supported"),
    ],
)
def test_known_slips_of_reports_are_found(claim_id: str, verdict: str, live_snapshot: etl.Snapshot) -> None:
    (row,) = live_snapshot.verdicts(claim_id=claim_id, occasion="snapshot").collect().to_dicts()

    assert row["verdict"] == verdict


def test_a_president_who_gives_his_own_countrys_count_is_not_contradicted_by_the_other(
    live_snapshot: etl.Snapshot,
) -> None:
    rows = live_snapshot.claims(attributed_to="Vladimir Putin", indicator="bilateral_trade").collect()
    verdicts = live_snapshot.verdicts(claim_id=rows["claim_id"].to_list()).collect()["verdict"]

    assert rows.height >= 3
    assert "contradicted" not in set(verdicts)

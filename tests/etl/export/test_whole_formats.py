"""Claims, passages and references leave in the forms that their tools take in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import citeproc
import pytest
from citeproc.source.json import CiteProcJSON

import etl

STYLE = "harvard-cite-them-right"


@pytest.fixture(scope="session")
def claims(exported: Path) -> list[dict[str, Any]]:
    """The lines of the claims."""
    return [json.loads(line) for line in (exported / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def collection(exported: Path) -> dict[str, Any]:
    """The annotations."""
    read: dict[str, Any] = json.loads((exported / "annotations.jsonld").read_text(encoding="utf-8"))
    return read


def test_every_claim_is_one_line_with_its_place_and_terms(
    claims: list[dict[str, Any]], built_snapshot: etl.Snapshot
) -> None:
    table = built_snapshot.table("claims")
    assert [claim["claim_id"] for claim in claims] == table["claim_id"].to_list()
    for claim, row in zip(claims, table.to_dicts(), strict=True):
        assert (claim["stated_as"], claim["value"]) == (row["stated_as"], row["value"])
        assert claim["document"]["document_id"] == row["document_id"]
        assert claim["snapshot_id"] == built_snapshot.snapshot_id
        assert claim["licence"]
        assert claim["citation"]


def test_a_claim_has_its_verdict_then_and_now_with_the_arithmetic(claims: list[dict[str, Any]]) -> None:
    share = next(one for one in claims if one["claim_id"] == "business-standard-2025-12-05.share-2019-23")

    then, now = share["verdicts"]["then"], share["verdicts"]["now"]

    assert (then["verdict"], then["as_of"]) == ("supported", "2025-12-05")
    assert now["arithmetic"].startswith("5015 / 13856 = 36.2%")
    assert "arms_import_share.IND.RUS.window.2019-23.sipri_tiv.2026-02-12" in now["reference_ids"]


def test_annotations_are_a_collection_with_one_target_for_each_claim(
    collection: dict[str, Any], built_snapshot: etl.Snapshot
) -> None:
    items = collection["first"]["items"]
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert collection["total"] == len(items) == built_snapshot.table("claims").height
    assert len({item["id"] for item in items}) == len(items)
    assert {body["purpose"] for item in items for body in item["body"]} == {"describing", "assessing"}


def test_annotations_hold_no_text_of_a_passage_but_the_figure_as_printed(
    collection: dict[str, Any], built_snapshot: etl.Snapshot
) -> None:
    printed = set(built_snapshot.table("claims")["stated_as"])
    for item in collection["first"]["items"]:
        quote, position = item["target"]["selector"]
        assert set(quote) == {"type", "exact"}
        assert quote["exact"] in printed
        assert position["end"] - position["start"] == len(quote["exact"])


def test_citeproc_formats_every_document(exported: Path, built_snapshot: etl.Snapshot) -> None:
    items = json.loads((exported / "documents.csl.json").read_text(encoding="utf-8"))
    style = citeproc.CitationStylesStyle(STYLE, validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))

    printed = [str(entry) for entry in bibliography.bibliography()]

    for row in built_snapshot.table("documents").to_dicts():
        year = str(row["published_on"].year)
        date = rf"\((circa )?{year}\)"
        assert any(row["title"] in entry and re.search(date, entry) for entry in printed), printed
    assert any(built_snapshot.snapshot_id in entry for entry in printed)


def test_bibtex_has_one_balanced_entry_for_each_document(
    exported: Path, built_snapshot: etl.Snapshot
) -> None:
    text = (exported / "documents.bib").read_text(encoding="utf-8")

    keys = re.findall(r"^@\w+\{([^,]+),$", text, flags=re.MULTILINE)

    build = built_snapshot.snapshot_id.rpartition("-")[2]
    assert set(keys) >= {f"{name}:{build}" for name in built_snapshot.table("documents")["document_id"]}
    assert len(keys) == len(set(keys)) == built_snapshot.table("documents").height + 1
    assert text.count("{") == text.count("}")

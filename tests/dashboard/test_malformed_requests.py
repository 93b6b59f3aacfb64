"""Whatever is asked, every route answers in order: no error of the server's, nothing put into its pages."""

from __future__ import annotations

import logging
from collections import Counter

import pytest

import etl
from dashboard.rate_limits import LIMITED_VARIABLE
from dashboard.site.app import create_app
from tests.dashboard.malformed_requests import Generator, find_fault, send

SOME, MANY = 600, 40_000
SEED = 20_261_129


def list_known(snapshot: etl.Snapshot) -> tuple[str, ...]:
    """Ids and paths that the site knows, so that a request gets beyond its first check."""
    observation = str(snapshot.observations().collect()["obs_id"][0])
    claim = str(snapshot.claims().collect()["claim_id"][0])
    document = str(snapshot.documents().collect()["document_id"][0])
    return (
        *("arms", "trade", "share_by_window", "bilateral_trade", "india_russia", "observations", "csv"),
        *(snapshot.snapshot_id, observation, claim, document, "2022-10-31", "text", "share_by_window.svg"),
    )


@pytest.mark.parametrize("count", [SOME, pytest.param(MANY, marks=pytest.mark.slow)])
def test_malformed_requests_are_answered_in_order(
    count: int,
    built_snapshot: etl.Snapshot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv(LIMITED_VARIABLE, "off")
    server = create_app(built_snapshot)
    client = server.test_client()
    faults: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    with caplog.at_level(logging.ERROR):
        for asked in Generator(server, known=list_known(built_snapshot), seed=SEED + count).draw(count):
            answer = send(client, asked)
            statuses[answer.status_code] += 1
            if fault := find_fault(answer):
                faults[f"{fault}: {asked.method} {asked.path[:80]}?{asked.query[:120]}"] += 1
    assert faults == {}
    assert [record.getMessage()[:200] for record in caplog.records] == []
    assert {200, 400, 404, 405} <= set(statuses)

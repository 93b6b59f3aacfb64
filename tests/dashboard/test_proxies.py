"""Proxies in front: believed where their number is set, and nobody believed where it is not."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from werkzeug.test import Client

import etl
from dashboard.api import add_api
from dashboard.chart_cache import ChartCache
from dashboard.rate_limits import CHECKS_A_MINUTE, limit_rates
from dashboard.site.server import PROXIES_VARIABLE, read_proxies, trust_proxies
from dashboard.snapshot_store import SnapshotStore

HOME = "/api/v1"
FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}


def open_site(snapshot: etl.Snapshot, *, proxies: int) -> Client:
    """A client of the API, with its rates, behind so many proxies."""
    server = Flask(__name__)
    limit_rates(server)
    add_api(server, store=SnapshotStore(ChartCache(snapshot)))
    return Client(trust_proxies(server, count=proxies))


def read_next(client: Client, headers: dict[str, str]) -> str:
    """The address that an answer names of itself."""
    answer = client.get(f"{HOME}/claims?limit=1", headers=headers)
    address: str = json.loads(answer.get_data())["next"]
    return address.partition("/api/")[0]


def check_often(client: Client, addresses: list[str]) -> list[int]:
    """The statuses of checks sent one after the other under these addresses."""
    return [
        client.post(f"{HOME}/check", headers={"X-Forwarded-For": one}, json={"text": " "}).status_code
        for one in addresses
    ]


def list_addresses(count: int, *, behind: str = "") -> list[str]:
    """As many addresses, each another, as a client may forge them."""
    return [f"198.51.100.{number}{behind}" for number in range(count)]


def test_a_forged_address_buys_no_budget_by_default(built_snapshot: etl.Snapshot) -> None:
    client = open_site(built_snapshot, proxies=0)

    statuses = check_often(client, list_addresses(CHECKS_A_MINUTE + 1))

    assert 429 not in statuses[:-1]
    assert statuses[-1] == 429


def test_a_forged_host_is_in_no_answer_by_default(built_snapshot: etl.Snapshot) -> None:
    assert read_next(open_site(built_snapshot, proxies=0), FORGED) == "http://localhost"


def test_what_one_proxy_says_is_believed_where_one_is_in_front(built_snapshot: etl.Snapshot) -> None:
    client = open_site(built_snapshot, proxies=1)

    assert read_next(client, {**FORGED, "X-Forwarded-Host": "stats.example"}) == "https://stats.example"
    assert 429 not in check_often(client, list_addresses(CHECKS_A_MINUTE + 1))


def test_what_a_client_puts_before_the_proxys_own_word_is_not_believed(built_snapshot: etl.Snapshot) -> None:
    client = open_site(built_snapshot, proxies=1)

    statuses = check_often(client, list_addresses(CHECKS_A_MINUTE + 1, behind=", 192.0.2.7"))

    assert statuses[-1] == 429
    assert read_next(client, {"X-Forwarded-Host": "evil.example, stats.example"}) == "http://stats.example"


@pytest.mark.parametrize(("text", "count"), [("", 0), ("0", 0), (" 2 ", 2)])
def test_the_setting_is_a_number_and_none_where_it_is_not_set(
    text: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROXIES_VARIABLE, text)
    assert read_proxies() == count


@pytest.mark.parametrize("text", ["many", "-1", "10", "1.5", "²"])
def test_a_number_of_proxies_that_is_none_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PROXIES_VARIABLE, text)
    with pytest.raises(SystemExit) as leaving:
        read_proxies()
    assert leaving.value.code == 2
    assert PROXIES_VARIABLE in capsys.readouterr().err

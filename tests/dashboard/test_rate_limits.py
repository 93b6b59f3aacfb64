"""Rates: how often one client may ask, by what its questions cost."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

import etl
from dashboard.rate_limits import (
    CHECKS_A_MINUTE,
    LIMITED_VARIABLE,
    Rates,
    RateSettingError,
    limit_rates,
    name_client,
    read_is_limited,
)
from dashboard.site.app import create_app
from tests.dashboard.api.asking import HOME, read_problem

TEXT = "Russia supplied 36 per cent of India's arms imports in 2019-23."
CHECK_FORM = {"headers": {"X-Footnoted": "check"}, "data": {"text": TEXT}}


@dataclass
class WorkClock:
    """Time worked, which passes when a route says so."""

    worked: float = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.worked


def open_server(rates: Rates) -> FlaskClient:
    """A client of a server whose one route works for as many milliseconds as it is told."""
    server, clock = Flask(__name__), WorkClock()
    limit_rates(server, rates, work_clock=clock)

    @server.get("/busy/<int:milliseconds>")
    def work(milliseconds: int) -> str:
        clock.worked += milliseconds / 1000
        return "done"

    return server.test_client()


@pytest.fixture
def limited(built_snapshot: etl.Snapshot, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of the whole site with its usual rates."""
    monkeypatch.setenv(LIMITED_VARIABLE, "on")
    client: FlaskClient = create_app(built_snapshot).test_client()
    return client


def test_work_is_answered_until_the_minute_is_used_up() -> None:
    client = open_server(Rates(work_milliseconds=1000))
    statuses = [client.get("/busy/300").status_code for _ in range(6)]
    assert statuses == [200, 200, 200, 200, 429, 429]


def test_who_is_refused_is_told_when_to_come_back() -> None:
    client = open_server(Rates(work_milliseconds=100))
    client.get("/busy/200")
    refusal = client.get("/busy/0")
    assert refusal.status_code == 429
    assert 1 <= int(refusal.headers["Retry-After"]) <= 60
    assert f"Ask again in {refusal.headers['Retry-After']} s." in refusal.text


def test_an_answer_that_is_at_hand_costs_nothing() -> None:
    client = open_server(Rates(work_milliseconds=100))
    assert {client.get("/busy/3").status_code for _ in range(200)} == {200}


def test_one_client_does_not_use_up_the_minute_of_another() -> None:
    client = open_server(Rates(work_milliseconds=100))
    addresses = ["192.0.2.1", "192.0.2.1", "192.0.2.2"]
    statuses = [client.get("/busy/200", environ_base={"REMOTE_ADDR": each}).status_code for each in addresses]
    assert statuses == [200, 429, 200]


def test_the_neighbours_of_one_network_draw_on_one_minute() -> None:
    client = open_server(Rates(work_milliseconds=100))
    addresses = ["2001:db8:1:2::9", "2001:db8:1:2:3:4:5:6", "2001:db8:1:3::9"]
    statuses = [client.get("/busy/200", environ_base={"REMOTE_ADDR": each}).status_code for each in addresses]
    assert statuses == [200, 429, 200]


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        (None, "unknown"),
    ],
)
def test_a_client_is_an_address_or_the_network_that_one_client_has(address: str | None, client: str) -> None:
    assert name_client(address) == client


@given(workers=st.integers(1, 64))
def test_the_shares_of_all_workers_are_no_less_than_the_whole_and_little_more(workers: int) -> None:
    whole, share = Rates(), Rates().share(workers)
    assert whole.checks <= share.checks * workers < whole.checks + workers
    assert whole.work_milliseconds <= share.work_milliseconds * workers < whole.work_milliseconds + workers


def test_who_checks_too_much_by_the_api_is_told_when_to_come_back(limited: FlaskClient) -> None:
    answers = [
        limited.post(f"{HOME}/check", data=TEXT, content_type="text/plain")
        for _ in range(CHECKS_A_MINUTE + 1)
    ]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    read_problem(answers[-1], status=429, kind="too-many-requests")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert limited.get(f"{HOME}/health").status_code == 200


def test_the_pages_own_check_draws_on_the_same_rate_and_refuses_in_its_own_words(
    limited: FlaskClient,
) -> None:
    answers = [limited.post("/check/answer", **CHECK_FORM) for _ in range(CHECKS_A_MINUTE + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"]
    assert json.loads(answers[-1].text)["refused"].startswith("That is more than is answered")
    assert limited.post(f"{HOME}/check", data=TEXT, content_type="text/plain").status_code == 429


@pytest.mark.parametrize(("text", "is_limited"), [("", True), ("on", True), (" OFF ", False)])
def test_the_setting_turns_the_rates_off(
    text: str, is_limited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIMITED_VARIABLE, text)
    assert read_is_limited() is is_limited


def test_a_setting_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMITED_VARIABLE, "sometimes")
    with pytest.raises(RateSettingError, match="sometimes"):
        read_is_limited()

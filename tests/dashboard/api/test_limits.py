"""Budgets: how often one client may ask, and that counting it takes no more memory than it may."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from dashboard.api.limits import CHECK_RATE, Budget, Rate, name_client
from tests.dashboard.api.asking import HOME, open_api, read_problem

TEXT = "Russia supplied 36 per cent of India's arms imports in 2019-23."


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    now: float = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@given(waits=st.lists(st.floats(0, 5), max_size=60))
def test_never_more_is_answered_than_the_burst_and_what_grew_since(waits: list[float]) -> None:
    clock, rate = Clock(), Rate(burst=3, per_second=0.5)
    budget = Budget(rate, clock=clock)
    answered = 0
    for wait in waits:
        clock.now += wait
        answered += budget.take("192.0.2.1") == 0
    assert answered <= rate.burst + clock.now * rate.per_second + 1e-6


def test_whoever_waits_as_told_is_answered() -> None:
    clock = Clock()
    budget = Budget(Rate(burst=1, per_second=0.1), clock=clock)
    assert budget.take("192.0.2.1") == 0
    seconds = budget.take("192.0.2.1")
    assert seconds > 0
    clock.now += seconds
    assert budget.take("192.0.2.1") == 0


def test_what_costs_more_takes_more_of_the_budget() -> None:
    clock = Clock()
    budget = Budget(Rate(burst=20, per_second=1), clock=clock)
    assert [budget.take("192.0.2.1", cost=cost) for cost in (15, 10, 5)] == [0, 5, 0]


def test_one_client_does_not_use_up_the_budget_of_another() -> None:
    budget = Budget(Rate(burst=1, per_second=0.01))
    assert [budget.take(address) > 0 for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2")] == [
        False,
        True,
        False,
    ]


def test_of_more_clients_than_are_kept_the_longest_unseen_is_forgotten() -> None:
    budget = Budget(Rate(burst=1, per_second=0.01), kept=50)
    for number in range(500):
        budget.take(f"198.51.100.{number}x")
    assert len(budget) == 50
    assert budget.take("198.51.100.499x") > 0
    assert budget.take("198.51.100.1x") == 0


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        (None, "unknown"),
    ],
)
def test_a_client_is_an_address_or_the_network_that_one_client_has(address: str | None, client: str) -> None:
    assert name_client(address) == client


def test_who_checks_too_much_is_told_when_to_come_back(built_snapshot: etl.Snapshot) -> None:
    client = open_api(built_snapshot, is_limited=True)
    answers = [
        client.post(f"{HOME}/check", data=TEXT, content_type="text/plain")
        for _ in range(CHECK_RATE.burst + 1)
    ]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    read_problem(answers[-1], status=429, kind="too-many-requests")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 3
    assert client.get(f"{HOME}/claims").status_code == 200
    assert client.get(f"{HOME}/health").status_code == 200

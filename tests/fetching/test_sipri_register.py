"""SIPRI's backend: what is asked, and which answers are kept."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from etl.fetching import FetchError, RegisterSelection, UnusableAnswerError
from tests.fetching.conftest import FetchRegister, require_refusal
from tests.fetching.publisher_server import Publisher, Reply
from tests.fetching.recorded_shapes import DELIVERY, PAGE, write_catalogue, write_register

YEARS = RegisterSelection(2004, 2006)
RUSSIA = RegisterSelection(2004, 2006, suppliers=["Russia"], recipients=["India"])


def test_the_register_comes_as_the_text_that_the_site_gives(
    publisher: Publisher, fetch_register: FetchRegister
) -> None:
    publisher.answer_with(Reply(write_register(DELIVERY)))
    fetched = fetch_register(YEARS)
    assert fetched.path.suffix == ".csv"
    assert fetched.path.read_bytes() == base64.b64decode(json.loads(write_register(DELIVERY))["bytes"])
    assert fetched.notices == ()


def test_the_register_is_asked_for_with_filters(publisher: Publisher, fetch_register: FetchRegister) -> None:
    publisher.answer_with(Reply(write_catalogue()), Reply(write_register(DELIVERY, supplier="Russia")))
    fetch_register(RUSSIA)
    catalogue, asked = publisher.asked
    assert catalogue.path == "/countries/getAllCountriesTrimmed"
    assert (asked.method, asked.path) == ("POST", "/trades/trade-register-csv/")
    filters = {entry["field"]: entry for entry in json.loads(asked.body)["filters"]}
    assert list(filters) == [
        "Supplier",
        "Recipient",
        "Delivery year",
        "Order year",
        "opendeals",
        "exportOption",
    ]
    assert (filters["Supplier"]["listData"], filters["Recipient"]["listData"]) == ([1002], [1001])
    assert (filters["Delivery year"]["value1"], filters["Delivery year"]["value2"]) == (2004, 2006)


def test_a_party_that_sipri_does_not_have_is_named_with_the_nearest(
    publisher: Publisher, fetch_register: FetchRegister
) -> None:
    publisher.answer_with(Reply(write_catalogue()))
    with pytest.raises(FetchError, match=r"found 'Rusia'.*Nearest: Russia"):
        fetch_register(RegisterSelection(2004, 2006, suppliers=["Rusia"]))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (PAGE, "Down for maintenance"),
        (write_register(DELIVERY)[:-30], "not complete JSON"),
        (b'{"bytes": ""}', "an empty register"),
        (b'{"bytes": "%%%"}', "damaged"),
        (b'{"message": "Internal error"}', r"under .bytes.*Internal error"),
        (write_register(), "a register without rows"),
        (write_register(DELIVERY, header="a,b"), "no header with Supplier and Recipient"),
        (
            write_register(DELIVERY, years=("2000", "2006")),
            "other years than 2004 to 2006 .found '2000 to 2006'",
        ),
    ],
)
def test_a_register_that_is_none_is_refused(
    publisher: Publisher, fetch_register: FetchRegister, tmp_path: Path, body: bytes, words: str
) -> None:
    publisher.answer_with(Reply(body))
    require_refusal(lambda: fetch_register(YEARS), tmp_path, words=words)


def test_a_register_of_other_parties_is_refused(publisher: Publisher, fetch_register: FetchRegister) -> None:
    other = DELIVERY.replace("Russia", "France")
    publisher.answer_with(Reply(write_catalogue()), Reply(write_register(DELIVERY, other, supplier="Russia")))
    with pytest.raises(UnusableAnswerError, match=r"another supplier than Russia .found 'France'"):
        fetch_register(RUSSIA)


def test_a_part_of_the_register_that_claims_to_be_all_of_it_is_refused(
    publisher: Publisher, fetch_register: FetchRegister
) -> None:
    publisher.answer_with(Reply(write_catalogue()), Reply(write_register(DELIVERY)))
    with pytest.raises(UnusableAnswerError, match="says it is from all countries"):
        fetch_register(RUSSIA)


def test_a_register_of_the_other_kind_says_so(publisher: Publisher, fetch_register: FetchRegister) -> None:
    publisher.answer_with(Reply(write_register("India,Russia,x", header="Recipient,Supplier,Comments")))
    assert fetch_register(YEARS).notices == ("SIPRI answered with one row per order",)


def test_years_that_are_no_range_are_not_asked_for(fetch_register: FetchRegister) -> None:
    with pytest.raises(FetchError, match="no range of years"):
        fetch_register(RegisterSelection(2006, 2004))

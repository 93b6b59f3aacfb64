"""Asking over a bad line: retried, resumed, paced, and never a half file under a whole one's name."""

from __future__ import annotations

import gzip
import socket
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from etl.fetching import (
    Endpoint,
    FetchError,
    FetchSettings,
    RefusedError,
    UnreachableError,
    UnusableAnswerError,
)
from etl.fetching.cached_answers import hold_answer
from tests.fetching.conftest import FetchTrade
from tests.fetching.publisher_server import Publisher, Reply
from tests.fetching.recorded_shapes import write_trade

FINE = Reply(write_trade())
MARKED = {"ETag": '"edition-1"', "Accept-Ranges": "bytes"}


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of every wait, none of which is waited for."""
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


def list_files(folder: Path) -> list[str]:
    """Names of the visible files below a folder."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def test_a_fine_answer_becomes_a_file(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    publisher.answer_with(FINE)
    fetched = fetch_trade()
    assert fetched.path.read_bytes() == FINE.body
    assert fetched.path.name.startswith("comtrade-c-a-hs-699-2022-m-all-total_")
    assert not fetched.was_cached


def test_the_same_question_is_answered_from_the_cache(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    publisher.answer_with(FINE)
    first, second = fetch_trade(), fetch_trade()
    assert len(publisher.asked) == 1
    assert second.was_cached
    assert (second.path, second.retrieved_at) == (first.path, first.retrieved_at)


def test_an_old_answer_is_asked_for_again(
    publisher: Publisher, fetch_trade: FetchTrade, settings: FetchSettings
) -> None:
    publisher.answer_with(FINE, Reply(write_trade(records=2)))
    fetch_trade()
    fetched = fetch_trade(settings=replace(settings, keep_for=timedelta(0)))
    assert fetched.path.read_bytes() == write_trade(records=2)


def test_refreshing_asks_whatever_is_kept(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    publisher.answer_with(FINE)
    fetch_trade()
    assert not fetch_trade(is_refreshing=True).was_cached
    assert len(publisher.asked) == 2


def test_a_damaged_kept_answer_is_asked_for_again(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    publisher.answer_with(FINE)
    fetched = fetch_trade()
    (fetched.path.parent / "answer").write_bytes(b"{}")
    assert fetch_trade().path.read_bytes() == FINE.body
    assert len(publisher.asked) == 2


def test_two_server_errors_are_waited_out(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    troubles: list[str] = []
    publisher.answer_with(Reply(status=500), Reply(status=503), FINE)
    assert fetch_trade(tell=troubles.append).path.exists()
    assert troubles == [
        "attempt 1 of 3: status 500 Internal Server Error",
        "attempt 2 of 3: status 503 Service Unavailable",
    ]


def test_a_server_error_that_stays_is_told_with_its_words(
    publisher: Publisher, fetch_trade: FetchTrade, tmp_path: Path
) -> None:
    publisher.answer_with(Reply(b"<title>Out of order</title>", status=500))
    with pytest.raises(
        UnreachableError, match=r"GET http://.*status 500.*Out of order.*asked 3 times.*Ask again later"
    ):
        fetch_trade()
    assert len(publisher.asked) == 3
    assert list_files(tmp_path) == []


@pytest.mark.parametrize(
    "asked_wait",
    ["1", "Mon, 01 Jan 2024 00:00:00 GMT"],
    ids=["seconds", "a day that is over"],
)
def test_a_publisher_who_asks_to_wait_is_left_alone_so_long(
    publisher: Publisher, fetch_trade: FetchTrade, asked_wait: str, slept: list[float]
) -> None:
    publisher.answer_with(Reply(status=429, headers={"Retry-After": asked_wait}), FINE)
    fetch_trade()
    assert (max(slept) >= 1) == (asked_wait == "1")
    assert len(publisher.asked) == 2


def test_a_wait_beyond_patience_is_told_and_not_waited_for(
    publisher: Publisher, fetch_trade: FetchTrade
) -> None:
    publisher.answer_with(Reply(status=403, headers={"Retry-After": "86400"}))
    with pytest.raises(UnreachableError, match="wants to be left alone for 86400 s"):
        fetch_trade()
    assert len(publisher.asked) == 1


def test_a_publisher_who_stays_silent_is_given_up(
    publisher: Publisher, fetch_trade: FetchTrade, settings: FetchSettings
) -> None:
    publisher.answer_with(Reply(write_trade(), delay=0.3))
    with pytest.raises(UnreachableError, match="no answer in time"):
        fetch_trade(settings=replace(settings, silence_seconds=0.05))


def test_an_answer_that_takes_too_long_is_given_up(
    publisher: Publisher, fetch_trade: FetchTrade, settings: FetchSettings, tmp_path: Path
) -> None:
    publisher.answer_with(FINE)
    with pytest.raises(UnreachableError, match="the answer was not there after 0 seconds"):
        fetch_trade(settings=replace(settings, longest_seconds=0))
    assert not {"answer", "answer.json"} & set(list_files(tmp_path))


def test_after_a_time_out_the_question_is_asked_again(
    publisher: Publisher, fetch_trade: FetchTrade, settings: FetchSettings
) -> None:
    publisher.answer_with(Reply(write_trade(), delay=1.5), FINE)
    assert fetch_trade(settings=replace(settings, silence_seconds=1)).path.read_bytes() == FINE.body
    assert len(publisher.asked) >= 2


def test_an_answer_cut_off_goes_on_where_it_stopped(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    body = write_trade(records=4)
    whole = Reply(body, headers=MARKED, has_ranges=True)
    publisher.answer_with(replace(whole, cut_at=300), whole)
    assert fetch_trade().path.read_bytes() == body
    assert publisher.asked[1].headers["range"] == "bytes=300-"
    assert publisher.asked[1].headers["if-range"] == '"edition-1"'


def test_a_later_program_goes_on_where_an_earlier_one_stopped(
    publisher: Publisher, fetch_trade: FetchTrade, settings: FetchSettings, tmp_path: Path
) -> None:
    whole = Reply(write_trade(records=4), headers=MARKED, has_ranges=True)
    publisher.answer_with(replace(whole, cut_at=300), whole)
    with pytest.raises(UnreachableError, match="300 bytes are kept"):
        fetch_trade(settings=replace(settings, attempts=1))
    assert list_files(tmp_path) == ["answer.part", "answer.part.json"]
    fetched = fetch_trade()
    assert fetched.path.read_bytes() == whole.body
    assert list_files(tmp_path) == ["answer", "answer.json", fetched.path.name]


def test_a_new_edition_is_not_glued_to_half_of_the_old_one(
    publisher: Publisher, fetch_trade: FetchTrade
) -> None:
    old = Reply(write_trade(records=4), headers=MARKED, has_ranges=True, cut_at=300)
    new = Reply(write_trade(records=3), headers={"ETag": '"edition-2"'}, has_ranges=True)
    publisher.answer_with(old, new)
    assert fetch_trade().path.read_bytes() == new.body


def test_a_rest_that_does_not_fit_is_thrown_away(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    whole = Reply(write_trade(records=4), headers=MARKED)
    wrong = Reply(b"}", status=206, headers={**MARKED, "Content-Range": "bytes 7-7/8"})
    publisher.answer_with(replace(whole, cut_at=300), wrong, whole)
    assert fetch_trade().path.read_bytes() == whole.body
    assert "range" not in publisher.asked[2].headers


def test_without_a_mark_of_the_edition_a_cut_answer_starts_afresh(
    publisher: Publisher, fetch_trade: FetchTrade
) -> None:
    body = write_trade(records=4)
    publisher.answer_with(Reply(body, cut_at=300), Reply(body))
    assert fetch_trade().path.read_bytes() == body
    assert "range" not in publisher.asked[1].headers


def test_an_answer_cut_off_every_time_leaves_no_file(
    publisher: Publisher, fetch_trade: FetchTrade, tmp_path: Path
) -> None:
    publisher.answer_with(Reply(write_trade(records=4), cut_at=300))
    with pytest.raises(UnreachableError, match="cut off"):
        fetch_trade()
    assert not {"answer", "answer.json"} & set(list_files(tmp_path))


def test_a_packed_answer_is_unpacked(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    packed = gzip.compress(write_trade())
    publisher.answer_with(Reply(packed, headers={"Content-Encoding": "gzip"}))
    assert fetch_trade().path.read_bytes() == write_trade()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(gzip.compress(write_trade())[:-9], "gzip"), (b"not gzip", "gzip"), (write_trade(), "br")],
)
def test_an_answer_that_cannot_be_unpacked_is_refused(
    publisher: Publisher, fetch_trade: FetchTrade, body: bytes, encoding: str
) -> None:
    publisher.answer_with(Reply(body, headers={"Content-Encoding": encoding}))
    with pytest.raises(UnusableAnswerError, match="pack"):
        fetch_trade()


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_answer_beyond_the_limit_is_refused(
    publisher: Publisher, fetch_trade: FetchTrade, settings: FetchSettings, encoding: str
) -> None:
    body = b" " * 5000 if encoding == "identity" else gzip.compress(b" " * 5000)
    publisher.answer_with(Reply(body, headers={"Content-Encoding": encoding}))
    with pytest.raises(UnusableAnswerError, match="larger than 2,000 bytes"):
        fetch_trade(settings=replace(settings, largest_bytes=2000))


def test_offline_says_what_to_check(fetch_trade: FetchTrade, settings: FetchSettings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = Endpoint(f"http://127.0.0.1:{closed.getsockname()[1]}", pause_seconds=0)
        with pytest.raises(
            UnreachableError, match=r"could not be reached.*Check that this machine is online"
        ):
            fetch_trade(settings=replace(settings, comtrade=nowhere))


def test_trouble_names_the_older_answer_that_is_kept(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    publisher.answer_with(FINE, Reply(status=500))
    fetched = fetch_trade()
    with pytest.raises(UnreachableError, match=f"An answer of {fetched.retrieved_at.date()} is kept"):
        fetch_trade(is_refreshing=True)
    assert fetched.path.read_bytes() == FINE.body


def test_a_refusal_is_not_asked_again(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    publisher.answer_with(Reply(b'{"statusCode": 404, "message": "Resource not found"}', status=404))
    with pytest.raises(RefusedError, match=r"404 Not Found, 'Resource not found'"):
        fetch_trade()
    assert len(publisher.asked) == 1


def test_hosts_are_left_a_pause_even_by_another_program(
    publisher: Publisher, fetch_trade: FetchTrade, settings: FetchSettings, slept: list[float]
) -> None:
    publisher.answer_with(FINE)
    slow = replace(settings, comtrade=Endpoint(publisher.url, pause_seconds=600))
    for _ in range(3):
        fetch_trade(settings=slow, is_refreshing=True)
    # Nobody slept, so the turns lie ahead one pause after another. The first did not wait.
    assert [round(seconds / 600) for seconds in slept if seconds > 1] == [1, 2]


@pytest.mark.skipif(sys.platform == "win32", reason="needs file locks")
def test_a_second_program_waits_for_the_first(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    publisher.answer_with(FINE)
    fetched = fetch_trade()
    with (
        hold_answer(fetched.path.parent, fetched.question),
        pytest.raises(FetchError, match="another program is fetching the same answer"),
    ):
        fetch_trade()
    assert fetch_trade().was_cached


def test_a_cache_that_cannot_be_written_is_told(fetch_trade: FetchTrade, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder belongs", encoding="utf-8")
    with pytest.raises(FetchError, match=r"the cache cannot be used.*FOOTNOTED_CACHE"):
        fetch_trade()

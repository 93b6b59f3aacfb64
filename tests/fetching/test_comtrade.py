"""UN Comtrade: what is asked, with a key and without, and which answers are kept."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from etl.fetching import FetchError, RefusedError, TradeSelection, seal_fetched
from etl.fetching.comtrade import refuse_open_line
from tests.conftest import DATASETS
from tests.fetching.conftest import FetchTrade, require_refusal
from tests.fetching.publisher_server import Publisher, Reply
from tests.fetching.recorded_shapes import PAGE, write_trade

KEY = "made-up-key-0123456789"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (PAGE, r"a web page came instead of data \(found 'Down for maintenance'\)"),
        (write_trade()[:-20], "not complete JSON"),
        (b"", "not complete JSON"),
        (write_trade(records=0, error="Too many periods"), "refused the question .found 'Too many periods'"),
        (b'{"statusCode": 429, "message": "Slow down"}', "Slow down"),
        (b'{"errorObject": {"errorMessage": "No such reporter"}}', "No such reporter"),
        (write_trade(records=0), "without records.*the year may not be reported yet"),
        (b"[1, 2]", 'without records under "data"'),
        (b'{"data": {}}', 'without records under "data"'),
    ],
)
def test_a_comtrade_answer_that_is_none_is_refused(
    publisher: Publisher, fetch_trade: FetchTrade, tmp_path: Path, body: bytes, words: str
) -> None:
    publisher.answer_with(Reply(body))
    require_refusal(fetch_trade, tmp_path, words=words)


def test_a_preview_is_asked_without_a_key(publisher: Publisher, fetch_trade: FetchTrade) -> None:
    publisher.answer_with(Reply(write_trade()))
    fetch_trade(TradeSelection(["699", "643"], ["2021", "2022"], partners=["0"]))
    (asked,) = publisher.asked
    assert asked.path.startswith(
        "/public/v1/preview/C/A/HS?reporterCode=699,643&period=2021,2022&flowCode=M,X&"
    )
    assert "ocp-apim-subscription-key" not in asked.headers


@pytest.mark.parametrize(
    ("records", "count", "words"), [(500, None, "500 records"), (3, 900, "only 3 of 900")]
)
def test_an_excerpt_is_kept_with_a_notice(
    publisher: Publisher, fetch_trade: FetchTrade, records: int, count: int | None, words: str
) -> None:
    publisher.answer_with(Reply(write_trade(records=records, count=count)))
    (notice,) = fetch_trade().notices
    assert words in notice


def test_the_key_goes_along_as_a_header_and_is_written_nowhere(
    publisher: Publisher,
    fetch_trade: FetchTrade,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    publisher.answer_with(Reply(status=500), Reply(write_trade()))
    fetched = fetch_trade()
    seal_fetched(fetched, datasets=DATASETS)
    assert publisher.asked[1].path.startswith("/data/v1/get/C/A/HS?")
    assert publisher.asked[1].headers["ocp-apim-subscription-key"] == KEY
    written = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert KEY not in "".join([*written, caplog.text, repr(fetched), str(publisher.asked[1].path)])


def test_a_refusal_does_not_show_the_key(
    publisher: Publisher, fetch_trade: FetchTrade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    publisher.answer_with(Reply(f'{{"statusCode": 401, "message": "bad key {KEY}"}}'.encode(), status=401))
    with pytest.raises(RefusedError, match=r"bad key \*\*\*.*Check the key") as refusal:
        fetch_trade()
    assert KEY not in str(refusal.value)


def test_the_key_does_not_follow_a_redirection(
    publisher: Publisher, fetch_trade: FetchTrade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    publisher.answer_with(Reply(status=302, headers={"Location": f"{publisher.url}/elsewhere"}))
    with pytest.raises(RefusedError, match="302"):
        fetch_trade()
    assert len(publisher.asked) == 1


def test_the_key_is_not_sent_over_an_open_line() -> None:
    with pytest.raises(FetchError, match="unencrypted"):
        refuse_open_line("http://comtradeapi.un.org")


def test_what_cannot_be_a_key_is_refused_without_showing_it(
    fetch_trade: FetchTrade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMTRADE_API_KEY", "two words\nof a key")
    with pytest.raises(FetchError, match="cannot be a key") as refusal:
        fetch_trade()
    assert "words" not in str(refusal.value)


@pytest.mark.parametrize(
    "selection",
    [
        TradeSelection(["699"], ["202204"]),
        TradeSelection(["699"], ["2022"], frequency="M"),
        TradeSelection(["6 99"], ["2022"]),
        TradeSelection([], ["2022"]),
        TradeSelection(["699"], ["2022"], classification="../HS"),
        TradeSelection(["699"], ["2022"], product_type="X"),
    ],
)
def test_a_selection_that_cannot_be_is_not_asked_for(
    publisher: Publisher, fetch_trade: FetchTrade, selection: TradeSelection
) -> None:
    with pytest.raises(FetchError, match="UN Comtrade"):
        fetch_trade(selection)
    assert publisher.asked == []

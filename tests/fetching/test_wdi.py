"""The World Bank's zip: taken apart where it is whole and about what was asked."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from etl.fetching import FetchError
from tests.fetching.conftest import FetchIndicator, require_refusal
from tests.fetching.publisher_server import Publisher, Reply
from tests.fetching.recorded_shapes import INDICATOR, PAGE, write_indicator


def test_an_indicator_comes_as_the_table_in_its_zip(
    publisher: Publisher, fetch_indicator: FetchIndicator
) -> None:
    publisher.answer_with(Reply(write_indicator()))
    fetched = fetch_indicator(INDICATOR)
    assert publisher.asked[0].path == f"/en/indicator/{INDICATOR}?downloadformat=csv"
    assert fetched.path.name == "API_MS.TST.XPND.CD_DS2_en_csv_v2_1.csv"
    assert b"A made-up spending" in fetched.path.read_bytes()


def write_other_zip() -> bytes:
    """A zip without the table."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as store:
        store.writestr("readme.txt", "nothing here")
    return packed.getvalue()


def flip_byte(content: bytes, place: int) -> bytes:
    """The content with one byte turned round."""
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (PAGE, "Down for maintenance"),
        (b'[{"message": [{"id": "120", "value": "No such value"}]}]', "no zip .found 'No such value'"),
        (b"<?xml version='1.0'?><wb:error>Not a valid indicator</wb:error>", "no zip.*Not a valid indicator"),
        (b"", "no zip"),
        (write_indicator()[:-40], "damaged or not whole"),
        (
            flip_byte(
                write_indicator(),
                write_indicator().index(b"API_MS.TST.XPND.CD_DS2_en_csv_v2_1.csv", 100) + 60,
            ),
            "damaged",
        ),
        (write_other_zip(), "0 tables .* where one was expected .found 'readme.txt'"),
        (write_indicator(value=""), "has no values"),
        (write_indicator(indicator="SP.OTHER"), f"is not about {INDICATOR}"),
    ],
)
def test_an_indicator_that_is_none_is_refused(
    publisher: Publisher, fetch_indicator: FetchIndicator, tmp_path: Path, body: bytes, words: str
) -> None:
    publisher.answer_with(Reply(body))
    require_refusal(lambda: fetch_indicator(INDICATOR), tmp_path, words=words)


def test_what_cannot_be_an_indicator_is_not_asked_for(
    publisher: Publisher, fetch_indicator: FetchIndicator
) -> None:
    with pytest.raises(FetchError, match="no code of an indicator"):
        fetch_indicator("../country")
    assert publisher.asked == []

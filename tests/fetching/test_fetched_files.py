"""Fetched files as the intake meets them."""

from __future__ import annotations

import etl
from etl.fetching import RegisterSelection, seal_fetched
from etl.provenance import find_sidecar
from tests.conftest import DATASETS
from tests.fetching.conftest import INDIA_2022, FetchIndicator, FetchRegister, FetchTrade
from tests.fetching.publisher_server import Publisher, Reply
from tests.fetching.recorded_shapes import DELIVERY, INDICATOR, write_indicator, write_register, write_trade

YEARS = RegisterSelection(2004, 2006)


def test_fetched_files_are_recognised_and_say_where_they_come_from(
    publisher: Publisher,
    fetch_trade: FetchTrade,
    fetch_register: FetchRegister,
    fetch_indicator: FetchIndicator,
) -> None:
    publisher.answer_with(
        Reply(write_trade(records=3)), Reply(write_register(DELIVERY)), Reply(write_indicator())
    )
    for fetched, layout in (
        (fetch_trade(INDIA_2022), "un_comtrade_api"),
        (fetch_register(YEARS), "sipri_register"),
        (fetch_indicator(INDICATOR), "world_bank_wdi"),
    ):
        sidecar = seal_fetched(fetched, datasets=DATASETS).sidecar
        inspection = etl.inspect_file(fetched.path, datasets=DATASETS)
        assert (inspection.source.layout, inspection.rows_rejected) == (layout, 0)
        assert inspection.file.sidecar == sidecar
        assert sidecar.url == fetched.question.url
        assert sidecar.retrieved_on == fetched.retrieved_at.date().isoformat()


def test_a_file_fetched_anew_loses_the_sidecar_of_the_old_one(
    publisher: Publisher, fetch_trade: FetchTrade
) -> None:
    publisher.answer_with(Reply(write_trade(records=2)), Reply(write_trade(records=3)))
    seal_fetched(fetch_trade(), datasets=DATASETS)
    fetched = fetch_trade(is_refreshing=True)
    assert not find_sidecar(fetched.path).exists()

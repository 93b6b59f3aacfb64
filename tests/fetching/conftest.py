"""A publisher per test, and a reader that asks it without patience."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.fetching import (
    Endpoint,
    Fetched,
    FetchSettings,
    RegisterSelection,
    TradeSelection,
    UnusableAnswerError,
    fetch_comtrade,
    fetch_sipri_register,
    fetch_wdi,
)
from tests.fetching.publisher_server import Publisher, open_publisher

INDIA_2022 = TradeSelection(reporters=["699"], periods=["2022"], flows=["M"])
FetchTrade = Callable[..., Fetched]
FetchRegister = Callable[[RegisterSelection], Fetched]
FetchIndicator = Callable[[str], Fetched]


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, and no proxy before this machine."""
    monkeypatch.delenv("COMTRADE_API_KEY", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """The server."""
    with open_publisher() as opened:
        yield opened


@pytest.fixture
def settings(publisher: Publisher) -> FetchSettings:
    """Waits of milliseconds, and every publisher at the one server."""
    endpoint = Endpoint(publisher.url, pause_seconds=0)
    return FetchSettings(
        sipri=endpoint,
        comtrade=endpoint,
        world_bank=endpoint,
        connect_seconds=5,
        silence_seconds=5,
        attempts=3,
        first_wait=0.001,
        longest_wait=0.002,
        longest_asked_wait=1,
        jitter_seconds=0.001,
    )


@pytest.fixture
def fetch_trade(settings: FetchSettings, tmp_path: Path) -> FetchTrade:
    """India's imports of 2022, asked with these settings; arguments change them."""

    def fetch(
        selection: TradeSelection = INDIA_2022,
        *,
        settings: FetchSettings = settings,
        is_refreshing: bool = False,
        tell: Callable[[str], None] = lambda _trouble: None,
    ) -> Fetched:
        return fetch_comtrade(
            selection, folder=tmp_path / "cache", settings=settings, is_refreshing=is_refreshing, tell=tell
        )

    return fetch


@pytest.fixture
def fetch_register(settings: FetchSettings, tmp_path: Path) -> FetchRegister:
    """The register, asked of the server."""
    return lambda selection: fetch_sipri_register(selection, folder=tmp_path / "cache", settings=settings)


@pytest.fixture
def fetch_indicator(settings: FetchSettings, tmp_path: Path) -> FetchIndicator:
    """An indicator, asked of the server."""
    return lambda indicator: fetch_wdi(indicator, folder=tmp_path / "cache", settings=settings)


def require_refusal(fetch: Callable[[], Fetched], folder: Path, *, words: str) -> None:
    """The answer is refused in these words, and nothing of it is kept."""
    with pytest.raises(UnusableAnswerError, match=words):
        fetch()
    assert not [path for path in folder.rglob("answer*") if path.is_file()]

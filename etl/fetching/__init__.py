"""Files asked of publishers' public endpoints: three doors, each of which gives a file on disk.

`fetch_sipri_register`, `fetch_comtrade` and `fetch_wdi` answer from the cache while what it holds is recent,
ask patiently otherwise, and keep nothing but what was asked for. `seal_fetched` then writes the file's
sidecar, after which the file can be inspected or added like any download.
"""

from __future__ import annotations

from pathlib import Path

from etl.fetching.asking import FetchContext, Fetched, seal_fetched
from etl.fetching.comtrade import TradeSelection, fetch_trade
from etl.fetching.questions import FetchError, RefusedError, UnreachableError, UnusableAnswerError
from etl.fetching.settings import DEFAULTS, Endpoint, FetchSettings
from etl.fetching.sipri import RegisterSelection, fetch_register
from etl.fetching.transport import Teller
from etl.fetching.world_bank import fetch_indicator
from etl.folders import find_cache

__all__ = [
    "Endpoint",
    "FetchError",
    "FetchSettings",
    "Fetched",
    "RefusedError",
    "RegisterSelection",
    "TradeSelection",
    "UnreachableError",
    "UnusableAnswerError",
    "fetch_comtrade",
    "fetch_sipri_register",
    "fetch_wdi",
    "seal_fetched",
]


def ignore_troubles(_trouble: str) -> None:
    """A teller that tells nobody."""


def fetch_sipri_register(
    selection: RegisterSelection,
    *,
    folder: Path | None = None,
    settings: FetchSettings = DEFAULTS,
    is_refreshing: bool = False,
    tell: Teller = ignore_troubles,
) -> Fetched:
    """SIPRI's trade register for years, suppliers and recipients, as its CSV.

    Raises: FetchError, by its kinds: UnreachableError, RefusedError, UnusableAnswerError.
    Source: the backend of SIPRI's site, which SIPRI does not document; see etl/fetching/sipri.py.
    """
    return fetch_register(selection, context=_open_context(folder, settings, is_refreshing, tell))


def fetch_comtrade(
    selection: TradeSelection,
    *,
    folder: Path | None = None,
    settings: FetchSettings = DEFAULTS,
    is_refreshing: bool = False,
    tell: Teller = ignore_troubles,
) -> Fetched:
    """UN Comtrade's records for reporters, partners, flows, commodities and periods, as its JSON.

    Raises: FetchError, by its kinds: UnreachableError, RefusedError, UnusableAnswerError.
    Source: UN Comtrade's preview, or with COMTRADE_API_KEY in the environment its keyed interface.
    """
    return fetch_trade(selection, context=_open_context(folder, settings, is_refreshing, tell))


def fetch_wdi(
    indicator: str,
    *,
    folder: Path | None = None,
    settings: FetchSettings = DEFAULTS,
    is_refreshing: bool = False,
    tell: Teller = ignore_troubles,
) -> Fetched:
    """One World Bank indicator for all areas and years, as its CSV.

    Raises: FetchError, by its kinds: UnreachableError, RefusedError, UnusableAnswerError.
    Source: World Bank, Indicators interface version 2.
    """
    return fetch_indicator(indicator, context=_open_context(folder, settings, is_refreshing, tell))


def _open_context(
    folder: Path | None, settings: FetchSettings, is_refreshing: bool, tell: Teller
) -> FetchContext:
    return FetchContext(folder or find_cache(), settings, is_refreshing, tell)

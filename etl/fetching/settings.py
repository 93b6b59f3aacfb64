"""How patiently, how often and where publishers are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Endpoint:
    """One publisher's address, and the seconds to leave between two questions to it."""

    url: str
    pause_seconds: float


# None of the three publishers prints a limit for questions without a key; the pauses are on the modest side.
# UN Comtrade's own answers to hasty clients ask for a few seconds.
SIPRI = Endpoint("https://atbackend.sipri.org/api/p", pause_seconds=5)
COMTRADE = Endpoint("https://comtradeapi.un.org", pause_seconds=6)
WORLD_BANK = Endpoint("https://api.worldbank.org/v2", pause_seconds=1)


@dataclass(frozen=True)
class FetchSettings:
    """Everything about asking that is not the question; the defaults suit the public endpoints.

    `silence_seconds` is the longest wait for the next bytes, `longest_seconds` that for a whole answer. A
    publisher that asks for more than `longest_asked_wait` is not waited for. A kept answer is used again for
    `keep_for`.
    """

    sipri: Endpoint = SIPRI
    comtrade: Endpoint = COMTRADE
    world_bank: Endpoint = WORLD_BANK
    # A host that is there answers within seconds, yet may take
    # minutes to gather an answer before its first byte.
    connect_seconds: float = 10
    silence_seconds: float = 120
    longest_seconds: float = 1800
    # Waits grow to half a minute at most: a fault that passes does so within them, and a person is waiting.
    # The jitter keeps programs that failed together from asking together again.
    attempts: int = 5
    first_wait: float = 1
    longest_wait: float = 30
    longest_asked_wait: float = 120
    jitter_seconds: float = 1
    # Room above any answer that is asked for here; it is unpacked in memory, where a bomb must not fit.
    largest_bytes: int = 256 * 1024 * 1024
    # Publishers revise by the month or year: a day spares them the same question and misses next to nothing.
    keep_for: timedelta = timedelta(days=1)


DEFAULTS = FetchSettings()

"""Budgets: how often one client may ask, counted in memory that does not grow."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

CACHED_CLIENTS = 10_000
# Whoever has an IPv6 address usually has all of its /64.
CLIENT_BITS = 64
Clock = Callable[[], float]


@dataclass(frozen=True)
class Rate:
    """A bucket of so many requests, filled again by so many a second."""

    burst: int
    per_second: float


READ_RATE = Rate(burst=600, per_second=10.0)
# A long article takes a second of work.
CHECK_RATE = Rate(burst=20, per_second=1 / 3)
# So does a bundle of many rows, where it is not kept from before.
BUNDLE_RATE = Rate(burst=30, per_second=1 / 3)
RATES = {"read": READ_RATE, "check": CHECK_RATE, "bundle": BUNDLE_RATE}
# What costs as much as so many other answers: a workbook is written cell by cell, a day is judged anew.
WORKBOOK_COST, DAY_COST = 20, 5


@dataclass
class _Bucket:
    left: float
    counted_at: float


class Budget:
    """Token buckets of one rate by client; of more clients than are kept, the longest unseen is forgotten."""

    def __init__(self, rate: Rate, *, clock: Clock = time.monotonic, kept: int = CACHED_CLIENTS) -> None:
        self.rate = rate
        self._clock = clock
        self._cached = kept
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str | None, *, cost: int = 1) -> int:
        """Takes a request of some cost of a client's budget: 0, or the seconds until it can be taken."""
        client = name_client(address)
        with self._lock:
            now = self._clock()
            bucket = self._buckets.setdefault(client, _Bucket(float(self.rate.burst), now))
            self._buckets.move_to_end(client)
            if len(self._buckets) > self._cached:
                self._buckets.popitem(last=False)
            grown = bucket.left + (now - bucket.counted_at) * self.rate.per_second
            bucket.left, bucket.counted_at = min(float(self.rate.burst), grown), now
            if bucket.left < cost:
                return math.ceil((cost - bucket.left) / self.rate.per_second)
            bucket.left -= cost
            return 0

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._buckets)


def name_client(address: str | None) -> str:
    """Whose budget an address draws on."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, CLIENT_BITS), strict=False))
    return str(parsed)

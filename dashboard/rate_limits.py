"""How often one client may ask: texts checked, and time that the server works for it, in a minute.

Every route counts by what it costs: an answer that is at hand costs nothing, one that is drawn, sought or
packed anew the time it took. Each worker counts for itself and has its share of both rates, so that all of
them together give no more than the whole.
"""

from __future__ import annotations

import ipaddress
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

LIMITED_VARIABLE = "FOOTNOTED_RATE_LIMITS"
SWITCHES = {"": True, "on": True, "off": False}
# Whoever has an IPv6 address usually has all of its /64.
CLIENT_BITS = 64
# A long article takes a second of work.
CHECKS_A_MINUTE = 20
# Half a core for one address; a page that is not at hand takes a tenth of a second.
WORK_SECONDS_A_MINUTE = 30
# What a page takes that is at hand: not counted, so that reading has no limit.
FREE_MILLISECONDS = 10
CHECK_PATHS = frozenset(("/check/answer", "/api/v1/check"))
TOO_OFTEN = "That is more than is answered from one address. Ask again in {seconds} s."
WorkClock = Callable[[], float]


class RateSettingError(ValueError):
    """A setting that is neither on nor off."""


@dataclass(frozen=True)
class Rates:
    """What one worker does for one address in a minute."""

    checks: int = CHECKS_A_MINUTE
    work_milliseconds: int = WORK_SECONDS_A_MINUTE * 1000

    def share(self, workers: int) -> Rates:
        """The part of each of several workers, none of which is left without any."""
        return Rates(*(math.ceil(whole / workers) for whole in (self.checks, self.work_milliseconds)))


def read_is_limited() -> bool:
    """Whether rates are limited here, and not by something in front.

    Raises: RateSettingError.
    """
    text = os.environ.get(LIMITED_VARIABLE, "").strip().lower()
    if text not in SWITCHES:
        raise RateSettingError(f"{LIMITED_VARIABLE}={text!r} is neither on nor off.")
    return SWITCHES[text]


def limit_rates(
    server: Flask, rates: Rates | None = None, *, work_clock: WorkClock = time.thread_time
) -> None:
    """Counts every request to a server, and refuses with 429 those of a client that has used up its minute.

    `work_clock` says how long the present thread has worked.
    """
    limiter, allowed = FixedWindowRateLimiter(MemoryStorage()), rates or Rates()
    checks = RateLimitItemPerMinute(allowed.checks, namespace="checks")
    work = RateLimitItemPerMinute(allowed.work_milliseconds, namespace="work")

    def refuse_too_many() -> None:
        g.work_started, client = work_clock(), name_client(request.remote_addr)
        is_check = request.method == "POST" and request.path in CHECK_PATHS
        if not limiter.test(work, client):
            _refuse(limiter.get_window_stats(work, client).reset_time)
        if is_check and not limiter.hit(checks, client):
            _refuse(limiter.get_window_stats(checks, client).reset_time)

    def count_work(response: Response) -> Response:
        # A request that was refused before it came here has not begun.
        milliseconds = round((work_clock() - g.get("work_started", work_clock())) * 1000)
        if milliseconds >= FREE_MILLISECONDS:
            limiter.hit(work, name_client(request.remote_addr), cost=milliseconds)
        return response

    server.before_request(refuse_too_many)
    server.after_request(count_work)


def _refuse(reset_time: float) -> None:
    """Raises: TooManyRequests, with the time from which on the client is answered again."""
    seconds = max(1, math.ceil(reset_time - time.time()))
    raise TooManyRequests(TOO_OFTEN.format(seconds=seconds), retry_after=seconds)


def name_client(address: str | None) -> str:
    """Whose rates an address draws on."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        # An IPv4 address in IPv6's clothes is one client, not one of a network of all of them.
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, CLIENT_BITS), strict=False))
    return str(parsed)

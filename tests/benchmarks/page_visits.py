"""One visit to a page: what came over the wire, and when readers saw something and the first chart.

Bytes are what Chromium counts as received for a request, headers and compressed bodies, nothing for what it
took from its cache. Messages on web sockets are counted apart, as unpacked: Chromium does not tell more.

The first chart is there at the first frame in which the page, shadow roots with it, has one of these, at
least 200 by 100 pixels and not hidden: an svg that holds words and five marks (shapes with a colour, larger
than 2 by 2 pixels and smaller than half the picture, so neither grid lines nor a background nor a skeleton);
or a canvas or an image in which 1 pixel of 100 has a colour that is no grey. A chart that grows while it is
animated is there once it has grown so much. Where on the page it stands does not matter, and the time is
that of the frame's start, just before it is painted. A first chart may be a stand-in, say of another width:
the kept chart is the one that no other element or size has replaced when the page is quiet. A page is blocked
for as long as its tasks take beyond 50 ms each: nothing answers to a reader then. The script is the same for
every site (first_chart.js).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

WATCH_SCRIPT = (Path(__file__).parent / "first_chart.js").read_text()
LOOK_MILLISECONDS = 100
BUSY_SECONDS = 0.5
# A page where a chart was seen before is waited for longer.
QUIET_SECONDS, CHART_SECONDS, STUCK_SECONDS, MOST_SECONDS = 0.8, 10.0, 6.0, 120.0
# How the tables call Chromium's kinds of requests; every other kind is "other".
KINDS = {
    "Document": "html",
    "Script": "script",
    "Stylesheet": "style",
    "Font": "font",
    "Image": "image",
    "XHR": "fetch",
    "Fetch": "fetch",
}


@dataclass(frozen=True)
class Line:
    """How a reader is connected: the screen, how many times slower the processor is, and the network."""

    name: str
    screen: dict[str, Any]
    slower: int = 1
    network: dict[str, Any] | None = None


DESK = Line("desk: 1440 x 900", {"viewport": {"width": 1440, "height": 900}})
PHONE = Line(
    "phone: 375 x 812, processor 4 times slower, 1.6 Mbit/s, 150 ms",
    {
        "viewport": {"width": 375, "height": 812},
        "is_mobile": True,
        "has_touch": True,
        # With it Chromium says Sec-CH-UA-Mobile, as phones do.
        "user_agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Mobile Safari/537.36",
    },
    slower=4,
    network={
        "offline": False,
        "latency": 150,
        "downloadThroughput": 1.6e6 / 8,
        "uploadThroughput": 0.75e6 / 8,
    },
)


@dataclass(frozen=True)
class Visit:
    """What one visit took: bytes by kind, requests that used the network, and milliseconds from its start."""

    bytes_by_kind: dict[str, int]
    requests: int
    from_cache: int
    outside: int
    socket_bytes: int
    first_paint: float | None
    largest_paint: float | None
    first_chart: float | None
    kept_chart: float | None
    blocked: float

    @property
    def total_bytes(self) -> int:
        """Bytes of all kinds, web sockets not among them."""
        return sum(self.bytes_by_kind.values())


@dataclass
class WireMeter:
    """Counts what a tab receives, from Chromium's own reports."""

    kinds: dict[str, str] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    waiting: set[str] = field(default_factory=set)
    requests: int = 0
    from_cache: int = 0
    outside: int = 0
    socket_bytes: int = 0
    last_heard: float = field(default_factory=time.monotonic)

    def listen(self, session: CDPSession) -> None:
        """Starts to count."""
        reports: dict[str, Callable[[dict[str, Any]], None]] = {
            "requestWillBeSent": self._note_request,
            "responseReceived": self._note_answer,
            "dataReceived": lambda _: None,
            "loadingFinished": self._note_end,
            "loadingFailed": self._note_failure,
            "webSocketFrameReceived": self._note_message,
        }
        for name, note in reports.items():
            session.on(f"Network.{name}", self._build_listener(note))
        session.send("Network.enable")

    def _build_listener(self, note: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
        def listener(event: dict[str, Any]) -> None:
            self.last_heard = time.monotonic()
            note(event)

        return listener

    def _note_request(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme not in {"http", "https"}:
            return
        kind = KINDS.get(event.get("type", ""), "other")
        if "redirectResponse" in event:
            self.counted[kind] += round(event["redirectResponse"]["encodedDataLength"])
            self.requests += 1
        self.kinds[event["requestId"]] = kind
        self.outside += address.hostname != "127.0.0.1"
        # A stream of events stays open for as long as the page does.
        if event.get("type") != "EventSource":
            self.waiting.add(event["requestId"])

    def _note_answer(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if event["requestId"] in self.kinds:
            is_cached = answer.get("fromDiskCache") or answer.get("fromPrefetchCache")
            self.from_cache += bool(is_cached)
            self.requests += not is_cached
        if answer.get("mimeType") == "text/event-stream":
            self.waiting.discard(event["requestId"])

    def _note_end(self, event: dict[str, Any]) -> None:
        self.waiting.discard(event["requestId"])
        if event["requestId"] in self.kinds:
            self.counted[self.kinds[event["requestId"]]] += round(event["encodedDataLength"])

    def _note_failure(self, event: dict[str, Any]) -> None:
        self.waiting.discard(event["requestId"])

    def _note_message(self, event: dict[str, Any]) -> None:
        message = event["response"]
        whole = len(message["payloadData"].encode())
        self.socket_bytes += whole if message["opcode"] == 1 else whole * 3 // 4


def visit_page(context: BrowserContext, address: str, *, line: Line, has_chart: bool) -> Visit:
    """Opens a page in a new tab and waits until nothing more comes.

    Raises: TimeoutError where it never gets quiet.
    """
    page = context.new_page()
    session = context.new_cdp_session(page)
    meter = WireMeter()
    meter.listen(session)
    session.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})
    if line.network:
        session.send("Network.emulateNetworkConditions", line.network)
    page.goto(address, wait_until="commit", timeout=MOST_SECONDS * 1000)
    seen = _wait_until_quiet(page, meter, has_chart=has_chart)
    page.close()
    return Visit(
        bytes_by_kind=dict(meter.counted),
        requests=meter.requests,
        from_cache=meter.from_cache,
        outside=meter.outside,
        socket_bytes=meter.socket_bytes,
        first_paint=seen["paint"],
        largest_paint=seen["largest"],
        first_chart=seen["chart"],
        kept_chart=seen["kept"],
        blocked=seen["blocked"],
    )


def _wait_until_quiet(page: Page, meter: WireMeter, *, has_chart: bool) -> dict[str, Any]:
    started = quiet_since = time.monotonic()
    while time.monotonic() - started < MOST_SECONDS:
        asked = time.monotonic()
        page.wait_for_timeout(LOOK_MILLISECONDS)
        seen: dict[str, Any] = page.evaluate("() => footnotedBench()")
        silent = time.monotonic() - meter.last_heard
        # A page that is slow to answer is busy; what keeps moving or waiting for ever must not keep us here.
        was_busy = time.monotonic() - asked > BUSY_SECONDS
        has_changed = seen["quiet"] / 1000 < time.monotonic() - asked or bool(meter.waiting)
        if was_busy or seen["paint"] is None or (has_changed and silent < STUCK_SECONDS):
            quiet_since = time.monotonic()
        is_waited_for = has_chart and seen["chart"] is None
        if time.monotonic() - quiet_since > (CHART_SECONDS if is_waited_for else QUIET_SECONDS):
            return seen
    raise TimeoutError(f"{page.url} never gets quiet in {MOST_SECONDS:.0f} seconds")


def open_context(browser: Browser, *, line: Line) -> BrowserContext:
    """A reader who was never here: an empty cache, and the script that watches for charts."""
    context = browser.new_context(**line.screen)
    context.add_init_script(WATCH_SCRIPT)
    return context

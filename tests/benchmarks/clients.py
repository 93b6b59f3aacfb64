"""Clients over plain sockets: fast ones that count their answers, and slow ones that hold connections."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from threading import Event, Thread

HOST = "127.0.0.1"
HEADERS = "Accept-Encoding: br, gzip\r\nUser-Agent: bench\r\n"
TRICKLE_SECONDS = 1.0
GIVE_UP_SECONDS = 5.0


@dataclass(frozen=True)
class Question:
    """What a fast client asks over and over; with a body it is a POST of JSON."""

    port: int
    target: str
    body: str = ""

    def write(self) -> bytes:
        """The request as it is sent."""
        method = "POST" if self.body else "GET"
        sized = f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n" if self.body else ""
        return (
            f"{method} {self.target} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n{HEADERS}{sized}\r\n{self.body}"
        ).encode()


def ask(connection: socket.socket, request: bytes) -> tuple[int, int]:
    """One request over a connection that stays: the status and the length of the answer's body."""
    connection.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += _receive(connection)
    head, _, body = got.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = int(fields.get(b"content-length", b"-1"))
    had = len(body)
    while had < length if length >= 0 else not body.endswith(b"0\r\n\r\n"):
        body = _receive(connection)
        had += len(body)
    return int(head.split()[1]), had


def _receive(connection: socket.socket) -> bytes:
    piece = connection.recv(1 << 18)
    if not piece:
        raise ConnectionError("closed")
    return piece


def _count(question: Question, seconds: float) -> int:
    request, count = question.write(), 0
    with socket.create_connection((HOST, question.port), timeout=GIVE_UP_SECONDS) as connection:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            ask(connection, request)
            count += 1
    return count


def measure_rate(question: Question, *, seconds: float = 3, clients: int = 4) -> float:
    """Answers a second that so many clients get, each a process of its own."""
    with get_context("spawn").Pool(clients) as pool:
        return sum(pool.starmap(_count, [(question, seconds)] * clients)) / seconds


def measure_waits(question: Question, *, seconds: float, pause: float = 0.05) -> list[float]:
    """Milliseconds that one reader waits for each answer, a new connection every time."""
    waits, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        started = time.monotonic()
        with (
            suppress(OSError),
            socket.create_connection((HOST, question.port), GIVE_UP_SECONDS) as connection,
        ):
            ask(connection, question.write())
        waits.append((time.monotonic() - started) * 1000)
        time.sleep(pause)
    return waits


SLOW = {
    "slow headers": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "slow bodies": b"POST /check/answer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n",
    "idle": b"",
    "slow reading": b"GET /report/india-russia.html HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
}


@contextmanager
def hold_slow(kind: str, *, port: int, count: int) -> Iterator[None]:
    """So many connections that send or read a byte a second, or nothing, for as long as the block runs."""
    done = Event()
    with ExitStack() as stack:
        held = [stack.enter_context(socket.create_connection((HOST, port), 30)) for _ in range(count)]
        for connection in held:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            with suppress(OSError):
                connection.sendall(SLOW[kind])
        thread = Thread(target=_trickle, args=(kind, held, done), daemon=True)
        thread.start()
        yield
        done.set()
        thread.join()


def _trickle(kind: str, held: Sequence[socket.socket], done: Event) -> None:
    while not done.wait(TRICKLE_SECONDS):
        for connection in held:
            connection.settimeout(0)
            with suppress(OSError):
                if kind == "slow reading":
                    connection.recv(512)
                elif kind != "idle":
                    connection.send(b"a")

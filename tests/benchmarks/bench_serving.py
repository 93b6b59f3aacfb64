"""Answers a second beside servers that do nothing, and what slow clients take from other readers."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.benchmarks.clients import HOST, SLOW, Question, ask, hold_slow, measure_rate, measure_waits
from tests.benchmarks.measuring import CHECKOUT, find_median, find_percentile, print_table
from tests.benchmarks.page_servers import find_free_port, serve_checkout, wait_for_answer

PAGES = ("/", "/arms", "/trade", "/claims")
LEAST_RATIO = 0.4
MOST_WAIT = 500
SECONDS = float(os.environ.get("FOOTNOTED_BENCH_SECONDS", "3"))
ROUNDS = 3
COUNTS = (8, 100, 1_000)
HUGE = 200_000_000
CALLBACK = {
    "output": "chart.figure",
    "outputs": {"id": "chart", "property": "figure"},
    "inputs": [{"id": "area", "property": "value", "value": "IND"}],
    "changedPropIds": ["area.value"],
}


@contextmanager
def serve_plain(kind: str, *, folder: Path) -> Iterator[int]:
    """A server of plain_servers.py, and its port."""
    port, log = find_free_port(), folder / f"{kind}.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "tests.benchmarks.plain_servers", kind, str(port)]
        server = subprocess.Popen(command, cwd=CHECKOUT, stdout=output, stderr=output)
    try:
        wait_for_answer(server, port=port, log=log)
        yield port
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Ours, as a reader starts it but without limits on rates."""
    os.environ["FOOTNOTED_RATE_LIMITS"] = "off"
    with serve_checkout(
        "ours", checkout=CHECKOUT, paths=PAGES, folder=tmp_path_factory.mktemp("ours")
    ) as served:
        yield int(served[0].addresses["/"].split(":")[2].split("/")[0])
    del os.environ["FOOTNOTED_RATE_LIMITS"]


def test_pages_at_hand_beside_an_answer_without_work_and_a_callback(port: int, tmp_path: Path) -> None:
    """Each page, then as many bytes of nothing, then Dash's smallest callback, in turn."""
    rows, body = [], json.dumps(CALLBACK)
    with serve_plain("nothing", folder=tmp_path) as nothing, serve_plain("dash", folder=tmp_path) as dash:
        for path in PAGES:
            with socket.create_connection((HOST, port)) as connection:
                _, size = ask(connection, Question(port, path).write())
            questions = [
                Question(port, path),
                Question(nothing, f"/?{size}"),
                Question(dash, "/_dash-update-component", body),
            ]
            rounds = [
                [measure_rate(each, seconds=SECONDS / ROUNDS) for each in questions] for _ in range(ROUNDS)
            ]
            ours, plain, callback = (find_median(rates) for rates in zip(*rounds, strict=True))
            met = "met" if ours / plain >= LEAST_RATIO else "MISSED"
            rates = [f"{rate:,.0f}" for rate in (ours, plain, callback)]
            rows.append([path, f"{size:,}", *rates, f"{ours / plain:.2f} {met}", f"{ours / callback:.1f}"])
    header = ["page", "bytes", "ours/s", "nothing/s", "callback/s", "of nothing", "of callback"]
    print_table(f"Answers a second, four clients, {SECONDS:g} s each", header, rows)


def test_what_slow_clients_take_from_other_readers(port: int) -> None:
    """The 95th percentile of one reader's waits while others hold connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    question, rows = Question(port, "/trade"), []
    alone = find_percentile(measure_waits(question, seconds=SECONDS), 95)
    for kind in SLOW:
        cells = []
        for count in COUNTS:
            with hold_slow(kind, port=port, count=count):
                worst = find_percentile(measure_waits(question, seconds=SECONDS), 95)
            cells.append(f"{worst:.0f}{'' if worst < MOST_WAIT else ' MISSED'}")
        rows.append([kind, *cells])
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    header = ["connections", *(f"{count:,}" for count in COUNTS)]
    print_table(f"p95 in ms of another reader (alone {alone:.0f}; under {MOST_WAIT})", header, rows)


def test_what_bodies_of_200_mb_take(port: int) -> None:
    """How many bytes are taken of such a body before it is refused, by route."""
    spec = f"http://{HOST}:{port}/api/v1/openapi.json"
    with urllib.request.urlopen(spec) as answer:
        paths = [f"/api/v1{path}" for path in json.load(answer)["paths"] if "{" not in path]
    rows = []
    for path in (*PAGES, "/check/answer", "/chart/_dash-update-component", *paths):
        status, taken = _push(port, path)
        rows.append([path, status, f"{taken / 1e6:.1f}"])
    print_table("A body of 200 MB", ["route", "answer", "MB taken"], rows)


def _push(port: int, path: str) -> tuple[str, int]:
    taken, piece, answer = 0, b"x" * 65_536, b""
    with socket.create_connection((HOST, port), 30) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Length: {HUGE}\r\n\r\n"
        connection.sendall(head.encode())
        connection.settimeout(0.2)
        with suppress(OSError):
            while taken < HUGE and not answer:
                taken += connection.send(piece)
                if taken % (1 << 20) == 0:
                    with suppress(TimeoutError):
                        answer = connection.recv(200)
        connection.settimeout(5)
        with suppress(OSError):
            answer = answer or connection.recv(200)
    return answer.split(b"\r\n")[0].decode() or "closed", taken

"""The command line: a server that starts, and plain words where it cannot."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

import etl
from dashboard.site.server import PROXIES_VARIABLE, WORKERS_VARIABLE
from tests.dashboard.test_proxies import FORGED, HOME


def run_serve(*arguments: str, **settings: str) -> subprocess.Popen[str]:
    """Starts the server in its own group, as a shell would."""
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", "serve", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, **settings},
    )


def find_free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("settings", "address"),
    [({}, "http://127.0.0.1:{}"), ({PROXIES_VARIABLE: "1", WORKERS_VARIABLE: "1"}, "https://evil.example")],
    ids=["as it comes", "one process behind a proxy"],
)
def test_serve_announces_its_address_and_answers_and_believes_as_many_proxies_as_are_set(
    settings: dict[str, str], address: str, built_snapshot: etl.Snapshot
) -> None:
    port = find_free_port()
    server = run_serve("--port", str(port), "--snapshot", str(built_snapshot.folder), **settings)
    try:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{HOME}/claims?limit=1", headers=FORGED)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            content: dict[str, Any] = json.loads(answer.read())
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.communicate(timeout=20)
    assert content["next"].startswith(address.format(port) + HOME)
    assert server.returncode == 0


def test_serve_says_what_to_do_where_no_snapshot_is_built(tmp_path: Path) -> None:
    server = run_serve("--port", str(find_free_port()), "--snapshot", str(tmp_path))
    _, errors = server.communicate(timeout=60)
    assert server.returncode == 2
    assert "footnoted build" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("arguments", [("--as-of", "yesterday"), ("--port", "0")])
def test_serve_refuses_what_it_cannot_read(arguments: tuple[str, str]) -> None:
    server = run_serve(*arguments)
    _, errors = server.communicate(timeout=60)
    assert server.returncode == 2
    assert arguments[0] in errors

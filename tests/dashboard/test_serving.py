"""The command line: a server that starts, and plain words where it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import etl


def run_serve(*arguments: str) -> subprocess.Popen[str]:
    """Starts the server in its own group, as a shell would."""
    command = [sys.executable, "-m", "dashboard", "serve", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def find_free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_serve_announces_its_address_and_answers(built_snapshot: etl.Snapshot) -> None:
    port = find_free_port()
    server = run_serve("--port", str(port), "--snapshot", str(built_snapshot.folder))
    try:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.communicate(timeout=20)
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

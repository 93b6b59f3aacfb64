"""Servers to measure: ours as a reader starts it, and one-chart apps of others, each in a venv of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.one_chart_apps import OneChartApp, write_app

START_SECONDS = 90
STOP_SECONDS = 3


@dataclass(frozen=True)
class Site:
    """Something served on this machine: its name in the tables, and the addresses of its pages."""

    name: str
    addresses: dict[str, str]


@contextmanager
def serve_checkout(
    name: str, *, checkout: Path, paths: Sequence[str], folder: Path
) -> Iterator[tuple[Site, Path]]:
    """A checkout served by `python -m dashboard serve`, and the folder of its own snapshot, built anew."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    build = [sys.executable, "-m", "etl", "build", "--out", str(folder)]
    subprocess.run(build, cwd=checkout, env=environment, check=True, capture_output=True)
    snapshot = min(path.parent for path in folder.glob("*/manifest.json"))
    port = find_free_port()
    arguments = ["dashboard", "serve", "--port", str(port), "--snapshot", str(snapshot)]
    command, log = [sys.executable, "-m", *arguments], folder / "serve.log"
    with _serve(command, port=port, cwd=checkout, log=log, environment=environment):
        yield Site(name, {path: f"http://127.0.0.1:{port}{path}" for path in paths}), snapshot


@contextmanager
def serve_app(
    app: OneChartApp, *, name: str, folder: Path, years: Sequence[str], trade: Sequence[float]
) -> Iterator[Site]:
    """A one-chart app, served by its framework's own command from a venv that install_framework made."""
    port = find_free_port()
    (folder / "app.py").write_text(write_app(app, years=years, trade=trade))
    arguments = [argument.format(port=port) for argument in app.arguments]
    settings = {name: value.format(port=port) for name, value in app.settings.items()}
    # Its own home, and nothing of pytest's: it runs as it would for anybody.
    outside = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "PYTHONPATH"))
    }
    environment = {**outside, **settings, "HOME": str(folder)}
    command = [str(folder / "venv/bin/python"), "-m", *arguments]
    with _serve(command, port=port, cwd=folder, log=folder / "serve.log", environment=environment):
        yield Site(name, {app.path: f"http://127.0.0.1:{port}{app.path}"})


def install_framework(app: OneChartApp, *, folder: Path) -> str | None:
    """Makes a venv with the newest release in it and gives that release, or None where it cannot be had."""
    venv, pip = folder / "venv", [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = ["--python", str(venv / "bin/python")]
    install = [*pip, *python, "install", "--quiet", "--no-compile", *app.packages]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"{app.name} is left out, for it cannot be installed: {done.stderr[-300:]}\n")
        return None
    shown = subprocess.run(
        [*pip, *python, "show", app.packages[0]], capture_output=True, text=True, check=True
    )
    return next(
        line.split(":")[1].strip() for line in shown.stdout.splitlines() if line.startswith("Version")
    )


def find_free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _serve(
    command: Sequence[str], *, port: int, cwd: Path, log: Path, environment: Mapping[str, str]
) -> Iterator[None]:
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        wait_for_answer(server, port=port, log=log)
        yield
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def wait_for_answer(server: subprocess.Popen[bytes], *, port: int, log: Path) -> None:
    """Waits until a server answers.

    Raises: RuntimeError with its log where it does not.
    """
    started = time.monotonic()
    while time.monotonic() - started < START_SECONDS and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=START_SECONDS):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{server.args!r} does not serve on port {port}:\n{log.read_text()[-2000:]}")

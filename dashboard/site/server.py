"""Serving: one process per core, each over the same snapshot; README.md says why by this server."""

from __future__ import annotations

import multiprocessing
import os
import re
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from werkzeug.middleware.proxy_fix import ProxyFix

import etl
from dashboard.public_address import PublicAddressError, read_public_address
from dashboard.rate_limits import RateSettingError, read_is_limited
from dashboard.site.app import create_app, warm_up
from dashboard.site.bounded_requests import BoundedRequests
from dashboard.site.health import READY_PATH
from dashboard.site.limits import HEADER_SECONDS, MOST_HEADER_BYTES
from dashboard.site.logs import write_logs_safely

USAGE_ERROR = 2
# How many proxies of one's own stand in front; what they say of clients is believed, and nobody else.
PROXIES_VARIABLE = "FOOTNOTED_PROXIES"
MOST_PROXIES = 9
# How many processes serve; each holds the snapshot, the charts drawn of it and the libraries: some 350 MB.
WORKERS_VARIABLE = "FOOTNOTED_WORKERS"
MOST_WORKERS, USUAL_WORKERS = 64, 4
# Slow clients wait here without a thread of their own; as many files may be open.
CONNECTIONS = 8_192
STOP_SECONDS = 10
ASK_AGAIN_SECONDS, ANSWER_SECONDS = 0.05, 60


def serve_application(
    folder: Path, day: date | None, *, announce: Callable[[], None], host: str, port: int
) -> None:
    """Serves the snapshot in a folder until stopped; `announce` is called once readers can come.

    Raises: SystemExit with the code of what went wrong.
    """
    proxies, workers = read_proxies(), read_workers()
    try:
        read_public_address()
        read_is_limited()
    except (PublicAddressError, RateSettingError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(USAGE_ERROR)
    _refuse_taken(host, port)
    _allow_many_files()
    # Workers start anew: a polars that has run a query hangs in a forked child.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "footnoted",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=MOST_HEADER_BYTES
        ),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    Thread(target=_announce_when_ready, args=(announce, host, port), daemon=True).start()
    load = partial(load_worker, folder, day, proxies=proxies, workers=workers)
    server.serve(target_loader=load, wrap_loader=False)


def load_worker(folder: Path, day: date | None, *, proxies: int, workers: int) -> BoundedRequests:
    """What one process serves: the application, warm, behind its proxies and within its limits."""
    write_logs_safely()
    server = create_app(etl.open_snapshot(folder, as_of=day), workers=workers)
    warm_up(server)
    return BoundedRequests(trust_proxies(server, count=proxies))


def trust_proxies(application: Any, *, count: int) -> Any:
    """The application as so many proxies in front of it say it was asked: by whom, and at which address.

    Their headers are X-Forwarded-For, -Proto and -Host, each of which every one of them has to set: what a
    client sends of these would else be believed. With none in front no such header is read.
    """
    return ProxyFix(application, x_for=count, x_proto=count, x_host=count) if count else application


def read_proxies() -> int:
    """How many proxies the setting says are in front; none where it is not set.

    Raises: SystemExit where it is no small number.
    """
    text = "number of proxies in front of this server. Unset it where there is none"
    return _read_number(PROXIES_VARIABLE, text, usual=0, least=0, most=MOST_PROXIES)


def read_workers() -> int:
    """How many processes serve: as the setting says, else one per core of this machine, and not many.

    Raises: SystemExit where it is no such number.
    """
    text = "number of processes that serve. Unset it for one per core"
    usual = min(_count_cores(), USUAL_WORKERS)
    return _read_number(WORKERS_VARIABLE, text, usual=usual, least=1, most=MOST_WORKERS)


def _read_number(variable: str, meaning: str, *, usual: int, least: int, most: int) -> int:
    text = os.environ.get(variable, "").strip() or str(usual)
    if not re.fullmatch(r"[0-9]{1,3}", text) or not least <= int(text) <= most:
        sys.stderr.write(f"{variable}={text!r} is not from {least} to {most}, the {meaning}.\n")
        sys.exit(USAGE_ERROR)
    return int(text)


def _count_cores() -> int:
    # Not on every system: where it is, a container's share of the machine counts.
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _refuse_taken(host: str, port: int) -> None:
    """Raises: SystemExit where another program listens already; the workers would share the port with it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.stderr.write(
                f"{host}:{port} cannot be listened on: {error.strerror}. Choose another --port.\n"
            )
            sys.exit(USAGE_ERROR)


def _allow_many_files() -> None:
    """Lets every connection have its file, as far as the system allows."""
    with suppress(ImportError, ValueError, OSError):
        # Not on Windows, which has no such limit.
        import resource  # noqa: PLC0415

        allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = CONNECTIONS if most == resource.RLIM_INFINITY else min(CONNECTIONS, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(allowed, wanted), most))


def _announce_when_ready(announce: Callable[[], None], host: str, port: int) -> None:
    """Asks until a worker answers that it is ready."""
    nearest = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while True:
        connection = HTTPConnection(nearest, port, timeout=ANSWER_SECONDS)
        with suppress(OSError, HTTPException):
            connection.request("GET", READY_PATH)
            if connection.getresponse().status == 200:
                announce()
                return
        connection.close()
        time.sleep(ASK_AGAIN_SECONDS)

"""Serving an application: gunicorn where it runs, werkzeug's threaded server elsewhere."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.serving import make_server

USAGE_ERROR = 2
# How many proxies of one's own stand in front; what they say of clients is believed, and nobody else.
PROXIES_VARIABLE = "FOOTNOTED_PROXIES"
MOST_PROXIES = 9
# What a worker leaves with to make gunicorn stop for good, instead of starting it again and again.
LOAD_ERROR = 4
THREADS = 8
TIMEOUT_SECONDS = 60
Load = Callable[[], Any]


def serve_application(load: Load, *, announce: Callable[[], None], host: str, port: int) -> None:
    """Loads and serves until stopped; `announce` is called once readers can come.

    Raises: SystemExit with the code of what went wrong.
    """
    proxies = read_proxies()

    def load_behind_proxies() -> Any:
        return trust_proxies(load(), count=proxies)

    if sys.platform == "win32" or find_spec("gunicorn") is None:
        _serve_with_werkzeug(load_behind_proxies, announce=announce, host=host, port=port)
    else:
        _serve_with_gunicorn(load_behind_proxies, announce=announce, host=host, port=port)


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
    text = os.environ.get(PROXIES_VARIABLE, "").strip() or "0"
    if not re.fullmatch(rf"[0-{MOST_PROXIES}]", text):
        sys.stderr.write(
            f"{PROXIES_VARIABLE}={text!r} is not the number of proxies in front of this server, 0 to "
            f"{MOST_PROXIES}. Unset it where there is none.\n"
        )
        sys.exit(USAGE_ERROR)
    return int(text)


def _serve_with_gunicorn(load: Load, *, announce: Callable[[], None], host: str, port: int) -> None:
    # By name: gunicorn is not there on every system, and has no types.
    base: Any = import_module("gunicorn.app.base").BaseApplication
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": TIMEOUT_SECONDS,
        "loglevel": "warning",
        "control_socket_disable": True,
        # Proxies are believed by trust_proxies() alone, and no more because they are on this machine.
        "forwarded_allow_ips": "",
        # Loading in the worker, never before the fork: a polars that has run a query hangs in a forked child.
        "preload_app": False,
        "post_worker_init": lambda _worker: announce(),
    }

    def load_config(application: Any) -> None:
        for name, value in options.items():
            application.cfg.set(name, value)

    application = type("Application", (base,), {"load_config": load_config, "load": lambda _: load()})
    master = os.getpid()
    try:
        application().run()
    except SystemExit as leaving:
        # The worker, forked in the middle of run(), passes here too: its code is for gunicorn to read.
        if os.getpid() == master and leaving.code == LOAD_ERROR:
            sys.exit(USAGE_ERROR)
        raise


def _serve_with_werkzeug(load: Load, *, announce: Callable[[], None], host: str, port: int) -> None:
    server = make_server(host, port, load(), threaded=True)
    announce()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()

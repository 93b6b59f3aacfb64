"""Serving an application: gunicorn where it runs, werkzeug's threaded server elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from werkzeug.serving import make_server

USAGE_ERROR = 2
# What a worker leaves with to make gunicorn stop for good, instead of starting it again and again.
LOAD_ERROR = 4
THREADS = 8
TIMEOUT_SECONDS = 60
Load = Callable[[], Any]


def serve_application(load: Load, *, announce: Callable[[], None], host: str, port: int) -> None:
    """Loads and serves until stopped; `announce` is called once readers can come.

    Raises: SystemExit with the code of what went wrong.
    """
    if sys.platform == "win32" or find_spec("gunicorn") is None:
        _serve_with_werkzeug(load, announce=announce, host=host, port=port)
    else:
        _serve_with_gunicorn(load, announce=announce, host=host, port=port)


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

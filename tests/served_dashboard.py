"""A dashboard on a port of its own, for a browser or whatever asks over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

import etl
from dashboard.site.app import create_app, warm_up


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open and the output of the tests clean."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""


@contextmanager
def serve(snapshot: etl.Snapshot) -> Iterator[str]:
    """A dashboard of one snapshot; gives its address."""
    app = create_app(snapshot)
    warm_up(app)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()

"""What the server logs: lines that no request can forge, and nothing of a text that was sent."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

from flask import Flask, request

# Control characters, and what turns the direction of writing: of these a line could be made up, or hidden.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class SafeFormatter(logging.Formatter):
    """One line for a message; a traceback follows indented, and no line of it passes for a message."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The message on one line."""
        return escape_controls(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """A traceback, every line of it indented."""
        return "\n".join(f"  {escape_controls(line)}" for line in super().formatException(ei).split("\n"))


def escape_controls(text: str) -> str:
    """A text on one line, with every control character as an escape."""
    return _UNSAFE.sub(lambda found: ascii(found[0])[1:-1], text)


def write_logs_safely() -> None:
    """Gives this process one way of writing logs."""
    handler = logging.StreamHandler()
    handler.setFormatter(SafeFormatter(_FORMAT))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def log_faults_safely(server: Flask) -> None:
    """Logs a fault with its place; its words only where nothing was sent that they could quote."""

    def log_exception(error: Any) -> None:
        kind, _, trace = error
        asked = f"{request.method} {escape_controls(request.path)}"
        if request.method in {"GET", "HEAD"}:
            server.logger.error("%s failed", asked, exc_info=error)
            return
        place = traceback.extract_tb(trace)[-1]
        server.logger.error("%s failed: %s in %s, line %s", asked, kind.__name__, place.name, place.lineno)

    # Flask has this method to be replaced.
    server.log_exception = log_exception  # type: ignore[assignment, method-assign]

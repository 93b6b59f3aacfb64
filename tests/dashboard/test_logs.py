"""Logs: no request can write a line of its own, and nothing that was sent is in them."""

from __future__ import annotations

import io
import logging
from urllib.parse import quote

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from dashboard.site.logs import SafeFormatter, escape_controls, log_faults_safely

FORGED = "/x\n2026-01-01 ERROR root: all is lost \x1b[31m\u202e\r\u2028"
SECRET = "what nobody may read"


def format_message(text: str, *, error: BaseException | None = None) -> str:
    """A message as it is logged, with an error where there is one."""
    told = (type(error), error, error.__traceback__) if error else None
    return SafeFormatter().format(logging.LogRecord("x", logging.ERROR, "x", 1, "%s", (text,), told))


@given(text=st.text())
def test_a_message_is_one_line_without_controls(text: str) -> None:
    line = format_message(text)
    assert len(line.splitlines()) <= 1
    assert not [sign for sign in line if ord(sign) < 32 or sign in "\x7f\x9b\u2028\u202e"]


@given(text=st.text())
def test_lines_of_a_traceback_stand_apart_from_messages(text: str) -> None:
    try:
        raise ValueError(text + FORGED)
    except ValueError as error:
        lines = format_message("failed", error=error).split("\n")
    assert lines[0] == "failed"
    assert all(line.startswith("  ") for line in lines[1:])
    assert "\x1b" not in "".join(lines)


def test_an_ordinary_message_stays_as_it_is() -> None:
    assert escape_controls("the snapshot “2026” has no page /é") == "the snapshot “2026” has no page /é"


def ask_failing(method: str) -> str:
    """What a server logs of a route that fails, asked at an address that would forge a line."""
    server, log = Flask(__name__), io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(SafeFormatter("%(levelname)s %(message)s"))
    server.logger.handlers = [handler]
    server.logger.propagate = False
    log_faults_safely(server)

    @server.before_request
    def fail() -> None:
        raise RuntimeError(request.path + SECRET)

    answer = server.test_client().open(quote(FORGED), method=method)
    assert answer.status_code == 500
    assert SECRET not in answer.text
    server.logger.handlers = []
    return log.getvalue()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_fault_is_logged_with_its_place_and_forges_no_line(method: str) -> None:
    logged = ask_failing(method).rstrip("\n").split("\n")
    assert logged[0].startswith(f"ERROR {method} /x\\n2026-01-01")
    assert all(line.startswith("  ") for line in logged[1:])
    assert "fail" in "".join(logged)


def test_nothing_that_was_sent_is_in_a_log() -> None:
    assert SECRET not in ask_failing("POST")
    assert "RuntimeError in fail" in ask_failing("POST")

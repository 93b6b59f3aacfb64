"""Answers that stay as they are for as long as this process serves: the server sends them again by itself."""

from __future__ import annotations

from flask import request

# In the environment of a request, for the server around the application.
LASTING_MARK = "footnoted.lasting"


def keep_at_hand() -> None:
    """Says of the answer to the present request that it stays: it may depend on the address and the reader's
    host, encoding and kind of screen, and on nothing else.
    """
    request.environ[LASTING_MARK] = True

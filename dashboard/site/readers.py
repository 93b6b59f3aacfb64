"""What a request says of the reader's screen, for pictures that are drawn for it."""

from __future__ import annotations


def is_phone(hint: bytes, *, agent: bytes) -> bool:
    """Whether a page is read on a phone: by Sec-CH-UA-Mobile, or where it is not sent by User-Agent."""
    return hint == b"?1" if hint else b"Mobi" in agent

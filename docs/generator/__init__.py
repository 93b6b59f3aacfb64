"""The reference in docs/reference, written from the code: one module in pages/ per page, found by itself."""

from __future__ import annotations

from docs.generator.reference import find_stale, write_pages, write_reference
from docs.generator.wording import UndocumentedError

__all__ = ["UndocumentedError", "find_stale", "write_pages", "write_reference"]

"""Checking: a text's figures found, matched and judged, then and now."""

from __future__ import annotations

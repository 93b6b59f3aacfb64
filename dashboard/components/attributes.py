"""Attributes whose names hold a dash, which keyword arguments cannot spell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def name_attributes(attributes: Mapping[str, str | None]) -> dict[str, Any]:
    """Such attributes, ready to be passed on with two asterisks; those without a value are left out."""
    return {name: value for name, value in attributes.items() if value is not None}

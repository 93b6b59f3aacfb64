"""The API: read-only, under /api/v1; one file per resource in resources/, found without an edit elsewhere."""

from __future__ import annotations

from dashboard.api.heads import write_head_links
from dashboard.api.routing import IS_LIMITED, add_api, list_routes

__all__ = ["IS_LIMITED", "add_api", "list_routes", "write_head_links"]

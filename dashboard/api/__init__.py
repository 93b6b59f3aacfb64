"""The API: read-only, under /api/v1; one file per resource in resources/, found without an edit elsewhere."""

from __future__ import annotations

from dashboard.api.desk import IS_LIMITED, add_api, list_routes
from dashboard.api.heads import write_head_links

__all__ = ["IS_LIMITED", "add_api", "list_routes", "write_head_links"]

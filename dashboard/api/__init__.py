"""The API: read-only, under /api/v1; one file per resource in resources/, found without an edit elsewhere.

`contract` says what a resource gives, `routing` hangs its routes into the application. For a request,
`requests` finds snapshot and day, `parameters` reads the query, `tables` writes rows in the format asked for,
and `problems` answers what cannot be done. `description` makes the OpenAPI document of the same routes with
`schemas`; `front_page` shows it, and `heads` tells programs of it in the head of every page.
"""

from __future__ import annotations

from dashboard.api.heads import write_head_links
from dashboard.api.routing import add_api, find_match, hash_code, list_routes

__all__ = ["add_api", "find_match", "hash_code", "list_routes", "write_head_links"]

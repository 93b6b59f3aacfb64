"""One file per resource; a new file is found without an edit elsewhere.

Each has `ROUTES`, a tuple of `Route` from `dashboard.api.contract` with its parameters, answers and words:
the same routes are served, described in OpenAPI and listed in docs/reference.
"""

from __future__ import annotations

import importlib
import pkgutil

from dashboard.api.contract import Route


class ResourceError(Exception):
    """A resource module that cannot be used."""


def find_routes() -> tuple[Route, ...]:
    """Every route of every resource, by path.

    Raises: ResourceError where a module has no ROUTES or two routes are the same.
    """
    found: dict[tuple[str, str], Route] = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        if not hasattr(module, "ROUTES"):
            raise ResourceError(f"{entry.name}.py lacks ROUTES. Every file in resources/ is one resource.")
        for route in module.ROUTES:
            key = (route.path, route.method)
            if key in found:
                raise ResourceError(
                    f"{entry.name}.py: {route.method} {route.path} is taken. Give it another."
                )
            found[key] = route
    return tuple(found[key] for key in sorted(found))

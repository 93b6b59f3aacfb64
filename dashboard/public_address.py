"""Where this site is, for links that lead back to it: as its operator has set it, or as it was asked."""

from __future__ import annotations

import os
import re
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

PUBLIC_VARIABLE = "FOOTNOTED_PUBLIC_URL"
PUBLIC_URL = "PUBLIC_URL"
# Asked by what watches over the server, under whatever name it has on its own network.
HEALTH_PATHS = frozenset(("/healthz", "/readyz"))
# A name or an address with or without a port: it is written into links, and nothing else may be.
_HOST = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?", re.ASCII)
_USUAL_PORTS = {"http": ":80", "https": ":443"}


class PublicAddressError(ValueError):
    """A setting that is no address of a site; its words say what one looks like."""


def read_public_address() -> str | None:
    """The address that the operator has set, without a slash at its end; None where none is set.

    Raises: PublicAddressError where it is not one.
    """
    text = os.environ.get(PUBLIC_VARIABLE, "").strip().rstrip("/")
    if not text:
        return None
    parts = urlsplit(text)
    is_home = parts.scheme in _USUAL_PORTS and not (parts.path or parts.query or parts.fragment)
    if not is_home or not _HOST.fullmatch(parts.netloc):
        raise PublicAddressError(
            f"{PUBLIC_VARIABLE}={text!r} is not an address such as https://figures.example: http or https, "
            "a host, a port where it has one, and no path."
        )
    return text


def find_home() -> str:
    """The address of this site as links of the present answer have it, without a slash at its end."""
    return current_app.config.get(PUBLIC_URL) or request.host_url.rstrip("/")


def check_hosts(server: Flask, *, public_address: str | None) -> None:
    """Refuses requests for a host that cannot be, and, where the site's address is set, for any other."""
    server.config[PUBLIC_URL] = public_address
    own = _name_host(*urlsplit(public_address)[:2]) if public_address else None

    def refuse_other_hosts() -> Response | None:
        host = request.environ.get("HTTP_HOST", request.host)
        if not _HOST.fullmatch(host):
            abort(HTTPStatus.BAD_REQUEST, "The request names no host that can be.")
        if own is None or request.path in HEALTH_PATHS or _name_host(request.scheme, host) == own:
            return None
        abort(HTTPStatus.MISDIRECTED_REQUEST, f"This site is at {public_address}.")

    server.before_request(refuse_other_hosts)


def _name_host(scheme: str, host: str) -> str:
    return host.lower().removesuffix(_USUAL_PORTS.get(scheme, ""))

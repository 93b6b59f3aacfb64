"""What stands before every route: which host is asked, how much is sent, how often one may ask."""

from __future__ import annotations

from flask import Flask

from dashboard.public_address import check_hosts, read_public_address
from dashboard.rate_limits import Rates, limit_rates, read_is_limited
from dashboard.site.limits import limit_bodies
from dashboard.site.logs import log_faults_safely


def protect(server: Flask, *, workers: int = 1) -> None:
    """Adds it all to a server, which is one of so many workers.

    Raises: PublicAddressError, RateSettingError for a setting that cannot be.
    """
    check_hosts(server, public_address=read_public_address())
    limit_bodies(server)
    if read_is_limited():
        limit_rates(server, Rates().share(workers))
    log_faults_safely(server)

"""The API over the snapshot of everything in datasets/."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

import etl
from tests.dashboard.api.asking import open_api


@pytest.fixture(scope="package")
def api(built_snapshot: etl.Snapshot) -> FlaskClient:
    """A client whose rate is not limited."""
    return open_api(built_snapshot)

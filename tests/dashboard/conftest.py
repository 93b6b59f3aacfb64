"""What tests of the dashboard may ask for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import dashboard.charts
import dashboard.pages
import etl
from dashboard.site.app import create_app


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files count as charts and as pages."""
    for package in (dashboard.charts, dashboard.pages):
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / package.__name__)])
        (tmp_path / package.__name__).mkdir()
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.fixture(scope="session")
def client(built_snapshot: etl.Snapshot) -> FlaskClient:
    """A client of the whole site, which keeps what it has drawn: for tests that only ask."""
    asking: FlaskClient = create_app(built_snapshot).test_client()
    return asking

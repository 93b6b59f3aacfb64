"""The snapshot of datasets/, which grows: nothing here may count what is in it."""

from __future__ import annotations

import pytest

import etl
from tests.conftest import LIVE_DATASETS


@pytest.fixture(scope="session")
def live_snapshot(tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """The snapshot of datasets/ as it is today."""
    return etl.build(LIVE_DATASETS, out=tmp_path_factory.mktemp("live"))

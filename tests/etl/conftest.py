"""A workbench per test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.workbench import Workbench, copy_datasets


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    """A copy of the datasets that the test may damage."""
    return copy_datasets(tmp_path)

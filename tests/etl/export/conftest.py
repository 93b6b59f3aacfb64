"""One export of everything in datasets/, in every format, for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import etl


@pytest.fixture(scope="session")
def release(built_snapshot: etl.Snapshot) -> etl.Release:
    """The tables as they leave, behind the licence gate."""
    return etl.Release(built_snapshot)


@pytest.fixture(scope="session")
def exported(built_snapshot: etl.Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the snapshot in every format."""
    folder = tmp_path_factory.mktemp("exported")
    etl.export(built_snapshot, folder, etl.EXPORT_FORMATS)
    return folder

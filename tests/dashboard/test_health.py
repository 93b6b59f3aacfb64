"""Health: alive, and able to serve the snapshot that was opened."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import etl
from dashboard.site.health import READY_PATH, add_health_routes


@pytest.fixture
def folder(built_snapshot: etl.Snapshot, tmp_path: Path) -> Path:
    """A snapshot's folder that a test may change."""
    copy: Path = shutil.copytree(built_snapshot.folder, tmp_path / built_snapshot.folder.name)
    return copy


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    server = Flask(__name__)
    add_health_routes(server, snapshot=etl.open_snapshot(folder))
    return server.test_client()


def test_a_server_whose_snapshot_is_as_it_was_opened_is_ready(client: FlaskClient, folder: Path) -> None:
    answer = client.get(READY_PATH)
    assert (answer.status_code, answer.text) == (200, f"ready: {folder.name}\n")
    assert answer.headers["Cache-Control"] == "no-store"


def cut(folder: Path) -> None:
    """Leaves half of a table."""
    table = folder / "claims.parquet"
    table.write_bytes(table.read_bytes()[: table.stat().st_size // 2])


def remove(folder: Path) -> None:
    """Takes a table away."""
    (folder / "claims.parquet").unlink()


def remove_all(folder: Path) -> None:
    """Takes the whole folder away."""
    shutil.rmtree(folder)


@pytest.mark.parametrize("change", [cut, remove, remove_all])
def test_a_server_whose_snapshot_was_changed_says_so(
    change: Callable[[Path], None], client: FlaskClient, folder: Path
) -> None:
    change(folder)
    answer = client.get(READY_PATH)
    assert answer.status_code == 503
    assert "claims.parquet" in answer.text
    assert "start the server anew" in answer.text

"""What every test may ask for: a frozen tree and its snapshot, the folders beside the checkout, a browser."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

import etl
from tests.chromium import find_chromium

CHECKOUT = Path(__file__).parent.parent
# A small tree of its own that never grows: a document or an edition added to datasets/ breaks no test.
DATASETS = CHECKOUT / "tests" / "data"
# Read by tests/live/ alone.
LIVE_DATASETS = CHECKOUT / "datasets"
SHARED = Path(os.environ.get("FOOTNOTED_SHARED") or CHECKOUT.parent / "shared")

# Programs that tests start, and requests that name no datasets, read the frozen tree too.
os.environ["FOOTNOTED_DATASETS"] = str(DATASETS)
# What one test has read another need not; nothing of it stays.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["FOOTNOTED_CACHE"] = tempfile.mkdtemp(prefix="footnoted-cache-")
    atexit.register(shutil.rmtree, os.environ["FOOTNOTED_CACHE"], ignore_errors=True)
# One machine asks for everything: only the tests of rates set them.
os.environ["FOOTNOTED_RATE_LIMITS"] = "off"

# The same examples on every run: an unlucky draw must not fail somebody else's change. `make test-slow` draws
# others each time, by --hypothesis-profile=fresh.
settings.register_profile("fixed", max_examples=20, deadline=None, derandomize=True)
settings.register_profile("fresh", max_examples=200, deadline=None, print_blob=True)
settings.load_profile("fixed")


def find_shared_folder(name: str) -> Path:
    """One folder of material that is not redistributed; the test is skipped where it is absent."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"needs {name}/, which is not part of the project: FOOTNOTED_SHARED may name its parent")
    return folder


@pytest.fixture(scope="session")
def documents_folder() -> Path:
    """The full texts of the documents."""
    return find_shared_folder("documents")


@pytest.fixture(scope="session")
def facts_folder() -> Path:
    """The figures that datasets/ was filled from."""
    return find_shared_folder("facts")


@pytest.fixture(scope="session")
def publisher_files_folder() -> Path:
    """Real downloads in their publishers' own formats."""
    return find_shared_folder("publisher-files")


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser; without one the test is skipped, and fails on a build server."""
    path = find_chromium()
    if path is not None:
        return path
    reason = "needs Chromium or Chrome: install one, or name it in CHROMIUM"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def fresh_seed() -> int:
    """Another number on every run, for slow tests that damage files; pytest shows it where a test fails."""
    seed = secrets.randbelow(1 << 31)
    sys.stdout.write(f"seed {seed}\n")
    return seed


@pytest.fixture(scope="session")
def built_snapshot(tmp_path_factory: pytest.TempPathFactory) -> etl.Snapshot:
    """The snapshot of tests/data/, built once in each worker."""
    return etl.build(DATASETS, out=tmp_path_factory.mktemp("snapshots"))

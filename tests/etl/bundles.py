"""Bundles for tests: built of the embedded data, and taken apart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import etl
from tests.conftest import DATASETS

SHARE = "business-standard-2025-12-05.share-2019-23"


def unpack_bundle(
    snapshot: etl.Snapshot, row_ids: Sequence[str], *, datasets: Path = DATASETS
) -> dict[str, bytes]:
    """The files of the bundle of some rows."""
    packed = etl.build_bundle(snapshot, row_ids, datasets=datasets)
    with zipfile.ZipFile(io.BytesIO(packed)) as store:
        return {name: store.read(name) for name in store.namelist()}

"""Evidence bundles: the rows behind a chart or a claim, packed so that anyone can work them out again."""

from __future__ import annotations

from etl.bundle.inputs import BundleError
from etl.bundle.reproduction import Difference, Reproduction, reproduce_bundle
from etl.bundle.writing import build_bundle, write_bundle

__all__ = [
    "BundleError",
    "Difference",
    "Reproduction",
    "build_bundle",
    "reproduce_bundle",
    "write_bundle",
]

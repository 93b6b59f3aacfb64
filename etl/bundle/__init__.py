"""Evidence bundles: the rows behind a chart or a claim, packed so that anyone can work them out again.

`closure` finds which rows a figure or claim needs, `inputs` reduces them to what was read, `recomputing`
derives and judges from these alone, and `writing` packs the fewest that give the same result, with
`publisher_rows` and a `check_report` for readers. `reproduce.py` travels inside and calls `reproduction`,
which holds a bundle to its manifest and its figures.
"""

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

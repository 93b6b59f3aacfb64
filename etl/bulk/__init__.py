"""Bulk files of millions of flows: read once, checked, and written as Parquet by year in little memory.

They do not become observations of a snapshot; they are what large questions are asked of (`scan_bulk`).
"""

from __future__ import annotations

from etl.bulk.conversion import convert_bulk, recognise_bulk, scan_bulk
from etl.bulk.report import BulkReport

__all__ = ["BulkReport", "convert_bulk", "recognise_bulk", "scan_bulk"]

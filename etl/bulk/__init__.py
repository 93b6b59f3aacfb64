"""Bulk files of millions of flows: read once, checked, and written as Parquet by year in little memory.

`layouts` recognises a file (`baci`, `comtrade`), `blocks` cuts it into whole lines, `reading_ahead` takes a
few blocks at a time through the layout, with `areas` for codes and `rows` for what is unusual, and
`conversion` hands the flows, put in order (`ordering`), to `parts`, which writes them; `report` says what
was done, `companions` keeps the code lists beside. They do not become observations of a snapshot; they are
what large questions are asked of (`scan_bulk`).
"""

from __future__ import annotations

from etl.bulk.conversion import convert_bulk, recognise_bulk, scan_bulk
from etl.bulk.report import BulkReport

__all__ = ["BulkReport", "convert_bulk", "recognise_bulk", "scan_bulk"]

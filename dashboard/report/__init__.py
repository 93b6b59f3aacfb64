"""A dossier as one HTML file: it opens from disk without a network, and prints.

`subject` is what it is about and of which day. `writing` puts it together: `front_matter`, `chapters`
(charts, `claim_sheet`, `document_sheet`), `back_matter`; `evidence` is what its points open, `links` lead
within the file, `surroundings` and `page_file` make one file of it, and `report_command` saves it for the
command line.
"""

from __future__ import annotations

from dashboard.report.page_file import write_policy
from dashboard.report.report_command import ReportOrder, save_report
from dashboard.report.writing import name_report, write_report

__all__ = ["ReportOrder", "name_report", "save_report", "write_policy", "write_report"]

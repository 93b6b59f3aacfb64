"""A dossier as one HTML file: it opens from disk without a network, and prints."""

from __future__ import annotations

from dashboard.report.page_file import write_policy
from dashboard.report.report_command import ReportOrder, save_report
from dashboard.report.writing import name_report, write_report

__all__ = ["ReportOrder", "name_report", "save_report", "write_policy", "write_report"]

"""What a report is about: a dossier of one snapshot, as known on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.address import Selection, TooEarlyError, write_place
from dashboard.chart_cache import ChartCache
from dashboard.chart_contract import ChartModule, View
from dashboard.page_contract import PageContext
from dashboard.report.links import Destinations
from dashboard.views.documents import DocumentEntry, list_documents
from dashboard.views.dossiers import find_dossier, find_limit, list_dossiers
from dashboard.views.editions import list_days
from etl import Dossier, Snapshot, format_day


@dataclass(frozen=True)
class ReportSubject:
    """A dossier with the charts and documents of a day; `limit` is that day where it is an earlier one."""

    chart_cache: ChartCache
    selection: Selection
    dossier: Dossier
    limit: date | None
    documents: tuple[DocumentEntry, ...]
    destinations: Destinations

    @property
    def snapshot(self) -> Snapshot:
        """What was known on the day."""
        return self.chart_cache.snapshot

    @property
    def context(self) -> PageContext:
        """What the parts of pages ask."""
        return PageContext(self.snapshot, self.chart_cache)

    def list_drawn(self) -> list[ChartModule]:
        """Every chart that has something to draw, in the order of the pages."""
        views = [(chart, self.find_view(chart)) for chart in self.chart_cache.list_charts()]
        return [chart for chart, view in views if view and view.points]

    def list_shown(self) -> list[ChartModule]:
        """Those charts, and those that fail where they would say so."""
        views = [(chart, self.find_view(chart)) for chart in self.chart_cache.list_charts()]
        return [chart for chart, view in views if view is None or view.points]

    def select_view(self, chart: ChartModule) -> View:
        """What a chart says of the dossier.

        Raises: ChartFaultError where it fails.
        """
        return self.chart_cache.select_view(chart.card.chart_id, self.selection)

    def find_view(self, chart: ChartModule) -> View | None:
        """What a chart says of the dossier; nothing where it fails."""
        return self.chart_cache.find_view(chart.card.chart_id, self.selection)


def find_subject(chart_cache: ChartCache, selection: Selection, *, site: str | None) -> ReportSubject:
    """The dossier and the day that a selection names; whatever else it chooses is left out.

    Raises: SelectionError for a dossier that is not there, or a day on which nothing was known of it.
    """
    day = chart_cache.turn_back(selection.as_of)
    snapshot, limit = day.snapshot, find_limit(day.snapshot)
    dossier = find_dossier(chart_cache.snapshot, selection)
    is_main = dossier == list_dossiers(chart_cache.snapshot)[0]
    _check_day(chart_cache.snapshot, dossier, limit)
    # The main dossier needs no name, and its charts are then those of pages.
    kept = Selection(dossier=None if is_main else dossier.dossier_id, as_of=limit)
    documents = tuple(list_documents(snapshot, dossier.dossier_id))
    destinations = Destinations(
        documents=frozenset(entry.document_id for entry in documents),
        site=site,
        place={**write_place(kept), "snapshot": snapshot.snapshot_id},
    )
    return ReportSubject(day, kept, dossier, limit, documents, destinations)


def _check_day(snapshot: Snapshot, dossier: Dossier, limit: date | None) -> None:
    days = list_days(snapshot, dossier)
    if limit is None or (days and limit >= days[-1].day):
        return
    message = f"On {format_day(limit)} nothing was known here about {dossier.title}."
    begins = [f"What is known begins in {format_day(each.day, precision='month')}." for each in days[-1:]]
    raise TooEarlyError(" ".join([message, *begins]))

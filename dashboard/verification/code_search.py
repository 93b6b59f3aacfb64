"""A picture found by its short code alone: every chart is recorded again until one has that code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dashboard.address import Selection, read_selection
from dashboard.chart_cache import ChartCache
from dashboard.picture_records import PictureRecord, read_code
from dashboard.picture_records.chart_sheet import record_chart
from dashboard.views.dossiers import list_dossiers


class UnknownCodeError(LookupError):
    """A code that no chart of the snapshot has, as it is first shown or by one choice."""


def find_picture(code: str, chart_cache: ChartCache) -> PictureRecord:
    """The record whose code this is, among the charts of a snapshot as first shown and by one choice each.

    Raises: CodeError for what is no code; UnknownCodeError where no chart has it.
    """
    asked = read_code(code)
    for selection in _list_selections(chart_cache):
        for chart in chart_cache.list_charts():
            chart_id = chart.card.chart_id
            for chosen in _list_chosen(chart_cache, chart_id, selection):
                record = record_chart(chart_cache, chart_id, selection=chosen)
                if record.code == asked:
                    return record
    raise UnknownCodeError(
        f"no chart of snapshot {chart_cache.snapshot.snapshot_id} has the code {asked}. It may be of another "
        "snapshot (--snapshot names one), of an earlier day, zoomed in or of several choices: give the file."
    )


def _list_selections(chart_cache: ChartCache) -> Iterator[Selection]:
    for dossier in list_dossiers(chart_cache.snapshot):
        yield Selection(dossier=dossier.dossier_id)


def _list_chosen(chart_cache: ChartCache, chart_id: str, selection: Selection) -> Iterator[Selection]:
    yield selection
    for choice in chart_cache.list_choices(chart_id, selection):
        if not choice.is_chosen and choice.value is not None:
            read = read_selection({choice.field: choice.value})
            changes: dict[str, Any] = {choice.field: getattr(read, choice.field)}
            yield replace(selection, **changes)

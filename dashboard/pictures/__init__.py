"""Charts as readers see them: plotly figures drawn as SVG, every point an element with a name."""

from dashboard.pictures.mark_groups import MarkName
from dashboard.pictures.picture import draw_picture, measure_words
from dashboard.pictures.support import UnsupportedFigureError
from dashboard.pictures.zoom import can_zoom, zoom_figure

__all__ = ["MarkName", "UnsupportedFigureError", "can_zoom", "draw_picture", "measure_words", "zoom_figure"]

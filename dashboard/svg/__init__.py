"""Charts as readers see them: plotly figures drawn as SVG, every point an element with a name."""

from dashboard.svg.mark_groups import MarkName
from dashboard.svg.picture import draw_svg, measure_words
from dashboard.svg.support import UnsupportedFigureError
from dashboard.svg.zoom import can_zoom, zoom_figure

__all__ = ["MarkName", "UnsupportedFigureError", "can_zoom", "draw_svg", "measure_words", "zoom_figure"]

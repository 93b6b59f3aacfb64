"""Charts as readers see them: plotly figures drawn as SVG, every point an element with a name.

`support` refuses what is not drawn; `picture` draws the rest, layer by layer on one `sheet` with its
`axes`: `shapes`, `axis_lines`, traces (`bars`, `lines` over `traces`) as `mark_groups` with their
`targets`, and `annotations`, all of it `elements` as text. `words` are measured, not guessed. `zoom` makes
a figure of a part of its time. README.md has the rules::

    svg = draw_svg(figure, width=536, names=names, palette=LIGHT)
"""

from dashboard.svg.mark_groups import MarkName
from dashboard.svg.picture import draw_svg, measure_words
from dashboard.svg.support import UnopenedMarkError, UnsupportedFigureError
from dashboard.svg.zoom import can_zoom, read_zoom, zoom_figure

__all__ = [
    "MarkName",
    "UnopenedMarkError",
    "UnsupportedFigureError",
    "can_zoom",
    "draw_svg",
    "measure_words",
    "read_zoom",
    "zoom_figure",
]

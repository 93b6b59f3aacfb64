"""The smallest app of each other framework that shows one bar chart, as its own first pages teach it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TITLE = "Two-way goods trade, billion US dollars"


@dataclass(frozen=True)
class OneChartApp:
    """What to install, the app's text below the figures, and the framework's own command to serve it.

    `arguments` follow "python -m" and may name {port}. `settings` stop what a machine without the internet
    cannot do (news of versions, usage figures), and change nothing that readers get.
    """

    name: str
    packages: tuple[str, ...]
    text: str
    arguments: tuple[str, ...]
    settings: Mapping[str, str]
    path: str = "/"


STREAMLIT = OneChartApp(
    name="Streamlit",
    packages=("streamlit",),
    text="""
import pandas as pd
import streamlit as st

st.title(title)
st.bar_chart(pd.DataFrame({"year": years, "trade": trade}), x="year", y="trade")
""",
    arguments=("streamlit", "run", "app.py", "--server.headless", "true", "--server.port", "{port}"),
    settings={"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"},
)
PANEL = OneChartApp(
    name="Panel",
    packages=("panel",),
    text="""
import panel as pn
from bokeh.plotting import figure

pn.extension()
plot = figure(x_range=years, title=title, height=400, sizing_mode="stretch_width")
plot.vbar(x=years, top=trade, width=0.9)
pn.pane.Bokeh(plot, sizing_mode="stretch_width").servable()
""",
    arguments=("panel", "serve", "app.py", "--port", "{port}"),
    settings={},
    path="/app",
)
GRADIO = OneChartApp(
    name="Gradio",
    packages=("gradio",),
    text="""
import gradio as gr
import pandas as pd

with gr.Blocks() as demo:
    gr.BarPlot(pd.DataFrame({"year": years, "trade": trade}), x="year", y="trade", title=title)

demo.launch()
""",
    arguments=("app",),
    settings={"GRADIO_SERVER_PORT": "{port}", "GRADIO_ANALYTICS_ENABLED": "False"},
)
NICEGUI = OneChartApp(
    name="NiceGUI",
    packages=("nicegui",),
    text="""
import os

from nicegui import ui

ui.label(title)
ui.echart({
    "xAxis": {"type": "category", "data": years},
    "yAxis": {},
    "series": [{"type": "bar", "data": trade}],
})
ui.run(port=int(os.environ["PORT"]), show=False, reload=False)
""",
    arguments=("app",),
    settings={"PORT": "{port}"},
)
ONE_CHART_APPS = (STREAMLIT, PANEL, GRADIO, NICEGUI)


def write_app(app: OneChartApp, *, years: Sequence[str], trade: Sequence[float]) -> str:
    """The whole app: the figures, then its own lines."""
    return f"title = {TITLE!r}\nyears = {list(years)!r}\ntrade = {list(trade)!r}\n{app.text}"

"""Charts that the server does not draw, each one new file as a maintainer would write it."""

from __future__ import annotations

from pathlib import Path

from tests.contributing import read_example

EXAMPLE = read_example("A chart", folder="dashboard/charts")
EXAMPLE_ID = "example_exports"
# What takes the place of draw(): of `view` it has the spans, each with a value, a period and a row.
DRAWS = {
    "heatmap": """
    spans = view.spans[-8:]
    rows = [spans[:4], spans[4:]]
    trace = {
        "type": "heatmap",
        "z": [[span.value for span in row] for row in rows],
        "x": ["first", "second", "third", "fourth"],
        "y": ["earlier", "later"],
        "customdata": [[span.row_id for span in row] for row in rows],
        "hovertemplate": "%{z}<extra></extra>",
    }
    return {"data": [trace], "layout": {}}
""",
    "treemap": """
    spans = view.spans[-6:]
    trace = {
        "type": "treemap",
        "labels": ["All years", *(span.period for span in spans)],
        "parents": ["", *("All years" for _ in spans)],
        "values": [0, *(span.value for span in spans)],
        "customdata": ["", *(span.row_id for span in spans)],
    }
    return {"data": [trace], "layout": {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}}}
""",
    "sankey": """
    spans = view.spans[-3:]
    trace = {
        "type": "sankey",
        "node": {"label": ["Exporter", *(span.period for span in spans)], "customdata": [""] * 4},
        "link": {
            "source": [0] * 3,
            "target": [1, 2, 3],
            "value": [span.value for span in spans],
            "customdata": [span.row_id for span in spans],
        },
    }
    return {"data": [trace], "layout": {}}
""",
    "polar": """
    import plotly.graph_objects as go

    spans = view.spans[-5:]
    bars = go.Barpolar(
        r=[span.value for span in spans],
        theta=[span.period for span in spans],
        customdata=[span.row_id for span in spans],
    )
    return go.Figure(bars)
""",
    "stacked": """
    spans = view.spans[-4:]
    bars = {
        "type": "bar",
        "x": [span.period for span in spans],
        "y": [span.value for span in spans],
        "customdata": [span.row_id for span in spans],
    }
    return {"data": [bars], "layout": {"barmode": "stack", "showlegend": True}}
""",
}
# The same rows for the table as for the marks.
KEEP = """
select_whole = select


def select(snapshot, selection):
    from dataclasses import replace

    view = select_whole(snapshot, selection)
    count = {count}
    return replace(view, title="{title}", points=view.points[-count:], spans=view.spans[-count:])
"""
COUNTS = {"heatmap": 8, "treemap": 6, "sankey": 3, "polar": 5, "stacked": 4}


def name_chart(kind: str) -> str:
    """The id of a planted chart."""
    return f"planted_{kind}"


def write_chart(kind: str) -> str:
    """The file of a chart of a kind."""
    text = EXAMPLE.replace(f'"{EXAMPLE_ID}"', f'"{name_chart(kind)}"')
    kept = KEEP.format(count=COUNTS[kind], title=f"Exports as a {kind}")
    return f"{text}\n{kept}\n\ndef draw(view, theme):{DRAWS[kind]}"


def plant(folder: Path, *kinds: str) -> None:
    """Adds charts to a folder that is looked through for some."""
    for kind in kinds:
        (folder / f"{name_chart(kind)}.py").write_text(write_chart(kind), encoding="utf-8")

"""Colours, type and the bare plotly layout, light and dark, wide and narrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Named faces before system-ui, whose widths differ most from one Linux to the next.
FONT = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, system-ui, sans-serif"
# A verdict is never a bare coloured dot: its sign stands with its word.
VERDICT_GLYPHS = {
    "supported": "\u2713",
    "superseded": "\u21bb",
    "not_comparable": "\u2260",
    "contradicted": "\u2715",
    "unresolved": "?",
}


@dataclass(frozen=True)
class Palette:
    """Colours that mean something, for one scheme: statistics blue, claims amber, a colour per verdict."""

    paper: str
    text: str
    secondary: str
    grid: str
    statistic: str
    other_vintage: str
    claim: str
    claim_text: str
    counterpart: str
    suppliers: dict[str, str]
    other_supplier: str
    surface: str
    rule: str
    accent: str
    verdicts: dict[str, str]


LIGHT = Palette(
    paper="#ffffff",
    text="#1b2733",
    secondary="#5b6775",
    grid="#e6e9ed",
    statistic="#31688e",
    other_vintage="#9fb3c8",
    claim="#d1801f",
    claim_text="#b45f06",
    counterpart="#b3423a",
    suppliers={
        "RUS": "#b3423a",
        "FRA": "#3f7cac",
        "USA": "#5b8e7d",
        "ISR": "#c99a2e",
        "SUN": "#8c5a55",
        "GBR": "#7a6c9d",
        "DEU": "#6b7a3a",
    },
    other_supplier="#b8c0c9",
    surface="#f6f7f8",
    rule="#c9d0d7",
    accent="#1f5f8b",
    verdicts={
        "supported": "#1f6f43",
        "superseded": "#5a4fa3",
        "not_comparable": "#8f5200",
        "contradicted": "#b3261e",
        "unresolved": "#55616e",
    },
)
DARK = Palette(
    paper="#141b22",
    text="#e8edf2",
    secondary="#a9b4c0",
    grid="#2a333d",
    statistic="#7fb2d6",
    other_vintage="#5f7890",
    claim="#f0a94b",
    claim_text="#f0a94b",
    counterpart="#e58179",
    suppliers={
        "RUS": "#e58179",
        "FRA": "#7db4dd",
        "USA": "#86c2ae",
        "ISR": "#e6c268",
        "SUN": "#b98a84",
        "GBR": "#aa9dd0",
        "DEU": "#a3b56b",
    },
    other_supplier="#56616d",
    surface="#1b242d",
    rule="#3c4854",
    accent="#8ec1e6",
    verdicts={
        "supported": "#7fd3a2",
        "superseded": "#b9b1f2",
        "not_comparable": "#f0b765",
        "contradicted": "#ff9a91",
        "unresolved": "#a9b4c0",
    },
)


SCHEMES = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True)
class Theme:
    """How a chart is to look: its scheme ("light" or "dark") and whether the screen is narrow (a phone)."""

    scheme: str = "light"
    narrow: bool = False

    @property
    def palette(self) -> Palette:
        """The colours of the scheme.

        Raises: KeyError for a scheme that is neither light nor dark.
        """
        return SCHEMES[self.scheme]


def build_layout(theme: Theme, **changes: Any) -> dict[str, Any]:
    """The layout every chart starts from: no frame, hairline grid, system type, nothing that moves."""
    palette = theme.palette
    axis = {
        "gridcolor": palette.grid,
        "linecolor": palette.grid,
        "zeroline": False,
        "tickfont": {"size": 12, "color": palette.secondary},
        "automargin": False,
        "fixedrange": theme.narrow,
    }
    layout: dict[str, Any] = {
        "paper_bgcolor": palette.paper,
        "plot_bgcolor": palette.paper,
        "font": {"family": FONT, "size": 13, "color": palette.text},
        "margin": {"l": 48, "r": 16, "t": 16, "b": 36},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.paper, "font": {"family": FONT, "size": 13, "color": palette.text}},
        "dragmode": False,
        "xaxis": {**axis, "showgrid": False},
        "yaxis": {**axis, "rangemode": "tozero"},
    }
    for name, value in changes.items():
        merged = (
            {**layout[name], **value}
            if isinstance(layout.get(name), dict) and isinstance(value, dict)
            else value
        )
        layout[name] = merged
    return layout


def write_css_variables() -> str:
    """The palettes as CSS variables: light, dark by the reader's system, and each by the reader's choice."""
    light, dark = _list_variables(LIGHT), _list_variables(DARK)
    return (
        f":root{{color-scheme:light;--font:{FONT};{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-scheme=light]){{color-scheme:dark;{dark}}}}}"
        f":root[data-scheme=dark]{{color-scheme:dark;{dark}}}"
    )


def _list_variables(palette: Palette) -> str:
    names = (
        "paper",
        "text",
        "secondary",
        "grid",
        "statistic",
        "claim",
        "claim_text",
        "surface",
        "rule",
        "accent",
    )
    plain = [f"--{name.replace('_', '-')}:{getattr(palette, name)}" for name in names]
    marks = [f"--{verdict.replace('_', '-')}:{colour}" for verdict, colour in palette.verdicts.items()]
    return ";".join([*plain, *marks])

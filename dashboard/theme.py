"""Colours, type and the bare plotly layout, light and dark, wide and narrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.typeface import FONT_STACK


@dataclass(frozen=True)
class Palette:
    """Colours that mean something, for one scheme: statistics blue, claims amber, one per verdict mark."""

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
        "FRA": "#498aba",
        "USA": "#245a51",
        "ISR": "#ae8f4e",
        "SUN": "#6a2b38",
        "GBR": "#884b9c",
        "DEU": "#484d03",
    },
    other_supplier="#909499",
    surface="#f6f7f8",
    rule="#c9d0d7",
    accent="#1f5f8b",
    verdicts={
        "supported": "#1f6f43",
        "supported_roughly": "#5a6b00",
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
        "FRA": "#4aa7f3",
        "USA": "#88d3b7",
        "ISR": "#eecb76",
        "SUN": "#977064",
        "GBR": "#968db8",
        "DEU": "#9b9f2e",
    },
    other_supplier="#5f6874",
    surface="#1b242d",
    rule="#3c4854",
    accent="#8ec1e6",
    verdicts={
        "supported": "#7fd3a2",
        "supported_roughly": "#c3cf6a",
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
    """The layout every chart starts from: no frame, hairline grid, our type, nothing that moves."""
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
        "font": {"family": FONT_STACK, "size": 13, "color": palette.text},
        "margin": {"l": 48, "r": 16, "t": 16, "b": 36},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.paper,
            "font": {"family": FONT_STACK, "size": 13, "color": palette.text},
        },
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
    """The palettes as CSS variables: light, and dark on screens, by the reader's system or choice."""
    light, dark = _list_variables(LIGHT), _list_variables(DARK)
    by_system = f":root:not([data-scheme=light]){{color-scheme:dark;{dark}}}"
    by_choice = f":root[data-scheme=dark]{{color-scheme:dark;{dark}}}"
    on_screens = f"@media (prefers-color-scheme:dark){{{by_system}}}{by_choice}"
    return f":root{{color-scheme:light;--font:{FONT_STACK};{light}}}@media screen{{{on_screens}}}"


def name_colors(palette: Palette) -> tuple[dict[str, str], dict[str, str]]:
    """The CSS variable that holds each colour of a palette: as marks have it, and as words have it.

    A colour that several things share goes by the first of them, which for words is the one meant for words.
    """
    marks: dict[str, str] = {}
    words: dict[str, str] = {palette.claim_text: "--claim-text"}
    for name, color in _list_colors(palette).items():
        marks.setdefault(color, name)
        words.setdefault(color, name)
    return marks, words


def _list_variables(palette: Palette) -> str:
    return ";".join(f"{name}:{color}" for name, color in _list_colors(palette).items())


def _list_colors(palette: Palette) -> dict[str, str]:
    """Every colour by the name of its variable."""
    names = (
        "paper",
        "text",
        "secondary",
        "grid",
        "statistic",
        "other_vintage",
        "claim",
        "claim_text",
        "counterpart",
        "other_supplier",
        "surface",
        "rule",
        "accent",
    )
    plain = {f"--{name.replace('_', '-')}": getattr(palette, name) for name in names}
    suppliers = {f"--supplier-{code.lower()}": color for code, color in palette.suppliers.items()}
    marks = {f"--{verdict.replace('_', '-')}": color for verdict, color in palette.verdicts.items()}
    return {**plain, **suppliers, **marks}

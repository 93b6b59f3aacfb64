"""How to cite what is shown: the reference in sight, and each form to copy or to take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from dash import html

import etl
from dashboard.components.attributes import name_attributes
from etl import Citation, CitationForm

TEXT = etl.CITATION_FORMS[0]
KEPT = ("dossier", "as_of")


def build_citation_panel(citation: Citation, *, kind: str, query: Mapping[str, str] | None = None) -> Any:
    """A reference in sight and a short list of its forms; copies need no server, files do.

    `kind` is what is cited, as the routes call it: point, chart, document or snapshot. `query` says what else
    the files depend on.
    """
    address = f"/cite/{kind}/{quote(citation.number, safe='')}"
    asked = {"snapshot": citation.version, **_keep_place(citation.link_here), **(query or {})}
    forms = [
        _build_form(
            form,
            copy=name_attributes({"data-copy": citation.write(form.suffix)}),
            href=f"{address}.{form.suffix}?{urlencode(asked)}",
        )
        for form in etl.CITATION_FORMS
    ]
    return html.Div([html.P(citation.text, className="citation"), html.Ul(forms, className="citation-forms")])


def build_citation_fold(kind: str, cited_id: str, *, query: str, title: str) -> Any:
    """The forms of a citation, folded: each is asked of the server when it is copied."""
    address = f"/cite/{kind}/{quote(cited_id, safe='')}"
    ending = f"?{query}" if query else ""
    hrefs = {form: f"{address}.{form.suffix}{ending}" for form in etl.CITATION_FORMS}
    forms = [
        _build_form(form, copy=name_attributes({"data-copy-from": href}), href=href)
        for form, href in hrefs.items()
    ]
    return html.Details(
        [
            html.Summary("Cite", **name_attributes({"aria-label": f"Cite “{title}”"})),
            html.Ul(forms, className="citation-forms"),
        ],
        className="cite",
    )


def _keep_place(link: str | None) -> dict[str, str]:
    """The dossier and the day that a permanent link keeps: a file without them would be another."""
    asked = dict(parse_qsl(urlsplit(link or "").query))
    return {name: asked[name] for name in KEPT if name in asked}


def _build_form(form: CitationForm, *, copy: dict[str, Any], href: str) -> Any:
    name = "citation" if form is TEXT else f"citation as {form.name}"
    return html.Li(
        [
            html.Span(form.name, className="form-name"),
            html.Button(
                "Copy",
                type="button",
                className="quiet",
                **copy,
                **name_attributes({"aria-label": f"Copy: {name}"}),
            ),
            html.A(
                f".{form.suffix}",
                href=href,
                **name_attributes({"aria-label": f"Download: {name}"}),
            ),
        ]
    )

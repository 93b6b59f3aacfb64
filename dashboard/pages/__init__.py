"""One file per page; a new file is found without an edit elsewhere.

Each has `PAGE` (address, title, place in the navigation), `build_layout` and maybe `LEAD`, a sentence on what
it shows: see `dashboard.page_contract`. A page asks `dashboard.views` for records and puts
`dashboard.components` together; charts that name it come through `dashboard.chart_section`. CONTRIBUTING.md
has a whole one to start from.
"""

from __future__ import annotations

import importlib
import pkgutil

from dashboard.page_contract import PageModule, UnknownPageError


class PageError(Exception):
    """A page module that cannot be used."""


def find_pages() -> tuple[PageModule, ...]:
    """Every page, in the order of the navigation.

    Raises: PageError where a module lacks a part of the contract or two pages share a path.
    """
    found: dict[str, PageModule] = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        missing = [part for part in ("PAGE", "build_layout") if not hasattr(module, part)]
        if missing:
            raise PageError(f"{entry.name}.py lacks {', '.join(missing)}. Every file in pages/ is one page.")
        page = PageModule(module.PAGE, module.build_layout, getattr(module, "LEAD", ""))
        if page.card.path in found:
            raise PageError(f"{entry.name}.py: the path {page.card.path!r} is taken. Give it another.")
        found[page.card.path] = page
    return tuple(sorted(found.values(), key=lambda page: (page.card.order, page.card.path)))


def match_page(pages: tuple[PageModule, ...], path: str) -> tuple[PageModule, str]:
    """The page an address belongs to, and what follows the page's own path.

    Raises: UnknownPageError where no page answers to it.
    """
    asked = path.rstrip("/") or "/"
    for page in pages:
        if asked == page.card.path:
            return page, ""
        if page.card.takes_rest and asked.startswith(f"{page.card.path}/"):
            return page, asked.removeprefix(f"{page.card.path}/")
    raise UnknownPageError(f"no page at {path!r}.")

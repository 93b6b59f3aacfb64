"""Scripts as modules: sent without comments, listed with imports, joined for a file that stands alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.asset_files import (
    ASSETS,
    EXPORT,
    IMPORT,
    find_version,
    join_modules,
    list_modules,
    list_names,
    read_asset,
    read_code,
    write_scripts,
)
from dashboard.report.page_file import SCRIPT

ENTRIES = ("page.js", "embed.js", "dash-page.js")
LAZY = re.compile(r'import\("\./([\w-]+\.js)"\)')


def test_every_script_is_asked_for_by_some_page() -> None:
    asked = {path.name for entry in ENTRIES for path in list_modules(ASSETS / entry)}
    asked |= {name for each in asked for name in LAZY.findall(read_asset(each).decode())}
    assert set(list_names(".js")) == asked


@pytest.mark.parametrize("entry", [*(ASSETS / name for name in ENTRIES), SCRIPT], ids=lambda path: path.name)
def test_a_module_comes_after_all_that_it_imports(entry: Path) -> None:
    modules = list_modules(entry)
    assert modules[-1] == entry
    for place, path in enumerate(modules):
        imported = {
            path.parent.joinpath(found["path"]).resolve() for found in IMPORT.finditer(path.read_text())
        }
        assert imported <= set(modules[:place])


def test_every_import_and_export_is_in_a_form_that_is_read() -> None:
    for name in list_names(".js"):
        rest = EXPORT.sub("const x", IMPORT.sub("", read_code(ASSETS / name)))
        assert not re.search(r"^(?:import|export)\b(?!\()", rest, re.MULTILINE), name


def test_a_page_asks_for_its_modules_early_and_runs_the_last() -> None:
    head = write_scripts("embed.js")
    early = re.findall(r'rel="modulepreload" href="/assets/\w+/([^"]+)"', head)
    assert early == [path.name for path in list_modules(ASSETS / "embed.js")][:-1]
    assert re.search(r'<script type="module" src="/assets/\w+/embed\.js"></script>$', head)


def test_scripts_have_one_version_since_they_import_each_other_by_their_place() -> None:
    assert len({find_version(name) for name in list_names(".js")}) == 1


def test_comments_and_types_stay_with_the_source(tmp_path: Path) -> None:
    script = tmp_path / "one.js"
    script.write_text(
        "// Said once.\n/** @param {string} a */\n"
        'export const go = (a) => {\n  // So.\n  return "//" + a;\n};\n'
    )
    assert read_code(script) == 'export const go = (a) => {\nreturn "//" + a;\n};\n'


def test_joined_modules_share_no_name_but_their_own(tmp_path: Path) -> None:
    (tmp_path / "two.js").write_text("const same = 2;\nexport const two = () => same;\n")
    (tmp_path / "one.js").write_text(
        'import { two } from "./two.js";\nconst same = 1;\nwindow.sum = same + two();\n'
    )
    assert join_modules(tmp_path / "one.js") == (
        "const $two = (() => {\nconst same = 2;\nconst two = () => same;\nreturn { two };\n})();\n"
        "const $one = (() => {\nconst { two } = $two;\nconst same = 1;\n"
        "window.sum = same + two();\nreturn {  };\n})();"
    )

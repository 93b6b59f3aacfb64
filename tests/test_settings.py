"""The table of settings is whole: every variable that the code reads, and no other."""

from __future__ import annotations

import re

from tests.conftest import CHECKOUT

VARIABLE = re.compile(r"\bFOOTNOTED_[A-Z]+(?:_[A-Z]+)*\b")
ROW = re.compile(r"^\| `(FOOTNOTED_\w+)` \|", re.MULTILINE)
PACKAGES = ("etl", "dashboard", "footnoted")


def test_the_table_of_settings_has_every_variable_that_is_read_and_no_other() -> None:
    read = {
        name
        for package in PACKAGES
        for path in (CHECKOUT / package).rglob("*.py")
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    listed = ROW.findall((CHECKOUT / "docs" / "SERVING.md").read_text(encoding="utf-8"))
    assert len(read) > 5
    assert sorted(listed) == sorted(read)

"""Systems that lack a part of the standard library, as Windows lacks the module `resource`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import CHECKOUT

ABSENT = "raise ModuleNotFoundError('no module named resource', name='resource')\n"
READING = """
import etl
from pathlib import Path
from etl.peak_memory import measure_peak_memory

peak = measure_peak_memory(status=Path('absent'))
print(peak, etl.open_text(b"<html><p>Trade was $13 billion.</p></html>", name="a.html").text)
"""


def test_etl_is_imported_and_reads_a_page_apart_without_the_module_resource(tmp_path: Path) -> None:
    # The readers that run apart look for it in the same place.
    (tmp_path / "resource.py").write_text(ABSENT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", READING],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == (["None", "Trade", "was", "$13", "billion."], "")

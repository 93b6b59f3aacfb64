"""reproduce.py rebuilds a bundle with nothing but the package, and names whatever was changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl
from etl.bundle.reproduction import reproduce_members
from tests.conftest import CHECKOUT
from tests.etl.bundles import SHARE, unpack_bundle

RECOMPUTED = "arms_import_share.IND.RUS.window.2019-23.sipri_tiv.2026-02-12"
RUSSIA = "Russia,2019,"
SAME, DIFFERS, IMPOSSIBLE = 0, 1, 2
# Where namespaces are not permitted, a process whose sockets refuse stands in for one without a network.
NO_SOCKETS = """
import socket
def refuse(*_, **__):
    raise OSError("no network here")
socket.socket.connect = socket.getaddrinfo = refuse
"""


@pytest.fixture(scope="module")
def members(built_snapshot: etl.Snapshot) -> dict[str, bytes]:
    """The files of the bundle of one claim."""
    return unpack_bundle(built_snapshot, [SHARE])


@pytest.fixture
def unpacked(members: dict[str, bytes], tmp_path: Path) -> Path:
    """It, unpacked where a reader would."""
    folder = tmp_path / "bundle"
    for name, content in members.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _is_fine(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def can_unshare() -> bool:
    """Whether this machine lets a process leave the network behind."""
    found = shutil.which("unshare")
    return bool(found) and _is_fine([str(found), "-rn", "true"])


def run_alone(folder: Path, *, path: str = str(CHECKOUT)) -> tuple[int, str]:
    """Exit code and words of reproduce.py, in a clean environment with the network off."""
    guard = folder.parent / "guard"
    guard.mkdir(exist_ok=True)
    (guard / "sitecustomize.py").write_text(NO_SOCKETS, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(guard), path])}
    command = [sys.executable, str(folder / "reproduce.py")]
    if can_unshare():
        command = ["unshare", "-rn", *command]
    done = subprocess.run(command, check=False, env=environment, cwd=guard, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_the_bundle_of_a_claim_rebuilds_its_figures_and_verdicts_alone(unpacked: Path) -> None:
    code, said = run_alone(unpacked)

    assert (code, said.splitlines()[-1]) == (SAME, "4 figures, 2 verdicts: the same")


def test_one_changed_digit_of_a_publishers_row_is_named_with_its_file(unpacked: Path) -> None:
    path = unpacked / "inputs" / "publisher_rows.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if '2026-02-12,""' in line and RUSSIA in line)
    lines[place] = lines[place].replace(RUSSIA, f"{RUSSIA}9")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    code, said = run_alone(unpacked)

    assert code == DIFFERS
    assert "differs  file inputs/publisher_rows.csv: SHA-256 " in said
    assert (
        "differs  publisher's row of arms_import_volume.IND.RUS.cy.2019.sipri_tiv.2026-02-12: obs_value is "
        in said
    )


def test_one_changed_digit_of_an_operand_is_named_with_the_figure_that_follows(unpacked: Path) -> None:
    path = unpacked / "inputs" / "observations.csv"
    operand = "arms_import_volume.IND.RUS.cy.2019.sipri_tiv.2026-02-12"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(operand))
    value = lines[place].split(",")[10]
    lines[place] = lines[place].replace(f",{value},", f",{float(value) + 100},", 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    code, said = run_alone(unpacked)

    assert code == DIFFERS
    assert "differs  file inputs/observations.csv: SHA-256 " in said
    assert f"differs  publisher's row of {operand}: obs_value is {value} there and " in said
    assert f"differs  figure {RECOMPUTED}: obs_value is " in said
    assert f"differs  verdict on {SHARE}, day of the snapshot: " in said


def test_a_missing_input_is_named(unpacked: Path) -> None:
    (unpacked / "inputs" / "claims.csv").unlink()

    code, said = run_alone(unpacked)

    assert code == DIFFERS
    assert "differs  file inputs/claims.csv: missing" in said


def test_without_the_package_it_cannot_run_and_says_so(unpacked: Path) -> None:
    away = unpacked.parent / "away"
    (away / "etl").mkdir(parents=True)
    (away / "etl" / "__init__.py").write_text("raise ImportError('no etl here')", encoding="utf-8")

    code, said = run_alone(unpacked, path=str(away))

    assert code == IMPOSSIBLE
    assert "pip install footnoted" in said


def test_without_its_manifest_it_cannot_run_and_says_so(unpacked: Path) -> None:
    (unpacked / "manifest.json").write_text("{", encoding="utf-8")

    code, said = run_alone(unpacked)

    assert code == IMPOSSIBLE
    assert "manifest.json: missing or damaged" in said


@given(choice=st.data())
def test_one_changed_byte_of_any_member_is_found(choice: st.DataObject, members: dict[str, bytes]) -> None:
    name = choice.draw(st.sampled_from(sorted(set(members) - {"manifest.json"})))
    content = members[name]
    place = choice.draw(st.integers(0, len(content) - 1))
    other = choice.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    changed = content[:place] + bytes([other]) + content[place + 1 :]

    found = reproduce_members({**members, name: changed})

    assert f"file {name}" in [difference.what for difference in found.differences]


@given(choice=st.data())
def test_one_changed_character_of_what_a_manifest_says_is_found(
    choice: st.DataObject, members: dict[str, bytes]
) -> None:
    manifest = json.loads(members["manifest.json"])
    name = choice.draw(st.sampled_from(sorted(set(manifest["figures"]))))
    manifest["figures"][name] = "0" * 64

    found = reproduce_members({**members, "manifest.json": json.dumps(manifest).encode()})

    whats = [difference.what for difference in found.differences]
    assert "file manifest.json" in whats
    assert f"figure {name}" in whats


def test_a_verdict_is_worked_out_and_not_looked_up(members: dict[str, bytes]) -> None:
    claims = members["inputs/claims.csv"].replace(b",36.0,35.5,36.5,", b",46.0,45.5,46.5,")
    assert claims != members["inputs/claims.csv"]

    found = reproduce_members({**members, "inputs/claims.csv": claims})

    told = {difference.what: difference.how for difference in found.differences}
    assert "verdict is contradicted, was supported" in told[f"verdict on {SHARE}, day of the snapshot"]

"""What killed, refused and simultaneous writers leave: whole files, and a sentence."""

from __future__ import annotations

import errno
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.editions import add_files
from etl.errors import BusyFolderError, FileAccessError, InputError
from etl.provenance import find_sidecar, open_inputs
from etl.whole_files import UNFINISHED, UNMOVED, hold_folder, read_settled, write_together, write_whole
from tests.conftest import CHECKOUT
from tests.etl.workbench import Workbench, copy_datasets

SAID = {"reporter": "India", "commodity": "2709", "unit": "US Dollar thousand"}
needs_locks = pytest.mark.skipif(sys.platform == "win32", reason="needs file locks")


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    """A copy of the datasets."""
    return copy_datasets(tmp_path)


def write_suppliers(folder: Path, *, value: int = 48) -> Path:
    """A file of another partner's exports, which says little of itself."""
    folder.mkdir(exist_ok=True)
    path = folder / "suppliers.txt"
    path.write_text(f"Exporters\tImported value in 2023\nRussian Federation\t{value}\n", encoding="utf-8")
    return path


def test_a_batch_that_was_not_written_whole_goes(tmp_path: Path) -> None:
    (tmp_path / UNFINISHED).mkdir()
    (tmp_path / UNFINISHED / "half.csv").write_bytes(b"a,b")

    with read_settled(tmp_path):
        assert list(tmp_path.iterdir()) == []


def test_a_batch_that_was_written_whole_is_moved(tmp_path: Path) -> None:
    (tmp_path / UNMOVED / "edition").mkdir(parents=True)
    (tmp_path / UNMOVED / "edition" / "second.csv").write_bytes(b"2")
    (tmp_path / "edition").mkdir()
    (tmp_path / "edition" / "first.csv").write_bytes(b"1")

    with read_settled(tmp_path):
        assert {path.name: path.read_bytes() for path in (tmp_path / "edition").iterdir()} == {
            "first.csv": b"1",
            "second.csv": b"2",
        }
        assert not (tmp_path / UNMOVED).exists()


def test_a_batch_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "edition" / "b.csv", b"there")

    with pytest.raises(InputError, match="another file stands there"):
        write_together(tmp_path, {"edition/a.csv": b"new", "edition/b.csv": b"new"})

    assert [path.name for path in tmp_path.rglob("*")] == ["edition", "b.csv"]


def test_a_place_taken_since_the_batch_was_written_loses_neither_file(tmp_path: Path) -> None:
    write_whole(tmp_path / UNMOVED / "a.csv", b"left")
    write_whole(tmp_path / "a.csv", b"there")

    with pytest.raises(InputError, match="another file stands there"), read_settled(tmp_path):
        pass

    assert (tmp_path / "a.csv").read_bytes() == b"there"
    assert (tmp_path / UNMOVED / "a.csv").read_bytes() == b"left"


def test_a_file_added_by_a_program_that_was_killed_is_built_with(
    workbench: Workbench, tmp_path: Path
) -> None:
    sources = workbench.datasets / "sources"
    add_files([write_suppliers(tmp_path / "one")], datasets=workbench.datasets, stated=SAID)
    (added,) = (sources / "itc_trade_map").rglob("*.txt")
    for path in (added, find_sidecar(added)):
        left = sources / UNMOVED / path.relative_to(sources)
        left.parent.mkdir(parents=True, exist_ok=True)
        path.rename(left)

    assert added.relative_to(workbench.datasets).as_posix() in {
        file.name for file in open_inputs(workbench.datasets)
    }
    report = add_files([write_suppliers(tmp_path / "one")], datasets=workbench.datasets, stated=SAID)
    assert not report.additions[0].is_new


def test_two_files_of_one_name_for_one_place_lose_neither(workbench: Workbench, tmp_path: Path) -> None:
    paths = [write_suppliers(tmp_path / "one"), write_suppliers(tmp_path / "two", value=49)]
    files = sorted(workbench.datasets.rglob("*"))

    with pytest.raises(InputError, match=r"one/suppliers\.txt, would go to the same place"):
        add_files(paths, datasets=workbench.datasets, stated=SAID)

    assert sorted(workbench.datasets.rglob("*")) == files


def test_one_file_given_twice_is_added_once(workbench: Workbench, tmp_path: Path) -> None:
    path = write_suppliers(tmp_path / "one")

    report = add_files([path, path], datasets=workbench.datasets, stated=SAID)

    assert [addition.is_new for addition in report.additions] == [True, False]
    assert len(list((workbench.datasets / "sources" / "itc_trade_map").rglob("*.txt"))) == 1


@needs_locks
def test_who_comes_second_waits_and_then_says_who_is_at_it(tmp_path: Path) -> None:
    with hold_folder(tmp_path), pytest.raises(BusyFolderError, match="another footnoted is writing to it"):
        write_held(tmp_path)
    write_held(tmp_path)


def write_held(folder: Path) -> None:
    """Write while nobody else does, without patience."""
    with hold_folder(folder, wait_seconds=0.1):
        write_whole(folder / "file", b"")


@needs_locks
def test_readers_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with read_settled(tmp_path), hold_folder(tmp_path, is_shared=True, wait_seconds=0):
        pass


@needs_locks
def test_two_that_add_at_once_add_both(workbench: Workbench, tmp_path: Path) -> None:
    paths = [write_suppliers(tmp_path / "one"), write_suppliers(tmp_path / "two", value=49)]
    paths[1] = paths[1].rename(paths[1].with_name("others.txt"))
    said = [word for name, text in SAID.items() for word in ("--set", f"{name}={text}")]
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "etl", "add", path, *said, "--datasets", workbench.datasets],
            cwd=CHECKOUT,
            stdout=subprocess.DEVNULL,
        )
        for path in paths
    ]

    assert {program.wait() for program in programs} <= {0, 1}
    names = {Path(file.name).name for file in open_inputs(workbench.datasets)}
    assert {"suppliers.txt", "others.txt"} <= names


@pytest.mark.skipif(sys.platform == "win32", reason="bounds the size of files")
@pytest.mark.parametrize("command", ["build", "add", "export"])
def test_a_disk_without_room_is_a_sentence_and_loses_nothing(
    workbench: Workbench, tmp_path: Path, command: str
) -> None:
    if command == "export":
        workbench.build()
    words = {
        "build": f"--datasets {workbench.datasets} --out {workbench.out}",
        "add": f"{write_large(tmp_path / 'one')} --datasets {workbench.datasets}",
        "export": f"--to {tmp_path / 'export'} --snapshot {workbench.out}",
    }[command].split()
    before = sorted(tmp_path.rglob("*"))

    ran = subprocess.run(
        [sys.executable, "-m", "etl", command, *words],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_500, 1_500)),
    )

    assert ran.returncode == 2, ran.stderr
    assert "Make room on the disk" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert [path for path in sorted(tmp_path.rglob("*")) if path.is_file() and path not in before] == []


def write_large(folder: Path) -> Path:
    """A fact sheet with a sidecar that leaves room for a long note."""
    (old,) = (CHECKOUT / "tests" / "data" / "sources" / "sipri_fact_sheets").glob("2019-03-31/*.csv")
    folder.mkdir()
    path = folder / "again.csv"
    shutil.copy(find_sidecar(old), find_sidecar(path))
    text = find_sidecar(path).read_text(encoding="utf-8").replace('"2019-03-31"', '"2026-05-31"')
    find_sidecar(path).write_text(text.replace('note = "', f'note = "{"long " * 400}', 1), encoding="utf-8")
    header, first, *_ = old.read_text(encoding="utf-8").split("\n")
    path.write_text(f"{header}\n{first.replace('2019-03', '2026-05', 1)}\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "etl", "seal", path], cwd=CHECKOUT, check=True)
    return path


def test_what_the_system_refuses_is_one_sentence_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(FileAccessError, match=r"file/inside: .*A part of the path is a file"):
        write_whole(tmp_path / "file" / "inside", b"")
    assert "The disk is read-only" in str(FileAccessError("x", OSError(errno.EROFS, "Read-only file system")))

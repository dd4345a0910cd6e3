"""Every form appears only when complete, has the same bytes twice, and does not grow in memory."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from corpus.record import Minutes
from corpus.writers import parquet
from corpus.writing import FORMS, WriteError, open_writer

ROOT = Path(__file__).parents[3]
_KILLED = """
import os, signal, sys
from corpus.record import Minutes
from corpus.writing import open_writer

with open_writer(sys.argv[1], sys.argv[2]) as writer:
    writer.write(Minutes.model_validate_json(sys.argv[3]).model_copy(update={"source": "anders.txt"}))
    os.kill(os.getpid(), signal.SIGKILL)
"""
REPLACING = [form for form in FORMS if form != "store"]
TARGETS = {name: f"out{form.ending or ''}" for name, form in FORMS.items()}
FOLDERS = ("tables", "parquet", "tei")


def _write(path: Path, form: str, *records: Minutes) -> None:
    with open_writer(path, form) as writer:
        for record in records:
            writer.write(record)


def _content(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("form", REPLACING)
def test_the_same_records_give_the_same_bytes(tmp_path: Path, form: str, full: Minutes, minutes: Minutes) -> None:
    path = tmp_path / TARGETS[form]
    _write(path, form, full, minutes)
    once = _content(path)
    _write(path, form, full, minutes)
    assert _content(path) == once
    assert list(tmp_path.iterdir()) == [path]


def test_a_store_is_never_replaced(tmp_path: Path, full: Minutes) -> None:
    path = tmp_path / TARGETS["store"]
    _write(path, "store", full)
    older = _content(path)
    with pytest.raises(WriteError, match="a store is never replaced"):
        open_writer(path, "store")
    assert _content(path) == older


@pytest.mark.parametrize("form", REPLACING)
def test_a_run_that_breaks_off_leaves_the_older_output(tmp_path: Path, form: str, full: Minutes) -> None:
    path = tmp_path / TARGETS[form]
    _write(path, form, full)
    older = _content(path)
    with pytest.raises(RuntimeError), open_writer(path, form) as writer:
        writer.write(full.model_copy(update={"source": "anders.txt"}))
        raise RuntimeError
    assert _content(path) == older
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "tei"])
def test_a_killed_run_leaves_the_older_output(tmp_path: Path, form: str, full: Minutes) -> None:
    path = tmp_path / TARGETS[form]
    _write(path, form, full)
    older = _content(path)
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path), form, full.to_json()], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert _content(path) == older
    _write(path, form, full)
    assert _content(path) == older


@pytest.mark.parametrize("form", FORMS)
def test_a_run_without_documents_gives_a_valid_output(tmp_path: Path, form: str) -> None:
    _write(tmp_path / TARGETS[form], form)
    assert (tmp_path / TARGETS[form]).exists()


@pytest.mark.parametrize("form", FORMS)
def test_lone_surrogates_are_replaced(tmp_path: Path, form: str, minutes: Minutes) -> None:
    _write(tmp_path / TARGETS[form], form, minutes.model_copy(update={"text": minutes.text.replace("ü", "\udcfc")}))
    assert (tmp_path / TARGETS[form]).exists()


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, form: str, full: Minutes) -> None:
    path = tmp_path / "out"
    _write(path, form, full)
    (path / "Notizen.txt").write_text("wichtig")
    with pytest.raises(WriteError, match="holds other files: name a new folder"):
        open_writer(path, form)
    assert (path / "Notizen.txt").read_text() == "wichtig"


@pytest.mark.parametrize("form", FOLDERS)
def test_a_file_is_not_taken_for_a_folder(tmp_path: Path, form: str) -> None:
    (tmp_path / "out").write_text("wichtig")
    with pytest.raises(WriteError, match="is a file: name a folder"):
        open_writer(tmp_path / "out", form)


@pytest.mark.parametrize("form", [*FOLDERS, "xlsx"])
def test_the_standard_output_holds_no_folder(form: str) -> None:
    with pytest.raises(WriteError, match="the standard output cannot hold"):
        open_writer("-", form)


def test_a_folder_that_a_killed_run_had_moved_away_comes_back(tmp_path: Path, full: Minutes) -> None:
    path = tmp_path / "out"
    _write(path, "tei", full)
    path.rename(tmp_path / ".out.1234.old")
    with pytest.raises(RuntimeError), open_writer(path, "tei"):
        raise RuntimeError
    assert (path / "rat.xml").exists()


def test_documents_of_one_name_have_files_of_their_own(tmp_path: Path, full: Minutes) -> None:
    sources = ("2023/rat.txt", "2024/rat.txt", "2025/rat.txt", "../.rat", "a b/ü:?.txt")
    _write(tmp_path / "out", "tei", *(full.model_copy(update={"source": source}) for source in sources))
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert names == {"index.csv", "rat.xml", "rat-abababab.xml", "rat-abababab-2.xml", "rat-abababab-3.xml", "ü_.xml"}
    index = (tmp_path / "out" / "index.csv").read_text(encoding="utf-8").splitlines()
    assert index[2] == f"rat-abababab.xml,2024/rat.txt,{'ab' * 32}"


@pytest.mark.parametrize("form", FORMS)
def test_memory_does_not_grow_with_the_documents(
    tmp_path: Path, form: str, full: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS_OF_A_GROUP", 5)
    held = []
    tracemalloc.start()
    with open_writer(tmp_path / TARGETS[form], form) as writer:
        for number in range(140):
            writer.write(full.model_copy(update={"source": f"{number:04}.txt"}))
            if number in (39, 139):
                gc.collect()  # which also empties the lists of tuples that Python keeps for reuse
                held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert held[1] - held[0] < 100 * len(full.text)  # not even the text of each document

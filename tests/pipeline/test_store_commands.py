from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.record import Minutes
from corpus.store import Store
from pipeline.cli import app

HEAD = "Gemeinderat Höhenfeld\nSitzung am 14. Mai 2019\n\nTOP 1 Mühlweg\n\n"
QUESTION = "Frau Lux fragt, ob der Weg an der Mühle gesperrt sei."
ANSWER = "Herr Sommer antwortet, dass dies so sei."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of two sound documents and an empty one, and a store of it."""
    folder = tmp_path_factory.mktemp("store")
    documents = folder / "archiv"
    documents.mkdir()
    (documents / "a.txt").write_text(f"{HEAD}{QUESTION}\n\n{ANSWER}\n", encoding="utf-8")
    (documents / "b.md").write_text(f"{HEAD}{QUESTION.replace('Lux', 'Zeh')}\n", encoding="utf-8")
    (documents / "leer.txt").write_text("")
    done = _run("run", documents, "--store", folder / "archiv.db", "--classifier", "rules")
    assert done.exit_code == 1, done.output
    assert "leer.txt" in done.stderr and "archiv.db: 2 done, 1 failed; " in done.stderr
    assert "MB in the largest worker" in done.stderr
    return folder


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_second_run_has_nothing_to_do(archive: Path) -> None:
    done = _run("run", archive / "archiv", "--store", archive / "archiv.db", "--classifier", "rules")
    assert done.exit_code == 0
    assert done.stderr.endswith("archiv.db: 0 done, 3 unchanged\n")


def test_export_writes_what_extract_writes(archive: Path, tmp_path: Path) -> None:
    assert _run("export", "--store", archive / "archiv.db", "-o", tmp_path / "a.jsonl").exit_code == 0
    _run("extract", archive / "archiv", "-o", tmp_path / "b.jsonl", "--classifier", "rules")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    done = _run("export", "--store", archive / "archiv.db", "-o", "-", "--path", "*.md", "--since", "2019-05-14")
    assert [Path(Minutes.model_validate_json(line).source).name for line in done.stdout.splitlines()] == ["b.md"]
    done = _run("export", "--store", archive / "archiv.db", "-o", "-", "--format", "csv", "--body", "Kreistag")
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)


def test_export_refuses_an_unknown_form(archive: Path, tmp_path: Path) -> None:
    done = _run("export", "--store", archive / "archiv.db", "-o", tmp_path / "a.doc")
    assert (done.exit_code, "form of output" in done.stderr) == (2, True)


def test_status(archive: Path) -> None:
    done = _run("status", "--store", archive / "archiv.db", "--failures", "--markdown")
    assert done.exit_code == 0
    for row in ("| documents done | 2 |", "| unreadable | 1 |", "| last sitting | 2019-05-14 |", "| jobs | 1 |"):
        assert row in done.stdout
    assert "leer.txt is empty" in done.stdout


def test_retry_takes_the_settings_of_the_last_run(archive: Path) -> None:
    assert _run("retry", "--store", archive / "archiv.db", "--kind", "timeout").exit_code == 0
    done = _run("retry", "--store", archive / "archiv.db", "--kind", "unreadable", "--verbose")
    assert (done.exit_code, "leer.txt is empty" in done.stderr) == (1, True)
    with Store(archive / "archiv.db") as store:
        assert json.loads(next(store.runs()).settings)["classifier"] == "rules"
        assert [failure.attempts for failure in store.failures()] == [2]


def test_search(archive: Path) -> None:
    done = _run("search", "muhle", "--store", archive / "archiv.db", "--speaker", "lux")
    heading, snippet = done.stdout.splitlines()
    assert done.exit_code == 0
    assert heading.endswith("a.txt t1 · Gemeinderat Höhenfeld · 2019-05-14 · 1 Mühlweg · question · Lux")
    assert snippet == "  Frau Lux fragt, ob der Weg an der [Mühle] gesperrt sei."
    done = _run("search", "Mühle", "--store", archive / "archiv.db", "--json", "-n", "1")
    assert json.loads(done.stdout)["date"] == "2019-05-14"
    assert _run("search", "Rathaus", "--store", archive / "archiv.db").exit_code == 1
    done = _run("search", "Weg AND", "--store", archive / "archiv.db")
    assert (done.exit_code, "cannot be searched" in done.stderr) == (2, True)


@pytest.mark.parametrize("command", [("status",), ("retry",), ("export", "-o", "-"), ("search", "Weg")])
def test_no_store_is_an_error(command: tuple[str, ...], tmp_path: Path) -> None:
    done = _run(*command, "--store", tmp_path / "archiv.db")
    assert (done.exit_code, done.stderr.endswith("archiv.db`\n")) == (2, True)


def test_runs_that_cannot_begin(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "neu.db"
    done = _run("run", tmp_path / "nirgends", "--store", store)
    assert (done.exit_code, "does not exist" in done.stderr) == (2, True)
    (tmp_path / "text.db").write_text("kein Speicher " * 100)
    done = _run("run", archive / "archiv", "--store", tmp_path / "text.db")
    assert (done.exit_code, "is not a store" in done.stderr) == (2, True)
    done = _run("run", archive / "archiv", "--store", store, "--classifier", f"onnx:{tmp_path}")
    assert (done.exit_code, "manifest.json" in done.stderr) == (2, True)
    with Store(store) as opened:
        assert opened.counts().done == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of the file it was interrupted at
def test_an_interrupted_run_says_how_to_go_on(tmp_path: Path) -> None:
    folder, store = tmp_path / "archiv", tmp_path / "archiv.db"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n}.txt").write_text(f"{n}\n\n{QUESTION}\n" * 20, encoding="utf-8")

    def interrupt() -> None:
        while not (store.exists() and _done(store)):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    waiting = threading.Thread(target=interrupt, daemon=True)
    waiting.start()
    done = _run("run", folder, "--store", store, "--classifier", "rules")
    waiting.join()
    assert done.exit_code == 130
    assert done.stderr.startswith("stopped; what was done is stored in")
    assert 0 < _done(store) < 300


def _done(path: Path) -> int:
    with Store(path) as store:
        return store.counts().done

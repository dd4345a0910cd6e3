"""The figures of docs/store.md: speed of workers, memory, a second run, and kills. `pytest -s` prints them.

PROTOKOLLANT_DOCUMENTS is the number of documents of the generated archive.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from html import escape
from itertools import islice
from pathlib import Path

import pytest

from corpus import read_documents, samples_folder
from corpus.store import Outcome, Store
from pipeline.cli.corpus import generated
from tests.corpus.readers.documents import odt, printed, word_of, zipped
from tests.corpus.store.examples import everything

ROOT = Path(__file__).parents[3]
DOCUMENTS = int(os.environ.get("PROTOKOLLANT_DOCUMENTS") or 30)
KILLS = 20
LATEST_KILL = 12 if DOCUMENTS > 100 else 4  # seconds, enough for many documents


def _paragraphs(text: str, form: str) -> str:
    return "".join(form.format(escape(line)) for line in text.splitlines())


FORMS: tuple[tuple[str, Callable[[str], bytes]], ...] = (
    ("a.txt", str.encode),
    ("b.pdf", lambda text: printed(text, "Niederschrift")),
    ("c.docx", lambda text: word_of(_paragraphs(text, "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"))),
    ("d.odt", lambda text: odt(_paragraphs(text, "<text:p>{}</text:p>"))),
    ("e.html", lambda text: f"<html><body>{_paragraphs(text, '<p>{}</p>')}</body></html>".encode()),
    ("f.zip", lambda text: zipped({"rat.txt": text})),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of generated minutes in all formats."""
    folder = tmp_path_factory.mktemp("figures") / "archiv"
    folder.mkdir()
    documents = generated(10**9, 0, read_documents(samples_folder(), ("train",)))
    for n, document in enumerate(islice(documents, DOCUMENTS)):
        name, form = FORMS[n % len(FORMS)]
        (folder / f"{n:05}-{name}").write_bytes(form(document.gold.text))
    return folder


def _started(archive: Path, store: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-c", "from pipeline.cli import main; main()"),
            *("run", str(archive), "--store", str(store), *options),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))},
        stderr=subprocess.PIPE,
    )


def _run(archive: Path, store: Path, *options: str) -> tuple[Outcome, float]:
    began = time.monotonic()
    run = _started(archive, store, *options)
    _, said = run.communicate()
    assert run.returncode == 0, said
    with Store(store) as opened:
        outcome = next(opened.runs()).outcome
    assert outcome
    return outcome, time.monotonic() - began


@pytest.mark.slow
def test_speed_memory_and_a_second_run(archive: Path, tmp_path: Path) -> None:
    taken = {}
    for jobs in (1, 2):
        outcome, seconds = _run(archive, tmp_path / f"{jobs}.db", "--jobs", str(jobs))
        assert (outcome.done, outcome.failed) == (DOCUMENTS, 0)
        assert outcome.peak_memory
        taken[jobs] = seconds
        sys.stdout.write(
            f"{jobs} workers: {DOCUMENTS / outcome.seconds * 60:.0f} documents a minute,"
            f" {outcome.peak_memory >> 20} MB in the largest\n"
        )
        assert outcome.peak_memory < 1 << 30
    outcome, again = _run(archive, tmp_path / "1.db")
    assert outcome.unchanged == DOCUMENTS
    with Store(tmp_path / "1.db") as store:
        first = list(store.runs())[-1].outcome
    assert first
    sys.stdout.write(
        f"two workers are {taken[1] / taken[2]:.2f} times as fast as one; a second run takes {again:.1f} s in place of"
        f" {taken[1]:.1f} s, of which the program's start are {again - outcome.seconds:.1f} s\n"
    )
    text, size = (everything(tmp_path / "1.db"), (tmp_path / "1.db").stat().st_size)
    characters = sum(int(str(row[3])) for row in text["record"])
    sys.stdout.write(f"a character of text takes {size / characters:.2f} bytes in the store\n")
    assert everything(tmp_path / "1.db") == everything(tmp_path / "2.db")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_kills_lose_and_double_nothing(archive: Path, tmp_path: Path) -> None:
    store, chance = tmp_path / "killed.db", random.Random(1)
    kills = 0
    while kills < KILLS:
        run = _started(archive, store, "--classifier", "rules", "--jobs", "2")
        time.sleep(chance.uniform(0.5, LATEST_KILL))  # from before its first line to many documents
        if run.poll() is None:
            os.kill(run.pid, signal.SIGKILL)
        else:
            store.unlink()  # it was done: from the beginning
        run.communicate()
        kills += 1
    _run(archive, store, "--classifier", "rules", "--jobs", "2")
    _run(archive, tmp_path / "whole.db", "--classifier", "rules")
    assert everything(store) == everything(tmp_path / "whole.db")
    sys.stdout.write(f"{KILLS} kills: the store is that of an undisturbed run\n")

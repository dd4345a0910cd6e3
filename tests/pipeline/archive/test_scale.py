"""The figures of docs/scale.md: how time, memory and the store grow with the archive. `pytest -s` prints them.

PROTOKOLLANT_SCALE has the numbers of documents, such as "1000 10000 100000". Extraction costs the same for each
document, wherever it stands; so it is done once for each of a few texts, and what is measured is all the rest.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from itertools import islice
from pathlib import Path

import pytest

from corpus import read_documents, samples_folder
from corpus.reading import decode
from corpus.store import Entry, Store, entry_of
from corpus.writing import open_writer
from pipeline.archive.engine import MEGABYTE, Done, Work
from pipeline.archive.running import Task, carry_out, plan_run
from pipeline.archive.work import Extraction
from pipeline.documents import Setup, pipeline_of
from pipeline.extraction import extract
from pipeline.jobs import Job
from pipeline.limits import peak_memory

ROOT = Path(__file__).parents[3]
SIZES = [int(size) for size in (os.environ.get("PROTOKOLLANT_SCALE") or "50 200").split()]
TEXTS = 20


@dataclass(frozen=True)
class Cost:
    """Seconds and bytes of one archive; memory is what is added to that of the program."""

    write: float
    again: float
    search: float
    export: float
    memory_of_run: float
    memory_of_export: float
    store: float


class Ready:
    """An engine that has the results of a few texts, and gives each document one of them under its own hash."""

    workers, reads, peak_memory = 1, False, None

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries

    def run(self, jobs: Iterable[Job], work: Work) -> Iterator[Done]:
        for n, job in enumerate(jobs):
            entry = self._entries[n % len(self._entries)]
            (record,) = entry.record
            sha256 = hashlib.sha256(Path(job.name).read_bytes()).hexdigest()
            yield Done(job, replace(entry, record=(record._replace(sha256=sha256),)), 0.0)


def measure(folder: Path, size: int) -> Cost:
    """Return what an archive of so many documents costs."""
    archive, path = folder / "archiv", folder / "archive.db"
    archive.mkdir()
    for n in range(size):
        (archive / f"{n:07}.txt").write_text(str(n), encoding="utf-8")
    setup = Setup(classifier="rules")
    texts = [document.gold.text for document in islice(read_documents(samples_folder(), ("train",)), TEXTS)]
    sources = [decode(text.encode(), "rat.txt") for text in texts]
    entries = [entry_of(extract(source, nlp=pipeline_of(setup)), source) for source in sources]
    task = Task(Extraction(setup, ""), Ready(entries), "{}", "scale")

    def run() -> float:
        began = time.monotonic()
        with Store(path) as store:
            carry_out(store, plan_run(store, [str(archive)], task.fingerprint), task)
        return time.monotonic() - began

    before = peak_memory() or 0
    first, second = run(), run()
    stored = (peak_memory() or 0) - before
    with Store(path) as store:
        began = time.monotonic()
        list(store.search("Baubeginn OR Schotter", limit=20))
        search = time.monotonic() - began
        began = time.monotonic()
        with open_writer(folder / "tables.parquet") as writer:
            for minutes in store.records():
                writer.write(minutes)
        export = time.monotonic() - began
    return Cost(first, second, search, export, stored, (peak_memory() or 0) - before, path.stat().st_size)


@pytest.mark.slow
def test_how_an_archive_grows(tmp_path: Path) -> None:
    sys.stdout.write("| documents | write (ms each) | second run (s) | search (ms) | export (ms each) ")
    sys.stdout.write("| memory of the run (MB) | of the export (MB) | store (MB) |\n")
    costs = []
    for size in SIZES:
        (tmp_path / str(size)).mkdir()
        cost = _measured_apart(tmp_path / str(size), size)
        costs.append(cost)
        cells = (
            *(f"{size:,}", f"{cost.write / size * 1000:.1f}", f"{cost.again:.1f}", f"{cost.search * 1000:.0f}"),
            f"{cost.export / size * 1000:.1f}",
            *(f"{x / MEGABYTE:,.0f}" for x in (cost.memory_of_run, cost.memory_of_export, cost.store)),
        )
        sys.stdout.write(f"| {' | '.join(cells)} |\n")
    few, many = costs[0], costs[-1]
    assert many.write / SIZES[-1] < 5 * few.write / SIZES[0]  # a document costs what it costs
    # What a run holds is a path of each document.
    assert many.memory_of_run - few.memory_of_run < 100 * MEGABYTE + 3000 * SIZES[-1]


def _measured_apart(folder: Path, size: int) -> Cost:
    """Measure in a process of its own, so that its memory is that of one archive."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.pipeline.archive.test_scale", str(folder), str(size)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))},
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    return Cost(*map(float, run.stdout.split()))


if __name__ == "__main__":
    print(*astuple(measure(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201

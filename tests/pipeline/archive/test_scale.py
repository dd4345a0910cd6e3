"""The figures of docs/scale.md: how time, memory and the store grow with the archive. `pytest -s` prints them.

PROTOKOLLANT_SCALE has the numbers of documents, such as "1000 10000 100000". Extraction costs the same for each
document, wherever it stands; so it is done once for each of a few texts, and what is measured is all the rest.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

SIZES = [int(size) for size in (os.environ.get("PROTOKOLLANT_SCALE") or "50 200").split()]
ROOT = Path(__file__).parents[3]

# In a process of its own, so that its memory is that of one archive.
_PROGRAM = """
import sys, time
from pathlib import Path
from tests.pipeline.archive.test_scale import measure
print(*measure(Path(sys.argv[1]), int(sys.argv[2])), sep="\\n")
"""


def measure(folder: Path, size: int) -> list[float]:
    """Return the columns of the table for an archive of so many documents, beginning with the first run."""
    import time
    from dataclasses import replace
    from itertools import islice

    from corpus import read_documents, samples_folder
    from corpus.reading import decode
    from corpus.store import Entry, Store, entry_of
    from corpus.writing import open_writer
    from pipeline.archive.engine import Done
    from pipeline.archive.running import Task, carry_out, plan_run
    from pipeline.documents import Setup, pipeline_of
    from pipeline.extraction import extract
    from pipeline.limits import peak_memory

    archive, path = folder / "archiv", folder / "archive.db"
    archive.mkdir()
    documents = [x.gold.text for x in islice(read_documents(samples_folder(), ("train",)), 20)]
    nlp = pipeline_of(Setup(classifier="rules"))
    sources = [decode(text.encode(), "rat.txt") for text in documents]
    entries = [entry_of(extract(source, nlp=nlp), source) for source in sources]
    for n in range(size):
        (archive / f"{n:07}.txt").write_text(f"{n % len(entries)} {n}", encoding="utf-8")

    def work(text: str) -> Entry:
        entry = entries[int(text.split()[0])]
        (record,) = entry.record
        return replace(entry, record=(record._replace(sha256=hashlib.sha256(text.encode()).hexdigest()),))

    class Ready:
        """An engine that has the results."""

        workers, reads, peak_memory = 1, False, None

        def run(self, jobs, _):  # type: ignore[no-untyped-def]
            for job in jobs:
                yield Done(job, work(Path(job.name).read_text()), 0.0)

    def run() -> float:
        began = time.monotonic()
        with Store(path) as store:
            carry_out(store, plan_run(store, [str(archive)], "scale"), Task(work, Ready(), "{}", "scale"))  # type: ignore[arg-type]
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
    exported = (peak_memory() or 0) - before
    return [first, second, search, export, stored >> 20, exported >> 20, path.stat().st_size >> 20]


@pytest.mark.slow
def test_how_an_archive_grows(tmp_path: Path) -> None:
    sys.stdout.write(
        "documents  write (ms each)  second run (s)  search (ms)  export (ms each)  memory of run, export (MB)  store (MB)\n"
    )
    rows = []
    for size in SIZES:
        folder = tmp_path / str(size)
        folder.mkdir()
        path = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
        said = subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(folder), str(size)],
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            encoding="utf-8",
        )
        assert said.returncode == 0, said.stderr
        first, second, search, export, stored, exported, megabytes = map(float, said.stdout.split())
        rows.append((first / size, stored))
        sys.stdout.write(
            f"{size:9}  {first / size * 1000:15.1f}  {second:14.1f}  {search * 1000:11.0f}  {export / size * 1000:16.1f}"
            f"  {stored:7.0f}, {exported:4.0f}  {megabytes:28.0f}\n"
        )
    assert rows[-1][0] < 5 * rows[0][0]  # a document costs what it costs, however many there are
    assert rows[-1][1] - rows[0][1] < 200 + 0.003 * SIZES[-1]  # the plan of the run alone grows, by its paths

"""Work that does to its worker what documents do, as the document says, and a run in a process of its own."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.reading import ReadError, decode, read_source
from corpus.store import Entry, Failed, Store, StoreError, entry_of, only_run
from pipeline.archive.engine import MEGABYTE, Done, Engine, Work
from pipeline.archive.processes import Processes
from pipeline.archive.running import Task, carry_out, plan_run
from pipeline.jobs import Job
from pipeline.limits import Limits
from tests.corpus.store.examples import minutes

LIMITS = Limits(seconds=30, memory=400 * MEGABYTE)
FINGERPRINT = "works"


@dataclass(frozen=True)
class Obedient:
    """Does what stands in the document, and else makes a record of it. Notes the number of its process."""

    seconds: float = 0
    pids: Path | None = None

    def prepare(self) -> None:
        if self.pids:
            with self.pids.open("a") as file:
                file.write(f"{os.getpid()}\n")

    def __call__(self, job: Job) -> Entry | Failed:
        try:
            source = read_source(Path(job.name)) if job.data is None else decode(job.data, job.name)
        except ReadError as error:
            return Failed("unreadable", str(error))
        text = source.text
        time.sleep(self.seconds)
        if text.startswith("HANG"):
            re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter: no other thread of the worker runs
        if text.startswith("SLEEP"):
            time.sleep(600)
        if text.startswith("CHILD"):  # as readers of PDF do
            with subprocess.Popen(["sleep", "600"]) as child:
                if self.pids:
                    self.pids.write_text(f"{child.pid}\n")
        if text.startswith("EAT"):
            held = [bytearray(50 * MEGABYTE) for _ in range(1000)]
            return Failed("error", str(len(held)))
        if text.startswith("DIE"):
            os.kill(os.getpid(), signal.SIGKILL)
        if text.startswith("ABORT"):
            os.abort()
        record = minutes(source.name, more=text)
        return entry_of(record.model_copy(update={"sha256": hashlib.sha256(source.text.encode()).hexdigest()}), source)


@dataclass(frozen=True)
class Unprepared:
    """Cannot begin: says so, or dies."""

    dies: bool

    def prepare(self) -> None:
        if self.dies:
            os.kill(os.getpid(), signal.SIGKILL)
        raise ValueError("no weights")

    def __call__(self, job: Job) -> Entry | Failed:
        raise AssertionError


class Here:
    """An engine without processes."""

    workers = 1
    peak_memory = None
    reads = False

    def __init__(self) -> None:
        self.jobs: list[str] = []

    def run(self, jobs: Iterable[Job], work: Work) -> Iterator[Done]:
        for job in jobs:
            self.jobs.append(job.name)
            yield Done(job, work(job), 0.0)


def task(engine: Engine, work: Work | None = None) -> Task:
    return Task(work or Obedient(), engine, json.dumps({}), FINGERPRINT)


def alive(pid: str) -> bool:
    """Tell whether a process runs (Linux)."""
    try:
        return Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def main() -> None:
    """Run `STORE FOLDER WORKERS SECONDS PIDS`; a store in use is exit code 2."""
    path, folder, workers, seconds, pids = sys.argv[1:]
    try:
        with Store(path) as store, only_run(store.path):
            engine = Processes(int(workers), LIMITS)
            work = Obedient(float(seconds), Path(pids))
            carry_out(store, plan_run(store, [folder], FINGERPRINT), task(engine, work))
    except StoreError as error:
        sys.stderr.write(str(error))
        raise SystemExit(2) from error

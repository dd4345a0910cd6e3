"""Documents through the pipeline, in one process or several, in order, whatever becomes of a single one."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from corpus.reading import ReadError, decode, read_source
from corpus.record import Minutes
from pipeline.extraction import extract
from pipeline.setup import DEFAULT as DEFAULT
from pipeline.setup import LoadError as LoadError
from pipeline.setup import Setup as Setup
from pipeline.setup import pipeline_of as pipeline_of

# Enough to keep every process busy while the oldest document is still worked on.
_IN_FLIGHT_PER_PROCESS = 4


BaseOption = Annotated[
    str | None, typer.Option("--base", help="spaCy pipeline for tagging and names, such as de_core_news_md.")
]
ClassifierOption = Annotated[
    str, typer.Option("--classifier", help="Turn classifier: embedded, rules, onnx:FOLDER or torch:FOLDER.")
]
AbstainOption = Annotated[
    float | None,
    typer.Option("--abstain", metavar="P", min=0, max=1, help="Leave out labels less probable than this."),
]


@dataclass(frozen=True)
class Job:
    """One document to work on: a file, or the bytes that came on the standard input under the name "-"."""

    name: str
    data: bytes | None = None


@dataclass(frozen=True)
class Result:
    """What became of one document: its record, or why there is none.

    `unread` says that the failure is the document's own; `trace` is there for a failure nobody foresaw.
    """

    name: str
    minutes: Minutes | None = None
    encoding: str | None = None
    failure: str | None = None
    unread: bool = False
    trace: str | None = None


def extract_job(job: Job, setup: Setup = DEFAULT) -> Result:
    """Read and extract one document; every error but `LoadError` ends up in the result."""
    try:
        source = read_source(Path(job.name)) if job.data is None else decode(job.data, job.name)
    except ReadError as error:
        return Result(job.name, failure=str(error), unread=True)
    nlp = pipeline_of(setup)
    try:
        return Result(job.name, extract(source, nlp=nlp), source.encoding)
    except Exception as error:
        return unforeseen(job.name, error)


def unforeseen(name: str, error: Exception) -> Result:
    """Return the result for a document that broke the program."""
    first_line = next(iter(str(error).splitlines()), "")
    failure = f"{name}: {type(error).__name__}: {first_line}" if first_line else f"{name}: {type(error).__name__}"
    return Result(name, failure=failure, trace="".join(traceback.format_exception(error)))


def in_order(jobs: Iterable[Job], work: Callable[[Job], Result], processes: int = 1) -> Iterator[Result]:
    """Yield the results in the order of the jobs; only a bounded number is in flight.

    `work` must be picklable if there are several processes. A document whose process dies is tried once more
    in a process of its own, so that it fails alone.
    """
    if processes == 1:
        yield from map(work, jobs)
        return
    waiting = deque(jobs)
    while waiting:
        suspects: list[Job] = []
        yield from _until_broken(waiting, suspects, work, processes)
        for job in suspects:
            yield _alone(job, work)


def _pool(processes: int) -> ProcessPoolExecutor:
    # Spawned, not forked: numerical libraries hold threads and locks that do not survive a fork.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=spawn, initializer=_leave_interrupts_to_parent)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _until_broken(
    waiting: deque[Job], suspects: list[Job], work: Callable[[Job], Result], processes: int
) -> Iterator[Result]:
    flying: deque[tuple[Job, Future[Result]]] = deque()
    pool = _pool(processes)
    try:
        while waiting or flying:
            while waiting and len(flying) < _IN_FLIGHT_PER_PROCESS * processes:
                flying.append((waiting[0], pool.submit(work, waiting[0])))
                waiting.popleft()
            result = flying[0][1].result()
            flying.popleft()
            yield result
    except BrokenProcessPool:
        suspects.extend(job for job, _ in flying)
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(job: Job, work: Callable[[Job], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(work, job).result()
        except BrokenProcessPool:
            reason = "its process died, perhaps for want of memory; try it alone or with fewer --jobs"
            return Result(job.name, failure=f"{job.name}: {reason}")

"""Documents through a worker, in this process or in several, in order, whatever becomes of a single one."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from pipeline.documents import Job, Result, Worker

# Enough to keep every process busy while the oldest document is still worked on.
_IN_FLIGHT_PER_PROCESS = 4


def in_order(
    jobs: Iterable[Job], work: Worker, processes: int = 1, *, apart: bool = False, patience: float | None = None
) -> Iterator[Result]:
    """Yield the results in the order of the jobs; only a bounded number is in flight.

    `work` must be picklable if there are several processes, or one that is kept `apart` from this one. A document
    whose process dies is tried once more in a process of its own, so that it fails alone. After `patience` seconds
    with one document a process ends itself, whatever library it is in.
    """
    if processes == 1 and not apart:
        yield from map(work, jobs)
        return
    if patience is not None:
        work = _Watched(work, patience)
    waiting = deque(jobs)
    while waiting:
        suspects: list[Job] = []
        yield from _until_broken(waiting, suspects, work, processes)
        for job in suspects:
            yield _alone(job, work)


@dataclass(frozen=True)
class _Watched:
    """A worker whose process ends where a document keeps it too long: no signal ends a call that never returns."""

    work: Worker
    patience: float

    def __call__(self, job: Job, /) -> Result:
        with Path(os.devnull).open("w") as nowhere:
            faulthandler.dump_traceback_later(self.patience, exit=True, file=nowhere)
            try:
                return self.work(job)
            finally:
                faulthandler.cancel_dump_traceback_later()


def _pool(processes: int) -> ProcessPoolExecutor:
    # Spawned, not forked: numerical libraries hold threads and locks that do not survive a fork.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=spawn, initializer=_leave_interrupts_to_parent)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _until_broken(waiting: deque[Job], suspects: list[Job], work: Worker, processes: int) -> Iterator[Result]:
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


def _alone(job: Job, work: Worker) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(work, job).result()
        except BrokenProcessPool:
            reason = "its process died, perhaps for want of memory or time; try it alone or with fewer --jobs"
            return Result(job.name, failure=f"{job.name}: {reason}")

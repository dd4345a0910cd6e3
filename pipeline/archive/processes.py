"""The engine of one machine: a process for each worker, a pipe to each, one document at a time in each.

With a pipe of its own a worker that dies takes nothing along but its document: no queue is left locked or torn.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from corpus.store import Failed
from pipeline.archive.engine import Done, EngineError, Work
from pipeline.archive.worker import Answer, Ready, Unready, serve
from pipeline.jobs import Job
from pipeline.limits import Limits

_DOCUMENTS = 1000  # of a worker, before another one takes its place: vocabularies grow with every word they meet
_PATIENCE = 5  # seconds
_FALSE_STARTS = 3  # workers in a row that die before their first document

# Spawned, not forked: numerical libraries hold threads and locks that do not survive a fork.
_SPAWN = multiprocessing.get_context("spawn")


class Processes:
    """An engine of `workers` processes. A worker that breaks a limit, or dies, is replaced.

    The limits hold for a document: `seconds` for all that is done with it, whatever library it is in. Workers that
    are kept wait for the next `run` of the same work; they end with this process.
    """

    reads = False

    def __init__(self, workers: int, limits: Limits, *, keep: bool = False) -> None:
        self.workers = workers
        self.limits = limits
        self._keep = keep
        self._idle: list[_Worker] = []
        self._peak: int | None = None

    @property
    def peak_memory(self) -> int | None:
        """Bytes of memory that the largest worker used so far."""
        return self._peak

    def run(self, jobs: Iterable[Job], work: Work) -> Iterator[Done]:
        """Yield what came of each job, in the order in which they end."""
        waiting = iter(jobs)
        team: list[_Worker] = []
        false_starts = 0
        try:
            while True:
                while len(team) < self.workers and (job := next(waiting, None)) is not None:
                    if self._idle:
                        team.append(self._idle.pop())
                        team[-1].take(job)
                    else:
                        team.append(_Worker(work, self.limits, job))
                if not team:
                    return
                for worker in _stirring(team):
                    message = worker.receive()
                    if isinstance(message, Unready):
                        raise EngineError(message.reason)
                    if isinstance(message, Ready):
                        false_starts = 0
                        worker.begin()
                    elif worker.began is None:
                        false_starts += 1
                        if false_starts == _FALSE_STARTS:
                            raise EngineError("workers die before their first document, perhaps for want of memory")
                        team[team.index(worker)] = _Worker(work, self.limits, worker.job)
                        worker.end()
                    else:
                        done = worker.done(message)
                        if message is not None:
                            self._peak = max(self._peak or 0, message.peak_memory or 0) or None
                        # The next job goes out before the result is stored, so that the worker does not wait for it.
                        spent = message is None or message.spent or worker.documents == _DOCUMENTS
                        job = None if spent else next(waiting, None)
                        if job is not None:
                            worker.take(job)
                        else:
                            team.remove(worker)
                            if self._keep and not spent:
                                self._idle.append(worker)
                            else:
                                worker.end()
                        yield done
        finally:
            for worker in team:
                worker.end()


class _Worker:
    """A process, the job that it has, and since when; `began` is `None` until it is ready."""

    def __init__(self, work: Work, limits: Limits, job: Job) -> None:
        self.job = job
        self.began: float | None = None
        self.documents = 0
        self._limits = limits
        self.connection: Connection[Any, Any]
        self.connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=serve, args=(theirs, work, limits), daemon=True)
        with _no_interrupts():
            self._process.start()
        theirs.close()

    @property
    def left(self) -> float | None:
        """Seconds until the limit; `None` while there is none."""
        if self.began is None or self._limits.seconds is None:
            return None
        return self.began + self._limits.seconds - time.monotonic()

    def begin(self) -> None:
        """Send the job."""
        self.began = time.monotonic()
        self.documents += 1
        with suppress(OSError):  # it died meanwhile: receive() will say so
            self.connection.send(self.job)

    def take(self, job: Job) -> None:
        """Send the next job."""
        self.job = job
        self.begin()

    def receive(self) -> Ready | Unready | Answer | None:
        """Return what the worker sends; `None` where it is dead or over its time."""
        with suppress(EOFError, OSError):
            if self.connection.poll():
                message: Ready | Unready | Answer = self.connection.recv()
                return message
        return None

    def done(self, message: Answer | None) -> Done:
        """Return what came of the job."""
        seconds = time.monotonic() - (self.began or time.monotonic())
        return Done(self.job, message.result if message else self._lost(), seconds)

    def _lost(self) -> Failed:
        if self.left is not None and self.left <= 0:
            limit = f"{self._limits.seconds:g} seconds"
            return Failed(
                "timeout", f"{self.job.name} needs more than {limit}: split it by session, or raise the limit"
            )
        return Failed("died", f"{self.job.name}: its process died, perhaps for want of memory")

    def end(self) -> None:
        """End the process, and those that it started, whatever they do. It holds nothing that could be lost."""
        self.connection.close()
        if self._process.pid is not None:
            with suppress(ProcessLookupError, PermissionError, AttributeError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
        self._process.join(_PATIENCE)  # one that waits for a lost network drive cannot be ended


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Start processes deaf to Ctrl-C, which a terminal sends to them too: it would end in a trace from each."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # it would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stirring(team: list[_Worker]) -> list[_Worker]:
    """Wait until a worker says something, dies or comes to its limit; return all that do."""
    left = [worker.left for worker in team if worker.left is not None]
    spoke = wait([worker.connection for worker in team], max(0, min(left)) if left else None)
    return [w for w in team if w.connection in spoke or (w.left is not None and w.left <= 0)]

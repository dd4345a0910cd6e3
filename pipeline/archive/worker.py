"""A worker: a process that works on one document after another and ends when its parent does, however that ends."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from corpus.store import Entry, Failed
from pipeline.archive.engine import Work
from pipeline.jobs import Job
from pipeline.limits import LimitError, Limits, kept, peak_memory

_GRACE = 60  # seconds over the limit, after which a worker ends by itself


@dataclass(frozen=True)
class Ready:
    """The worker waits for its first job."""


@dataclass(frozen=True)
class Unready:
    """The worker cannot work, whatever the document."""

    reason: str


@dataclass(frozen=True)
class Answer:
    """What came of a job; after `spent` the worker is not to be used again. `peak_memory` is in bytes."""

    result: Entry | Failed
    peak_memory: int | None
    spent: bool = False


def serve(connection: Connection[Any, Any], work: Work, limits: Limits) -> None:
    """Answer the jobs that come in, until there are no more."""
    _stand_alone()
    try:
        work.prepare()
    except Exception as error:
        connection.send(Unready(str(error) or type(error).__name__))
        return
    connection.send(Ready())
    with Path(os.devnull).open("w") as nowhere:
        while True:
            try:
                job = connection.recv()
            except (EOFError, OSError):
                return
            with _watched(limits.seconds, nowhere):
                answer = _answer(job, work, limits.memory)
            connection.send(answer)


def _answer(job: Job, work: Work, memory: int | None) -> Answer:
    try:
        with kept(Limits(memory=memory)):
            return Answer(work(job), peak_memory())
    except LimitError as error:
        return Answer(Failed("memory", f"{job.name} {error}"), peak_memory(), spent=True)


def _stand_alone() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be blocked; the parent ends us
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # with the processes that readers start; nothing of ours outlives the parent
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


@contextmanager
def _watched(seconds: float | None, nowhere: IO[str]) -> Iterator[None]:
    # A regular expression that never ends lets no other thread run, the one that waits for the parent neither.
    if seconds is None:
        yield
        return
    with suppress(RuntimeError):  # no memory for the thread that watches
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=nowhere)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()

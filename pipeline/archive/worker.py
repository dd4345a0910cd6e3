"""A worker: a process that works on one document after another and ends when its parent does, however that ends."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from corpus.store import Entry, Failed
from pipeline.archive.engine import MEGABYTE, Limits, Work

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
    _keep_within(limits.memory)
    try:
        work.prepare()
    except MemoryError:
        connection.send(Unready(f"the pipeline needs more than {limits.memory // MEGABYTE} MB: allow more memory"))
        return
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
            # A regular expression that never ends lets no other thread run, the one that waits for the parent neither.
            with suppress(RuntimeError):  # no memory for the thread that watches
                faulthandler.dump_traceback_later(limits.seconds + _GRACE, exit=True, file=nowhere)
            try:
                answer = Answer(work(job), peak_memory())
            except MemoryError:
                answer = None
            faulthandler.cancel_dump_traceback_later()
            connection.send(answer or Answer(too_large(job.path, limits), peak_memory(), spent=True))


def too_large(path: str, limits: Limits) -> Failed:
    """Return the failure of a document for which memory does not suffice."""
    megabytes = limits.memory // MEGABYTE
    return Failed("memory", f"{path} needs more than {megabytes} MB of memory: split it, or allow more")


def peak_memory() -> int | None:
    """Return the bytes of memory that this process used at its peak; `None` where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def _stand_alone() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
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


def _keep_within(memory: int) -> None:
    if sys.platform != "linux":  # elsewhere there is no such limit, or the system does not keep it
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory if hard < 0 else min(memory, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))

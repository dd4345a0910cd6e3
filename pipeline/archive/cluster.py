"""The engine of many machines: Ray Data deals the documents out, and each of its actors works as one machine does.

Only names travel to the actors, which read the documents themselves, and rows of the store travel back. In an actor
`Processes` of one worker keeps the limits, so that a document that hangs or eats memory costs that document alone;
an actor that dies with its machine is replaced by Ray, and its documents are dealt out again.
"""

from __future__ import annotations

import math
import os
import pickle
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import ray
import ray.data
from ray.exceptions import RayError

from corpus.reading import ReadError
from corpus.store import Failed
from pipeline.archive.engine import Content, Done, EngineError, Work
from pipeline.archive.processes import Processes
from pipeline.archive.scanning import path_of, stamp, with_content
from pipeline.jobs import Job
from pipeline.limits import Limits

_BLOCK = 16  # documents that an actor takes at once; a run that is stopped loses what of them is not back yet
_PATIENCE = 10  # seconds
_SHARES = 4  # blocks for each worker at least, so that none waits long for the last


@dataclass(frozen=True)
class _Dealt:
    """What came of a block, and why there is no more of it, if the actor has no worker; `peak_memory` as of engines."""

    done: list[Done]
    peak_memory: int | None
    failure: EngineError | None = None


class Cluster:
    """An engine on Ray: of this machine alone, or at an address ("ray://host:10001", "auto" from within a cluster).

    `workers` of `None` are one for each core of the cluster.
    """

    reads = True

    def __init__(self, workers: int | None, limits: Limits, address: str | None = None) -> None:
        self.limits = limits
        self._address = address
        self._wanted = workers
        self.workers = workers or os.cpu_count() or 1
        self._peak: int | None = None

    @property
    def peak_memory(self) -> int | None:
        """Bytes of memory that the largest worker used so far."""
        return self._peak

    def run(self, jobs: Iterable[Job], work: Work) -> Iterator[Done]:
        """Yield what came of each job, block by block as they end. Raises `EngineError`, also where Ray fails."""
        names = [job.name for job in jobs]
        if not names:
            return
        try:
            with _connected(self._address, self._wanted):
                if self._wanted is None:
                    self.workers = max(1, int(ray.cluster_resources().get("CPU", 1)))
                # Ray Data works within a cluster only, not from a client outside.
                foreman = ray.remote(num_cpus=0)(_Foreman).remote(names, work, self.limits, self.workers)
                while dealt := ray.get(foreman.next.remote()):
                    for block in dealt:
                        self._peak = max(self._peak or 0, block.peak_memory or 0) or None
                        yield from block.done
                        if block.failure:
                            raise block.failure
        except EngineError:
            raise
        except (RayError, ConnectionError, RuntimeError, ValueError) as error:
            raise EngineError(_reason(error)) from error


class _Foreman:
    """Deals the documents out, within the cluster."""

    def __init__(self, names: list[str], work: Work, limits: Limits, workers: int) -> None:
        ray.data.DataContext.get_current().enable_progress_bars = False
        blocks = min(len(names), max(workers * _SHARES, math.ceil(len(names) / _BLOCK)))
        rows = ray.data.from_items([{"name": name} for name in names], override_num_blocks=blocks)
        dealt = rows.map_batches(
            _Share,
            fn_constructor_args=(work, limits),
            batch_size=None,
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers),
            num_cpus=1,
        )
        self._batches = iter(dealt.iter_batches(batch_size=None))

    def next(self) -> list[_Dealt]:
        """Return what came of some more documents; nothing at the end."""
        batch = next(self._batches, None)
        return [] if batch is None else [pickle.loads(dealt) for dealt in batch["dealt"]]


class _Share:
    """An actor: one worker with its limits, for one block after the other."""

    def __init__(self, work: Work, limits: Limits) -> None:
        self._work = work
        self._engine = Processes(1, limits, keep=True)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        unread: list[Done] = []
        read: dict[str, tuple[Job, Content]] = {}

        def jobs() -> Iterator[Job]:
            for name in map(str, batch["name"]):  # numpy has a type of its own
                path = path_of(name)
                try:
                    found, data = with_content(name, path, stamp(path, {}))
                except ReadError as error:
                    unread.append(Done(Job(name), Failed("unreadable", str(error)), 0))
                    continue
                job = Job(path.as_posix(), data)
                read[job.name] = (Job(name), Content(found.sha256, found.size))
                yield job

        done: list[Done] = []
        failure = None
        try:
            for came in self._engine.run(jobs(), self._work):
                job, content = read.pop(came.job.name)
                done.append(replace(came, job=job, content=content))
        except EngineError as error:
            failure = error
        return {"dealt": [pickle.dumps(_Dealt(unread + done, self._engine.peak_memory, failure))]}


@contextmanager
def _connected(address: str | None, workers: int | None) -> Iterator[None]:
    """Begin a session on a cluster, or a cluster on this machine, and end it."""
    if ray.is_initialized():
        raise EngineError("a session of Ray is open in this process: end it with ray.shutdown() first")
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if address is None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # tell nobody
        ray.init(address="local", num_cpus=workers, include_dashboard=False, **quiet)
    else:
        _knock(address)
        ray.init(address=address, **quiet)
    try:
        yield
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raise `EngineError` where nothing answers: Ray would try for minutes."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not (host and port.isdecimal()):
        return
    try:
        with socket.create_connection((host, int(port)), _PATIENCE):
            pass
    except (OSError, OverflowError) as error:
        raise EngineError(f"no cluster answers at {address}: check the address, and that the cluster runs") from error


def _reason(error: Exception) -> str:
    cause = getattr(error, "cause", None) or error
    lines = [line for line in str(cause).splitlines() if line.strip()]
    return f"the cluster failed: {lines[-1] if lines else type(cause).__name__}"

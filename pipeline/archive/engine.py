"""The seam between what is done with the documents of an archive and where: work and engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from corpus.store import Entry, Failed
from pipeline.jobs import Job

MEGABYTE = 1 << 20


class EngineError(RuntimeError):
    """Workers that cannot be had, so that no document can be worked on."""


@dataclass(frozen=True)
class Content:
    """Hash and size of the bytes of a document; `None` where they could not be had."""

    sha256: str | None
    size: int | None


@dataclass(frozen=True)
class Done:
    """What came of a job, and the seconds that it took; `content` comes from an engine that reads documents."""

    job: Job
    result: Entry | Failed
    seconds: float
    content: Content | None = None


class Work(Protocol):
    """What is done with a document. It can be pickled, and knows nothing of where it runs."""

    def prepare(self) -> None:
        """Load what all documents need; called once in each worker."""

    def __call__(self, job: Job) -> Entry | Failed:
        """Work on one document. Of all errors only `MemoryError` is raised."""


class Engine(Protocol):
    """Whatever runs work on many documents. It draws jobs as it has room, so that few are in flight.

    One that `reads` gets jobs without bytes, all at once: its workers are elsewhere, and read documents themselves.
    """

    workers: int
    reads: bool

    def run(self, jobs: Iterable[Job], work: Work) -> Iterator[Done]:
        """Yield what came of each job, in any order. Raises `EngineError` where no worker can be had."""

    @property
    def peak_memory(self) -> int | None:
        """Bytes of memory that the largest worker used so far; `None` where nothing is known."""

"""What a store says of documents, failures and runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

State = Literal["done", "failed", "removed"]
FailureKind = Literal["unreadable", "error", "timeout", "memory", "died"]

FAILURE_KINDS: tuple[FailureKind, ...] = ("unreadable", "error", "timeout", "memory", "died")


@dataclass(frozen=True)
class Stamp:
    """Size and time of change of the file on the disk in which a document is."""

    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Known:
    """A document as a store knows it; `fingerprint` is that of the pipeline that saw it last."""

    path: str
    state: State
    sha256: str | None
    stamp: Stamp | None
    fingerprint: str


@dataclass(frozen=True)
class Found:
    """A document as a run meets it: `sha256` and `size` of its bytes, `None` where they could not be had."""

    path: str
    stamp: Stamp | None = None
    sha256: str | None = None
    size: int | None = None


@dataclass(frozen=True)
class Failed:
    """Why there is no record of a document; `trace` is there for an error that nobody foresaw."""

    kind: FailureKind
    reason: str
    trace: str | None = None


@dataclass(frozen=True)
class Failure:
    """A document that failed; `attempts` are those in a row, `last` is the time of the last (UTC)."""

    path: str
    kind: FailureKind
    reason: str
    trace: str | None
    attempts: int
    last: str


@dataclass(frozen=True)
class Hit:
    """A turn that a search found; `number` and `title` are those of its agenda item.

    In `snippet` the words that were found stand between "[" and "]".
    """

    path: str
    turn: str
    body: str | None
    date: dt.date | None
    number: str | None
    title: str | None
    label: str | None
    speakers: str
    snippet: str


@dataclass(frozen=True)
class Counts:
    """How much is in a store: documents by state, the records of those present, and what is in these.

    `first` and `last` are the dates of the earliest and the latest sitting.
    """

    done: int
    failed: int
    removed: int
    records: int
    turns: int
    decisions: int
    characters: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True)
class Outcome:
    """What came of a run: documents by what became of them, and `peak_memory` of the largest worker in bytes.

    `done` counts those of known content (`same` of them) too; `unchanged` were left as they are.
    """

    done: int
    same: int
    failed: int
    unchanged: int
    removed: int
    seconds: float
    peak_memory: int | None

    @property
    def per_minute(self) -> float | None:
        """Documents a minute that were worked on; `None` where there were none."""
        worked = self.done - self.same + self.failed
        return worked / self.seconds * 60 if worked and self.seconds else None


@dataclass(frozen=True)
class Run:
    """A run over an archive; `outcome` is `None` while it goes on, and where it was killed.

    `settings` are those of the pipeline as JSON; `started` is in UTC.
    """

    started: str
    sources: tuple[str, ...]
    settings: str
    fingerprint: str
    jobs: int
    outcome: Outcome | None

"""Runs over an archive: what is new or changed is worked on, everything else is left as it is.

One process writes the store and takes results as they come; a document is done when its results are stored.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.reading import ReadError
from corpus.store import Failed, FailureKind, Found, Outcome, Stamp, Store, StoreError, suffix_of
from pipeline.archive.engine import Done, Engine, Work
from pipeline.archive.scanning import path_of, scan, stamp, with_content
from pipeline.jobs import Job

Watch = Callable[[str, Failed | None], None]
"""Told of each document that is dealt with, and why it failed."""


@dataclass(frozen=True)
class Candidate:
    """A document to look at: its name in the store, its path, and the stamp of its file."""

    name: str
    path: Path
    stamp: Stamp | None


@dataclass(frozen=True)
class Plan:
    """What a run has to do, found out without reading a document.

    `problems` say which sources hold none. `returned` were removed and are back as they were. With `again` the
    candidates are worked on even where nothing has changed.
    """

    sources: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    returned: tuple[Found, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    problems: tuple[str, ...] = ()
    again: bool = False

    @property
    def empty(self) -> bool:
        """Whether no document was found at all."""
        return not (self.candidates or self.returned or self.unchanged)


@dataclass(frozen=True)
class Task:
    """What is done with the documents, where, and what tells its results from those of other pipelines."""

    work: Work
    engine: Engine
    settings: str
    fingerprint: str


def plan_run(store: Store, sources: Sequence[str], fingerprint: str, *, rehash: bool = False) -> Plan:
    """Compare an archive with its store by the size and the time of its files; with `rehash` look at all of them."""
    found = scan(sources)
    candidates: list[Candidate] = []
    returned: list[Found] = []
    archives: dict[Path, Stamp] = {}
    unchanged = 0
    for name, path in found.paths.items():
        at, known = stamp(path, archives), store.ledger.known(name)
        if rehash or at is None or known is None or (known.stamp, known.fingerprint) != (at, fingerprint):
            candidates.append(Candidate(name, path, at))
        elif known.state == "removed":
            returned.append(Found(name, at))
        else:
            unchanged += 1
    removed = tuple(name for name in store.paths() if found.lacks(name))
    return Plan(tuple(sources), tuple(candidates), tuple(returned), removed, unchanged, found.problems)


def plan_retry(store: Store, kind: FailureKind | None = None) -> Plan:
    """Return the plan to work again on the documents that failed, or on those that failed in one way."""
    paths = ((failure.path, path_of(failure.path)) for failure in store.failures(kind))
    archives: dict[Path, Stamp] = {}
    return Plan((), tuple(Candidate(name, path, stamp(path, archives)) for name, path in paths), again=True)


def carry_out(store: Store, plan: Plan, task: Task, watch: Watch = lambda name, failed: None) -> Outcome:
    """Do what is planned; one document that fails does not stop the others.

    Hold `only_run` meanwhile. Raises `StoreError` and `EngineError`; what was stored before stays.
    """
    began = time.monotonic()
    ledger = store.ledger
    number = ledger.begin(plan.sources, task.settings, task.fingerprint, task.engine.workers)
    shift = _Shift(store, plan, task, watch)

    def outcome() -> Outcome:
        counts = shift.counts
        return Outcome(
            done=counts["done"],
            same=counts["same"],
            failed=counts["failed"],
            unchanged=plan.unchanged + len(plan.returned) + counts["unchanged"],
            removed=len(plan.removed),
            seconds=time.monotonic() - began,
            peak_memory=task.engine.peak_memory,
        )

    try:
        ledger.mark_removed(plan.removed)
        for found in plan.returned:
            ledger.touch(found)
        for done in task.engine.run(shift.jobs(), task.work):
            shift.store(done)
    finally:
        with suppress(StoreError):  # of a full disk, which was the first to be reported
            ledger.end(number, outcome())
    return outcome()


class _Shift:
    """The documents of one run on their way into the store."""

    def __init__(self, store: Store, plan: Plan, task: Task, watch: Watch) -> None:
        self.counts: Counter[str] = Counter()
        self._ledger = store.ledger
        self._plan = plan
        self._fingerprint = task.fingerprint
        self._reads = task.engine.reads
        self._watch = watch
        # What is being worked on by the path of its job; with it, documents of the same content that wait for it.
        self._flying: dict[str, tuple[Found, list[Found]]] = {}
        self._contents: dict[tuple[str, str], str] = {}

    def jobs(self) -> Iterator[Job]:
        """Yield what has to be worked on; deal with what has not."""
        for candidate in self._plan.candidates:
            if self._reads:
                job = Job(candidate.name)
                self._flying[job.name] = (Found(candidate.name, candidate.stamp), [])
                yield job
                continue
            try:
                found, data = with_content(candidate.name, candidate.path, candidate.stamp)
            except ReadError as error:
                self._fail(Found(candidate.name, candidate.stamp), Failed("unreadable", str(error)))
                continue
            known = self._ledger.known(found.path)
            same = known and found.sha256 and (known.sha256, known.fingerprint) == (found.sha256, self._fingerprint)
            if same and not self._plan.again:
                self._ledger.touch(found)
                self._count(found, "unchanged")
            elif self._ledger.put_same(found, self._fingerprint):
                self._count(found, "done", "same")
            elif found.sha256 and (first := self._contents.get((found.sha256, suffix_of(found.path)))):
                self._flying[first][1].append(found)
            else:
                job = Job(candidate.path.as_posix(), data)
                self._flying[job.name] = (found, [])
                if found.sha256:
                    self._contents[found.sha256, suffix_of(found.path)] = job.name
                yield job

    def store(self, done: Done) -> None:
        """Store what came of a job, for all documents of its content."""
        found, others = self._flying.pop(done.job.name)
        if done.content:
            found = replace(found, sha256=done.content.sha256, size=done.content.size)
        if found.sha256:
            self._contents.pop((found.sha256, suffix_of(found.path)), None)
        if isinstance(done.result, Failed):
            self._fail(found, done.result, done.seconds)
            reason = f"the same content as {done.result.reason}"
            for other in others:
                self._fail(other, replace(done.result, reason=f"{other.path} has {reason}"))
            return
        self._ledger.put(found, done.result, self._fingerprint, done.seconds)
        self._count(found, "done")
        for other in others:
            # Not so where the file was changed between two looks at it; the next run will see.
            if self._ledger.put_same(other, self._fingerprint):
                self._count(other, "done", "same")

    def _fail(self, found: Found, failed: Failed, seconds: float | None = None) -> None:
        self._ledger.put_failure(found, failed, self._fingerprint, seconds)
        self.counts["failed"] += 1
        self._watch(found.path, failed)

    def _count(self, found: Found, *kinds: str) -> None:
        self.counts.update(kinds)
        self._watch(found.path, None)

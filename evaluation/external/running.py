"""Systems on the benchmarks of others."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.reading import Source
from evaluation.errors import EvaluationError
from evaluation.external.adapter import events_of, names_of
from evaluation.external.documents import ExternalDocument
from evaluation.external.prose import prose
from evaluation.external.tasks import EXTERNAL, Found, Task
from evaluation.intervals import Estimate, metric_intervals
from evaluation.predictions import Failure
from evaluation.scores import Metric
from evaluation.systems import System
from evaluation.systems.recorded import within_reach


@dataclass(frozen=True)
class ExternalScores:
    """What one system makes of one set: the metrics of each document in order, in counts that add up.

    Failed documents count as empty. `seconds` is what the documents took, scoring included, loading not.
    """

    task: str
    set: str
    system: str
    documents: tuple[Mapping[str, Metric], ...]
    seconds: float
    failures: tuple[Failure, ...] = ()

    @cached_property
    def estimates(self) -> dict[str, Estimate]:
        """Every metric with its bootstrap interval over documents."""
        names = self.documents[0] if self.documents else ()
        return metric_intervals({name: [metrics[name] for metrics in self.documents] for name in names})


@dataclass(frozen=True)
class SkippedTask:
    """A set that did not run, and why."""

    task: str
    set: str
    reason: str


@dataclass(frozen=True)
class ExternalBoard:
    """All scores, set by set and then in the order of the systems, and the sets that did not run."""

    scores: tuple[ExternalScores, ...]
    skipped: tuple[SkippedTask, ...] = ()


def benchmark_external(
    systems: Iterable[System],
    folder: Path,
    tasks: Iterable[Task] = EXTERNAL,
    tell: Callable[[str], None] | None = None,
) -> ExternalBoard:
    """Run every system on every set that the folder of data has; `tell` hears which system is at work on which set.

    A system known by its records alone is left out of the sets that it has none of.
    """
    scores: list[ExternalScores] = []
    skipped: list[SkippedTask] = []
    ready = tuple(systems)
    for task in tasks:
        try:
            documents = task.documents(folder)
        except EvaluationError as error:
            skipped.append(SkippedTask(task.name, task.set, f"skipped: {error}"))
            continue
        for system in ready:
            if not within_reach(system, documents):
                continue
            if tell:
                tell(f"{system.name} on {task.name} {task.set}")
            scores.append(score_external(task, system, documents))
    return ExternalBoard(tuple(scores), tuple(skipped))


def score_external(task: Task, system: System, documents: Sequence[ExternalDocument]) -> ExternalScores:
    """Run a system on documents and score what it finds; whatever it raises is a failure of that document."""
    start = time.perf_counter()
    scored: list[Mapping[str, Metric]] = []
    failures: list[Failure] = []
    for document in documents:
        try:
            found = _found(system, document)
        except Exception as error:
            failures.append(Failure.of(Path(document.name), error))
            found = Found()
        scored.append(task.score(document, found))
    seconds = time.perf_counter() - start
    return ExternalScores(task.name, task.set, system.name, tuple(scored), seconds, tuple(failures))


def _found(system: System, document: ExternalDocument) -> Found:
    text = prose(document)
    digest = hashlib.sha256(text.text.encode()).hexdigest()
    minutes = system.extract(Source(f"{document.name}.txt", text.text, digest, "utf-8"))
    if minutes.text != text.text:
        raise ValueError("the record is of another text")
    return Found(events_of(minutes, text), names_of(minutes, text))

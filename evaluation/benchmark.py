"""Every system on every set of annotated documents, scored alike."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.collection import Document as Annotated
from evaluation.errors import EvaluationError
from evaluation.harness import Evaluation, pair, score_documents
from evaluation.intervals import Contrast, Estimate, holm
from evaluation.predictions import Failure
from evaluation.systems import LabelsGivenTurns, System
from evaluation.systems.recorded import Recorded, within_reach
from evaluation.systems.running import run_given_turns, run_system

Sets = Mapping[str, Sequence[Annotated]]


@dataclass(frozen=True)
class Entry:
    """What one system made of one set; failed documents count as empty, and so do those without a record.

    `given` has the scores with the turns of gold given, `None` for a system that takes none; `words` are those of the
    set. `seconds` is what the texts took end to end, without loading, `None` where the records were made before.
    """

    system: str
    set: str
    evaluation: Evaluation
    given: Evaluation | None
    words: int
    seconds: float | None
    failures: tuple[Failure, ...] = ()

    @property
    def words_per_second(self) -> float | None:
        return self.words / self.seconds if self.seconds else None

    @cached_property
    def intervals(self) -> dict[str, Estimate]:
        """Every metric with its interval, end to end."""
        return self.evaluation.intervals

    @cached_property
    def given_intervals(self) -> dict[str, Estimate]:
        """Every metric with its interval, turns given; empty for a system that takes none."""
        return self.given.intervals if self.given else {}


@dataclass(frozen=True)
class Skipped:
    """A system that did not run, and why; with a set, that it did not run there."""

    system: str
    reason: str
    set: str | None = None


@dataclass(frozen=True)
class Comparison:
    """A system against the reference on one set in one metric; positive differences are the system's."""

    system: str
    set: str
    metric: str
    contrast: Contrast


@dataclass(frozen=True)
class Leaderboard:
    """All entries, set by set and then in the order of the systems, and what did not run."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()

    def against(self, reference: str) -> tuple[Comparison, ...]:
        """Compare every other system with this one, on the sets where it ran.

        p-values are corrected for all comparisons on a set together, all systems in all metrics.
        """
        of_set: dict[str, dict[str, Evaluation]] = defaultdict(dict)
        for entry in self.entries:
            of_set[entry.set][entry.system] = entry.evaluation
        return tuple(
            x for name, found in of_set.items() if reference in found for x in _compared(name, found, reference)
        )


def benchmark(
    systems: Iterable[System], sets: Sets, skipped: Iterable[Skipped] = (), tell: Callable[[str], None] | None = None
) -> Leaderboard:
    """Run every system on every set; whatever a system raises is a failure of that document.

    `skipped` are systems that could not be loaded; `tell` hears which system is at work on which set. Raises
    `EvaluationError` where two systems have one name.
    """
    entries: list[Entry] = []
    left_out = list(skipped)
    ready = tuple(systems)
    names = [system.name for system in ready]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise EvaluationError(f"two systems of the name {twice[0]}: rename one")
    for name, documents in sets.items():
        for system in ready:
            if not within_reach(system, documents):
                left_out.append(Skipped(system.name, "there is no record of any of its documents", name))
                continue
            if tell:
                tell(f"{system.name} on {name}")
            entries.append(_entry(system, name, documents))
    return Leaderboard(tuple(entries), tuple(left_out))


def _entry(system: System, name: str, documents: Sequence[Annotated]) -> Entry:
    start = time.perf_counter()
    free = run_system(system, within_reach(system, documents))
    seconds = None if isinstance(system, Recorded) else time.perf_counter() - start
    given = run_given_turns(system, documents) if isinstance(system, LabelsGivenTurns) else None
    return Entry(
        system=system.name,
        set=name,
        evaluation=score_documents(pair(documents, free.records)),
        given=score_documents(pair(documents, given.records)) if given else None,
        words=sum(len(document.gold.text.split()) for document in documents),
        seconds=seconds,
        failures=(*free.failures, *(_given_failure(x) for x in (given.failures if given else ()))),
    )


def _given_failure(failure: Failure) -> Failure:
    return replace(failure, reason=f"with given turns: {failure.reason}")


def _compared(name: str, evaluations: Mapping[str, Evaluation], reference: str) -> Iterator[Comparison]:
    found = [
        Comparison(system, name, metric, contrast)
        for system, evaluation in evaluations.items()
        if system != reference
        for metric, contrast in evaluation.against(evaluations[reference]).items()
    ]
    for comparison, p in zip(found, holm([x.contrast.p for x in found]), strict=True):
        yield replace(comparison, contrast=replace(comparison.contrast, adjusted=p))

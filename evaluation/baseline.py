"""Figures that were reached once, so that a fall is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.collection import Document, fingerprint
from evaluation.errors import EvaluationError
from evaluation.harness import Evaluation

_ROUNDING = 0.5e-4  # of the figures in the file


class Reached(BaseModel):
    """A metric with its interval at the time; no bounds where it had none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    low: float | None = None
    high: float | None = None


class Baseline(BaseModel):
    """The figures of one evaluation. `gold` is a hash of the documents: those of other gold cannot be compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: int
    gold: str
    metrics: dict[str, Reached]


@dataclass(frozen=True)
class Change:
    """A metric then and now; `None` now where it is undefined."""

    metric: str
    then: Reached
    now: float | None

    @property
    def fell(self) -> bool:
        """Whether the figure is below the interval that it had; without an interval, whether it is lower at all."""
        least = self.then.value if self.then.low is None else self.then.low
        return self.now is None or self.now < least - _ROUNDING


def read_baseline(path: Path) -> Baseline:
    """Read the figures of a file; `EvaluationError` if there are none."""
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise EvaluationError(f"{path}: {error.strerror}; make it with --write-baseline") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise EvaluationError(f"{path}: no baseline: {where + ': ' if where else ''}{first['msg']}") from error


def write_baseline(evaluation: Evaluation, path: Path) -> None:
    """Write the figures of an evaluation, rounded to four digits; undefined ones are left out."""
    total = evaluation.total
    reached = {
        name: Reached(value=round(x.value, 4), low=_rounded(x.low), high=_rounded(x.high))
        for name in total.tallies
        if (x := evaluation.intervals[name]).value is not None
    }
    found = Baseline(documents=len(evaluation.documents), gold=_gold(evaluation), metrics=reached)
    path.write_text(found.model_dump_json(indent=2) + "\n", encoding="utf-8", newline="\n")


def changes(evaluation: Evaluation, baseline: Baseline) -> tuple[Change, ...]:
    """Hold an evaluation against a baseline, in the order of its metrics.

    Raises `EvaluationError` where the baseline is of other documents or of another annotation of them.
    """
    if _gold(evaluation) != baseline.gold:
        raise EvaluationError(
            f"the baseline is of other gold ({baseline.documents} documents): name the same folder and split, "
            "or, if gold has changed, make it anew with --write-baseline"
        )
    return tuple(_changes(evaluation, baseline))


def _changes(evaluation: Evaluation, baseline: Baseline) -> Iterator[Change]:
    metrics = evaluation.total.metrics
    for name, then in baseline.metrics.items():
        if name not in metrics:
            raise EvaluationError(f"the baseline has a metric {name}, which there is not: make it anew")
        yield Change(name, then, metrics[name])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _gold(evaluation: Evaluation) -> str:
    return fingerprint(Document(x.name, x.document.gold) for x in evaluation.documents)

"""How far scores can be trusted: bootstrap intervals and paired tests over documents.

A document is what varies independently, so documents are resampled (bootstrap: Efron 1979) or change sides between
two systems (approximate randomisation: Noreen 1989). No document is scored again: the counts add up, and a metric of
any sample comes from their sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.scoring import METRICS, Scores

ROUNDS = 10_000
COMPARED = ("macro4_f1", "label_f1", "turn_f1")
"""The metrics in which two systems are compared."""

_BATCH = 2_000_000  # documents drawn at once, so that memory does not grow with rounds × documents
_TOLERANCE = 1e-12  # sums of the same counts in another order are the same difference

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure with the 2.5th and 97.5th percentile of its bootstrap.

    All are `None` where the figure is undefined; one document alone gives no interval.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Contrast:
    """A metric of one system less that of another on the same documents.

    `p` is two-sided: how often the difference is at least as large if it is chance which record of a document is
    whose. It is `None` where the difference is undefined.
    """

    difference: Estimate
    p: float | None


def intervals(scores: Sequence[Scores], rounds: int = ROUNDS, seed: int = 0) -> dict[str, Estimate]:
    """Return every metric of documents by name, with the interval from `rounds` resamples of the documents.

    Resamples in which a metric is undefined are left out of its interval.
    """
    if not scores:
        return {name: Estimate(None) for name in METRICS}
    tallies = _tallies(scores, METRICS)
    resampled: dict[str, list[Array]] = {name: [] for name in METRICS}
    for drawn in _batches(len(scores), rounds, seed, _with_replacement):
        for name, tally in tallies.items():
            resampled[name].append(_ratio(np.tensordot(drawn, tally, 1)))
    return {
        name: estimate(_defined(_ratio(tally.sum(axis=0))), np.concatenate(resampled[name]), len(scores))
        for name, tally in tallies.items()
    }


def contrasts(
    first: Sequence[Scores],
    second: Sequence[Scores],
    metrics: Sequence[str] = COMPARED,
    rounds: int = ROUNDS,
    seed: int = 0,
) -> dict[str, Contrast]:
    """Compare two systems metric by metric; `first` and `second` are their scores of the same documents in order."""
    if len(first) != len(second):
        raise ValueError(f"scores of {len(first)} and of {len(second)} documents: give those of the same documents")
    if not first:
        return {name: Contrast(Estimate(None), None) for name in metrics}
    ours, theirs = _tallies(first, metrics), _tallies(second, metrics)
    return {name: _contrast(ours[name], theirs[name], rounds, seed) for name in metrics}


def estimate(value: float | None, resampled: Sequence[float | None] | Array, documents: int) -> Estimate:
    """Return a figure of so many documents with the percentiles of its resamples; undefined ones are left out."""
    figures = np.array(resampled, dtype=np.float64)
    figures = figures[~np.isnan(figures)]
    if value is None or not len(figures) or documents < 2:
        return Estimate(value)
    low, high = np.percentile(figures, (2.5, 97.5))
    return Estimate(value, float(low), float(high))


def _contrast(ours: Array, theirs: Array, rounds: int, seed: int) -> Contrast:
    difference = _defined(_ratio(ours.sum(axis=0)) - _ratio(theirs.sum(axis=0)))
    resampled = [
        _ratio(np.tensordot(drawn, ours, 1)) - _ratio(np.tensordot(drawn, theirs, 1))
        for drawn in _batches(len(ours), rounds, seed, _with_replacement)
    ]
    interval = estimate(difference, np.concatenate(resampled), len(ours))
    if difference is None:
        return Contrast(interval, None)
    as_large = 0
    for swapped in _batches(len(ours), rounds, seed, _sides):
        moved = np.tensordot(swapped, theirs - ours, 1)
        differences = _ratio(ours.sum(axis=0) + moved) - _ratio(theirs.sum(axis=0) - moved)
        as_large += int((np.abs(differences) >= abs(difference) - _TOLERANCE).sum())
    # What was observed is one of the assignments itself: p is never 0.
    return Contrast(interval, (as_large + 1) / (rounds + 1))


def _tallies(scores: Sequence[Scores], metrics: Sequence[str]) -> dict[str, Array]:
    """Return documents × parts × (numerator, denominator) of each metric."""
    parts = [x.parts for x in scores]
    return {
        name: np.array([[part.fraction for part in of_document[name]] for of_document in parts], dtype=np.float64)
        for name in metrics
    }


def _ratio(sums: Array) -> Array:
    """Return the mean of the ratios of the parts (… × parts × 2), NaN where none is defined."""
    right, total = sums[..., 0], sums[..., 1]
    ratios = np.divide(right, total, out=np.zeros_like(right), where=total > 0)
    parts = (total > 0).sum(axis=-1)
    mean: Array = np.where(parts > 0, ratios.sum(axis=-1) / np.maximum(parts, 1), np.nan)
    return mean


def _defined(value: Array) -> float | None:
    return None if np.isnan(value) else float(value)


def _batches(
    documents: int, rounds: int, seed: int, draw: Callable[[np.random.Generator, int, int], Array]
) -> Iterator[Array]:
    """Yield arrays of rounds × documents, `rounds` in all."""
    generator = np.random.default_rng(seed)
    most = max(1, _BATCH // documents)
    for begin in range(0, rounds, most):
        yield draw(generator, min(most, rounds - begin), documents)


def _with_replacement(generator: np.random.Generator, rounds: int, documents: int) -> Array:
    """Say how often each document is drawn."""
    return generator.multinomial(documents, np.full(documents, 1 / documents), size=rounds).astype(np.float64)


def _sides(generator: np.random.Generator, rounds: int, documents: int) -> Array:
    """Say with 1 which documents change sides."""
    return generator.integers(0, 2, size=(rounds, documents)).astype(np.float64)

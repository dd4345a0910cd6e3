"""How far scores can be trusted: bootstrap intervals and paired tests over documents.

A document is what varies independently, so documents are resampled (bootstrap: Efron 1979) or change sides between
two systems (approximate randomisation: Noreen 1989). No document is scored again: the counts add up, and a metric of
any sample comes from their sums.

Intervals of the bootstrap are bias-corrected and accelerated (BCa: Efron 1987). Where they are undefined they are
percentiles; where every resample gives the same (all right, all wrong), a bootstrap says nothing, and the interval is
Wilson's (1927) for as many trials as there are cases, which takes these for independent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest, norm

from evaluation.scores import METRICS, Metric, Scores

ROUNDS = 10_000
COMPARED = ("macro4_f1", "label_f1", "turn_f1")
"""The metrics in which two systems are compared."""

FEW_DOCUMENTS = 20
"""With fewer documents a bootstrap over them is known to be too narrow."""

_LEVEL = 0.95
_BATCH = 2_000_000  # documents drawn at once, so that memory does not grow with rounds × documents
_TOLERANCE = 1e-12  # sums of the same counts in another order are the same difference

Array = npt.NDArray[np.float64]
Method = Literal["BCa", "percentile", "Wilson"]


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval and how that was made.

    All are `None` where the figure is undefined; a single document that defines it gives no interval.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    method: Method | None = None


@dataclass(frozen=True)
class Contrast:
    """A metric of one system less that of another on the same documents.

    `p` is two-sided: how often the difference is at least as large if it is chance which record of a document is
    whose. `adjusted` is p corrected for all comparisons made at once (Holm 1979). `effect` is Cohen's h (1988), the
    difference of 2 arcsin √x: .2 is small, .5 medium, .8 large. All are `None` where the difference is undefined.
    """

    difference: Estimate
    p: float | None
    effect: float | None = None
    adjusted: float | None = None


def intervals(
    scores: Sequence[Scores], rounds: int = ROUNDS, seed: int = 0, metrics: Sequence[str] = METRICS
) -> dict[str, Estimate]:
    """Return metrics of documents by name, with the interval from `rounds` resamples of the documents.

    Resamples in which a metric is undefined are left out of its interval.
    """
    tallies = [x.tallies for x in scores]
    return metric_intervals({name: [x[name] for x in tallies] for name in metrics}, rounds, seed)


def metric_intervals(
    metrics: Mapping[str, Sequence[Metric]], rounds: int = ROUNDS, seed: int = 0
) -> dict[str, Estimate]:
    """Return the interval of each metric, given document by document, as many documents for each metric."""
    if not any(metrics.values()):
        return {name: Estimate(None) for name in metrics}
    sheet = _Sheet.of(metrics)
    resampled = np.concatenate(
        [sheet.values(np.tensordot(drawn, sheet.counts, 1)) for drawn in _batches(len(sheet.counts), rounds, seed)]
    )
    total = sheet.counts.sum(axis=0)
    values, without = sheet.values(total), sheet.values(total - sheet.counts)
    defining = (~np.isnan(sheet.values(sheet.counts))).sum(axis=0)
    return {
        name: _interval(_defined(values[at]), resampled[:, at], without[:, at], sheet.trials(total, at), defining[at])
        for at, name in enumerate(metrics)
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
    ours, theirs = (
        _Sheet.of({name: [x[name] for x in tallies] for name in metrics})
        for tallies in ([x.tallies for x in first], [x.tallies for x in second])
    )
    found = dict(zip(metrics, _contrasts(ours, theirs, rounds, seed), strict=True))
    adjusted = holm([x.p for x in found.values()])
    return {name: replace(x, adjusted=p) for (name, x), p in zip(found.items(), adjusted, strict=True)}


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Correct p-values for having looked at all of them (Holm 1979); `None` stays and does not count."""
    ordered = sorted((p, at) for at, p in enumerate(p_values) if p is not None)
    steps = accumulate(((len(ordered) - rank) * p for rank, (p, _) in enumerate(ordered)), max)
    corrected: list[float | None] = [None] * len(p_values)
    for (_, at), p in zip(ordered, steps, strict=True):
        corrected[at] = min(1.0, p)
    return corrected


def wilson(right: int, total: int) -> Estimate:
    """Return a plain proportion of independent cases with Wilson's score interval (1927)."""
    if not total:
        return Estimate(None)
    found = binomtest(right, total).proportion_ci(_LEVEL, method="wilson")
    return Estimate(right / total, float(found.low), float(found.high), "Wilson")


def estimate(value: float | None, resampled: Sequence[float | None] | Array, documents: int) -> Estimate:
    """Return a figure of so many documents with the percentiles of its resamples; undefined ones are left out."""
    figures = np.array(resampled, dtype=np.float64)
    figures = figures[~np.isnan(figures)]
    if value is None or not len(figures) or documents < 2:
        return Estimate(value)
    low, high = np.quantile(figures, _tails(0.0, 0.0))
    return Estimate(value, float(low), float(high), "percentile")


@dataclass(frozen=True)
class _Sheet:
    """Counts of metrics side by side: `counts` is documents × fractions × (right, total).

    `starts` says where the fractions of each metric begin, `harmonic` which metrics are harmonic means.
    """

    counts: Array
    starts: npt.NDArray[np.int64]
    harmonic: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, metrics: Mapping[str, Sequence[Metric]]) -> _Sheet:
        rows = zip(*metrics.values(), strict=True)
        counts = [[(x.right, x.total) for metric in row for x in metric.fractions] for row in rows]
        first = [of_documents[0] for of_documents in metrics.values()]
        starts = [0, *accumulate(len(metric.fractions) for metric in first)][:-1]
        return cls(
            np.array(counts, dtype=np.float64), np.array(starts), np.array([x.mean == "harmonic" for x in first])
        )

    def values(self, sums: Array) -> Array:
        """Return … × metrics of sums (… × fractions × 2), NaN where a metric is undefined."""
        right, total = sums[..., 0], sums[..., 1]
        defined = total > 0
        ratios = np.divide(right, total, out=np.zeros_like(right), where=defined)
        known = np.add.reduceat(defined.astype(np.float64), self.starts, axis=-1)
        mean = np.add.reduceat(ratios, self.starts, axis=-1) / np.maximum(known, 1)
        with np.errstate(divide="ignore"):
            inverse = np.add.reduceat(1 / ratios, self.starts, axis=-1)
        found: Array = np.where(known > 0, np.where(self.harmonic, self.sizes / inverse, mean), np.nan)
        return found

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Return how many fractions each metric has."""
        return np.diff([*self.starts, self.counts.shape[1]])

    def trials(self, total: Array, at: int) -> float:
        """Return how many cases a metric has: those of all its fractions; the same ones in a harmonic mean."""
        begin = self.starts[at]
        cases = total[begin : begin + self.sizes[at], 1]
        return float(cases.min(where=cases > 0, initial=np.inf) if self.harmonic[at] else cases.sum())


def _interval(value: float | None, resampled: Array, without: Array, trials: float, defining: int) -> Estimate:
    """Return a figure with its interval.

    `without` has it with each document left out in turn, `defining` is in how many documents it is defined.
    """
    figures = resampled[~np.isnan(resampled)]
    if value is None or defining < 2:
        return Estimate(value)
    if np.ptp(figures) < _TOLERANCE:
        count = max(1, round(trials))
        found = wilson(round(value * count), count)
        return Estimate(value, min(value, found.low or 0), max(value, found.high or 0), "Wilson")
    below = float((figures < value - _TOLERANCE).mean() + 0.5 * (np.abs(figures - value) <= _TOLERANCE).mean())
    influence = without.mean() - without
    spread = float((influence**2).sum())
    if not 0 < below < 1 or not spread > 0:
        return estimate(value, figures, len(without))
    acceleration = float((influence**3).sum()) / (6 * spread**1.5)
    low, high = np.quantile(figures, _tails(float(norm.ppf(below)), acceleration))
    return Estimate(value, float(low), float(high), "BCa")


def _tails(bias: float, acceleration: float) -> tuple[float, float]:
    """Return the two shares of resamples between which the interval lies (Efron 1987, equation 2.3)."""
    edge = float(norm.ppf((1 + _LEVEL) / 2))
    low, high = (bias + x for x in (-edge, edge))
    return tuple(float(norm.cdf(bias + x / (1 - acceleration * x))) for x in (low, high))  # type: ignore[return-value]


def _contrasts(ours: _Sheet, theirs: _Sheet, rounds: int, seed: int) -> Iterator[Contrast]:
    """Yield the comparison of each metric; the interval of a difference is that of percentiles."""
    documents = len(ours.counts)
    values = [sheet.values(sheet.counts.sum(axis=0)) for sheet in (ours, theirs)]
    resampled = np.concatenate(
        [
            ours.values(np.tensordot(drawn, ours.counts, 1)) - theirs.values(np.tensordot(drawn, theirs.counts, 1))
            for drawn in _batches(documents, rounds, seed)
        ]
    )
    difference = values[0] - values[1]
    as_large = np.zeros(len(difference))
    for swapped in _batches(documents, rounds, seed, _sides):
        moved = np.tensordot(swapped, theirs.counts - ours.counts, 1)
        found = ours.values(ours.counts.sum(axis=0) + moved) - theirs.values(theirs.counts.sum(axis=0) - moved)
        # What is undefined after the swap does not count against chance.
        as_large += (~(np.abs(found) < np.abs(difference) - _TOLERANCE)).sum(axis=0)
    for at, value in enumerate(map(_defined, difference)):
        interval = _of_difference(value, resampled[:, at], documents)
        if value is None:
            yield Contrast(interval, None)
            continue
        # What was observed is one of the assignments itself: p is never 0.
        p = (float(as_large[at]) + 1) / (rounds + 1)
        first, second = (2 * np.arcsin(np.sqrt(x[at])) for x in values)
        yield Contrast(interval, p, float(first - second))


def _of_difference(value: float | None, resampled: Array, documents: int) -> Estimate:
    """Return a difference with its interval; none where all resamples give the same and so tell nothing of chance."""
    found = estimate(value, resampled, documents)
    return Estimate(value) if value and found.low == found.high else found


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _with_replacement(generator: np.random.Generator, rounds: int, documents: int) -> Array:
    """Say how often each document is drawn."""
    return generator.multinomial(documents, np.full(documents, 1 / documents), size=rounds).astype(np.float64)


def _sides(generator: np.random.Generator, rounds: int, documents: int) -> Array:
    """Say with 1 which documents change sides."""
    return generator.integers(0, 2, size=(rounds, documents)).astype(np.float64)


def _batches(
    documents: int,
    rounds: int,
    seed: int,
    draw: Callable[[np.random.Generator, int, int], Array] = _with_replacement,
) -> Iterator[Array]:
    """Yield arrays of rounds × documents, `rounds` in all."""
    generator = np.random.default_rng(seed)
    most = max(1, _BATCH // documents)
    for begin in range(0, rounds, most):
        yield draw(generator, min(most, rounds - begin), documents)

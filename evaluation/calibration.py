"""Whether probabilities mean what they say: calibration, and what abstaining buys.

Judged are the turns that match a gold turn and come with a confidence. Spurious and missed turns have no label to be
right about; `--given-turns` leaves none of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.record import LABELS, Label, Turn
from evaluation.alignment import align
from evaluation.harness import Document
from evaluation.matching import match_turns
from models.calibration import BINS, bin_of, binned_error, expected_calibration_error

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True)
class Judged:
    """One label with the probability that the system gave it, and whether it is right.

    `squares` is the sum over the labels of (probability − 1 for gold's label, 0 for the others)², `None` where the
    system gives the probability of its own label alone.
    """

    confidence: float
    right: bool
    squares: float | None = None


@dataclass(frozen=True)
class Bin:
    """The turns whose confidence lies in (low, high]; means are `None` without a turn."""

    low: float
    high: float
    turns: int
    confidence: float | None
    accuracy: float | None


@dataclass(frozen=True)
class Coverage:
    """What is left if turns below a confidence stay without a label: how much, and how much of it is right."""

    threshold: float
    coverage: float
    accuracy: float | None


@dataclass(frozen=True)
class Calibration:
    """The calibration of a system's labels; every figure is `None` where no turn has a confidence.

    - `ece`: expected calibration error over 15 bins of equal width (Guo et al. 2017): the mean distance between
      confidence and accuracy of a bin, weighted by its turns
    - `adaptive_ece`: the same over 15 bins of equally many turns (Nixon et al. 2019)
    - `brier`: mean squared distance between probabilities and truth, summed over labels (Brier 1950): from 0 to 2
    - `coverage`: what is left above each of `THRESHOLDS`; `risk_coverage`: above each confidence that occurs, the
      highest first
    - `aurc`: area under the curve of error rate against coverage (Geifman & El-Yaniv 2017), the mean over the turns of
      the error rate among those at least as sure; 0 is without an error
    """

    turns: int
    without: int
    confidence: float | None
    accuracy: float | None
    ece: float | None
    adaptive_ece: float | None
    brier: float | None
    bins: tuple[Bin, ...]
    coverage: tuple[Coverage, ...]
    risk_coverage: tuple[Coverage, ...]
    aurc: float | None


def calibrate(documents: Iterable[Document]) -> Calibration:
    """Measure the calibration of the matched turns of joined documents."""
    turns = [judge(turn, label) for document in documents for turn, label in _matched(document)]
    return calibration([turn for turn in turns if turn], turns.count(None))


def calibration(judged: Sequence[Judged], without: int = 0) -> Calibration:
    """Return all figures of these turns; `without` more turns had no confidence."""
    confidences = np.array([x.confidence for x in judged], dtype=np.float64)
    right = np.array([x.right for x in judged], dtype=np.bool_)
    squares = [x.squares for x in judged if x.squares is not None]
    curve = risk_coverage(confidences, right)
    return Calibration(
        turns=len(judged),
        without=without,
        confidence=_mean(confidences),
        accuracy=_mean(right),
        ece=expected_calibration_error(confidences, right),
        adaptive_ece=adaptive_calibration_error(confidences, right),
        brier=_mean(np.array(squares)),
        bins=reliability(confidences, right),
        coverage=tuple(_covered(confidences, right, threshold) for threshold in THRESHOLDS) if judged else (),
        risk_coverage=curve,
        aurc=area(curve),
    )


def judge(turn: Turn, gold: Label) -> Judged | None:
    """Hold a turn against gold's label, its likeliest one where it has none; `None` without a confidence."""
    if turn.confidence is None:
        return None
    squares = None
    if turn.probabilities:
        squares = sum((turn.probabilities.get(label, 0.0) - (label == gold)) ** 2 for label in LABELS)
    return Judged(turn.confidence, turn.likeliest == gold, squares)


def adaptive_calibration_error(
    confidences: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], bins: int = BINS
) -> float | None:
    """Return the error over bins of equally many turns (one more in the first ones); ties stay in their order."""
    return binned_error(confidences, right, np.array_split(np.argsort(confidences, kind="stable"), bins))


def reliability(
    confidences: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], bins: int = BINS
) -> tuple[Bin, ...]:
    """Return the bins of equal width, empty ones too: confidence against accuracy is the reliability curve."""
    number = bin_of(confidences, bins)
    inside = [number == i for i in range(bins)]
    return tuple(
        Bin(i / bins, (i + 1) / bins, int(chosen.sum()), _mean(confidences[chosen]), _mean(right[chosen]))
        for i, chosen in enumerate(inside)
    )


def risk_coverage(confidences: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> tuple[Coverage, ...]:
    """Return what is left at every confidence that occurs, the highest first; equally sure turns go together."""
    thresholds, sizes = np.unique(-confidences, return_counts=True)
    kept = np.cumsum(sizes)
    hits = np.cumsum(right[np.argsort(-confidences, kind="stable")])[kept - 1]
    return tuple(
        Coverage(float(-threshold), float(n / len(right)), float(hit / n))
        for threshold, n, hit in zip(thresholds, kept, hits, strict=True)
    )


def area(curve: Sequence[Coverage]) -> float | None:
    """Return the area under the error rate of a whole curve over its coverage; `None` without a point."""
    if not curve:
        return None
    widths = np.diff([0.0, *(x.coverage for x in curve)])
    return float(
        sum(width * (1 - x.accuracy) for width, x in zip(widths, curve, strict=True) if x.accuracy is not None)
    )


def _matched(document: Document) -> Iterator[tuple[Turn, Label]]:
    gold, minutes = document.gold, document.minutes
    for i, j in match_turns(gold, minutes, align(gold.text, minutes.text)).pairs:
        yield minutes.turns[j], gold.turns[i].label


def _covered(confidences: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], threshold: float) -> Coverage:
    kept = confidences >= threshold
    return Coverage(threshold, float(kept.mean()), _mean(right[kept]))


def _mean(values: npt.NDArray[np.float64] | npt.NDArray[np.bool_]) -> float | None:
    return float(values.mean()) if len(values) else None

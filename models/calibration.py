"""Probabilities that mean something: scores of labels scaled so that of all turns given .8, four of five are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from corpus.record import LABELS
from models.features import COLUMNS

Scores = NDArray[np.float64]
Truths = NDArray[np.bool_]
BINS = 15

_RULED = [COLUMNS.index(f"rules_{label}") for label in LABELS]


@dataclass(frozen=True)
class Calibration:
    """The label of the rules gets `rules_weight` more, then all scores are divided by `temperature`.

    The weight makes a product of experts of the network and the rules (Hinton 2002), the division is temperature
    scaling (Guo et al. 2017, On Calibration of Modern Neural Networks).
    """

    temperature: float = 1.0
    rules_weight: float = 0.0

    def __call__(self, scores: NDArray[Any], features: NDArray[Any]) -> Scores:
        """Return the scores (turns × labels) to take the softmax of; `features` are those of `models.features`."""
        return self.joined(scores, features) / self.temperature

    def joined(self, scores: NDArray[Any], features: NDArray[Any]) -> Scores:
        """Return the scores with the weight of the rules, before the temperature."""
        ruled = features[:, _RULED].astype(np.float64)
        return log_softmax(scores) + self.rules_weight * ruled

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Calibration:
        """Read what `as_json` gave."""
        return cls(temperature=float(stored["temperature"]), rules_weight=float(stored["rules_weight"]))

    def as_json(self) -> dict[str, float]:
        """Return it as a value that `json.dumps` takes."""
        return asdict(self)


def fit_temperature(scores: NDArray[Any], gold: NDArray[np.int64]) -> float:
    """Find the temperature between .05 and 20 with the best log-likelihood of the gold labels (numbers in `LABELS`).

    The likelihood has one maximum in the logarithm of the temperature, which a golden-section search finds.
    """
    if len(scores) != len(gold) or not len(gold):
        raise ValueError(f"{len(scores)} scores and {len(gold)} labels: there must be as many, and at least one")

    def loss(log_temperature: float) -> float:
        probabilities = softmax(scores / np.exp(log_temperature))
        return float(-np.log(np.maximum(probabilities[np.arange(len(gold)), gold], 1e-300)).mean())

    low, high = np.log(0.05), np.log(20.0)
    golden = (5**0.5 - 1) / 2
    while high - low > 1e-6:
        left, other = high - golden * (high - low), low + golden * (high - low)
        if loss(left) <= loss(other):
            high = other
        else:
            low = left
    return float(np.exp((low + high) / 2))


def log_softmax(scores: NDArray[Any]) -> Scores:
    """Return the logarithms of `softmax`."""
    shifted = scores.astype(np.float64) - scores.max(axis=1, keepdims=True, initial=-np.inf)
    return cast(Scores, shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def softmax(scores: NDArray[Any]) -> Scores:
    """Return probabilities that sum to one in each row (turns × labels)."""
    powers = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True, initial=-np.inf))
    return cast(Scores, powers / powers.sum(axis=1, keepdims=True))


def expected_calibration_error(confidences: Scores, right: Truths, bins: int = BINS) -> float | None:
    """Return the error over bins of equal width, 0 for perfect calibration; `None` without turns."""
    number = bin_of(confidences, bins)
    return binned_error(confidences, right, [np.flatnonzero(number == i) for i in range(bins)])


def bin_of(confidences: Scores, bins: int) -> NDArray[np.int64]:
    """Return the number of the bin of each confidence: (0, 1/bins] is the first, with 0 itself."""
    edges = np.arange(1, bins) / bins
    return np.searchsorted(edges, confidences, side="left").astype(np.int64)


def binned_error(confidences: Scores, right: Truths, bins: Iterable[NDArray[np.intp]]) -> float | None:
    """Return the distance between confidence and accuracy of a bin, the mean over the turns; `None` without turns."""
    if not len(confidences):
        return None
    gaps = (abs(confidences[chosen].sum() - right[chosen].sum()) for chosen in bins)
    return float(sum(gaps)) / len(confidences)

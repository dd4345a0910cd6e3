"""How fast a system reads, in words a second of one process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.errors import EvaluationError

MIN_ROUNDS = 5


@dataclass(frozen=True)
class Speed:
    """Words a second of each round; a round reads all texts once. Words are what white space separates."""

    texts: int
    words: int
    rounds: tuple[float, ...]

    @property
    def minimum(self) -> float:
        return min(self.rounds)

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    @property
    def maximum(self) -> float:
        return max(self.rounds)


def measure_speed(
    nlp: Callable[[str], object],
    texts: Sequence[str],
    seconds: float = 10.0,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> Speed:
    """Read all texts once to warm up, then in rounds until `seconds` have passed, five times at the least.

    Raises `EvaluationError` where there is no word to read.
    """
    words = sum(len(text.split()) for text in texts)
    if not words:
        raise EvaluationError("nothing to measure: the texts hold no word")
    for text in texts:
        nlp(text)
    rounds: list[float] = []
    end = clock() + seconds
    while len(rounds) < MIN_ROUNDS or clock() < end:
        start = clock()
        for text in texts:
            nlp(text)
        rounds.append(words / (clock() - start))
    return Speed(len(texts), words, tuple(rounds))

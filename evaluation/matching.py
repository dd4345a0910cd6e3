"""Which predicted span is which gold span: one to one, the best matching of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from corpus.gold import Gold
from corpus.record import Minutes
from evaluation.alignment import Alignment
from evaluation.counts import SpanCounts

MIN_OVERLAP = 0.5
"""Least share of the common characters in all characters of two spans (intersection over union)."""

_TOUCHES = 0.5  # of the credit of the same span
_DISAGREES = 0.01  # a pair of other labels is better than two spans alone, and worse than any right pair
_EARLIER = 1e-9  # less than any difference of two overlaps: of equally good matchings the earlier pairs

Span = tuple[int, int]
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Matching:
    """Pairs of gold and predicted span by their numbers, in the order of gold, and the spans left alone."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    spurious: tuple[int, ...]


def match_turns(gold: Gold, minutes: Minutes, alignment: Alignment) -> Matching:
    """Match the turns of a record with those of gold on the scale of the alignment."""
    return match(
        [(alignment.gold[turn.start], alignment.gold[turn.end]) for turn in gold.turns],
        [(alignment.record[turn.start], alignment.record[turn.end]) for turn in minutes.turns],
    )


def match(gold: Sequence[Span], predicted: Sequence[Span]) -> Matching:
    """Match spans that overlap by `MIN_OVERLAP` or more, so that the sum of the overlaps is greatest."""
    shares = overlaps(gold, predicted)
    pairs = assign(np.where(shares >= MIN_OVERLAP, shares, 0))
    matched, taken = {i for i, _ in pairs}, {j for _, j in pairs}
    return Matching(
        pairs=pairs,
        missed=tuple(i for i in range(len(gold)) if i not in matched),
        spurious=tuple(j for j in range(len(predicted)) if j not in taken),
    )


def assign(gains: Matrix) -> tuple[tuple[int, int], ...]:
    """Pair rows with columns one to one so that the sum of the gains is greatest; pairs without gain are left out.

    Solved as a linear sum assignment (Kuhn 1955; scipy's is that of Crouse 2016).
    """
    if not gains.any():
        return ()
    order = np.add.outer(np.arange(gains.shape[0]), np.arange(gains.shape[1])) / sum(gains.shape)
    rows, columns = linear_sum_assignment(np.where(gains > 0, gains - _EARLIER * order, 0), maximize=True)
    return tuple((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if gains[i, j] > 0)


def compare_spans(
    gold: Sequence[Span],
    predicted: Sequence[Span],
    labels: tuple[Sequence[str | None], Sequence[str | None]] | None = None,
) -> SpanCounts:
    """Count the spans of one layer by every way of matching, each with its own best matching.

    `labels` are those of gold and of the predicted spans, where the layer has labels that must agree.
    """
    theirs, ours = labels or ([None] * len(gold), [None] * len(predicted))
    agree = np.array([[a == b for b in ours] for a in theirs], dtype=np.bool_).reshape(len(gold), len(predicted))
    shares = overlaps(gold, predicted)
    credit = np.where(shares == 1, 1, _TOUCHES * (shares > 0))
    pairs = assign(np.where(agree, credit, _DISAGREES * credit))
    right = [shares[i, j] for i, j in pairs if agree[i, j]]
    starts = Counter(zip((start for start, _ in gold), theirs, strict=True))
    starts &= Counter(zip((start for start, _ in predicted), ours, strict=True))
    return SpanCounts(
        correct=sum(bool(share == 1) for share in right),
        incorrect=len(pairs) - len(right),
        partial=sum(bool(share < 1) for share in right),
        missed=len(gold) - len(pairs),
        spurious=len(predicted) - len(pairs),
        boundary=starts.total(),
        overlap=len(assign(np.where(agree & (shares >= MIN_OVERLAP), shares, 0))),
    )


def overlaps(gold: Sequence[Span], predicted: Sequence[Span]) -> Matrix:
    """Return gold × predicted shares of the common characters in all characters of two spans (Jaccard 1901)."""
    a, b = (np.array(spans, dtype=np.int64).reshape(-1, 2) for spans in (gold, predicted))
    common = np.minimum.outer(a[:, 1], b[:, 1]) - np.maximum.outer(a[:, 0], b[:, 0])
    together = np.maximum.outer(a[:, 1], b[:, 1]) - np.minimum.outer(a[:, 0], b[:, 0])
    shares: Matrix = np.where(common > 0, common / np.maximum(together, 1), 0.0)
    return shares


def touching(gold: Sequence[Span], predicted: Sequence[Span]) -> Matrix:
    """Return gold × predicted 1 where one span ends where the other begins, and a little more where they overlap."""
    a, b = (np.array(spans, dtype=np.int64).reshape(-1, 2) for spans in (gold, predicted))
    gap = np.maximum.outer(a[:, 0], b[:, 0]) - np.minimum.outer(a[:, 1], b[:, 1])
    return (gap <= 0) + _DISAGREES * overlaps(gold, predicted)

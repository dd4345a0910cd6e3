"""Which predicted turn is which gold turn: one to one, the best overlap first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.gold import Gold
from corpus.record import Minutes
from evaluation.alignment import Alignment

MIN_OVERLAP = 0.5
"""Least share of the common characters in all characters of two spans (intersection over union)."""

_Span = tuple[int, int]


@dataclass(frozen=True)
class Matching:
    """Pairs of gold and predicted turn by their numbers, in the order of gold, and the turns left alone."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    spurious: tuple[int, ...]


def match_turns(gold: Gold, minutes: Minutes, alignment: Alignment) -> Matching:
    """Match the turns of a record with those of gold on the scale of the alignment."""
    return match(
        [(alignment.gold[turn.start], alignment.gold[turn.end]) for turn in gold.turns],
        [(alignment.record[turn.start], alignment.record[turn.end]) for turn in minutes.turns],
    )


def match(gold: Sequence[_Span], predicted: Sequence[_Span]) -> Matching:
    """Match spans greedily, the best overlap first; of equal ones the earlier gold span, then prediction."""
    candidates = sorted(
        (-overlap, i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(predicted)
        if (overlap := _overlap(a, b)) >= MIN_OVERLAP
    )
    of_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in of_gold and j not in taken:
            of_gold[i] = j
            taken.add(j)
    return Matching(
        pairs=tuple(sorted(of_gold.items())),
        missed=tuple(i for i in range(len(gold)) if i not in of_gold),
        spurious=tuple(j for j in range(len(predicted)) if j not in taken),
    )


def _overlap(a: _Span, b: _Span) -> float:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0

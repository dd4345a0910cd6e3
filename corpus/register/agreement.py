"""How well a register agrees with who is who, where that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.register.entries import Reference
from corpus.register.proposing import Register


@dataclass(frozen=True)
class Agreement:
    """Pairs of persons of two documents: in both the same (`tp`), only in the register (`fp`), only in truth (`fn`)."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float | None:
        """Share of the proposed pairs that are right; `None` where none is proposed."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Share of the right pairs that are proposed; `None` where there are none."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None


def agreement(register: Register, truth: Mapping[Reference, int]) -> Agreement:
    """Count the pairs without listing them: a group of n persons has n(n-1)/2."""
    cells: Counter[tuple[str, int]] = Counter()
    for proposal in register.proposals:
        cells.update((proposal.register_id, truth[reference]) for reference in proposal.entry.references)
    proposed: Counter[str] = Counter()
    right: Counter[int] = Counter()
    for (id, one), number in cells.items():
        proposed[id] += number
        right[one] += number
    both = sum(map(_pairs, cells.values()))
    return Agreement(both, sum(map(_pairs, proposed.values())) - both, sum(map(_pairs, right.values())) - both)


def _pairs(number: int) -> int:
    return number * (number - 1) // 2

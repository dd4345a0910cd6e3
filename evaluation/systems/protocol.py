"""What a system must be able to do to stand on the leaderboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from corpus.reading import Source
from corpus.record import Minutes


class System(Protocol):
    """Makes a record of one document; whatever it raises counts as a failure of that document."""

    @property
    def name(self) -> str: ...

    def extract(self, source: Source) -> Minutes: ...


@runtime_checkable
class LabelsGivenTurns(System, Protocol):
    """A system that can be given the turns, so that its labels can be scored alone.

    `turns` are raw offsets in order and apart; the record has exactly these turns.
    """

    def extract_given(self, source: Source, turns: Sequence[tuple[int, int]]) -> Minutes: ...

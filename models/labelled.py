"""Annotated documents as a classifier learns from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.record import Label
from models.classifier import DocumentInput, TextBlock


@dataclass(frozen=True)
class Labelled:
    """A document with the labels of its turns; `speakers` are the spans that name a speaker, in its text."""

    name: str
    style: str
    document: DocumentInput
    labels: tuple[Label, ...]
    speakers: tuple[tuple[int, int], ...] = ()

    def turn_by_turn(self) -> Iterator[Labelled]:
        """Yield each turn as a document of its own, so that nothing is known of what stands around it."""
        for turn, label in zip(self.document.turns, self.labels, strict=True):
            text = turn.text
            alone = DocumentInput(text, (TextBlock(0, len(text)),), (replace(turn, start=0, section=0),))
            end = turn.start + len(text)
            inside = ((a - turn.start, b - turn.start) for a, b in self.speakers if turn.start <= a and b <= end)
            yield Labelled(self.name, self.style, alone, (label,), tuple(inside))

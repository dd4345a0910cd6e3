"""What a corpus consists of: documents, turns and labels by style and by split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from corpus.collection import Document
from corpus.record import Label


@dataclass
class Part:
    """The counts of a part of a corpus."""

    styles: set[str] = field(default_factory=set)
    documents: int = 0
    words: int = 0
    links: int = 0
    attendees: int = 0
    agenda: int = 0
    labels: Counter[Label] = field(default_factory=Counter)

    def add(self, document: Document) -> None:
        gold = document.gold
        self.styles.add(document.style)
        self.documents += 1
        self.words += len(gold.text.split())
        self.links += sum(len(turn.replies_to) for turn in gold.turns)
        self.attendees += len(gold.attendance)
        self.agenda += len(gold.agenda)
        self.labels.update(turn.label for turn in gold.turns)

    @property
    def turns(self) -> int:
        return self.labels.total()

    def share(self, label: Label) -> float | None:
        """The share of a label in all turns; `None` without turns."""
        return self.labels[label] / self.turns if self.turns else None


def parts(documents: Iterable[Document], key: Callable[[Document], str]) -> dict[str, Part]:
    """Count the documents by a key, in the order of the keys."""
    found: dict[str, Part] = {}
    for document in documents:
        found.setdefault(key(document), Part()).add(document)
    return dict(sorted(found.items()))


def whole(documents: Iterable[Document]) -> Part:
    """Count all documents together."""
    part = Part()
    for document in documents:
        part.add(document)
    return part

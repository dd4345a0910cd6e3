"""The least that a system can do: each line of prose is a turn, and all have the most frequent label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from corpus.collection import read_documents, samples_folder
from corpus.reading import Source
from corpus.record import Label, Minutes
from evaluation.systems.records import FoundTurn, Span, record

_PROSE = re.compile(r"\S.*[.!?](?=[ \t\r\f]*$)", re.MULTILINE)  # a line that ends as a sentence does


class Majority:
    """Label everything alike, with the most frequent label of our train split; nobody speaks, nothing is decided."""

    name = "majority"

    def __init__(self) -> None:
        documents = read_documents(samples_folder(), ("train",))
        counts = Counter[Label](turn.label for document in documents for turn in document.gold.turns)
        self.label = max(sorted(counts), key=counts.__getitem__)

    def extract(self, source: Source) -> Minutes:
        return record(source, self.name, self._labelled(match.span() for match in _PROSE.finditer(source.text)))

    def extract_given(self, source: Source, turns: Sequence[Span]) -> Minutes:
        return record(source, self.name, self._labelled(turns))

    def _labelled(self, spans: Iterable[Span]) -> Iterator[FoundTurn]:
        return (FoundTurn(start, end, self.label) for start, end in spans)

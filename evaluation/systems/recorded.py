"""Systems that ran elsewhere and left their records in a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Protocol, TypeVar

from corpus.reading import Source
from corpus.record import Minutes
from evaluation.errors import EvaluationError
from evaluation.predictions import read_records
from evaluation.systems.protocol import System


class _Document(Protocol):
    @property
    def name(self) -> str: ...


_Named = TypeVar("_Named", bound=_Document)


class Recorded:
    """A system known by its records alone, joined by stem of source; they say nothing of its speed.

    Raises `EvaluationError` where two records are of one document.
    """

    def __init__(self, name: str, records: Iterable[Minutes]) -> None:
        self.name = name
        self._records: dict[str, Minutes] = {}
        for minutes in records:
            stem = PurePath(minutes.source).stem
            if stem in self._records:
                raise EvaluationError(f"{name}: two records of {stem}; keep one")
            self._records[stem] = minutes

    @classmethod
    def read(cls, name: str, path: Path) -> Recorded:
        """Read the records of a JSONL file; `EvaluationError` names the first line that is none."""
        return cls(name, read_records(path))

    def has(self, document: str) -> bool:
        """Tell whether there is a record of the document of this name."""
        return document in self._records

    def extract(self, source: Source) -> Minutes:
        stem = PurePath(source.name).stem
        if stem not in self._records:
            raise EvaluationError("no record of this document")
        return self._records[stem]


def within_reach(system: System, documents: Iterable[_Named]) -> list[_Named]:
    """Return the documents that a system can be run on: those it left a record of, if it is known by records alone."""
    return [x for x in documents if not isinstance(system, Recorded) or system.has(x.name)]

"""Systems on the texts of annotated documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.collection import Document
from corpus.reading import ENDING, Source, decode
from corpus.record import Minutes
from evaluation.predictions import Run, run
from evaluation.systems.protocol import LabelsGivenTurns, System


def run_system(system: System, documents: Sequence[Document]) -> Run:
    """Run a system on the texts of annotated documents; a record is joined by the name of its document."""
    return _run(documents, lambda source, _: system.extract(source))


def run_given_turns(system: LabelsGivenTurns, documents: Sequence[Document]) -> Run:
    """Run a system with the annotated turns given."""
    return _run(documents, system.extract_given)


def _run(documents: Sequence[Document], extract: Callable[[Source, Sequence[tuple[int, int]]], Minutes]) -> Run:
    of_path = {Path(document.name + ENDING): document.gold for document in documents}

    def record(path: Path) -> Minutes:
        gold = of_path[path]
        source = decode(gold.text.encode(), path.name)
        minutes = extract(source, [(turn.start, turn.end) for turn in gold.turns])
        return minutes.model_copy(update={"source": source.name})

    return run(of_path, record)

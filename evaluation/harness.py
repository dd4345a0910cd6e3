"""A folder of gold against the records of a system: join by document, score each, add up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from corpus.gold import Gold, read_gold
from corpus.record import Generator, Minutes
from evaluation.errors import EvaluationError
from evaluation.scoring import Scores, score


@dataclass(frozen=True)
class Document:
    """One document's gold and record; a document that the system gave no record for has an empty one."""

    name: str
    gold: Gold
    minutes: Minutes
    missing: bool = False

    @property
    def group(self) -> str:
        """Where the document comes from: its name up to the first hyphen ("ka" of "ka-589042")."""
        return group(self.name)


@dataclass(frozen=True)
class DocumentScores:
    """The scores of one document."""

    name: str
    scores: Scores


@dataclass(frozen=True)
class Evaluation:
    """The scores of all documents in the order of their names, and which of them had no record."""

    documents: tuple[DocumentScores, ...]
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> Scores:
        return sum((document.scores for document in self.documents), Scores())

    @property
    def groups(self) -> dict[str, Scores]:
        """The scores of each group of documents, in the order of their names."""
        groups: dict[str, Scores] = {}
        for document in sorted(self.documents, key=lambda x: group(x.name)):
            key = group(document.name)
            groups[key] = groups.get(key, Scores()) + document.scores
        return groups


def group(name: str) -> str:
    """Return the group of a document: its name up to the first hyphen."""
    return name.partition("-")[0]


def evaluate(gold: Path, predictions: Iterable[Minutes]) -> Evaluation:
    """Score records against a folder of gold files.

    Raises `EvaluationError` as `join` does and `GoldError` for a gold file that does not hold.
    """
    return score_documents(join(gold, predictions))


def join(gold: Path, predictions: Iterable[Minutes]) -> tuple[Document, ...]:
    """Give each gold file of a folder the record whose `source` has the same stem.

    Records without gold are left out. Raises `EvaluationError` where the folder holds no gold or two records
    are of one document.
    """
    records: dict[str, Minutes] = {}
    for minutes in predictions:
        name = PurePath(minutes.source).stem
        if name in records:
            sources = f"{records[name].source} and {minutes.source}"
            raise EvaluationError(f"two records of {name}, from {sources}; keep one")
        records[name] = minutes
    documents: list[Document] = []
    for path in gold_files(gold):
        truth = read_gold(path)
        found = records.get(path.stem)
        minutes = found or _no_record(path.stem, truth.text)
        documents.append(Document(path.stem, truth, minutes, missing=found is None))
    return tuple(documents)


def gold_files(folder: Path) -> tuple[Path, ...]:
    """Return the gold files of a folder by name; `EvaluationError` if there are none."""
    paths = tuple(sorted(folder.glob("*.json")))
    if not paths:
        raise EvaluationError(f"{folder}: no gold files here; give a folder with one .json file a document")
    return paths


def score_documents(documents: Iterable[Document]) -> Evaluation:
    """Score joined documents."""
    joined = tuple(documents)
    return Evaluation(
        documents=tuple(DocumentScores(x.name, score(x.gold, x.minutes)) for x in joined),
        missing=tuple(x.name for x in joined if x.missing),
    )


def _no_record(name: str, text: str) -> Minutes:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Minutes(source=name, sha256=sha256, generator=Generator(package="none", config="none"), text=text)

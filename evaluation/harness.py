"""A folder of gold against the records of a system: join by document, score each, add up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

from corpus.captions import counted
from corpus.collection import Document as Annotated
from corpus.collection import read_documents
from corpus.gold import Gold, Split
from corpus.reading import ReadError
from corpus.record import Generator, Minutes
from evaluation.counts import Counts
from evaluation.errors import EvaluationError
from evaluation.intervals import FEW_DOCUMENTS, Contrast, Estimate, contrasts, intervals
from evaluation.scores import Scores
from evaluation.scoring import JudgedTurn, Scored, score_document

SAME_TEXT = 0.5
"""A record that has less of the letters of gold is not of that document."""

FEW_CASES = 30
"""With fewer cases a single one moves a figure by .03 or more."""


@dataclass(frozen=True)
class Document:
    """One document's gold and record; a document that the system gave no record for has an empty one."""

    name: str
    gold: Gold
    minutes: Minutes
    missing: bool = False

    @property
    def style(self) -> str:
        """The house style, as `corpus.collection.Document` has it."""
        return Annotated(self.name, self.gold).style


@dataclass(frozen=True)
class DocumentScores:
    """A document and what came of scoring it."""

    document: Document
    scored: Scored

    @property
    def name(self) -> str:
        return self.document.name

    @property
    def scores(self) -> Scores:
        return self.scored.scores

    @property
    def judged(self) -> tuple[JudgedTurn, ...]:
        return self.scored.judged


@dataclass(frozen=True)
class Evaluation:
    """The scores of all documents in the order of their names."""

    documents: tuple[DocumentScores, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the documents that had no record."""
        return tuple(x.name for x in self.documents if x.document.missing)

    @cached_property
    def total(self) -> Scores:
        return sum((document.scores for document in self.documents), Scores())

    @cached_property
    def intervals(self) -> dict[str, Estimate]:
        """Every metric of the total with its interval; resampling takes a moment."""
        return intervals([document.scores for document in self.documents])

    @cached_property
    def turn_interval(self) -> Estimate:
        """`turn_f1` alone with its interval, which is quick enough for many parts."""
        return intervals([document.scores for document in self.documents], metrics=("turn_f1",))["turn_f1"]

    def against(self, other: Evaluation) -> dict[str, Contrast]:
        """Compare with another system's scores; `EvaluationError` if they are not of the same documents."""
        names = [[document.name for document in x.documents] for x in (self, other)]
        if names[0] != names[1]:
            raise EvaluationError("the two systems were not scored on the same documents: pair both with one gold")
        ours, theirs = ([document.scores for document in x.documents] for x in (self, other))
        return contrasts(ours, theirs)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What keeps the figures from being believed: few documents, few cases, records of other texts."""
        return tuple(_warnings(self.documents, self.total))


def evaluate(gold: Path, predictions: Iterable[Minutes], splits: Iterable[Split] = ()) -> Evaluation:
    """Score records against a folder of gold files, those of some splits only where splits are named.

    Raises `EvaluationError` as `join` does and `GoldError` for a gold file that does not hold.
    """
    return score_documents(join(gold, predictions, splits))


def join(gold: Path, predictions: Iterable[Minutes], splits: Iterable[Split] = ()) -> tuple[Document, ...]:
    """Pair the gold of a folder with records; `EvaluationError` as `gold_documents` and `pair` raise it."""
    return pair(gold_documents(gold, splits), predictions)


def pair(gold: Iterable[Annotated], predictions: Iterable[Minutes]) -> tuple[Document, ...]:
    """Give each annotated document the record whose `source` has the same stem.

    Records without gold are left out. Raises `EvaluationError` where two records are of one document.
    """
    records: dict[str, Minutes] = {}
    for minutes in predictions:
        name = PurePath(minutes.source).stem
        if name in records:
            sources = f"{records[name].source} and {minutes.source}"
            raise EvaluationError(f"two records of {name}, from {sources}; keep one")
        records[name] = minutes
    documents: list[Document] = []
    for truth in gold:
        found = records.get(truth.name)
        minutes = found or _no_record(truth.name, truth.gold.text)
        documents.append(Document(truth.name, truth.gold, minutes, missing=found is None))
    return tuple(documents)


def gold_documents(folder: Path, splits: Iterable[Split] = ()) -> tuple[Annotated, ...]:
    """Return the gold of a folder by name; `EvaluationError` if there is none, or none of these splits."""
    try:
        found = tuple(read_documents(folder, splits))
    except ReadError as error:
        raise EvaluationError(f"{folder}: no gold files here; give a folder with one .json file a document") from error
    if not found:
        raise EvaluationError(f"{folder}: no document of the split {' or '.join(splits)}: leave out --split")
    return found


def score_documents(documents: Iterable[Document]) -> Evaluation:
    """Score joined documents."""
    return Evaluation(tuple(DocumentScores(x, score_document(x.gold, x.minutes)) for x in documents))


def _warnings(documents: Sequence[DocumentScores], total: Scores) -> Iterator[str]:
    if len(documents) < FEW_DOCUMENTS:
        yield (
            f"{counted(len(documents), 'document')}: with fewer than {FEW_DOCUMENTS} the intervals are rather "
            "too narrow, and a difference is hard to tell from chance"
        )
    few = {
        name: cases
        for name, x in total.counted.items()
        if 0 < (cases := x.gold if isinstance(x, Counts) else x.total) < FEW_CASES
    }
    if few:
        named = ", ".join(f"{name} ({cases})" for name, cases in few.items())
        yield f"fewer than {FEW_CASES} cases in gold, one more or less moves the figure: {named}"
    others = [x.name for x in documents if x.scored.letters < SAME_TEXT]
    if others:
        yield f"the record is of another text than the gold: {', '.join(others)}"


def _no_record(name: str, text: str) -> Minutes:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Minutes(source=name, sha256=sha256, generator=Generator(package="none", config="none"), text=text)

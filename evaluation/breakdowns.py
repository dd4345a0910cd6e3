"""The scores of parts: of documents of one kind, and of gold turns of one kind.

Of documents every metric is there. Of turns only what is found of gold can be told: a spurious turn is of no kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.gold import Gold, GoldTurn
from corpus.shapes import turn_shapes
from evaluation.counts import Fraction
from evaluation.harness import Document, DocumentScores, Evaluation
from evaluation.intervals import Estimate, metric_intervals
from evaluation.scores import Metric
from evaluation.scoring import JudgedTurn

OfDocuments = Literal["style", "source", "split", "length", "document"]
OfTurns = Literal["label", "register", "shape"]
By = Literal[OfDocuments, OfTurns]

LENGTHS = (500, 1500, 5000)
"""The words from which on a document counts as longer."""

_VERBATIM = frozenset({"B11"})
_SUBJUNCTIVE = frozenset({"B2", "B3", "B4", "B5"})
_CLAUSE = frozenset({"B1"})


@dataclass(frozen=True)
class TurnGroup:
    """Gold turns of one kind, and the shares of them that are found: span, label, speakers, and all three.

    `right` has the interval of the last of them.
    """

    name: str
    turns: int
    span: float
    label: float
    speakers: float
    right: Estimate


def breakdown(evaluation: Evaluation, by: By) -> Mapping[str, Evaluation] | tuple[TurnGroup, ...]:
    """Return the evaluations of groups of documents by name, or what was found of groups of turns."""
    if by == "label" or by == "register" or by == "shape":
        return by_turns(evaluation, by)
    return by_documents(evaluation, by)


def by_documents(evaluation: Evaluation, by: OfDocuments) -> Mapping[str, Evaluation]:
    """Return the evaluation of the documents of each kind; lengths in ascending order, all else by name."""
    groups: dict[tuple[int, str], list[DocumentScores]] = {}
    for x in evaluation.documents:
        groups.setdefault(_DOCUMENT_KINDS[by](x.document), []).append(x)
    return {name: Evaluation(tuple(members)) for (_, name), members in sorted(groups.items(), key=lambda x: x[0])}


def by_turns(evaluation: Evaluation, by: OfTurns) -> tuple[TurnGroup, ...]:
    """Return what was found of the gold turns of each kind, in the order of their names; a turn can be of several."""
    found: dict[str, dict[int, list[JudgedTurn]]] = {}
    for at, x in enumerate(evaluation.documents):
        for judged in x.judged:
            for kind in _TURN_KINDS[by](x.document.gold, judged.gold):
                found.setdefault(kind, {}).setdefault(at, []).append(judged)
    documents = range(len(evaluation.documents))
    rights = metric_intervals({kind: [_right(of.get(at, ())) for at in documents] for kind, of in found.items()})
    turns = {kind: [x for part in of.values() for x in part] for kind, of in sorted(found.items())}
    return tuple(_group(kind, members, rights[kind]) for kind, members in turns.items())


def _right(turns: Sequence[JudgedTurn]) -> Metric:
    return Metric((Fraction(sum(x.right for x in turns), len(turns)),))


def _group(name: str, turns: list[JudgedTurn], right: Estimate) -> TurnGroup:
    all = len(turns)
    return TurnGroup(
        name,
        turns=all,
        span=sum(x.turn is not None for x in turns) / all,
        label=sum(x.label for x in turns) / all,
        speakers=sum(x.speakers for x in turns) / all,
        right=right,
    )


def _length(document: Document) -> tuple[int, str]:
    """Return the place and the name of the class of length of a document."""
    at = bisect_right(LENGTHS, len(document.gold.text.split()))
    if at == 0:
        return at, f"below {LENGTHS[0]} words"
    return at, f"{LENGTHS[at - 1]} to {LENGTHS[at] - 1} words" if at < len(LENGTHS) else f"{LENGTHS[-1]} words or more"


def _source(document: Document) -> tuple[int, str]:
    """Return the town, or what stands before the first hyphen of a name without origin."""
    origin = document.gold.origin
    return 0, (origin.place if origin and origin.place else document.style)


def _split(document: Document) -> tuple[int, str]:
    origin = document.gold.origin
    return 0, (origin.split if origin and origin.split else "no split")


def _register(gold: Gold, turn: GoldTurn) -> tuple[str]:
    """Return how the speech is written, by the shapes of section B of the catalogue."""
    shapes = set(turn_shapes(gold, turn))
    if turn.label == "decision":
        return ("resolution",)
    if shapes & _VERBATIM:
        return ("verbatim",)
    if shapes & _SUBJUNCTIVE:
        return ("reported in the subjunctive",)
    return ("reported in a clause",) if shapes & _CLAUSE else ("summarised",)


_DOCUMENT_KINDS: Mapping[OfDocuments, Callable[[Document], tuple[int, str]]] = {
    "style": lambda document: (0, document.style),
    "source": _source,
    "split": _split,
    "length": _length,
    "document": lambda document: (0, document.name),
}
_TURN_KINDS: Mapping[OfTurns, Callable[[Gold, GoldTurn], Iterable[str]]] = {
    "label": lambda _, turn: (turn.label,),
    "register": _register,
    "shape": turn_shapes,
}

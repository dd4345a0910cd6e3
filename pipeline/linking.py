"""Annotated documents as training data of the scorer of links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corpus.collection import Document
from corpus.gold import GoldTurn
from models.choice import EMBEDDED
from models.link_training import LinkedDocument
from pipeline.components import COMPONENTS, LINKS, TURN_LABELS, Analysis
from pipeline.given import process_given
from pipeline.links import RULES, link_inputs

_SAME = 0.5  # of the text of both turns, for a found turn to be one of gold


def linked(documents: Iterable[Document], classifier: str = EMBEDDED) -> Iterator[LinkedDocument]:
    """Yield each document with the turns of gold, and again with those that the pipeline finds itself."""
    nlp = _without_scorer(classifier)
    for document in documents:
        gold = document.gold
        yield _linked(document, process_given(nlp, gold.text, [(turn.start, turn.end) for turn in gold.turns]))
        yield _linked(document, nlp(gold.text))


def _without_scorer(classifier: str) -> Language:
    """Return a pipeline that needs no weights of links: those that ship may be for other columns."""
    nlp = spacy.blank("de")
    settings = {TURN_LABELS: {"classifier": classifier}, LINKS: {"scorer": RULES}}
    for component in COMPONENTS:
        nlp.add_pipe(component, config=settings.get(component, {}))
    return nlp


def _linked(document: Document, doc: Doc) -> LinkedDocument:
    found = Analysis.of(doc)
    spans = [found.layout.clean.raw(turn.start, turn.end) for turn in found.turns]
    turns = document.gold.turns
    number = {i: j for i, turn in enumerate(turns) if (j := _same(turn, spans)) is not None}
    pairs = [(i, k) for i, turn in enumerate(turns) for k in turn.replies_to]
    links = frozenset((number[i], number[k]) for i, k in pairs if i in number and k in number)
    inputs = link_inputs(found.layout, found.mentions, found.turns, found.labels, found.references)
    return LinkedDocument(document.style, tuple(inputs), links, len(pairs) - len(links))


def _same(turn: GoldTurn, spans: Sequence[tuple[int, int]]) -> int | None:
    shares = [
        (min(turn.end, end) - max(turn.start, start)) / (max(turn.end, end) - min(turn.start, start))
        for start, end in spans
    ]
    best = max(range(len(spans)), key=lambda j: shares[j], default=None)
    return best if best is not None and shares[best] >= _SAME else None

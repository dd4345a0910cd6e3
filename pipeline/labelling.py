"""Annotated documents read by the rules, as training data and test data of turn classifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from corpus.collection import Document
from models.labelled import Labelled
from pipeline.components import document_input
from pipeline.given import clean_span, process_given


def labelled(documents: Iterable[Document], nlp: Language) -> Iterator[Labelled]:
    """Yield the documents with annotated turns and what the rules see in each; those without a turn are left out."""
    for document in documents:
        gold = document.gold
        if not gold.turns:
            continue
        doc = process_given(nlp, gold.text, [(turn.start, turn.end) for turn in gold.turns])
        clean = doc._.minutes_layout.clean
        mentions = (span for turn in gold.turns for span in turn.speaker_mentions)
        yield Labelled(
            name=document.name,
            style=document.style,
            document=document_input(doc),
            labels=tuple(turn.label for turn in gold.turns),
            speakers=tuple(found for span in mentions if (found := clean_span(clean, *span))),
        )

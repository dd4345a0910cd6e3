"""Examples for the base: annotated minutes as documents of spaCy whose entities are speakers and other persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from corpus.checking import surnames
from corpus.collection import Document
from corpus.gold import Gold

SPEAKER, PERSON = "SPEAKER", "PER"
_PASSAGE = 150  # tokens, so that a batch holds passages of several houses


def examples(documents: Iterable[Document]) -> Iterator[Doc]:
    """Yield the passages of annotated documents, their entities set.

    `SPEAKER` is a mention that opens a turn or takes it up, as annotated ("Ratsherr Dr. Lux"), pronouns left out;
    `PER` is the family name of a person of the document anywhere else.
    """
    nlp = spacy.blank("de")
    for document in documents:
        yield from _passages(annotated(nlp, document.gold))


def annotated(nlp: Language, gold: Gold) -> Doc:
    """Return a whole document with its entities; a bound inside a token moves out to its border."""
    doc = nlp.make_doc(gold.text)
    doc.set_ents(filter_spans([*_speakers(doc, gold), *_names(doc, gold)]))
    return doc


def _speakers(doc: Doc, gold: Gold) -> Iterator[Span]:
    for turn in gold.turns:
        for start, end in turn.speaker_mentions:
            if _pronoun(gold.text[start:end]):
                continue
            span = doc.char_span(start, end, label=SPEAKER, alignment_mode="expand")
            if span is not None and not (span[0].is_space or span[-1].is_space):
                yield span


def _pronoun(mention: str) -> bool:
    return len(mention.split()) == 1 and (mention[0].islower() or mention in _words("pronoun"))


def _names(doc: Doc, gold: Gold) -> Iterator[Span]:
    # "Berg" is no name where the text also has the noun: "den Berg"
    names = {name.split()[-1] for name in surnames(gold)}
    for token in doc:
        if token.text in names and not (token.i and token.nbor(-1).lower_ in _words("article")):
            yield Span(doc, token.i, token.i + 1, label=PERSON)


@cache
def _words(kind: str) -> frozenset[str]:
    lines = (files("models.base") / "function_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return frozenset(word for name, word in rows if name == kind)


def _passages(doc: Doc) -> Iterator[Doc]:
    """Cut behind blank lines, once a passage is long enough."""
    start = 0
    for token in doc:
        ends = "\n\n" in token.text and token.ent_iob_ != "I"
        if (ends and token.i + 1 - start >= _PASSAGE) or token.i + 1 == len(doc):
            yield doc[start : token.i + 1].as_doc()
            start = token.i + 1

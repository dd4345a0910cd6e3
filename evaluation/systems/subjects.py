"""What a plain spaCy pipeline gives: who is the subject of a verb of speech, speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import cast

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from corpus.reading import Source
from corpus.record import Label, Minutes
from evaluation.systems.lexicon import rows
from evaluation.systems.records import FoundTurn, Span, paragraphs, record
from pipeline.base import BaseError, load_base

_SUBJECT = frozenset(("sb", "nsubj"))  # TIGER, Universal Dependencies
_PARTICLE = frozenset(("svp", "compound:prt"))


class Subjects:
    """A turn is a sentence with a verb of speech and its subject, and the sentences up to the next one or a blank line.

    The first person in the subject is the speaker; the verb gives the label (`speech_verbs.tsv`). `base` is a
    spaCy package or folder; `BaseError` where it is missing, does not fit or has no parser.
    """

    def __init__(self, name: str, base: str) -> None:
        self.name = name
        self._nlp = load_base(base)
        if "parser" not in self._nlp.pipe_names:
            raise BaseError(f"the spaCy pipeline {base!r} has no parser, so that no subject can be found: name another")

    def extract(self, source: Source) -> Minutes:
        spans = list(paragraphs(source.text))
        docs = self._nlp.pipe(source.text[start:end] for start, end in spans)
        turns = (turn for (start, _), doc in zip(spans, docs, strict=True) for turn in _turns(doc, start))
        return record(source, self.name, turns)

    def extract_given(self, source: Source, turns: Sequence[Span]) -> Minutes:
        docs = self._nlp.pipe(source.text[start:end] for start, end in turns)
        found = (_labelled(doc, *span) for span, doc in zip(turns, docs, strict=True))
        return record(source, self.name, found)


def _turns(doc: Doc, offset: int) -> Iterator[FoundTurn]:
    """Yield the turns of a paragraph that begins at this offset of the text."""
    open_turn: FoundTurn | None = None
    for sentence in doc.sents:
        found = _turn(sentence, offset)
        if found:
            if open_turn:
                yield open_turn
            open_turn = found
        elif open_turn and sentence.text.strip():
            open_turn = replace(open_turn, end=_trimmed(sentence, offset)[1])
    if open_turn:
        yield open_turn


def _labelled(doc: Doc, start: int, end: int) -> FoundTurn:
    found = next((turn for sentence in doc.sents if (turn := _turn(sentence, start))), None)
    return replace(found, start=start, end=end) if found else FoundTurn(start, end, "addition")


def _turn(sentence: Tokens, offset: int) -> FoundTurn | None:
    for verb in sentence:
        label = _verbs().get(_lemma(verb))
        subject = next((child for child in verb.children if child.dep_ in _SUBJECT), None)
        if label and subject is not None:
            inside = {token.i for token in subject.subtree}
            persons = (x for x in sentence.ents if x.label_ == "PER" and not inside.isdisjoint(range(x.start, x.end)))
            person = next(persons, None)
            return FoundTurn(
                *_trimmed(sentence, offset),
                label,
                speaker=person.text if person else None,
                mention=(offset + person.start_char, offset + person.end_char) if person else None,
                cue=(offset + verb.idx, offset + verb.idx + len(verb)),
            )
    return None


def _trimmed(sentence: Tokens, offset: int) -> Span:
    """Return where a sentence stands in the text, without the white space that the parser counts to it."""
    start = offset + sentence.end_char - len(sentence.text.lstrip())
    return start, start + len(sentence.text.strip())


def _lemma(verb: Token) -> str:
    """Return "mitteilen" for "teilt … mit"."""
    particle = next((child.lower_ for child in verb.children if child.dep_ in _PARTICLE), "")
    return particle + verb.lemma_.lower()


@cache
def _verbs() -> Mapping[str, Label]:
    return {lemma: cast(Label, label) for label, lemma in rows("speech_verbs.tsv")}

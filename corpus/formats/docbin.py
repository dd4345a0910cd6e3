"""spaCy's `DocBin`: tokens of blank German, the layers as span groups, and the whole annotation in `Doc._`.

Span groups hold whole tokens, so a bound inside a token moves out to its border there. What is exact and complete
stands in `doc._.minutes_gold` (the fields of `Gold`), and reading uses only that and the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span, SpanGroup

from corpus.collection import Document
from corpus.formats.conversion import ConversionError, Report, read_one
from corpus.gold import Gold
from corpus.readers.content import MAX_CHARACTERS

GOLD, NAME, REPLIES = "minutes_gold", "minutes_name", "minutes_replies"


def write(documents: Iterable[Document], path: Path) -> None:
    """Write all documents to one file."""
    nlp = spacy.blank("de")
    nlp.max_length = MAX_CHARACTERS
    docs = [to_doc(nlp.make_doc(document.gold.text), document) for document in documents]
    DocBin(docs=docs, store_user_data=True).to_disk(path)


def read(path: Path, report: Report | None = None) -> Iterator[Document]:
    """Yield the documents of a file that `write` made, or that another tool wrote back with its user data."""
    _extend()
    try:
        docs = list(DocBin().from_disk(path).get_docs(spacy.blank("de").vocab))
    except OSError as error:
        raise ConversionError(f"{path}: {error.strerror}") from error
    except Exception as error:
        raise ConversionError(f"{path}: no DocBin: {error}") from error
    for number, doc in enumerate(docs, 1):
        yield from read_one(f"{path}: document {number}", partial(_document, doc, number), report)


def _document(doc: Doc, number: int) -> Document:
    data = doc._.get(GOLD)
    if data is None:
        raise ValueError(f"there is no Doc._.{GOLD}: write it with store_user_data=True")
    return Document(doc._.get(NAME) or f"document-{number}", Gold.model_validate({**data, "text": doc.text}))


def to_doc(doc: Doc, document: Document) -> Doc:
    """Put an annotation on the `Doc` of its text: span groups "turns", "mentions", "agenda" and "attendance"."""
    _extend()
    gold = document.gold
    doc.spans["turns"] = _group(doc, ((x.start, x.end, x.label) for x in gold.turns))
    doc.spans["mentions"] = _group(doc, ((*x, "SPEAKER") for turn in gold.turns for x in turn.speaker_mentions))
    doc.spans["agenda"] = _group(doc, ((x.start, x.end, "AGENDA") for x in gold.agenda))
    doc.spans["attendance"] = _group(doc, ((x.start, x.end, x.status.upper()) for x in gold.attendance))
    doc._.set(NAME, document.name)
    doc._.set(GOLD, gold.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"text"}))
    doc._.set(REPLIES, [[i, reply] for i, turn in enumerate(gold.turns) for reply in turn.replies_to])
    return doc


def _extend() -> None:
    for name in (GOLD, NAME, REPLIES):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def _group(doc: Doc, spans: Iterable[tuple[int, int, str]]) -> SpanGroup:
    found = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans)
    return SpanGroup(doc, spans=[span for span in found if isinstance(span, Span)])

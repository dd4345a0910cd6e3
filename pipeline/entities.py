"""What a base pipeline says of the persons of a document: family names, and who speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from pipeline.clean import CleanText

_NOUNS = ("PROPN", "NOUN", "X", "")  # "": there is no tagger


def family_names(doc: Doc) -> Iterator[str]:
    """Yield the last words of `PER` entities, unless the tagger takes them for anything but nouns."""
    for ent in doc.ents:
        if ent.label_ == "PER" and len(ent.text) > 2 and ent[-1].pos_ in _NOUNS:
            yield ent.text.split()[-1]


def marked_speakers(doc: Doc, clean: CleanText) -> Iterator[tuple[int, int]]:
    """Yield the clean offsets of those who speak, in order.

    These are the `SPEAKER` entities of a base that knows them, and `PER` entities that a parser with the labels of the
    TIGER treebank takes for the subject of a verb that has a clause as its object ("Lux hält dafür, dass ...").
    """
    for ent in doc.ents:
        if ent.label_ == "SPEAKER" or (ent.label_ == "PER" and _says_something(ent.root)):
            start, end = (bisect_left(clean.offsets, offset) for offset in (ent.start_char, ent.end_char))
            said = clean.text[start:end]
            if said.strip() and "\n" not in said:  # neither page furniture nor over two lines
                yield start, start + len(said)


def _says_something(token: Token) -> bool:
    if token.dep_ != "sb":
        return False
    auxiliaries = [x for x in token.head.children if x.dep_ == "oc" and not _is_clause(x)]  # "hat | gesagt"
    return any(
        child.dep_ == "rs" or (child.dep_ == "oc" and _is_clause(child))
        for verb in (token.head, *auxiliaries)
        for child in verb.children
    )


def _is_clause(verb: Token) -> bool:
    return any(child.dep_ == "cp" for child in verb.children)

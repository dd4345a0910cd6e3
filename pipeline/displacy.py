"""Records in displaCy, spaCy's own renderer: who is mentioned in the text, or each turn with what was found in it.

The dictionaries are those of `spacy.displacy.render(..., manual=True)`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from html import escape
from typing import Literal, TypedDict

import spacy
from spacy import displacy
from spacy.language import Language

from corpus.captions import addressee_caption, one_line, speaker_caption
from corpus.record import Minutes, Turn

COLOURS = {
    "QUESTION": "#f2b04c",
    "ANSWER": "#6cc48f",
    "ADDITION": "#7fb8ea",
    "DECISION": "#d8a0e2",
    "OTHER": "#c3c7cc",
    "PERSON": "#9cc9f5",
    "OFFICE": "#b9e3c6",
    "GROUP": "#e6d2a8",
    "CITIZEN": "#f3c6b8",
    "ROLE": "#d9e57f",
    "PARTY": "#efc3e6",
    "CUE": "#ffd966",
}
"""Grounds for displaCy's black letters, by label; `options={"colors": COLOURS}`."""

_Found = tuple[int, int, str]


class Entity(TypedDict):
    """A mention: offsets into the text, and the kind of person."""

    start: int
    end: int
    label: str


class Entities(TypedDict):
    """What `displacy.render(…, style="ent", manual=True)` takes."""

    text: str
    ents: list[Entity]
    title: str


class TokenSpan(TypedDict):
    """A span of tokens, the end exclusive."""

    start_token: int
    end_token: int
    label: str


class Spans(TypedDict):
    """What `displacy.render(…, style="span", manual=True)` takes."""

    text: str
    tokens: list[str]
    spans: list[TokenSpan]
    title: str


def entities(minutes: Minutes) -> Entities:
    """Return the text with all mentions of persons, offices, groups and citizens, none within another."""
    found = sorted(
        ((start, end, person.kind.upper()) for person in minutes.persons for start, end in person.mentions),
        key=lambda mention: (mention[0], -mention[1]),
    )
    ents: list[Entity] = []
    for start, end, label in found:
        if not ents or start >= ents[-1]["end"]:
            ents.append({"start": start, "end": end, "label": label})
    return {"text": minutes.text, "ents": ents, "title": _title(minutes.source)}


def spans(minutes: Minutes, turns: Collection[str] | None = None) -> list[Spans]:
    """Return the turns, or those with these ids: each with its label, the persons, roles and parties in it, its cue.

    Roles and parties stand where the words of the record are found in the mentions and in the turn.
    """
    nlp = _blank()
    shown = []
    for turn in minutes.turns:
        if turns is not None and turn.id not in turns:
            continue
        doc = nlp.make_doc(minutes.text[turn.start : turn.end])
        held: list[TokenSpan] = []
        for start, end, label in dict.fromkeys(_found(minutes, turn)):
            span = doc.char_span(start - turn.start, end - turn.start, alignment_mode="expand")
            if span is not None and len(span):
                held.append({"start_token": span.start, "end_token": span.end, "label": label})
        title = " · ".join(filter(None, (turn.id, turn.label, _who(minutes, turn))))
        shown.append(Spans(text=doc.text, tokens=[token.text for token in doc], spans=held, title=_title(title)))
    return shown


def render(
    minutes: Minutes,
    style: Literal["span", "ent"] = "span",
    *,
    turns: Collection[str] | None = None,
    page: bool = False,
) -> str:
    """Return the HTML of displaCy: the turns (`span`), or the whole text with its mentions (`ent`).

    `turns` are ids of the only turns to show. In a notebook show it with `IPython.display.HTML`.
    """
    shown = [entities(minutes)] if style == "ent" else spans(minutes, turns)
    options = {"colors": COLOURS}
    return displacy.render(
        [dict(one) for one in shown], style=style, page=page, jupyter=False, options=options, manual=True
    )


def _found(minutes: Minutes, turn: Turn) -> Iterator[_Found]:
    """Yield the whole turn and what is found in it, with offsets into the text of the document."""
    if turn.label:
        yield turn.start, turn.end, turn.label.upper()
    if turn.cue:
        yield *turn.cue, "CUE"
    for person in minutes.persons:
        for start, end in person.mentions:
            if turn.start <= start and end <= turn.end:
                yield start, end, person.kind.upper()
                for role in person.roles:
                    yield from _place(minutes.text, role, start, end, "ROLE")
    for role in turn.roles:
        yield from _place(minutes.text, role, turn.start, turn.end, "ROLE")
    for party in turn.parties:
        yield from _place(minutes.text, party, turn.start, turn.end, "PARTY")


def _place(text: str, words: str, start: int, end: int, label: str) -> Iterator[_Found]:
    """Yield where words of the record stand first between two offsets, whatever line breaks are in them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    if pattern and (m := re.compile(rf"(?<!\w){pattern}(?!\w)").search(text, start, end)):
        yield m.start(), m.end(), label


def _who(minutes: Minutes, turn: Turn) -> str:
    parts = (speaker_caption(minutes, turn), addressee_caption(minutes, turn))
    return " → ".join(part for part in parts if part)


def _title(words: str) -> str:
    return escape(one_line(words))  # displaCy escapes the text, but no title


@cache
def _blank() -> Language:
    return spacy.blank("de")

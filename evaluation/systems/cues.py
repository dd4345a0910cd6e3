"""A cue lexicon and a regular expression for names: what somebody would write in an afternoon.

It knows `cues.tsv` and nothing of the pipeline, so that it stays a baseline when the pipeline changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, cast

from corpus.reading import Source
from corpus.record import LABELS, Label, Minutes, Outcome
from evaluation.systems.lexicon import rows
from evaluation.systems.records import FoundTurn, Span, paragraphs, record

_Kind = Label | Literal["statement"]
_OUTCOMES: tuple[Outcome, ...] = ("rejected", "noted", "postponed", "referred", "withdrawn", "elected")

# Three small letters before the full stop: "Dr. Lux" and "Nr. 5" go on, and so does "19. Mai".
_SENTENCE_END = re.compile(r"(?:[a-zäöüß)]{3}|\d{4}|%|€)[.:!?][“\"»]?\s+(?=[\"„«A-ZÄÖÜ])")
_HEADING = re.compile(r"(?:(?:zu )?TOP|Tagesordnungspunkt|Punkt|§)\s*\d|\d+(?:\.\d+)*\.?\s[^.!?]*$", re.IGNORECASE)
_NAME = r"(?:(?:von|van|zu|de) )*[A-ZÄÖÜ]\w+(?:[- ][A-ZÄÖÜ]\w+)?"


class Cues:
    """A turn is a sentence with a cue and all up to the next one, a heading or a blank line."""

    name = "cues"

    def extract(self, source: Source) -> Minutes:
        return record(source, self.name, _turns(source.text))

    def extract_given(self, source: Source, turns: Sequence[Span]) -> Minutes:
        return record(source, self.name, _labelled(source.text, turns))


def _turns(text: str) -> Iterator[FoundTurn]:
    last: Label | None = None
    for paragraph in paragraphs(text):
        if _HEADING.match(text, *paragraph):
            last = None
            continue
        open_turn: FoundTurn | None = None
        for sentence in _sentences(text, *paragraph):
            found = _turn(text, *sentence, last)
            # "Beschluss: … Einstimmig." is one decision.
            if open_turn and (found is None or found.label == open_turn.label == "decision"):
                open_turn = replace(open_turn, end=sentence[1])
            elif found:
                if open_turn:
                    yield _decided(text, open_turn)
                open_turn, last = found, found.label
        if open_turn:
            yield _decided(text, open_turn)


def _labelled(text: str, spans: Sequence[Span]) -> Iterator[FoundTurn]:
    last: Label | None = None
    for start, end in spans:
        found = _turn(text, start, end, last) or FoundTurn(start, end, "addition")
        yield _decided(text, found)
        last = found.label


def _turn(text: str, start: int, end: int, last: Label | None) -> FoundTurn | None:
    """Return the turn that begins here, `None` without a cue; `last` is the label of the turn before."""
    cue = _cue().search(text, start, end)
    if cue is None:
        return None
    kind = cast(_Kind, cue.lastgroup)
    label: Label = ("answer" if last == "question" else "addition") if kind == "statement" else kind
    speaker = None if label == "decision" else _speaker().search(text, start, end)
    return FoundTurn(
        start,
        end,
        label,
        speaker=(speaker["name"] or speaker[0]) if speaker else None,
        mention=speaker.span() if speaker else None,
        cue=cue.span(),
    )


def _decided(text: str, turn: FoundTurn) -> FoundTurn:
    if turn.label != "decision":
        return turn
    words = text[turn.start : turn.end]
    found = (outcome for outcome in _OUTCOMES if re.search(_pattern(outcome), words, re.IGNORECASE))
    return replace(turn, outcome=next(found, "adopted"))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        yield begin, begin + len(text[begin : match.end()].rstrip())
        begin = match.end()
    yield begin, end


@cache
def _cue() -> re.Pattern[str]:
    """Match any cue; `lastgroup` says of which kind it is."""
    kinds = (*LABELS, "statement")
    return re.compile("|".join(f"(?P<{kind}>{_pattern(kind)})" for kind in kinds), re.IGNORECASE)


@cache
def _speaker() -> re.Pattern[str]:
    title, office = _pattern("title"), _pattern("office")
    return re.compile(rf"\b(?:(?:(?:{title}|{office}) )+(?P<name>{_NAME})|(?:{office}))\b")


@cache
def _pattern(kind: str) -> str:
    """Return the lines of this kind in `cues.tsv` as one regular expression without groups."""
    return "|".join(pattern for name, pattern in rows("cues.tsv") if name == kind)

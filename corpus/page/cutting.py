"""The text of a record cut at turns and headings, and the text of a turn at what gave it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.record import AgendaItem, Decision, Minutes, Turn

Kind = Literal["text", "heading", "turn"]
Mark = Literal["mention", "cue", "wording"]
Span = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """A part of the text: that of a turn or of the heading of an item (`number` is its place in the record), or other.

    The parts of a record are in order and hold all of its text.
    """

    kind: Kind
    start: int
    end: int
    number: int = -1


@dataclass(frozen=True)
class Piece:
    """A part of a turn's text, and whether it names the speaker, carries the speech or is what is decided."""

    text: str
    kind: Mark | Literal[""] = ""


def parts(minutes: Minutes) -> Iterator[Part]:
    """Yield the parts of a text; a heading that reaches into a turn is none, or only as far as the turn."""
    last = 0
    for number, turn in enumerate(minutes.turns):
        yield from _between(minutes.agenda, last, turn.start)
        yield Part("turn", turn.start, turn.end, number)
        last = turn.end
    yield from _between(minutes.agenda, last, len(minutes.text))


def _between(agenda: Sequence[AgendaItem], start: int, end: int) -> Iterator[Part]:
    for number, item in sorted(enumerate(agenda), key=lambda entry: entry[1].start):
        if start <= item.start < end:
            if start < item.start:
                yield Part("text", start, item.start)
            start = min(item.heading_end, end)
            yield Part("heading", item.start, start, number)
    if start < end:
        yield Part("text", start, end)


def pieces(text: str, turn: Turn, decision: Decision | None) -> tuple[Piece, ...]:
    """Cut the text of a turn; where marks overlap, the first of mention, cue and wording holds."""
    marks: list[tuple[Mark, Span]] = [("mention", span) for span in turn.speaker_mentions]
    if turn.cue:
        marks.append(("cue", turn.cue))
    if decision and decision.wording:
        marks.append(("wording", decision.wording))
    cuts = {turn.start, turn.end, *_within((at for _, span in marks for at in span), turn)}
    found: list[Piece] = []
    for start, end in pairwise(sorted(cuts)):
        kind: Mark | Literal[""] = next((kind for kind, (first, last) in marks if first <= start and end <= last), "")
        found.append(Piece(text[start:end], kind))
    return tuple(found)


def _within(offsets: Iterable[int], turn: Turn) -> Iterator[int]:
    return (at for at in offsets if turn.start < at < turn.end)

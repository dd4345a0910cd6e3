"""The text of a document cut at every bound of a turn, gold's turns and predicted ones on the gold text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.alignment import Alignment
from evaluation.harness import Document

_AROUND = 240
_LONGEST = 900
_CUT = "…"
_BLANK_LINES = re.compile(r"\s*\n\s*")

Span = tuple[int, int]


@dataclass(frozen=True)
class Segment:
    """A part of the text that no bound divides: the numbers of the gold and of the predicted turn that it lies in."""

    start: int
    end: int
    gold: int | None
    found: int | None


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt, and whether it belongs to the gold turn and to the predicted one."""

    text: str
    gold: bool
    found: bool


def segments(length: int, gold: Sequence[Span], found: Sequence[Span]) -> tuple[Segment, ...]:
    """Cut a text of this length; the spans of each side stand in order and apart, empty ones hold nothing."""
    cuts = sorted({0, length, *(at for span in (*gold, *found) for at in span)})
    return tuple(Segment(start, end, _holder(gold, start), _holder(found, start)) for start, end in pairwise(cuts))


def excerpt(text: str, gold: Span | None, found: Span | None, otherwise: str) -> tuple[Piece, ...]:
    """Return a turn with some of the text before and after it, shortened and without empty lines.

    Where neither side has a character of the text, the excerpt is `otherwise`.
    """
    golds, founds = ([span] if span and span[0] < span[1] else [] for span in (gold, found))
    if not (golds or founds):
        return (Piece(otherwise, gold is not None, found is not None),)
    start = min(span[0] for span in (*golds, *founds))
    pieces: list[Piece] = []
    for x in segments(len(text), golds, founds):
        part = _BLANK_LINES.sub("\n", text[x.start : x.end])
        if x.gold is None and x.found is None:
            shortened = _ending(part) if x.end <= start else _beginning(part)
        else:
            shortened = part if len(part) <= _LONGEST else _beginning(part) + _ending(part).removeprefix(_CUT)
        pieces.append(Piece(shortened, x.gold is not None, x.found is not None))
    return tuple(pieces)


def found_spans(document: Document, alignment: Alignment) -> tuple[Span, ...]:
    """Return where the predicted turns stand in the gold text; what gold's text lacks is an empty span there."""
    spans = [(turn.start, turn.end) for turn in document.minutes.turns]
    if document.minutes.text == document.gold.text:
        return tuple(spans)
    return tuple(_on_gold(alignment, start, end) for start, end in spans)


def _on_gold(alignment: Alignment, start: int, end: int) -> Span:
    """Lead a span of the record to the gold text, from before its first character that counts to after its last."""
    first = bisect_right(alignment.gold, alignment.record[start]) - 1
    return first, max(first, bisect_left(alignment.gold, alignment.record[end]))


def _holder(spans: Sequence[Span], at: int) -> int | None:
    number = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return number if number >= 0 and at < spans[number][1] else None


def _beginning(text: str) -> str:
    cut = text[:_AROUND]
    return text if cut == text else f"{cut.rpartition(' ')[0] or cut} {_CUT}"


def _ending(text: str) -> str:
    cut = text[-_AROUND:]
    return text if cut == text else f"{_CUT} {cut.partition(' ')[2] or cut}"

"""Who comes later and who goes earlier, as the text tells it: "Frau Lux verlässt die Sitzung um 19.10 Uhr"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.layout import Layout
from pipeline.lexicon import pattern
from pipeline.mentions import Mention
from pipeline.moments import clocks

_CUE = pattern("moves.cue")
_LEAVES = pattern("moves.leaves")
_ARRIVES = pattern("moves.arrives")
_NOT = pattern("moves.not")
_ITEM = re.compile(r"\b(?:TOP|Top|Tagesordnungspunkt|Punkt|Trakt(?:andum|\.))\s*\d+(?:\.\d+)*")
_NEAR = 45  # characters between the person and the verb: "Herr Lux (CDU) kommt", "Um 19 Uhr verlässt Frau Roth"


@dataclass(frozen=True)
class Move:
    """A person (number of the mention) who comes or goes; `when` as written ("19.10 Uhr", "TOP 3")."""

    mention: int
    kind: Literal["arrives", "leaves"]
    when: str


def read_moves(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Move]:
    """Yield the moves that the text dates, in its order; who only leaves the table as biased is left out."""
    text = layout.clean.text
    starts = [unit.start for unit in layout.units]
    for cue in _CUE.finditer(text):
        n = bisect_right(starts, cue.start()) - 1
        if n < 0 or layout.units[n].end <= cue.start():
            continue
        start, end = layout.units[n].start, layout.units[n].end
        leaves = _LEAVES.search(text, start, end)
        if _NOT.search(text, start, end) or not (leaves or _ARRIVES.search(text, start, end)):
            continue
        when = next((text[c.start : c.end] for c in clocks(text, start, end) if c.sure), None)
        item = _ITEM.search(text, start, end)
        when = when or (item.group() if item else None)
        if when is None:
            continue
        for i in _who(mentions, start, end, cue.start(), cue.end()):
            yield Move(i, "leaves" if leaves else "arrives", when)


def _who(mentions: Sequence[Mention], start: int, end: int, verb: int, behind: int) -> list[int]:
    """The persons just before the verb, else the one just behind it."""
    named = [
        i for i, m in enumerate(mentions) if start <= m.start < end and m.kind == "person" and m.nominative is not False
    ]
    before = [i for i in named if mentions[i].end <= verb]
    if before and verb - mentions[before[-1]].end <= _NEAR:
        return before
    return [i for i in named if 0 <= mentions[i].start - behind <= 3][:1]

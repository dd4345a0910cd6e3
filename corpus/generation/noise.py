"""What PDF and character recognition do to a text: wrapped and hyphenated lines, page marks, damaged letters.

Noise is a list of edits of the text; all offsets of the annotation move with them.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.gold import Gold

_BREAK = re.compile(r"(?<=[aeiouäöü])(?=[bdfgklmnprstvwz][aeiouäöü])|(?<=[lmnr])(?=[bdfgklmnpstvwz][aeiouäöü])")
_CONFUSED = {"m": "rn", "l": "1", "ü": "ii", "ö": "o", "ä": "a", "e": "c", "o": "0", "h": "b", "I": "l", "ß": "B"}
_DAMAGED_SHARE = 0.006


@dataclass(frozen=True)
class Edit:
    """Replace `length` characters at `start` by `text`."""

    start: int
    length: int
    text: str


def edited(gold: Gold, edits: Sequence[Edit]) -> Gold:
    """Apply edits that do not overlap, in the order of the text, and move every offset of the annotation."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (gold.text[at : edit.start], edit.text)
        at = edit.start + edit.length
    text = "".join((*parts, gold.text[at:]))
    starts = [edit.start for edit in edits]
    shifts = list(accumulate((len(edit.text) - edit.length for edit in edits), initial=0))
    inserted = {edit.start: len(edit.text) for edit in edits if not edit.length}

    def moved(span: tuple[int, int]) -> tuple[int, int]:
        # What is put in at a border stays outside: before the start, behind the end.
        start, end = (at + shifts[bisect_left(starts, at)] for at in span)
        return start + inserted.get(span[0], 0), end

    def with_span(entry: dict[str, object]) -> dict[str, object]:
        start, end = moved((int(str(entry["start"])), int(str(entry["end"]))))
        return {**entry, "start": start, "end": end}

    data = gold.model_dump(by_alias=True, exclude={"text"})
    return Gold.model_validate(
        {
            **data,
            "text": text,
            "turns": [
                {**with_span(turn), "speaker_mentions": [moved(x) for x in turn["speaker_mentions"]]}
                for turn in data["turns"]
            ],
            "agenda": [with_span(item) for item in data["agenda"]],
            "attendance": [with_span(entry) for entry in data["attendance"]],
            "meeting": {
                name: with_span(value) if isinstance(value, dict) else value for name, value in data["meeting"].items()
            },
            "sentences": [moved(x) for x in gold.sentences],
        }
    )


def wrapped(gold: Gold, width: int, hyphens: bool, generator: random.Random) -> Gold:
    """Break lines that are longer than `width`, within words where `hyphens` says so."""
    edits: list[Edit] = []
    start = 0
    for line in gold.text.split("\n"):
        column = 0
        for m in re.finditer(r"\S+", line):
            word, at = m.group(), start + m.start()
            if column and column + 1 + len(word) > width:
                cut = _cut(word, width - column - 2, generator) if hyphens else None
                if cut:
                    edits.append(Edit(at + cut, 0, "-\n"))
                    column = len(word) - cut
                else:
                    edits.append(Edit(at - 1, 1, "\n"))
                    column = len(word)
            else:
                column += len(word) + bool(column)
        start += len(line) + 1
    return edited(gold, edits)


def _cut(word: str, room: int, generator: random.Random) -> int | None:
    places = [m.start() for m in _BREAK.finditer(word) if 2 < m.start() <= room and len(word) - m.start() > 3]
    return generator.choice(places) if places and word.isalpha() and len(word) > 7 else None


def paged(gold: Gold, lines: int, mark: str) -> Gold:
    """Put a page mark after every so many lines, never within a line that goes on; `{}` is the number of the page."""
    ends = [m.end() for m in re.finditer(r"(?<=[.!?:\n])\n", gold.text)]
    marks: list[Edit] = []
    done = 0
    for at in ends:
        if gold.text.count("\n", done, at) >= lines and at < len(gold.text):
            marks.append(Edit(at, 0, mark.format(len(marks) + 2) + "\n"))
            done = at
    return edited(gold, marks)


def damaged(gold: Gold, generator: random.Random) -> Gold:
    """Confuse letters as character recognition does, but not in the offices, parties and names that are annotated."""
    head = gold.agenda[0].end if gold.agenda else 0
    spared = [(0, head), *((item.start, item.end) for item in gold.agenda)]
    for turn in gold.turns:
        for value in (*turn.roles, *turn.parties, *turn.speakers, *turn.addressees):
            spared += (m.span() for m in re.compile(re.escape(value)).finditer(gold.text, turn.start, turn.end))
    kept = {i for start, end in spared for i in range(start, end)}
    edits = [
        Edit(i, 1, _CONFUSED[letter])
        for i, letter in enumerate(gold.text)
        if letter in _CONFUSED and generator.random() < _DAMAGED_SHARE and i not in kept
    ]
    return edited(gold, edits)

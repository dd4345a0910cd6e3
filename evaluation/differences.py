"""What is wrong with the record of a document, turn by turn, for reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.captions import one_line
from corpus.gold import Gold
from corpus.record import Minutes
from evaluation.alignment import align
from evaluation.matching import match_turns
from evaluation.scoring import speakers_right

Fault = Literal["missed", "spurious", "label", "speakers", "outcome"]

_EXCERPT = 100


@dataclass(frozen=True)
class Difference:
    """One fault of one turn: `gold` is the number of the gold turn, `turn` the id of the record's turn.

    `expected` and `found` are the label, the speakers or the outcome; "" stands for none. `excerpt` is the
    beginning of the turn in one line.
    """

    fault: Fault
    gold: int | None
    turn: str | None
    expected: str
    found: str
    excerpt: str


def differences(gold: Gold, minutes: Minutes) -> tuple[Difference, ...]:
    """List the faults of a record in the order of the text; a turn with several faults stands once for each.

    The outcome is compared only where both sides see a decision: elsewhere the label is the fault.
    """
    alignment = align(gold.text, minutes.text)
    matching = match_turns(gold, minutes, alignment)
    placed: list[tuple[int, Difference]] = []
    for i in matching.missed:
        truth = gold.turns[i]
        excerpt = _excerpt(gold.text, truth.start, truth.end)
        missed = Difference("missed", i, None, truth.label, "", excerpt)
        placed.append((alignment.gold[truth.start], missed))
    for j in matching.spurious:
        turn = minutes.turns[j]
        excerpt = _excerpt(minutes.text, turn.start, turn.end)
        spurious = Difference("spurious", None, turn.id, "", turn.label or "", excerpt)
        placed.append((alignment.record[turn.start], spurious))
    for i, j in matching.pairs:
        at = alignment.gold[gold.turns[i].start]
        placed += ((at, fault) for fault in _faults(gold, i, minutes, j))
    return tuple(fault for _, fault in sorted(placed, key=lambda x: x[0]))


def _faults(gold: Gold, i: int, minutes: Minutes, j: int) -> Iterator[Difference]:
    truth, turn = gold.turns[i], minutes.turns[j]
    excerpt = _excerpt(gold.text, truth.start, truth.end)
    if truth.label != turn.label:
        yield Difference("label", i, turn.id, truth.label, turn.label or "", excerpt)
    persons = {person.id: person for person in minutes.persons}
    if not speakers_right(truth, turn, persons):
        found = ", ".join(persons[x].name for x in turn.speakers)
        yield Difference("speakers", i, turn.id, ", ".join(truth.speakers), found, excerpt)
    if truth.outcome and turn.label == "decision":
        outcome = {x.turn: x.outcome for x in minutes.decisions}.get(turn.id)
        if outcome != truth.outcome:
            yield Difference("outcome", i, turn.id, truth.outcome, outcome or "", excerpt)


def _excerpt(text: str, start: int, end: int) -> str:
    line = one_line(text[start:end])
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"

"""What is wrong with the record of a document, turn by turn, for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.captions import one_line
from corpus.gold import Gold, GoldTurn
from corpus.record import Minutes, Person, Turn, Votes
from evaluation.alignment import align
from evaluation.matching import match_turns
from evaluation.names import all_named
from evaluation.scoring import numbers_of, speakers_right, written

Fault = Literal[
    "missed",
    "spurious",
    "label",
    "speakers",
    "roles",
    "parties",
    "addressees",
    "links",
    "outcome",
    "votes",
    "unanimous",
]

_EXCERPT = 100


@dataclass(frozen=True)
class Difference:
    """One fault of one turn: `gold` is the number of the gold turn, `turn` the id of the record's turn.

    `expected` and `found` are labels, names, gold numbers of questions, an outcome or votes; "" stands for none.
    `excerpt` is the beginning of the turn in one line.
    """

    fault: Fault
    gold: int | None
    turn: str | None
    expected: str
    found: str
    excerpt: str


def differences(gold: Gold, minutes: Minutes) -> tuple[Difference, ...]:
    """List the faults of a record in the order of the text; a turn with several faults stands once for each.

    Links are compared only where both sides see an answer, outcome and votes where both see a decision: elsewhere
    the label is the fault. A link to a turn that gold does not have stands as the id of the record's turn.
    """
    alignment = align(gold.text, minutes.text)
    matching = match_turns(gold, minutes, alignment)
    numbers = {minutes.turns[j].id: i for i, j in matching.pairs}
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
        truth, turn = gold.turns[i], minutes.turns[j]
        excerpt = _excerpt(gold.text, truth.start, truth.end)
        placed += (
            (alignment.gold[truth.start], Difference(fault, i, turn.id, expected, found, excerpt))
            for fault, expected, found in _faults(truth, turn, minutes, numbers)
        )
    return tuple(fault for _, fault in sorted(placed, key=lambda x: x[0]))


def _faults(
    truth: GoldTurn, turn: Turn, minutes: Minutes, numbers: Mapping[str, int]
) -> Iterator[tuple[Fault, str, str]]:
    """Yield the faults of a found turn; `numbers` are gold's of the turns of the record that it has."""
    persons = {person.id: person for person in minutes.persons}
    if truth.label != turn.label:
        yield "label", truth.label, turn.label or ""
    if not speakers_right(truth, turn, persons):
        yield "speakers", ", ".join(truth.speakers), _names(turn.speakers, persons)
    if sorted(map(written, truth.roles)) != sorted(map(written, turn.roles)):
        yield "roles", ", ".join(truth.roles), ", ".join(turn.roles)
    if sorted(map(written, truth.parties)) != sorted(map(written, turn.parties)):
        yield "parties", ", ".join(truth.parties), ", ".join(turn.parties)
    addressed = all_named(truth.addressees, (persons[x] for x in turn.addressees))
    if not addressed or (turn.addressees and not truth.addressees):
        yield "addressees", ", ".join(truth.addressees), _names(turn.addressees, persons)
    if truth.label == turn.label == "answer":
        replies = [str(numbers.get(x, x)) for x in turn.replies_to]
        if {*map(str, truth.replies_to)} != {*replies}:
            yield "links", ", ".join(map(str, truth.replies_to)), ", ".join(replies)
    if truth.label == turn.label == "decision":
        decision = next((x for x in minutes.decisions if x.turn == turn.id), None)
        if not decision or decision.outcome != truth.outcome:
            yield "outcome", truth.outcome or "", decision.outcome if decision else ""
        if decision and numbers_of(decision.votes) != numbers_of(truth.votes):
            yield "votes", _votes(truth.votes), _votes(decision.votes)
        if decision and decision.unanimous != truth.unanimous:
            yield "unanimous", "yes" if truth.unanimous else "", "yes" if decision.unanimous else ""


def _names(ids: Iterable[str], persons: Mapping[str, Person]) -> str:
    return ", ".join(persons[x].name for x in ids)


def _votes(votes: Votes | None) -> str:
    """Return yes : no : abstentions."""
    return " : ".join(map(str, numbers_of(votes))) if votes else ""


def _excerpt(text: str, start: int, end: int) -> str:
    line = one_line(text[start:end])
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"

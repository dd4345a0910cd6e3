"""A turn as gold has it and as the system has it, in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.captions import one_line, votes_caption
from corpus.gold import Gold, GoldTurn
from corpus.record import Decision, Minutes, Turn
from evaluation.counts import UNLABELLED

_BEGINNING = 60


@dataclass(frozen=True)
class Side:
    """One side's turn; what it does not state is "". Questions that it replies to are given by their beginnings."""

    label: str
    speakers: str
    addressees: str
    replies_to: str
    outcome: str
    votes: str


def gold_sides(gold: Gold) -> tuple[Side, ...]:
    """Return all turns as gold has them."""

    def side(turn: GoldTurn) -> Side:
        questions = (_beginning(gold.text, gold.turns[i]) for i in turn.replies_to)
        decision = (
            Decision(turn="gold", outcome=turn.outcome, votes=turn.votes, unanimous=turn.unanimous)
            if turn.outcome
            else None
        )
        return _side(turn.label, turn.speakers, turn.addressees, questions, decision)

    return tuple(map(side, gold.turns))


def found_sides(minutes: Minutes) -> tuple[Side, ...]:
    """Return all turns as the system has them."""
    turns = {turn.id: turn for turn in minutes.turns}
    names = {person.id: person.name for person in minutes.persons}
    decisions = {decision.turn: decision for decision in minutes.decisions}

    def side(turn: Turn) -> Side:
        questions = (_beginning(minutes.text, turns[id]) for id in turn.replies_to)
        speakers, addressees = ([names[id] for id in ids] for ids in (turn.speakers, turn.addressees))
        return _side(turn.label or UNLABELLED, speakers, addressees, questions, decisions.get(turn.id))

    return tuple(map(side, minutes.turns))


def _side(
    label: str,
    speakers: Iterable[str],
    addressees: Iterable[str],
    questions: Iterable[str],
    decision: Decision | None,
) -> Side:
    return Side(
        label=label,
        speakers=one_line(", ".join(speakers)),
        addressees=one_line(", ".join(addressees)),
        replies_to="; ".join(questions),
        outcome=decision.outcome if decision else "",
        votes=votes_caption(decision) if decision else "",
    )


def _beginning(text: str, turn: GoldTurn | Turn) -> str:
    line = one_line(text[turn.start : turn.end])
    return line if len(line) <= _BEGINNING else line[: _BEGINNING - 1] + "…"

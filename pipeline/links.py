"""Which questions an answer answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.record import Label


@dataclass(frozen=True)
class LinkInput:
    """What is known of one turn: label, who speaks, whom it is directed to, and the number of its section."""

    label: Label | None
    speakers: tuple[str, ...]
    addressees: tuple[str, ...]
    on_request: bool
    section: int


def link_answers(turns: Sequence[LinkInput]) -> list[tuple[int, ...]]:
    """Return for each turn the numbers of the questions that it answers, in order.

    An answer to named askers replies to the last question of each; where they asked in the answer itself ("Auf
    Nachfrage von ...") and nowhere before, there is none. Every other answer replies to the nearest question by
    somebody else in the same section.
    """
    return [_questions(turns, n) if turn.label == "answer" else () for n, turn in enumerate(turns)]


def _questions(turns: Sequence[LinkInput], n: int) -> tuple[int, ...]:
    answer = turns[n]
    earlier = [
        k
        for k in range(n - 1, -1, -1)
        if turns[k].section == answer.section
        and turns[k].label == "question"
        and (not answer.speakers or not set(turns[k].speakers) & set(answer.speakers))
    ]
    if answer.on_request or answer.addressees:
        theirs = [next((k for k in earlier if asker in turns[k].speakers), None) for asker in answer.addressees]
        found = sorted({k for k in theirs if k is not None})
        if found:
            return tuple(found)
        if answer.on_request:
            return ()
    return (earlier[0],) if earlier else ()

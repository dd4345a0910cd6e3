"""Data frames with names in place of ids: one turn a row, as in the CSV output, or one question a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from corpus.record import Label, Minutes, Outcome

if TYPE_CHECKING:
    import pandas


class TurnRow(NamedTuple):
    """One turn; `replies_to` holds ids of turns, `start` and `end` are offsets into the whole text."""

    source: str
    turn: str
    agenda_number: str | None
    agenda_title: str | None
    label: Label | None
    confidence: float | None
    speakers: tuple[str, ...]
    roles: tuple[str, ...]
    parties: tuple[str, ...]
    addressees: tuple[str, ...]
    replies_to: tuple[str, ...]
    outcome: Outcome | None
    start: int
    end: int
    text: str


class Exchange(NamedTuple):
    """A question and what answers it; `question` and `answers` hold ids of turns, askers and answerers are names."""

    source: str
    agenda_number: str | None
    question: str
    askers: tuple[str, ...]
    text: str
    answers: tuple[str, ...]
    answerers: tuple[str, ...]
    status: Literal["answered", "deferred", "open"]


def turn_rows(minutes: Minutes) -> list[TurnRow]:
    """Return the turns in their order; a turn with several decisions has the outcome of the first."""
    names = {person.id: person.name for person in minutes.persons}
    items = {item.id: item for item in minutes.agenda}
    outcomes = {decision.turn: decision.outcome for decision in reversed(minutes.decisions)}
    rows = []
    for turn in minutes.turns:
        item = items[turn.agenda_item] if turn.agenda_item else None
        rows.append(
            TurnRow(
                source=minutes.source,
                turn=turn.id,
                agenda_number=item.number if item else None,
                agenda_title=item.title if item else None,
                label=turn.label,
                confidence=turn.confidence,
                speakers=tuple(names[id] for id in turn.speakers),
                roles=turn.roles,
                parties=turn.parties,
                addressees=tuple(names[id] for id in turn.addressees),
                replies_to=turn.replies_to,
                outcome=outcomes.get(turn.id),
                start=turn.start,
                end=turn.end,
                text=minutes.text[turn.start : turn.end],
            )
        )
    return rows


def exchange_rows(minutes: Minutes) -> list[Exchange]:
    """Return the questions in their order; one is deferred where all its answers are."""
    names = {person.id: person.name for person in minutes.persons}
    numbers = {item.id: item.number for item in minutes.agenda}
    unanswered = {turn.id for turn in minutes.unanswered()}
    rows = []
    for question in minutes.turns:
        if question.label != "question":
            continue
        answers = [turn for turn in minutes.turns if question.id in turn.replies_to]
        rows.append(
            Exchange(
                source=minutes.source,
                agenda_number=numbers[question.agenda_item] if question.agenda_item else None,
                question=question.id,
                askers=tuple(names[id] for id in question.speakers),
                text=minutes.text[question.start : question.end],
                answers=tuple(turn.id for turn in answers),
                answerers=tuple(dict.fromkeys(names[id] for turn in answers for id in turn.speakers)),
                status="answered" if question.id not in unanswered else "deferred" if answers else "open",
            )
        )
    return rows


def frame(*minutes: Minutes, content: bool = False) -> pandas.DataFrame:
    """Return one data frame for the turns of all documents; lists are tuples.

    With `content` it has two more columns: `mood`, and what the turn says without its frame.
    """
    table = _table([row for record in minutes for row in turn_rows(record)], TurnRow)
    if content:
        turns = [(record, turn) for record in minutes for turn in record.turns]
        table["mood"] = [turn.mood for _, turn in turns]
        table["content"] = [record.content(turn) for record, turn in turns]
    return table.astype({"confidence": "float64", "start": "int64", "end": "int64"})


def exchanges(*minutes: Minutes) -> pandas.DataFrame:
    """Return one data frame for the questions of all documents; lists are tuples."""
    return _table([row for record in minutes for row in exchange_rows(record)], Exchange)


def need_pandas() -> None:
    """Raise `ImportError`, which names the extra, where pandas is not installed."""
    try:
        import pandas  # noqa: F401
    except ImportError as error:
        raise ImportError("a data frame needs pandas: pip install protokollant[notebook]") from error


def _table(rows: Sequence[TurnRow] | Sequence[Exchange], kind: type[TurnRow] | type[Exchange]) -> pandas.DataFrame:
    need_pandas()
    import pandas

    return pandas.DataFrame.from_records(rows, columns=list(kind._fields))

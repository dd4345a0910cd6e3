"""One turn a row, with names in place of ids: the columns of the CSV output and of the data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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


def frame(*minutes: Minutes, content: bool = False) -> pandas.DataFrame:
    """Return one data frame for the turns of all documents; lists are tuples.

    With `content` it has two more columns: `mood`, and what the turn says without its frame.
    """
    try:
        import pandas
    except ImportError as error:
        raise ImportError("a data frame needs pandas: pip install protokollant[notebook]") from error
    rows = [row for record in minutes for row in turn_rows(record)]
    table = pandas.DataFrame.from_records(rows, columns=list(TurnRow._fields))
    if content:
        turns = [(record, turn) for record in minutes for turn in record.turns]
        table["mood"] = [turn.mood for _, turn in turns]
        table["content"] = [record.content(turn) for record, turn in turns]
    return table.astype({"confidence": "float64", "start": "int64", "end": "int64"})

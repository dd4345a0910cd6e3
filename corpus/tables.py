"""The flat tables of a record, each with typed columns: what Parquet, Excel and the CSV folder hold.

The fields of the row types (`corpus.table_rows`) are the columns, their annotations the types. Names of persons stand
under the plain name of a column and their ids under `…_ids`; `source` and an id join the tables.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin, get_type_hints

from corpus.frame import TurnRow, turn_rows
from corpus.joining import encodable, joined
from corpus.record import Minutes, Votes
from corpus.table_rows import (
    AgendaRow,
    AttendanceRow,
    DecisionRow,
    LinkRow,
    MeetingRow,
    PersonRow,
    TurnDetail,
    VoteRow,
)

Kind = Literal["text", "list", "integer", "number", "truth", "date", "time"]
Cell = str | int | float | bool | dt.date | dt.time | tuple[str, ...] | None
Row = Sequence[Cell]
RegisterIds = Mapping[tuple[str, str], str]
"""Ids of a register of persons, by source and id of the person in the document."""


@dataclass(frozen=True)
class Column:
    """One column; `nullable` says whether a cell may be empty. A "list" is one of texts and never null.

    `values` are all that a text of this column can be, where there are only some.
    """

    name: str
    kind: Kind
    nullable: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table; `rows` returns what a record adds to it, cells in the order of the columns."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Minutes], Iterator[Row]]


def tables(register: RegisterIds | None = None) -> tuple[Table, ...]:
    """Return the tables of a record; with the ids of a register the persons have a `register_id`."""
    return (
        Table("meetings", _columns(MeetingRow), _meeting),
        Table("persons", _columns(PersonRow), partial(_persons, register=register or {})),
        Table("agenda", _columns(AgendaRow), _agenda),
        Table("turns", _columns(TurnRow, TurnDetail), _turns),
        Table("decisions", _columns(DecisionRow), _decisions),
        Table("votes", _columns(VoteRow), _votes),
        Table("links", _columns(LinkRow), _links),
        Table("attendance", _columns(AttendanceRow), _attendance),
    )


def clean_rows(table: Table, minutes: Minutes) -> list[list[Cell]]:
    """Return the rows that a record adds to a table, every cell clean."""
    return [[clean(cell) for cell in row] for row in table.rows(minutes)]


def clean(cell: Cell) -> Cell:
    """Return a cell without lone surrogates, which no file format can hold; one character for another."""
    if isinstance(cell, str):
        return encodable(cell)
    return tuple(map(encodable, cell)) if isinstance(cell, tuple) else cell


def _columns(*rows: type[tuple[Cell, ...]]) -> tuple[Column, ...]:
    hints = {name: hint for row in rows for name, hint in get_type_hints(row).items()}
    return tuple(_column(name.rstrip("_"), hint) for name, hint in hints.items())


def _column(name: str, hint: object) -> Column:
    union = get_origin(hint) in (Union, UnionType)
    plain = next(part for part in get_args(hint) if part is not NoneType) if union else hint
    return Column(name, _kind(plain), union, get_args(plain) if get_origin(plain) is Literal else ())


def _kind(hint: object) -> Kind:
    if get_origin(hint) is tuple:
        return "list"
    kinds: dict[object, Kind] = {
        str: "text",
        int: "integer",
        float: "number",
        bool: "truth",
        dt.date: "date",
        dt.time: "time",
    }
    return "text" if get_origin(hint) is Literal else kinds[hint]


def _meeting(minutes: Minutes) -> Iterator[Row]:
    meeting = minutes.meeting
    yield MeetingRow(
        source=minutes.source,
        sha256=minutes.sha256,
        body=meeting.body,
        number=meeting.number,
        date=meeting.date,
        start_time=meeting.start_time,
        end_time=meeting.end_time,
        place=meeting.place,
        public=meeting.public,
        chair=minutes.person(meeting.chair).name if meeting.chair else None,
        chair_id=meeting.chair,
        characters=len(minutes.text),
        pages=None if minutes.pages is None else len(minutes.pages),
        persons=len(minutes.persons),
        agenda_items=len(minutes.agenda),
        turns=len(minutes.turns),
        decisions=len(minutes.decisions),
        warnings=minutes.warnings,
        package=minutes.generator.package,
        config=minutes.generator.config,
    )


def _persons(minutes: Minutes, register: RegisterIds) -> Iterator[Row]:
    spoken = Counter(id for turn in minutes.turns for id in turn.speakers)
    for person in minutes.persons:
        yield PersonRow(
            source=minutes.source,
            person=person.id,
            register_id=register.get((minutes.source, person.id)),
            kind=person.kind,
            name=person.name,
            given_name=person.given_name,
            title=person.title,
            honorific=person.honorific,
            gender=person.gender,
            roles=person.roles,
            party=person.party,
            certainty=person.certainty,
            candidate_ids=person.candidates,
            surface_forms=surface_forms(minutes, person.mentions),
            mentions=len(person.mentions),
            turns=spoken[person.id],
        )


def surface_forms(minutes: Minutes, mentions: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    """Return the different texts of mentions in the order of their first, each in one line."""
    return tuple(dict.fromkeys(joined(minutes.text, (mention,)) for mention in mentions))


def _agenda(minutes: Minutes) -> Iterator[Row]:
    turns = Counter(turn.agenda_item for turn in minutes.turns)
    for item in minutes.agenda:
        yield AgendaRow(
            source=minutes.source,
            agenda_item=item.id,
            number=item.number,
            title=item.title,
            paper=item.paper,
            level=item.level,
            page=_page(minutes, item.start),
            turns=turns[item.id],
            start=item.start,
            heading_end=item.heading_end,
            end=item.end,
        )


def _turns(minutes: Minutes) -> Iterator[Row]:
    for row, turn in zip(turn_rows(minutes), minutes.turns, strict=True):
        yield (
            *row,
            *TurnDetail(
                agenda_item=turn.agenda_item,
                speaker_ids=turn.speakers,
                addressee_ids=turn.addressees,
                extends=turn.extends,
                status=turn.status,
                form=turn.form,
                mood=turn.mood,
                cue=joined(minutes.text, (turn.cue,)) if turn.cue else None,
                content=minutes.content(turn) or None,
                page=_page(minutes, turn.start),
                p_question=turn.probabilities.get("question"),
                p_answer=turn.probabilities.get("answer"),
                p_addition=turn.probabilities.get("addition"),
                p_decision=turn.probabilities.get("decision"),
                p_other=turn.probabilities.get("other"),
            ),
        )


def _decisions(minutes: Minutes) -> Iterator[Row]:
    names = {person.id: person.name for person in minutes.persons}
    items = {item.id: item for item in minutes.agenda}
    starts = {turn.id: turn.start for turn in minutes.turns}
    for decision in minutes.decisions:
        item = items[decision.agenda_item] if decision.agenda_item else None
        votes = decision.votes or Votes()
        yield DecisionRow(
            source=minutes.source,
            turn=decision.turn,
            agenda_item=decision.agenda_item,
            agenda_number=item.number if item else None,
            agenda_title=item.title if item else None,
            outcome=decision.outcome,
            yes=votes.yes,
            no=votes.no,
            abstain=votes.abstain,
            unanimous=decision.unanimous,
            wording=joined(minutes.text, (decision.wording,)) if decision.wording else None,
            movers=tuple(names[id] for id in decision.movers),
            mover_ids=decision.movers,
            seconders=tuple(names[id] for id in decision.seconders),
            seconder_ids=decision.seconders,
            excluded=tuple(names[id] for id in decision.excluded),
            excluded_ids=decision.excluded,
            amends=decision.amends,
            evidence=tuple(joined(minutes.text, (span,)) for span in decision.evidence),
            page=_page(minutes, starts[decision.turn]),
            start=decision.wording[0] if decision.wording else None,
            end=decision.wording[1] if decision.wording else None,
        )


def _votes(minutes: Minutes) -> Iterator[Row]:
    for decision in minutes.decisions:
        row = partial(VoteRow, minutes.source, decision.turn)
        for party, votes in decision.by_party.items():
            yield row("party", party, None, votes.yes, votes.no, votes.abstain)
        for number, votes in enumerate(decision.rounds, 1):
            yield row("round", str(number), None, votes.yes, votes.no, votes.abstain)
        for part in decision.parts:
            votes = part.votes or Votes()
            yield row("part", part.label, part.outcome, votes.yes, votes.no, votes.abstain)


def _links(minutes: Minutes) -> Iterator[Row]:
    for turn in minutes.turns:
        yield from (LinkRow(minutes.source, "replies_to", turn.id, target) for target in turn.replies_to)
        yield from (LinkRow(minutes.source, "extends", turn.id, target) for target in turn.extends)
    for decision in minutes.decisions:
        if decision.amends:
            yield LinkRow(minutes.source, "amends", decision.turn, decision.amends)


def _attendance(minutes: Minutes) -> Iterator[Row]:
    persons = {person.id: person for person in minutes.persons}
    for entry in minutes.meeting.attendance:
        person = persons[entry.person]
        yield AttendanceRow(
            source=minutes.source,
            person=person.id,
            name=person.name,
            given_name=person.given_name,
            party=person.party,
            status=entry.status,
            capacity=entry.capacity,
            from_=entry.from_,
            until=entry.until,
            start=entry.span[0],
            end=entry.span[1],
        )


def _page(minutes: Minutes, at: int) -> int | None:
    """Return the number of the page on which an offset stands, counted from 1."""
    pages = minutes.pages
    return None if pages is None else bisect_right(pages, at, key=lambda page: page[0]) or None

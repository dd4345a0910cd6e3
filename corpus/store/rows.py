"""A record as rows of the tables of a store. The fields of a row are the columns of its table."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from corpus.joining import HYPHENS, encodable, joined
from corpus.reading import Source
from corpus.record import Decision, Minutes, Turn

_PARTED = "; "  # as in the CSV output


class MeetingRow(NamedTuple):
    """The sitting of a record."""

    body: str | None
    number: str | None
    date: str | None
    start_time: str | None
    end_time: str | None
    place: str | None
    chair: str | None
    public: bool | None


class PersonRow(NamedTuple):
    """One person of a record."""

    id: str
    kind: str
    name: str
    given_name: str | None
    title: str | None
    honorific: str | None
    party: str | None
    roles: str
    gender: str | None
    certainty: str


class AttendanceRow(NamedTuple):
    """One entry of the attendance list."""

    n: int
    person: str
    status: str
    capacity: str | None
    arrives: str | None
    leaves: str | None


class AgendaRow(NamedTuple):
    """One item that is dealt with."""

    id: str
    number: str | None
    title: str | None
    paper: str | None
    level: int
    start: int
    heading_end: int
    end: int


class TurnRow(NamedTuple):
    """One turn, with names."""

    id: str
    agenda_item: str | None
    label: str | None
    confidence: float | None
    form: str
    mood: str | None
    status: str | None
    speakers: str
    addressees: str
    roles: str
    parties: str
    start: int
    end: int
    text: str


class TurnPersonRow(NamedTuple):
    """Somebody who speaks in a turn or to whom it is directed."""

    turn: str
    part: str
    n: int
    person: str


class LinkRow(NamedTuple):
    """A turn that goes back to an earlier one."""

    turn: str
    kind: str
    target: str


class DecisionRow(NamedTuple):
    """What a turn decides."""

    turn: str
    agenda_item: str | None
    outcome: str
    yes: int | None
    no: int | None
    abstain: int | None
    unanimous: bool | None
    by_party: str
    wording: str | None


class ContentRow(NamedTuple):
    """The record itself, and what its file says of itself (table `record`)."""

    sha256: str
    package: str
    config: str
    format: str | None
    encoding: str | None
    page_count: int | None
    producer: str | None
    created: str | None
    modified: str | None
    notes: str | None
    characters: int
    json: bytes


@dataclass(frozen=True)
class Entry:
    """All that a store keeps of one record; made where it was extracted, so that the writer only writes."""

    record: tuple[ContentRow]
    meeting: tuple[MeetingRow, ...]
    person: tuple[PersonRow, ...]
    attendance: tuple[AttendanceRow, ...]
    agenda: tuple[AgendaRow, ...]
    turn: tuple[TurnRow, ...]
    turn_person: tuple[TurnPersonRow, ...]
    link: tuple[LinkRow, ...]
    decision: tuple[DecisionRow, ...]


def entry_of(minutes: Minutes, source: Source | None = None) -> Entry:
    """Return the rows of a record, and of the source that it was extracted from."""
    minutes = _encodable(minutes)
    names = {person.id: person.name for person in minutes.persons}
    meeting = minutes.meeting
    return Entry(
        record=(_content(minutes, source),),
        meeting=(
            MeetingRow(
                body=meeting.body,
                number=meeting.number,
                date=meeting.date.isoformat() if meeting.date else None,
                start_time=meeting.start_time.isoformat("minutes") if meeting.start_time else None,
                end_time=meeting.end_time.isoformat("minutes") if meeting.end_time else None,
                place=meeting.place,
                chair=meeting.chair,
                public=meeting.public,
            ),
        ),
        person=tuple(
            PersonRow(
                id=x.id,
                kind=x.kind,
                name=x.name,
                given_name=x.given_name,
                title=x.title,
                honorific=x.honorific,
                party=x.party,
                roles=_PARTED.join(x.roles),
                gender=x.gender,
                certainty=x.certainty,
            )
            for x in minutes.persons
        ),
        attendance=tuple(
            AttendanceRow(n, x.person, x.status, x.capacity, x.from_, x.until) for n, x in enumerate(meeting.attendance)
        ),
        agenda=tuple(
            AgendaRow(x.id, x.number, x.title, x.paper, x.level, x.start, x.heading_end, x.end) for x in minutes.agenda
        ),
        turn=tuple(_turn(minutes, turn, names) for turn in minutes.turns),
        turn_person=tuple(row for turn in minutes.turns for row in _persons(turn)),
        link=tuple(
            LinkRow(turn.id, kind, target)
            for turn in minutes.turns
            for kind, targets in (("replies_to", turn.replies_to), ("extends", turn.extends))
            for target in dict.fromkeys(targets)
        ),
        decision=tuple(_decision(minutes, decision) for decision in minutes.decisions),
    )


def unpacked(data: bytes, path: str) -> Minutes:
    """Return the record that `ContentRow.json` holds, as that of the document at `path`."""
    return Minutes.model_validate_json(zlib.decompress(data)).model_copy(update={"source": path})


def turn_text(minutes: Minutes, turn: Turn) -> str:
    """Return a turn in one line, with the words that line ends divide ("Umge-" / "staltung") in one piece.

    Where a word is divided, the layout component has cut the turn's content; the frame has such words too, but
    nothing says so.
    """
    pieces: list[tuple[int, int]] = []
    start = turn.start
    for (_, end), (following, _) in pairwise(turn.content):
        gap = minutes.text[end:following]
        if gap[:1] in HYPHENS and gap[1:2].isspace():
            pieces.append((start, end))
            start = following
    return joined(minutes.text, [*pieces, (start, turn.end)])


def _encodable(minutes: Minutes) -> Minutes:
    try:
        minutes.text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate; one character for another keeps the offsets true
        record = json.dumps(minutes.model_dump(mode="json", by_alias=True), ensure_ascii=False)
        return Minutes.model_validate_json(encodable(record))
    return minutes


def _content(minutes: Minutes, source: Source | None) -> ContentRow:
    about = source.metadata if source else None
    return ContentRow(
        sha256=minutes.sha256,
        package=minutes.generator.package,
        config=minutes.generator.config,
        format=source.format if source else None,
        encoding=source.encoding if source else None,
        page_count=about.page_count if about else None,
        producer=about.producer if about else None,
        created=about.created.isoformat() if about and about.created else None,
        modified=about.modified.isoformat() if about and about.modified else None,
        notes="\n".join(source.notes) or None if source else None,
        characters=len(minutes.text),
        json=zlib.compress(minutes.to_json().encode("utf-8")),
    )


def _turn(minutes: Minutes, turn: Turn, names: dict[str, str]) -> TurnRow:
    return TurnRow(
        id=turn.id,
        agenda_item=turn.agenda_item,
        label=turn.label,
        confidence=turn.confidence,
        form=turn.form,
        mood=turn.mood,
        status=turn.status,
        speakers=_PARTED.join(names[id] for id in turn.speakers),
        addressees=_PARTED.join(names[id] for id in turn.addressees),
        roles=_PARTED.join(turn.roles),
        parties=_PARTED.join(turn.parties),
        start=turn.start,
        end=turn.end,
        text=turn_text(minutes, turn),
    )


def _persons(turn: Turn) -> Iterator[TurnPersonRow]:
    for part, ids in (("speaker", turn.speakers), ("addressee", turn.addressees)):
        yield from (TurnPersonRow(turn.id, part, n, id) for n, id in enumerate(ids))


def _decision(minutes: Minutes, decision: Decision) -> DecisionRow:
    votes = decision.votes
    by_party = {party: counts.model_dump() for party, counts in decision.by_party.items()}
    return DecisionRow(
        turn=decision.turn,
        agenda_item=decision.agenda_item,
        outcome=decision.outcome,
        yes=votes.yes if votes else None,
        no=votes.no if votes else None,
        abstain=votes.abstain if votes else None,
        unanimous=decision.unanimous,
        by_party=json.dumps(by_party, ensure_ascii=False, sort_keys=True),
        wording=joined(minutes.text, (decision.wording,)) if decision.wording else None,
    )

"""A record as an annotation, for a person to correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from corpus.gold import FACTS, Fact, Gold, GoldAgendaItem, GoldAttendee, GoldMeeting, GoldTurn
from corpus.joining import encodable
from corpus.record import Minutes, Turn

_Span = tuple[int, int]


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Entry = TypeVar("_Entry", bound=_Spanned)


def gold_of(minutes: Minutes, sentences: tuple[_Span, ...] = ()) -> Gold:
    """Return what a record says as gold has it, its turns in their order.

    Persons that share a name cannot be told apart in gold. A turn without a label has its likeliest one, or "other".
    Of headings and entries that overlap, which gold refuses, the first stays.
    """
    names = {person.id: encodable(person.name) for person in minutes.persons}
    number = {turn.id: i for i, turn in enumerate(minutes.turns)}
    decided = {decision.turn: decision for decision in minutes.decisions}

    def turn_of(turn: Turn) -> GoldTurn:
        label = turn.likeliest or "other"
        decision = decided.get(turn.id)
        outcome = (decision.outcome if decision else "other") if label == "decision" else None
        return GoldTurn(
            start=turn.start,
            end=turn.end,
            label=label,
            speakers=_named(names, turn.speakers),
            speaker_mentions=tuple(_apart(turn.speaker_mentions)),
            roles=_written(turn.roles),
            parties=_written(turn.parties),
            addressees=_named(names, turn.addressees),
            replies_to=tuple(sorted(number[x] for x in turn.replies_to)),
            outcome=outcome,
            votes=decision.votes if decision and outcome else None,
            unanimous=decision.unanimous if decision and outcome else None,
        )

    items = (
        GoldAgendaItem(start=item.start, end=item.heading_end, number=item.number, title=item.title)
        for item in minutes.agenda
    )
    return Gold(
        text=encodable(minutes.text),
        meeting=_meeting(minutes, names),
        attendance=_entries_apart(_attendance(minutes, names)),
        agenda=_entries_apart(items),
        turns=tuple(map(turn_of, minutes.turns)),
        sentences=sentences,
    )


def _named(names: dict[str, str], ids: Iterable[str]) -> tuple[str, ...]:
    return _written(names[id] for id in ids)


def _written(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(encodable(value) for value in values if value)


def _meeting(minutes: Minutes, names: dict[str, str]) -> GoldMeeting:
    meeting = minutes.meeting
    facts = {}
    for name, span in meeting.evidence.items():
        value = getattr(meeting, name)
        if name in FACTS:
            written = value.strftime("%H:%M") if name.endswith("_time") else str(value)
            facts[name] = Fact(value=written, start=span[0], end=span[1])
    return GoldMeeting(**facts, chair=names[meeting.chair] if meeting.chair else None, public=meeting.public)


def _attendance(minutes: Minutes, names: dict[str, str]) -> Iterator[GoldAttendee]:
    for entry in minutes.meeting.attendance:
        if names[entry.person]:
            yield GoldAttendee(
                start=entry.span[0],
                end=entry.span[1],
                person=names[entry.person],
                status=entry.status,
                from_=entry.from_,
                until=entry.until,
            )


def _apart(spans: Iterable[_Span]) -> Iterator[_Span]:
    last = 0
    for start, end in sorted(spans):
        if start >= last:
            yield start, end
            last = end


def _entries_apart(entries: Iterable[_Entry]) -> tuple[_Entry, ...]:
    by_span = {(entry.start, entry.end): entry for entry in entries}
    return tuple(by_span[span] for span in _apart(by_span))

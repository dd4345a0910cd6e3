"""Short lines of text for readers: who speaks, when the body met, how the votes fell."""

from __future__ import annotations

import re

from corpus.joining import encodable
from corpus.record import Decision, Meeting, Minutes, Person, Turn

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_INVISIBLE = re.compile(r"[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def one_line(text: str) -> str:
    """Return text that is safe to show in one line: no breaks, control characters or changes of direction."""
    return _UNPRINTABLE.sub(" ", _INVISIBLE.sub("", encodable(text))).strip()


def speaker_caption(minutes: Minutes, turn: Turn) -> str:
    """Return the speakers with office and party: "Dr. Lux, Stadträtin (GRÜNE)".

    What a turn says about its only speaker goes before what the document says elsewhere.
    """
    persons = [minutes.person(id) for id in turn.speakers]
    if len(persons) == 1:
        person = persons[0]
        roles = turn.roles or person.roles[:1]
        return person_caption(person, roles, turn.parties[0] if turn.parties else person.party)
    return "; ".join(person_caption(person, person.roles[:1], person.party) for person in persons)


def person_caption(person: Person, roles: tuple[str, ...] = (), party: str | None = None) -> str:
    """Return title and name, then the offices that the name does not already say, and the party."""
    name = " ".join(part for part in (person.title, person.name) if part)
    offices = [role for role in roles if role.casefold() not in name.casefold()]
    caption = ", ".join((name, *offices))
    return one_line(f"{caption} ({party})" if party else caption)


def addressee_caption(minutes: Minutes, turn: Turn) -> str:
    """Return the names of those to whom the turn is directed."""
    return "; ".join(person_caption(minutes.person(id)) for id in turn.addressees)


def meeting_caption(meeting: Meeting) -> str:
    """Return body, date, times and place as far as they are stated: "Ortsrat, 4.11.2025, 19:02–21:10"."""
    date = f"{meeting.date.day}.{meeting.date.month}.{meeting.date.year}" if meeting.date else None
    times = [time.strftime("%H:%M") for time in (meeting.start_time, meeting.end_time) if time]
    stated = (meeting.body, date, "–".join(times), meeting.place)
    return one_line(", ".join(part for part in stated if part))


def votes_caption(decision: Decision) -> str:
    """Return the votes as far as they are stated: "8 yes, 1 no", "unanimous", or nothing."""
    votes = decision.votes
    counted = ((votes.yes, "yes"), (votes.no, "no"), (votes.abstain, "abstain")) if votes else ()
    stated = [f"{number} {what}" for number, what in counted if number is not None]
    return ", ".join((*(["unanimous"] if decision.unanimous else []), *stated))


def decision_wording(minutes: Minutes, decision: Decision) -> str:
    """Return what is decided; where no wording is found, the text of the turn."""
    if decision.wording:
        start, end = decision.wording
    else:
        start, end = next((turn.start, turn.end) for turn in minutes.turns if turn.id == decision.turn)
    return one_line(minutes.text[start:end])


def counted(number: int, noun: str) -> str:
    """Return "1 turn", "2 turns"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

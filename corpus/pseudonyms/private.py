"""Who of a record is a private person."""

from __future__ import annotations

import re
from typing import Literal

from corpus.pseudonyms.lexicon import is_private_role
from corpus.pseudonyms.placeholders import is_placeholder
from corpus.record import Attendance, Minutes, Person

Who = Literal["citizens", "all"]
"""Whose names are replaced: those of private persons, or those of all."""

_IN_OFFICE = ("member", "administration", "minutes")


def replaced_persons(minutes: Minutes, who: Who) -> list[Person]:
    """Return the persons whose names are replaced.

    With "citizens" whoever has a party, an office, a place in the attendance list (other than as a guest) or the
    chair stays, and who is excluded from a vote; of whom nothing of this is said is replaced, and so is an ambiguous
    person who may be one of them.
    """
    named = [person for person in minutes.persons if person.kind == "person" and not is_placeholder(person.name)]
    if who == "all":
        return named
    excluded = {id for decision in minutes.decisions for id in decision.excluded}
    listed = {entry.person for entry in minutes.meeting.attendance if _in_office(entry)}
    kept = excluded | listed | {minutes.meeting.chair}
    private = {person.id for person in named if person.id not in kept and not _has_office(person)}
    ids = {person.id for person in named}
    for person in named:
        if any(id in private for id in person.candidates):
            private.add(person.id)
        elif person.candidates and ids.issuperset(person.candidates):
            private.discard(person.id)  # one of two who both stay
    return [person for person in named if person.id in private]


def _in_office(entry: Attendance) -> bool:
    return entry.capacity is None or entry.capacity in _IN_OFFICE


def _has_office(person: Person) -> bool:
    roles = [*person.roles, *re.split("/", person.name)[1:]]  # "Frau Kurz/Kämmerei"
    return person.party is not None or any(not is_private_role(role) for role in roles)

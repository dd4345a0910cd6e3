"""Who is meant: one person per name or office, pronouns and descriptions led back to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.record import Certainty, Gender, PersonKind
from pipeline.antecedents import Antecedents
from pipeline.attendance import read_list
from pipeline.identities import Entity, Identities
from pipeline.layout import Layout
from pipeline.list_entries import Entry
from pipeline.mentions import Mention
from pipeline.turns import TurnDraft

_GENDERS: dict[str | None, Gender] = {"f": "female", "m": "male"}


@dataclass(frozen=True)
class Reference:
    """One person of the document; `mentions` are numbers of mentions, `roles` and `party` as written."""

    id: str
    kind: PersonKind
    name: str
    given_name: str | None
    title: str | None
    honorific: str | None
    roles: tuple[str, ...]
    party: str | None
    mentions: tuple[int, ...]
    certainty: Certainty = "known"
    candidates: tuple[str, ...] = ()
    gender: Gender | None = None


@dataclass(frozen=True)
class References:
    """All persons, who speaks and who is addressed in each turn (ids, in the order of the turns), the chair, and the
    attendance list.
    """

    persons: tuple[Reference, ...]
    speakers: tuple[tuple[str, ...], ...]
    addressees: tuple[tuple[str, ...], ...]
    chair: str | None
    listed: tuple[Entry, ...] = ()

    @cached_property
    def person_of(self) -> dict[int, str]:
        """The ids of the persons by the numbers of their mentions."""
        return {i: person.id for person in self.persons for i in person.mentions}


def resolve(layout: Layout, mentions: Sequence[Mention], turns: Sequence[TurnDraft]) -> References:
    """Resolve all mentions and pronouns within the document; persons are numbered by their first mention."""
    sections = sorted(layout.blocks[item.block].start for item in layout.items)
    listed = read_list(layout, mentions)
    identities = Identities(layout.clean.text, mentions, listed, sections)
    said = Antecedents(identities, turns, sections)
    entities = identities.entities
    meant = {k for row in (*said.speakers, *said.addressees) for k in row}  # "sie", one of two, is named nowhere
    used = sorted(
        (k for k, e in enumerate(entities) if e.mentions or k in meant),
        key=lambda k: mentions[min(entities[k].mentions)].start if entities[k].mentions else len(layout.clean.text),
    )
    ids = {k: f"p{n}" for n, k in enumerate(used, 1)}
    return References(
        persons=tuple(_reference(entities[k], ids, ids[k]) for k in used),
        speakers=tuple(tuple(ids[k] for k in row) for row in said.speakers),
        addressees=tuple(tuple(ids[k] for k in row) for row in said.addressees),
        chair=ids[identities.chair] if identities.chair is not None else None,
        listed=_once(listed, mentions, identities.of),
    )


def _once(listed: Sequence[Entry], mentions: Sequence[Mention], of: Mapping[int, int]) -> tuple[Entry, ...]:
    """Leave out who is listed a second time: in a function ("Protokoll: Herr Lux"), or with the same given name.

    Others of one name may be two persons of whom nothing else tells.
    """
    kept: dict[int, list[Entry]] = {}
    for entry in listed:
        before = kept.setdefault(of.get(entry.mention, -1 - entry.mention), [])
        given = mentions[entry.mention].given_name
        if not any(
            entry.status == other.status
            and (entry.function != other.function or (given and given == mentions[other.mention].given_name))
            for other in before
        ):
            before.append(entry)
    return tuple(sorted((entry for entries in kept.values() for entry in entries), key=lambda entry: entry.start))


def _reference(e: Entity, ids: dict[int, str], id: str) -> Reference:
    return Reference(
        id,
        e.kind,
        e.name,
        e.given,
        e.title,
        e.honorific,
        tuple(e.roles),
        e.party,
        tuple(sorted(e.mentions)),
        e.certainty,
        tuple(ids[k] for k in e.candidates),
        None if e.kind == "group" else _GENDERS.get(e.gender),  # that of a group's noun is nobody's
    )

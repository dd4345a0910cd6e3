"""Who is meant: one person per name or office, pronouns and descriptions led back to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.record import Certainty, Gender, PersonKind
from pipeline.antecedents import Antecedents
from pipeline.attendance import read_list
from pipeline.identities import Entity, Identities
from pipeline.layout import Layout
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
    """All persons, who speaks and who is addressed in each turn (ids, in the order of the turns), and the chair."""

    persons: tuple[Reference, ...]
    speakers: tuple[tuple[str, ...], ...]
    addressees: tuple[tuple[str, ...], ...]
    chair: str | None

    @cached_property
    def person_of(self) -> dict[int, str]:
        """The ids of the persons by the numbers of their mentions."""
        return {i: person.id for person in self.persons for i in person.mentions}


def resolve(layout: Layout, mentions: Sequence[Mention], turns: Sequence[TurnDraft]) -> References:
    """Resolve all mentions and pronouns within the document; persons are numbered by their first mention."""
    sections = sorted(layout.blocks[item.block].start for item in layout.items)
    identities = Identities(layout.clean.text, mentions, read_list(layout, mentions), sections)
    said = Antecedents(identities, turns, sections)
    entities = identities.entities
    used = sorted(
        (k for k, e in enumerate(entities) if e.mentions), key=lambda k: mentions[min(entities[k].mentions)].start
    )
    ids = {k: f"p{n}" for n, k in enumerate(used, 1)}
    return References(
        persons=tuple(_reference(entities[k], ids, ids[k]) for k in used),
        speakers=tuple(tuple(ids[k] for k in row) for row in said.speakers),
        addressees=tuple(tuple(ids[k] for k in row) for row in said.addressees),
        chair=ids[identities.chair] if identities.chair is not None else None,
    )


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

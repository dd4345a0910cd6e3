"""Persons of single documents, and entries: all of them that one house writes in one way."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.record import Gender, Minutes
from corpus.tables import surface_forms

Reference = tuple[str, str]
"""Source of a document and id of a person in it."""

LIFE = 20
"""Years without a trace after which one name may well be another person's."""

_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_NO_LETTER = re.compile(r"[^a-z]+")


@dataclass(frozen=True)
class Appearance:
    """One person with a name in one document, with body and date of its meeting."""

    source: str
    person: str
    name: str
    given_name: str | None = None
    title: str | None = None
    gender: Gender | None = None
    party: str | None = None
    roles: tuple[str, ...] = ()
    body: str | None = None
    date: dt.date | None = None
    mentions: int = 0
    surface_forms: tuple[str, ...] = ()

    @property
    def reference(self) -> Reference:
        return self.source, self.person


@dataclass
class Entry:
    """Appearances in one house under one name; two of one name in one document are two entries.

    `ruled` is the id that a correction gave them, `previous` holds the ids that they had without one.
    """

    house: int
    name: str
    given_name: str | None
    ruled: str | None = None
    previous: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    surface_forms: Counter[str] = field(default_factory=Counter)
    references: list[Reference] = field(default_factory=list)
    first: dt.date | None = None
    last: dt.date | None = None
    mentions: int = 0

    def __post_init__(self) -> None:
        self.family = folded(self.name)
        self.given = folded(self.given_name or "")
        self.sources: set[str] = set()

    def add(self, appearance: Appearance) -> None:
        """Take in one more appearance."""
        self.references.append(appearance.reference)
        self.sources.add(appearance.source)
        self.mentions += appearance.mentions
        self.roles.update(appearance.roles)
        self.surface_forms.update(appearance.surface_forms)
        if appearance.gender:
            self.genders[appearance.gender] += 1
        if appearance.title:
            self.titles[appearance.title] += 1
        if appearance.party:
            self.parties[appearance.party] += 1
        if appearance.body:
            self.bodies[appearance.body] += 1
        if appearance.date:
            self.first = min(self.first or appearance.date, appearance.date)
            self.last = max(self.last or appearance.date, appearance.date)


def folded(name: str) -> str:
    """Return a name in plain small letters, its parts separated by blanks: "Groß-Çelik", "gross celik"."""
    lower = unicodedata.normalize("NFKC", name).casefold().translate(_FOLDED)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", lower) if not unicodedata.combining(sign))
    return _NO_LETTER.sub(" ", plain.replace("ı", "i")).strip()


def appearances(minutes: Minutes) -> Iterator[Appearance]:
    """Yield the persons of a record who have a name and are told apart from others in it."""
    for person in minutes.persons:
        if person.kind == "person" and person.certainty == "known" and folded(person.name):
            yield Appearance(
                source=minutes.source,
                person=person.id,
                name=person.name,
                given_name=person.given_name,
                title=person.title,
                gender=person.gender,
                party=person.party,
                roles=person.roles,
                body=minutes.meeting.body,
                date=minutes.meeting.date,
                mentions=len(person.mentions),
                surface_forms=surface_forms(minutes, person.mentions),
            )


def entries(
    found: Iterable[Appearance],
    houses: Mapping[str, int],
    ruled: Mapping[Reference, str],
    previous: Mapping[Reference, str],
) -> list[Entry]:
    """Bundle appearances to entries, in the order of house, name and first appearance.

    After `LIFE` years without a trace a name begins a new entry.
    """
    ordered = sorted(found, key=lambda x: (x.date or dt.date.max, x.source, x.person))
    times = Counter((x.source, _named(x)) for x in ordered)
    twice = {(houses[source], named) for (source, named), number in times.items() if number > 1}
    bundled: dict[tuple[object, ...], Entry] = {}
    in_document: Counter[tuple[object, ...]] = Counter()
    lives: Counter[tuple[object, ...]] = Counter()
    for one in ordered:
        house, id = houses[one.source], ruled.get(one.reference)
        # Where a document has two of one name, party and office are what may tell them apart in others.
        told = (folded(one.party or ""), one.roles[:1]) if (house, _named(one)) in twice else ()
        named = (house, _named(one), told, id)
        in_document[(one.source, named)] += 1
        same = (named, in_document[(one.source, named)])
        key = (same, lives[same])
        if key in bundled and _long_after(one, bundled[key]):
            lives[same] += 1
            key = (same, lives[same])
        if key not in bundled:
            bundled[key] = Entry(house, one.name, one.given_name, id)
        bundled[key].add(one)
        if one.reference in previous:
            bundled[key].previous[previous[one.reference]] += 1
    return sorted(bundled.values(), key=lambda x: (x.house, x.family, x.given, x.references[0]))


def _long_after(one: Appearance, entry: Entry) -> bool:
    """Say whether nobody of the name was seen for so long that it may be another: not for a ruling to undo."""
    if entry.ruled or one.date is None or entry.last is None:
        return False
    return (one.date - entry.last).days > LIFE * 365.25


def _named(one: Appearance) -> tuple[str | None, ...]:
    """Return what bundles appearances: both names; without a given name the family name with party and gender."""
    given = folded(one.given_name or "")
    return (folded(one.name), given) if given else (folded(one.name), "", folded(one.party or ""), one.gender)

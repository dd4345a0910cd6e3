"""Invented archives: sittings of several towns over many years, with who is who known.

Members come and go, sit in the council and in its committees, change their party or their name, and are written with
initials, without given names and misspelled. Towns share names.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.generation.grammar import words
from corpus.record import Gender, Generator, Meeting, Minutes
from corpus.record import Person as RecordPerson

_PARTIES = ("CDU", "SPD", "GRÜNE", "FDP", "FW")
_COMMITTEES = ("Bauausschuss", "Hauptausschuss")
_TERM = 5
_MEMBERS = 16
_MISREAD = (("ei", "ai"), ("h", "b"), ("rn", "m"), ("ü", "u"), ("tt", "t"), ("ck", "k"), ("e", "c"), ("n", "u"))


@dataclass(frozen=True)
class Citizen:
    """Somebody who really is one person; `id` is theirs for ever."""

    id: int
    name: str
    given: str
    gender: Gender
    party: str
    office: str | None = None


@dataclass(frozen=True)
class Sitting:
    """A record, and the id of the citizen behind each of its persons."""

    minutes: Minutes
    identities: dict[str, int]


def invented_archive(
    towns: int, years: int, seed: int = 0, *, surnames: Sequence[str], first_year: int = 1995
) -> Iterator[Sitting]:
    """Yield the sittings of an archive: four a year of each council, two of each of its two committees."""
    generator = random.Random(seed)
    counter = iter(range(10**9))
    for town in range(towns):
        council = [_citizen(next(counter), generator, surnames) for _ in range(_MEMBERS)]
        council[0] = replace(council[0], office="Bürgermeisterin" if council[0].gender == "female" else "Bürgermeister")
        for year in range(first_year, first_year + years):
            if year > first_year and (year - first_year) % _TERM == 0:
                council = [
                    _citizen(next(counter), generator, surnames) if n and generator.random() < 0.4 else member
                    for n, member in enumerate(council)
                ]
            council = [_changed(member, generator, surnames) for member in council]
            committees = {body: council[1 + n * 5 : 9 + n * 5] for n, body in enumerate(_COMMITTEES)}
            plan = [("Gemeinderat", council)] * 4 + [(body, committees[body]) for body in _COMMITTEES * 2]
            for number, (body, members) in enumerate(plan):
                date = dt.date(year, 1 + number, generator.randint(1, 28))
                yield _sitting(f"ort{town:03}/{year}-{number}.txt", body, date, members, generator)


def _citizen(id: int, generator: random.Random, surnames: Sequence[str]) -> Citizen:
    gender: Gender = generator.choice(("female", "male"))
    given = generator.choice(words("given_f" if gender == "female" else "given_m"))
    return Citizen(id, generator.choice(list(surnames)), given, gender, generator.choice(_PARTIES))


def _changed(member: Citizen, generator: random.Random, surnames: Sequence[str]) -> Citizen:
    chance = generator.random()
    if chance < 0.01:
        return replace(member, party=generator.choice(_PARTIES))
    if chance < 0.015:
        return replace(member, name=f"{member.name}-{generator.choice(list(surnames))}")
    return member


def _sitting(source: str, body: str, date: dt.date, members: Sequence[Citizen], generator: random.Random) -> Sitting:
    present = [member for member in members if generator.random() < 0.85]
    text = ""
    persons, identities = [], {}
    for number, member in enumerate(present, 1):
        name, given = _written(member, generator)
        written = f"{given} {name}" if given else name
        persons.append(
            RecordPerson(
                id=f"p{number}",
                kind="person",
                name=name,
                given_name=given,
                gender=member.gender if given or generator.random() < 0.7 else None,
                party=member.party if generator.random() < 0.7 else None,
                roles=(member.office,) if member.office else (),
                mentions=((len(text), len(text) + len(written)),),
            )
        )
        identities[f"p{number}"] = member.id
        text += f"{written}\n"
    minutes = Minutes(
        source=source,
        sha256="0",
        generator=Generator(package="invented", config="invented"),
        text=text or "Niemand.\n",
        meeting=Meeting(body=body, date=date),
        persons=tuple(persons),
    )
    return Sitting(minutes, identities)


def _written(member: Citizen, generator: random.Random) -> tuple[str, str | None]:
    """Return family and given name as the clerk and the scanner leave them."""
    chance = generator.random()
    given = None if chance < 0.12 else f"{member.given[0]}." if chance < 0.2 else member.given
    fitting = [(old, new) for old, new in _MISREAD if old in member.name[1:]]
    if fitting and generator.random() < 0.03:
        old, new = generator.choice(fitting)
        return member.name[0] + member.name[1:].replace(old, new, 1), given
    return member.name, given

"""A house style: who sits there, how the clerk names them and writes, drawn once and kept through its documents."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.generation.grammar import Gender, Pattern, Rank, offices, patterns, words

NAMES_OF_A_HOUSE = 16
"""At most so many people sit in a house."""


@dataclass(frozen=True)
class Person:
    """Somebody of the house; `office` is the form that the house writes before or behind the name."""

    name: str
    given: str
    gender: Gender
    rank: Rank
    office: str
    party: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class House:
    """The habits of one clerk. `naming` maps ranks to mention patterns: H Herr/Frau, R office, T title, G given name,
    N name, P party, and whatever stands between them.
    """

    id: str
    town: str
    body: str
    people: tuple[Person, ...]
    naming: dict[Rank, str]
    subjunctive: bool
    past: bool
    registers: frozenset[str]
    preferred: dict[str, tuple[Pattern, ...]]
    heading: str
    vote_label: str
    separator: str
    wrap: int | None
    hyphens: bool
    page: str | None
    damaged: bool

    def of_rank(self, *ranks: Rank) -> list[Person]:
        return [person for person in self.people if person.rank in ranks]


def draw_house(number: int, generator: random.Random, surnames: Sequence[str]) -> House:
    """Draw a house style; its members bear some of the surnames."""
    choose = generator.choice
    region = choose(sorted({office.region for office in offices()} - {"*"}))
    registers = frozenset(
        choose((("colon",), ("reported",), ("reported",), ("reported", "colon"), ("reported", "terse")))
    )
    return House(
        id=f"generated-{number:03}",
        town=choose(words("town_begin")) + choose(words("town_end")),
        body=choose(words("body")),
        people=_people(region, generator, surnames),
        naming={
            "chair": choose(words("naming_chair")),
            "executive": choose(words("naming_executive")),
            "officer": choose(words("naming_officer")),
            "member": choose(words("naming_member")),
        },
        subjunctive=generator.random() < 0.6,
        past=generator.random() < 0.3,
        registers=registers,
        preferred=_preferred(registers, generator),
        heading=choose(words("heading")),
        vote_label=choose(words("vote_label")),
        separator=choose(("\n\n", "\n\n", "\n", " ")),
        wrap=choose((None, None, 76, 84, 92)),
        hyphens=generator.random() < 0.5,
        page=choose((None, None, *words("page"))),
        damaged=generator.random() < 0.15,
    )


def _people(region: str, generator: random.Random, surnames: Sequence[str]) -> tuple[Person, ...]:
    size = generator.randint(11, NAMES_OF_A_HOUSE)
    names = generator.sample(list(surnames), size)
    ranks: list[Rank] = ["chair", "executive", "executive", "officer", "officer", "officer"]
    ranks += ["member"] * (size - len(ranks))
    parties = generator.sample(words("party"), 5)
    # A house has one form for its members; executives and officers differ.
    member = generator.choice([x for x in offices() if x.region == region and x.rank == "member"])
    people = []
    for name, rank in zip(names, ranks, strict=True):
        gender: Gender = generator.choice(("f", "m"))
        fitting = [x for x in offices() if x.region in (region, "*") and x.rank == rank]
        office = member if rank == "member" else generator.choice(fitting)
        people.append(
            Person(
                name=name,
                given=generator.choice(words(f"given_{gender}")),
                gender=gender,
                rank=rank,
                office=office.forms[gender],
                party=generator.choice(parties) if rank == "member" else None,
                title=generator.choice((None, None, None, "Dr.")),
            )
        )
    return tuple(people)


def _preferred(registers: frozenset[str], generator: random.Random) -> dict[str, tuple[Pattern, ...]]:
    """A clerk uses some of the patterns and leaves others; every label keeps at least four."""
    chosen: dict[str, tuple[Pattern, ...]] = {}
    for label in ("question", "answer", "addition", "decision", "other"):
        fitting = [x for x in patterns() if x.label == label and (x.register in registers or x.register == "any")]
        chosen[label] = tuple(generator.sample(fitting, max(min(4, len(fitting)), round(len(fitting) * 0.6))))
    return chosen

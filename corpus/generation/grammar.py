"""The data of the grammar, from files of `corpus.lexicons`: matters, offices and sentence patterns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal, cast

from corpus.lexicon import lexicon_rows
from corpus.record import Label, Outcome

Gender = Literal["f", "m"]
Rank = Literal["chair", "executive", "officer", "member"]


@dataclass(frozen=True)
class Clause:
    """Subject, finite verb in indicative and Konjunktiv, and the rest: the parts of any order of words."""

    subject: str
    indicative: str
    subjunctive: str
    rest: str

    def verb(self, subjunctive: bool) -> str:
        return self.subjunctive if subjunctive else self.indicative

    def subordinate(self, subjunctive: bool) -> str:
        """Return "das Dach noch zwei Winter hält", to go behind "dass"."""
        return _joined(self.subject, self.rest, self.verb(subjunctive))

    def main(self, subjunctive: bool) -> str:
        """Return "das Dach hält noch zwei Winter"."""
        return _joined(self.subject, self.verb(subjunctive), self.rest)


@dataclass(frozen=True)
class Question(Clause):
    """A clause with its question word or phrase in front; two clauses answer it."""

    word: str = "ob"
    answers: tuple[Clause, ...] = ()

    def indirect(self, subjunctive: bool) -> str:
        """Return "wann das Dach erneuert wird"."""
        return f"{self.word} {self.subordinate(subjunctive)}"

    def direct(self, subjunctive: bool) -> str:
        """Return "Wann wird das Dach erneuert?", "Wird das Dach erneuert?"."""
        front = "" if self.word == "ob" else self.word
        asked = _joined(front, self.verb(subjunctive), self.subject, self.rest)
        return f"{asked[0].upper()}{asked[1:]}?"


@dataclass
class Matter:
    """What an item of the agenda is about; `named` is its noun phrase in the accusative."""

    title: str
    named: str
    facts: list[Clause] = field(default_factory=list)
    opinions: list[Clause] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    motions: list[str] = field(default_factory=list)
    resolutions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Office:
    """An office as a house writes it before the name, by gender; the rank says who holds it."""

    region: str
    rank: Rank
    forms: dict[Gender, str]


@dataclass(frozen=True)
class Pattern:
    """A sentence pattern: what it does, in which register, and the sentence with its slots.

    Slots: `{M}` the speaker at the beginning, `{m}` inside the sentence, `{L}` as a label with a colon; `{to}` the
    addressee, `{tn}` in the nominative. Of a fact: `{dass}` a subordinate clause, `{v2}` a main clause in Konjunktiv,
    `{V2}` a sentence in the indicative; the same of an answer: `{a}`, `{av2}`, `{AV2}` (`{Av2}` with a capital, `{avs}`
    behind an adverbial), and of an opinion: `{o}`, `{ov2}`, `{OV2}` (`{Ov2}`, and `{Ov2k}` a sentence in the mood of
    the house). `{w}` an indirect question (`{w0}` with a capital, `{wi}` in the indicative), `{W}` a direct one (`{Wk}`
    in the mood of the house). `{zu}` an infinitive, `{R}` what is decided, `{T}` the matter, `{B}` the body, `{V}` the
    label of the vote, `{j}`, `{n}`, `{e}` counts; `[fragt|fragte]` present and past.
    """

    label: Label
    register: str
    text: str
    outcome: Outcome | None = None
    unanimous: bool = False


@cache
def matters() -> tuple[Matter, ...]:
    """Return the matters in the order of the file."""
    found: list[Matter] = []
    for kind, first, *cells in lexicon_rows("matters.tsv"):
        if kind == "T":
            found.append(Matter(first, named=cells[0]))
        elif kind == "Q":
            subject, indicative, subjunctive, rest = cells
            found[-1].questions.append(Question(subject, indicative, subjunctive, rest, first))
        elif kind in ("F", "O", "A"):
            indicative, subjunctive, rest = cells
            clause = Clause(first, indicative, subjunctive, rest)
            if kind == "A":
                asked = found[-1].questions.pop()
                found[-1].questions.append(replace(asked, answers=(*asked.answers, clause)))
            else:
                (found[-1].facts if kind == "F" else found[-1].opinions).append(clause)
        else:
            (found[-1].motions if kind == "M" else found[-1].resolutions).append(first)
    return tuple(found)


@cache
def offices() -> tuple[Office, ...]:
    """Return the offices; those of one region belong to one house."""
    return tuple(
        Office(region, cast(Rank, rank), {"f": feminine, "m": masculine})
        for region, rank, feminine, masculine in lexicon_rows("generated_offices.tsv")
    )


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the sentence patterns of all labels and registers."""
    found = []
    for label, register, text, outcome, unanimous in lexicon_rows("generated_patterns.tsv"):
        stated = cast(Outcome, outcome) if outcome != "-" else None
        found.append(Pattern(cast(Label, label), register, text.replace("\\n", "\n"), stated, unanimous == "unanimous"))
    return tuple(found)


def words(name: str) -> tuple[str, ...]:
    """Return the entries of a list: bodies, towns, first names, parties, formulas."""
    return tuple(value for key, value in lexicon_rows("generated_words.tsv") if key == name)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)

"""What the slots of a pattern make of a clause: its order of words, mood and capital.

Each function takes the clause and whether the house reports in Konjunktiv; the slots are those of `grammar.Pattern`.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.generation.grammar import Clause, Question


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def sentence(text: str) -> str:
    return _capital(text) + "."


def _inverted(clause: Clause) -> str:
    """Return "hält das Dach noch zwei Winter", to go behind an adverbial."""
    return " ".join(x for x in (clause.indicative, clause.subject, clause.rest) if x)


OF_QUESTION: dict[str, Callable[[Question, bool], str]] = {
    "w": lambda asked, mood: asked.indirect(mood),
    "w0": lambda asked, mood: _capital(asked.indirect(mood)),
    "wi": lambda asked, _: asked.indirect(False),
    "W": lambda asked, _: asked.direct(False),
    "Wk": lambda asked, mood: asked.direct(mood),
}
OF_FACT: dict[str, Callable[[Clause, bool], str]] = {
    "dass": lambda fact, mood: fact.subordinate(mood),
    "v2": lambda fact, _: fact.main(True),
    "V2": lambda fact, _: sentence(fact.main(False)),
}
OF_OPINION: dict[str, Callable[[Clause, bool], str]] = {
    "o": lambda opinion, mood: opinion.subordinate(mood),
    "ov2": lambda opinion, _: opinion.main(True),
    "OV2": lambda opinion, _: sentence(opinion.main(False)),
    "Ov2": lambda opinion, _: _capital(opinion.main(True)),
    "Ov2k": lambda opinion, mood: sentence(opinion.main(mood)),
}
OF_ANSWER: dict[str, Callable[[Clause, bool], str]] = {
    "a": lambda answer, mood: answer.subordinate(mood),
    "av2": lambda answer, _: answer.main(True),
    "AV2": lambda answer, _: sentence(answer.main(False)),
    "Av2": lambda answer, _: _capital(answer.main(True)),
    "avs": lambda answer, _: _inverted(answer),
}

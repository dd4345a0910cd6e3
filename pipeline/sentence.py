"""One sentence: what its words say about who speaks, what is asked and what is decided."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline import decisions
from pipeline.attribution import Attribution
from pipeline.layout import Block, Unit
from pipeline.lexicon import pattern, silence
from pipeline.mood import subjunctives
from pipeline.votes import votes

QUESTION_END = re.compile(r"\?[\"“”«»')]*$")
OPEN_END = re.compile(r"(?::|\bfolgende[nrs]?)\s*$")
_INDIRECT = pattern("turns.indirect")
# a question if somebody replies to it, a thought if not (guidelines, rule 13)
_OPEN_POINT = pattern("turns.open_point")
# "Gibt es weitere Wortmeldungen?" is procedure
_ANYBODY_ELSE = pattern("turns.anybody_else")
# a question in the word order of a clause: "Ob die Stadtwerke eine Spanne nennen könnten?"
_FRAGMENT = pattern("turns.fragment")
_IN_BRACKETS = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_YES_NO = re.compile(r"(?:–\s*)?(?:Ja|Nein|Doch|Jawohl)[,.: –]")
_NO_END = re.compile(r"[.!?:…]\W*$")


@dataclass(frozen=True)
class Sentence:
    """A unit with its block, its text and who speaks in it."""

    unit: Unit
    block: Block
    text: str
    attribution: Attribution | None

    @property
    def first(self) -> bool:
        return self.unit.first

    @property
    def functions(self) -> frozenset[str]:
        return frozenset(self.attribution.functions) if self.attribution else frozenset()

    @property
    def asks(self) -> bool:
        """Tell whether it asks: by its cue, a question mark, or reported ("Ihn interessiere, ob")."""
        return "ask" in self.functions or self.text_asks

    @property
    def text_asks(self) -> bool:
        return bool(QUESTION_END.search(self.text)) or bool(_INDIRECT.match(self.text))

    @property
    def indirect_question(self) -> bool:
        return bool(_INDIRECT.match(self.text))

    @property
    def leaves_open(self) -> bool:
        return bool(_OPEN_POINT.match(self.text))

    @property
    def asks_for_more(self) -> bool:
        return bool(_ANYBODY_ELSE.search(self.text))

    @property
    def question_fragment(self) -> bool:
        return bool(_FRAGMENT.match(self.text))

    @property
    def yes_or_no(self) -> bool:
        return bool(_YES_NO.match(self.text))

    @property
    def subjunctive(self) -> bool:
        return any(subjunctives(self.text))

    @property
    def silent(self) -> bool:
        """Tell whether it states that nothing was said ("Keine Wortmeldungen")."""
        return bool(silence().match(self.text))

    @property
    def heading_like(self) -> bool:
        """Tell whether it is a short line without an end."""
        return self.first and len(self.text) < 120 and not _NO_END.search(self.text)

    @property
    def aside(self) -> bool:
        """Tell whether it stands in brackets."""
        return is_aside(self.text)

    @property
    def verdict(self) -> bool:
        return decisions.is_verdict(self.text)

    @property
    def counted(self) -> bool:
        """Tell whether it is a result, counts votes or says that nobody was against."""
        return self.verdict or votes(self.text) is not None or decisions.unanimous(self.text)

    @property
    def names_result(self) -> bool:
        return votes(self.text) is not None or decisions.is_finding(self.text) or decisions.unanimous(self.text)

    @property
    def resultish(self) -> bool:
        """Tell whether it can be the result of a vote where one is expected."""
        return resultish(self.text)


def is_aside(text: str) -> bool:
    """Tell whether a text stands in brackets: "(Beifall)", "(Zuruf Ratsherr Lux (SPD): Wer zahlt das?)"."""
    return bool(_IN_BRACKETS.fullmatch(text))


def resultish(text: str) -> bool:
    """Tell whether a text can be the result of a vote where one is expected."""
    if decisions.is_verdict(text):
        return True
    if len(text) >= 220:
        return False
    return (
        votes(text) is not None or decisions.unanimous(text) or (len(text) < 120 and decisions.outcome(text) != "other")
    )

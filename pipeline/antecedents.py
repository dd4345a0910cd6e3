"""Whom pronouns and descriptions mean: "er", "Letztere", "die Antragstellerin", "der Vorredner", "der Referent"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.identities import Identities, agree
from pipeline.lexicon import word_set
from pipeline.turns import TurnDraft

_MASCULINE = word_set("references.masculine")
_FEMININE = word_set("references.feminine")
_PLURAL = word_set("references.plural")
_LATTER = ("letzter", "dieser", "diese", "jene")
_DESCRIPTIONS = {
    "asker": word_set("references.asker"),
    "mover": word_set("references.mover"),
    "presenter": word_set("references.presenter"),
    "previous": word_set("references.previous"),
    "namesake": word_set("references.namesake"),
    "addressed": word_set("references.addressed"),
}
_OPENING = {"mover": word_set("references.moves"), "presenter": word_set("references.presents")}
_INDEFINITE = ("ein", "eine", "einem", "einer", "eines", "einen")
_PLURAL_VERB = re.compile(r"\s+(?!den\b|k?einen\b)[a-zäöüß]+e[lr]?n\b")  # "Sie fragen", unlike "nennt sie den Tag"
_FAR = 7  # turns that a pronoun looks back
_FARTHER = 12  # turns that a description looks back


class Antecedents:
    """Walk over the turns and resolve speakers and addressees, in order; `sections` are where items begin."""

    def __init__(self, identities: Identities, turns: Sequence[TurnDraft], sections: Sequence[int]) -> None:
        self.identities, self.entities = identities, identities.entities
        self.turns, self.sections = turns, sections
        self.speakers: list[list[int]] = []  # of each turn so far
        self.addressees: list[list[int]] = []
        for n, turn in enumerate(turns):
            who = self._who(n)
            self.speakers.append(list(dict.fromkeys(who)))
            spoken_to = list(self._meant(n, (*turn.askers, *turn.addressees)))
            if not spoken_to and turn.addressed is not None:
                spoken_to = self._addressed(n, turn.addressed)
            self.addressees.append([k for k in dict.fromkeys(spoken_to) if k not in who])

    def _who(self, n: int) -> list[int]:
        turn = self.turns[n]
        who = list(self._meant(n, turn.speakers))
        if not who and turn.pronoun is not None:
            return self._pronoun(n, turn.pronoun)
        if not who and turn.same_speaker and self.speakers:
            return self.speakers[-1]
        if not who and turn.exchange and n:
            return self._partner(n)
        return who

    def _meant(self, n: int, mentions: Sequence[int]) -> Iterator[int]:
        """The entities of the mentions of turn `n`; a description takes that of whoever it points to."""
        of = self.identities.of
        for i in mentions:
            if i not in of:
                continue
            antecedent = self._described(n, i)
            if antecedent is not None and antecedent != of[i]:
                self.entities[of[i]].mentions.remove(i)
                self.identities.join(antecedent, i)
            yield of[i]

    def _described(self, n: int, i: int) -> int | None:
        """Whom "der Vorredner", "die Antragstellerin" or "dem Fragesteller" means in turn `n`."""
        mention = self.identities.mentions[i]
        head = (mention.head or "").lower()
        if mention.name or mention.article in _INDEFINITE:
            return None
        kind = next((name for name, nouns in _DESCRIPTIONS.items() if head in nouns), None)
        if kind is None or (kind == "presenter" and self.entities[self.identities.of[i]].kind == "person"):
            return None  # "Referent" is an office too
        speaking = self.speakers[n] if n < len(self.speakers) else []
        for k in self._pointed_to(n, kind, speaking):
            if k not in speaking and self._fits(k, mention.gender):
                return k
        return None

    def _pointed_to(self, n: int, kind: str, speaking: Sequence[int]) -> Iterator[int]:
        """Entities that a description can mean, the likeliest first."""
        back = range(n - 1, max(-1, n - _FARTHER), -1)
        if kind == "namesake":
            names = {self.entities[k].name.casefold() for k in speaking}
            yield from (k for k, e in enumerate(self.entities) if e.name.casefold() in names and e.kind == "person")
        elif kind == "previous":
            yield from (k for b in back if self.turns[b].functions[:1] != ("chair",) for k in self.speakers[b])
        elif kind == "asker":
            yield from (k for b in back if self.turns[b].question for k in self.speakers[b])
        elif kind == "addressed":
            yield from (k for b in back[:2] for k in self.addressees[b])
        else:
            item = self._section(n)
            within = [b for b in range(n) if self._section(b) == item]
            yield from (k for b in within if self.turns[b].verb in _OPENING[kind] for k in self.speakers[b])
            yield from (k for b in within for k in self.speakers[b] if k != self.identities.chair)

    def _section(self, n: int) -> int:
        return bisect_right(self.sections, self.turns[n].start)

    def _addressed(self, n: int, pronoun: tuple[int, int]) -> list[int]:
        """Whom "antwortet ihm", "fragt sie" or "dankt beiden" means: who spoke last before, of this gender."""
        word = self.identities.text[slice(*pronoun)].lower()
        speaking, gender = self.speakers[n], _gender(word)
        found: list[int] = []
        for back in range(n - 1, max(-1, n - _FAR), -1):
            for k in (*self.speakers[back], *self.addressees[back]):
                if k not in speaking and k not in found and self._fits(k, gender):
                    found.append(k)
            if found and word not in _PLURAL:
                return found[:1]
            if len(found) > 1:
                return found[:2]
        return []

    def _partner(self, n: int) -> list[int]:
        """Who speaks without a name in an exchange: whoever was asked, or the other of the two who spoke last."""
        turns, speakers = self.turns, self.speakers
        turn = turns[n]
        if not turn.question and self.addressees[n - 1]:
            return self.addressees[n - 1][:1]
        for back in range(n - 2, max(-1, n - 5), -1):
            if turns[back].decision:
                break
            if speakers[back] and speakers[back] != speakers[n - 1] and turns[back].question == turn.question:
                return speakers[back]
        return []

    def _pronoun(self, n: int, pronoun: tuple[int, int]) -> list[int]:
        turns, speakers, addressees = self.turns, self.speakers, self.addressees
        turn, of = turns[n], self.identities.of
        chair = self.identities.chair_at(turn.start)
        word = self.identities.text[slice(*pronoun)].lower()
        gender = _gender(word)
        replies = self._replies(n, gender)
        if turn.same_speaker and speakers and not replies:
            fitting = [k for k in speakers[-1] if self._fits(k, gender)]
            return fitting if len(fitting) == 1 else speakers[-1]  # "Frau Lux und Herr Zeh loben das. Er fragt ..."
        if word == "beide" and n and len(speakers[-1]) >= 2:
            return speakers[-1]
        chairs_it = turn.decision or turn.functions[:1] == ("chair",)
        if chairs_it and chair is not None and agree(self.entities[chair].gender, gender):
            return [chair]
        asked = {of[i] for i in turn.askers if i in of} | set(speakers[n - 1] if replies else ())
        for back in range(n - 1, max(-1, n - _FAR), -1):
            ranks: list[Sequence[int]] = [speakers[back]]
            if word.startswith("letzter") and back == n - 1:
                ranks = [[k] for k in (*self._named_last(n, pronoun[0]), *addressees[back], *reversed(speakers[back]))]
            elif word.startswith(_LATTER):
                ranks = [addressees[back], *([k] for k in reversed(speakers[back]))]
            elif "ask" in turns[back].functions and "ask" not in turn.functions:
                ranks = [addressees[back], speakers[back]]  # "Ktabg. Lux bittet AL Zeh um Auskunft. Sie erläutert"
            for rank in ranks:
                fitting = [k for k in rank if k not in asked and self._fits(k, gender)]
                if fitting:
                    return fitting if len(fitting) == 1 else self._several(fitting, pronoun)
        return []

    def _several(self, fitting: Sequence[int], pronoun: tuple[int, int]) -> list[int]:
        """Who spoke together: all of them behind "Sie fragen", one of whom nothing tells which behind "Sie fragt"."""
        if _PLURAL_VERB.match(self.identities.text, pronoun[1]):
            return list(fitting)
        return [self.identities.ambiguous(fitting, None)]

    def _named_last(self, n: int, stop: int) -> list[int]:
        """Whoever the turn before names, the last first: "Herr Lux verweist auf Herrn Zeh. Letzterer ..."."""
        of, mentions = self.identities.of, self.identities.mentions
        start = self.turns[n - 1].start
        return [of[i] for i in reversed(range(len(mentions))) if start <= mentions[i].start < stop and i in of]

    def _replies(self, n: int, gender: str | None) -> bool:
        """Tell whether the pronoun of turn `n` cannot be who asked right before: "Sie verneint dies."."""
        if not n or self.turns[n].question or "ask" not in self.turns[n - 1].functions:
            return False
        return self.turns[n].functions[:1] == ("reply",) or any(self._fits(k, gender) for k in self.addressees[n - 1])

    def _fits(self, entity: int, gender: str | None) -> bool:
        e = self.entities[entity]
        return e.kind in ("person", "office", "citizen") and agree(e.gender, gender)


def _gender(word: str) -> str | None:
    """The gender that a pronoun in the singular tells; "sie" is taken for one woman."""
    return "m" if word in _MASCULINE else "f" if word in _FEMININE else None

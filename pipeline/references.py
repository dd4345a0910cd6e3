"""Who is meant: one person per name or office, pronouns and bare offices led back to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.record import Certainty, PersonKind
from pipeline.attendance import Entry, chair_of, head_of, is_deputy, read_list
from pipeline.decisions import is_body
from pipeline.layout import Layout
from pipeline.lexicon import pattern, word_set
from pipeline.persons import Mention
from pipeline.turns import TurnDraft

_CHAIR_LABEL = pattern("references.chair_label")
_MASCULINE = word_set("references.masculine")
_FEMININE = word_set("references.feminine")
_DEPUTY = re.compile(r"(?i)(?:stell|stv|fraktion)")
_COMPLEMENT = re.compile(r"\s+(?:des|der|vom|von)\s+(?:\w+\s+)?(?P<noun>[A-ZÄÖÜ][\w-]+)")
_LATTER = ("letzter", "dieser", "diese", "jene")
_INFLECTION = re.compile(r"(?:innen|in|en|er|es|e|n|s|r|m)$")


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


@dataclass(frozen=True)
class References:
    """All persons, who speaks and who is addressed in each turn (ids, in the order of the turns), and the chair."""

    persons: tuple[Reference, ...]
    speakers: tuple[tuple[str, ...], ...]
    addressees: tuple[tuple[str, ...], ...]
    chair: str | None


@dataclass
class _Entity:
    kind: PersonKind
    name: str
    gender: str | None = None
    given: str | None = None
    title: str | None = None
    honorific: str | None = None
    roles: dict[str, None] = field(default_factory=dict)
    lemmas: set[str] = field(default_factory=set)
    deputises: set[str] = field(default_factory=set)  # base forms of the offices that the person only deputises for
    party: str | None = None
    mentions: list[int] = field(default_factory=list)
    office_kinds: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    certainty: Certainty = "known"

    def reference(self, id: str) -> Reference:
        return Reference(
            id,
            self.kind,
            self.name,
            self.given,
            self.title,
            self.honorific,
            tuple(self.roles),
            self.party,
            tuple(sorted(self.mentions)),
            self.certainty,
        )


def resolve(layout: Layout, mentions: Sequence[Mention], turns: Sequence[TurnDraft]) -> References:
    """Resolve all mentions and pronouns within the document."""
    resolver = _Resolver(layout.clean.text, mentions, read_list(layout, mentions))
    resolver.register()
    return resolver.turns(turns)


class _Resolver:
    def __init__(self, text: str, mentions: Sequence[Mention], listed: Sequence[Entry] = ()) -> None:
        self.text = text
        self.mentions = mentions
        self.listed = listed
        self.entities: list[_Entity] = []
        self.of: dict[int, int] = {}
        self.chair: int | None = None
        self.speakers: list[list[int]] = []  # of each turn so far
        self.addressees: list[list[int]] = []

    def register(self) -> None:
        """Give every mention an entity: names first, then offices, groups and citizens."""
        chair: int | None = None
        for i, mention in enumerate(self.mentions):
            if mention.kind == "person" and mention.name:
                entity = self._named(mention)
                self._join(entity, i)
                before = self.text[max(0, mention.start - 60) : mention.start].rsplit("\n", 1)[-1]
                if chair is None and _CHAIR_LABEL.search(before):
                    chair = entity
        for i, (office, person) in enumerate(zip(self.mentions, self.mentions[1:], strict=False)):
            behind = office.outer_end if office.outer_end <= person.start else office.end
            between = self.text[behind : person.start]
            if office.kind == "office" and i + 1 in self.of and re.fullmatch(r"\s*(?::|\(|war|ist)\s*", between):
                bearer = self.entities[self.of[i + 1]]
                bearer.lemmas.update(_stem(lemma) for lemma in office.lemmas)  # "Berichterstatter: GR Lux"
                if office.head and "(" in between:
                    bearer.called.add(office.head)  # "AL 61 (Frau Lux)"
        self._list()
        self.chair = self._presiding(chair)
        for i, mention in enumerate(self.mentions):
            if mention.kind == "person" and mention.name:
                continue
            if mention.kind == "office":
                self._join(self._office(mention), i)
            elif mention.kind == "citizen":
                self._join(self._citizen(mention), i)
            elif mention.kind == "group":
                self._join(self._keyed("group", mention), i)

    def _list(self) -> None:
        """Give the persons of the attendance list the offices of their entries: "Anna Lux (SPD), Ortsvorsteherin"."""
        for entry in self.listed:
            if entry.mention in self.of:
                bearer = self.entities[self.of[entry.mention]]
                bearer.roles.update(dict.fromkeys(self.text[a:b] for a, b in entry.offices))
                bearer.lemmas.update(_stem(lemma) for lemma in entry.lemmas)
                bearer.deputises.update(_stem(lemma) for lemma in entry.deputises)
                bearer.party = bearer.party or entry.party

    def _presiding(self, labelled: int | None) -> int | None:
        """The chair: by the list, by a label, by an office of chair, and last the head of the body in the list."""
        listed, head = chair_of(self.listed), head_of(self.listed, self.text)
        if listed is not None:
            return self.of.get(listed, labelled)
        if labelled is not None:
            return labelled
        called = next((k for k, e in enumerate(self.entities) if "chair" in e.office_kinds), None)
        return called if called is not None or head is None else self.of.get(head)

    def _join(self, entity: int, i: int) -> None:
        self.of[i] = entity
        mention, e = self.mentions[i], self.entities[entity]
        e.mentions.append(i)
        e.given = e.given or mention.given_name
        e.title = e.title or mention.title
        e.honorific = e.honorific or (mention.honorific if mention.kind == "person" else None)
        e.gender = e.gender or mention.gender
        if mention.kind != "citizen":
            for a, b in mention.offices:
                e.roles[self.text[a:b]] = None
        deputy = any(is_deputy(self.text[a:b]) for a, b in mention.offices)
        (e.deputises if deputy else e.lemmas).update(_stem(lemma) for lemma in mention.lemmas)
        if mention.office_kind and not (deputy and mention.office_kind == "chair"):
            e.office_kinds.add(mention.office_kind)
        for a, b in mention.parties[:1]:
            e.party = e.party or self.text[a:b]

    def _named(self, mention: Mention) -> int:
        """The person of this family name whose given name and gender do not speak against it."""
        assert mention.name is not None
        for k, e in enumerate(self.entities):
            if e.kind != "person" or e.name.casefold() != mention.name.casefold():
                continue
            if mention.given_name and e.given and not _same_given(mention.given_name, e.given):
                continue
            if mention.gender and e.gender and mention.gender != e.gender and "pl" not in (mention.gender, e.gender):
                continue
            return k
        called = [k for k, e in enumerate(self.entities) if e.kind == "person" and e.given == mention.name]
        if called and not mention.given_name and not mention.honorific and not mention.name.endswith("."):
            return called[0]  # clubs: "Jochen schätzt"
        self.entities.append(_Entity("person", mention.name, mention.gender))
        return len(self.entities) - 1

    def _office(self, mention: Mention) -> int:
        """Whoever bears the office by name; the chair for "Der Vorsitzende"; else the office itself."""
        called = [k for k, e in enumerate(self.entities) if mention.head and mention.head in e.called]
        if len(called) == 1:
            return called[0]
        if mention.article not in ("ein", "eine", "einem", "einer", "eines"):
            stems = {_stem(lemma) for lemma in mention.lemmas} or {_stem(mention.head or "")}
            named = [k for k, e in enumerate(self.entities) if e.kind == "person" and _agree(e.gender, mention.gender)]
            if is_deputy(self.text[mention.start : mention.end]):
                deputies = [k for k in named if stems & self.entities[k].deputises]
                return deputies[0] if deputies else self._keyed("office", mention)
            bearers = [k for k in named if stems & self.entities[k].lemmas]
            if not bearers:  # "die Stadträtin" for "BzStR'in Frau Lux", "der Präsident" for the "Gemeindepräsident"
                bearers = [k for k in named if any(lemma.endswith(tuple(stems)) for lemma in self.entities[k].lemmas)]
            if len(bearers) == 1:
                return bearers[0]
            if mention.office_kind == "chair" and self.chair is not None and self._of_this_body(mention):
                return self.chair
            if bearers and mention.office_kind != "mandate":
                return bearers[0]
        return self._keyed("office", mention)

    def _of_this_body(self, mention: Mention) -> bool:
        """Not a deputy, and not the chair of something else ("der Vorsitzende des Fördervereins")."""
        if _DEPUTY.match(mention.head or ""):
            return False
        of = _COMPLEMENT.match(self.text, mention.end)
        return of is None or is_body(of["noun"])

    def _keyed(self, kind: PersonKind, mention: Mention) -> int:
        name = mention.head or self.text[mention.start : mention.end]
        for k, e in enumerate(self.entities):
            if e.kind == kind and _stem(e.name) == _stem(name):
                return k
        self.entities.append(_Entity(kind, name, mention.gender))
        return len(self.entities) - 1

    def _citizen(self, mention: Mention) -> int:
        name = mention.head or self.text[mention.start : mention.end]
        same = [k for k, e in enumerate(self.entities) if e.kind == "citizen" and _stem(e.name) == _stem(name)]
        if same and mention.article not in ("ein", "eine"):
            return same[-1]
        self.entities.append(_Entity("citizen", name, mention.gender, certainty="unknown"))
        return len(self.entities) - 1

    def turns(self, turns: Sequence[TurnDraft]) -> References:
        """Walk over the turns and resolve speakers; pronouns look back to who spoke and who was asked."""
        speakers, addressees = self.speakers, self.addressees
        for n, turn in enumerate(turns):
            who = [self.of[i] for i in turn.speakers if i in self.of]
            if not who and turn.pronoun is not None:
                who = self._pronoun(turns, n, turn.pronoun)
            elif not who and turn.same_speaker and speakers:
                who = speakers[-1]
            elif not who and turn.exchange and n:
                who = self._partner(turns, n)
            speakers.append(list(dict.fromkeys(who)))
            spoken_to = [self.of[i] for i in (*turn.askers, *turn.addressees) if i in self.of]
            addressees.append([k for k in dict.fromkeys(spoken_to) if k not in who])
        return self._numbered()

    def _partner(self, turns: Sequence[TurnDraft], n: int) -> list[int]:
        """Who speaks without a name in an exchange: whoever was asked, or the other of the two who spoke last."""
        turn, speakers = turns[n], self.speakers
        if not turn.question and self.addressees[n - 1]:
            return self.addressees[n - 1][:1]
        for back in range(n - 2, max(-1, n - 5), -1):
            if turns[back].decision:
                break
            if speakers[back] and speakers[back] != speakers[n - 1] and turns[back].question == turn.question:
                return speakers[back]
        return []

    def _pronoun(self, turns: Sequence[TurnDraft], n: int, pronoun: tuple[int, int]) -> list[int]:
        turn, speakers, addressees = turns[n], self.speakers, self.addressees
        word = self.text[slice(*pronoun)].lower()
        if turn.same_speaker and speakers:
            return speakers[-1]
        gender = "m" if word in _MASCULINE else "f" if word in _FEMININE else None
        if word == "beide" and n and len(speakers[-1]) >= 2:
            return speakers[-1]
        chairs_it = turn.decision or turn.functions[:1] == ("chair",)
        if chairs_it and self.chair is not None and _agree(self.entities[self.chair].gender, gender):
            return [self.chair]
        asked = {self.of[i] for i in turn.askers if i in self.of}
        for back in range(n - 1, max(-1, n - 7), -1):
            order = [*speakers[back]]
            if word.startswith(_LATTER):
                order = [*addressees[back], *reversed(speakers[back])]
            elif "ask" in turns[back].functions and "ask" not in turn.functions:
                order = [*addressees[back], *speakers[back]]  # "Ktabg. Lux bittet AL Zeh um Auskunft. Sie erläutert"
            fitting = [k for k in order if k not in asked and self._fits(k, gender)]
            if fitting:
                return fitting[:1]
        return []

    def _fits(self, entity: int, gender: str | None) -> bool:
        e = self.entities[entity]
        return e.kind in ("person", "office", "citizen") and _agree(e.gender, gender)

    def _numbered(self) -> References:
        """Number the entities by their first mention."""
        used = [k for k, e in enumerate(self.entities) if e.mentions]
        used.sort(key=lambda k: self.mentions[min(self.entities[k].mentions)].start)
        ids = {k: f"p{n}" for n, k in enumerate(used, 1)}
        return References(
            persons=tuple(self.entities[k].reference(ids[k]) for k in used),
            speakers=tuple(tuple(ids[k] for k in row) for row in self.speakers),
            addressees=tuple(tuple(ids[k] for k in row) for row in self.addressees),
            chair=ids[self.chair] if self.chair is not None else None,
        )


@lru_cache(maxsize=4096)
def _stem(name: str) -> str:
    return _INFLECTION.sub("", re.sub(r"^(?:erste|stellvertretende)[rnms]?\s+", "", name.casefold()))


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _same_given(one: str, other: str) -> bool:
    return one == other or (one[0] == other[0] and (one.endswith(".") or other.endswith(".")))

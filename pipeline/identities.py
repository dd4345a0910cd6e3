"""One entity for each person, office, group and citizen of a document, and which mentions name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.record import Certainty, PersonKind
from pipeline.decisions import is_body
from pipeline.lexicon import pattern, word_set
from pipeline.list_entries import Entry, chair_of, head_of, is_deputy
from pipeline.mentions import Mention
from pipeline.nominals import names_people
from pipeline.presiding import handovers
from pipeline.spelling import same_spelling

_PRESIDES = word_set("references.presides")
_CHAIR_LABEL = pattern("references.chair_label")
_DEPUTY = re.compile(r"(?i)(?:stell|stv|fraktion)")
_COMPLEMENT = re.compile(r"\s+(?:des|der|vom|von)\s+(?:\w+\s+)?(?P<noun>[A-ZÄÖÜ][\w-]+)")
_INDEFINITE = ("ein", "eine", "einem", "einer", "eines")
_TRADE = re.compile(r"(?<!\w)(?P<noun>[A-ZÄÖÜ][a-zäöüß]{4,}) $")
_FEWEST_LISTED = 3
_INFLECTION = re.compile(r"(?:innen|in|en|er|es|e|n|s|r|m)$")


@dataclass
class Entity:
    """Somebody of the document while mentions are still added; `mentions` are numbers of mentions.

    `deputises` are the base forms of the offices that the person only deputises for, `called` what stands for the
    person elsewhere ("AL 61", "KU"), `candidates` the entities of which an ambiguous one is one.
    """

    kind: PersonKind
    name: str
    gender: str | None = None
    given: str | None = None
    title: str | None = None
    honorific: str | None = None
    roles: dict[str, None] = field(default_factory=dict)
    lemmas: set[str] = field(default_factory=set)
    deputises: set[str] = field(default_factory=set)
    party: str | None = None
    mentions: list[int] = field(default_factory=list)
    office_kinds: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    certainty: Certainty = "known"
    candidates: tuple[int, ...] = ()


class Identities:
    """The entities of a document; `of` tells that of each mention, `chair` is who presides."""

    def __init__(
        self, text: str, mentions: Sequence[Mention], listed: Sequence[Entry] = (), sections: Sequence[int] = ()
    ) -> None:
        self.text = text
        self.mentions = mentions
        self.listed = {entry.mention: entry for entry in listed}
        self.entities: list[Entity] = []
        self.of: dict[int, int] = {}
        self.chair: int | None = None
        self._handovers = handovers(text, mentions, sections)
        self._register()

    def _register(self) -> None:
        """Give every mention an entity: names first, then offices, groups and citizens."""
        chair: int | None = None
        for i, mention in enumerate(self.mentions):
            if mention.kind == "person" and mention.name:
                entity = self._named(i)
                self.join(entity, i)
                self._list(i)
                before = self.text[max(0, mention.start - 60) : mention.start].rsplit("\n", 1)[-1]
                self._trade(entity, before)
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
        self.chair = self._presiding(chair)
        for i, mention in enumerate(self.mentions):
            if mention.kind == "person" and mention.name:
                continue
            if mention.kind == "office":
                self.join(self._office(mention), i)
            elif mention.kind == "citizen":
                self.join(self._citizen(mention), i)
            elif mention.kind == "group":
                called = self._called(mention)
                self.join(self._keyed("group", mention) if called is None else called, i)

    def _trade(self, entity: int, before: str) -> None:
        """Call a person by an unknown noun before the name: "Kirchmeister Lux", then "der Kirchmeister"."""
        mention = self.mentions[self.entities[entity].mentions[-1]]
        inside = self.text[mention.start : mention.end]
        ahead = inside[: inside.find(mention.given_name or mention.name or "")]
        trade = _TRADE.search(ahead or before)
        if trade and not names_people(trade["noun"]):
            self.entities[entity].called.add(trade["noun"])

    def _list(self, i: int) -> None:
        """Give a person the offices of the entry in the attendance list: "Anna Lux (SPD), Ortsvorsteherin"."""
        entry = self.listed.get(i)
        if entry is not None:
            bearer = self.entities[self.of[i]]
            bearer.roles.update(dict.fromkeys(self.text[a:b] for a, b in entry.offices))
            bearer.lemmas.update(_stem(lemma) for lemma in entry.lemmas)
            bearer.deputises.update(_stem(lemma) for lemma in entry.deputises)
            bearer.party = bearer.party or entry.party

    def _presiding(self, labelled: int | None) -> int | None:
        """The chair: by the list, by a label, by an office of chair, and last the head of the body in the list."""
        listed, head = chair_of(self.listed.values()), head_of(self.listed.values(), self.text)
        if listed is not None:
            return self.of.get(listed, labelled)
        if labelled is not None:
            return labelled
        called = next((k for k, e in enumerate(self.entities) if "chair" in e.office_kinds), None)
        return called if called is not None or head is None else self.of.get(head)

    def join(self, entity: int, i: int) -> None:
        """Count a mention among those of an entity, with what it tells."""
        self.of[i] = entity
        mention, e = self.mentions[i], self.entities[entity]
        e.mentions.append(i)
        e.given = e.given or mention.given_name
        e.title = e.title or mention.title
        e.honorific = e.honorific or (mention.honorific if mention.kind == "person" else None)
        e.gender = e.gender or mention.gender
        if mention.code:
            e.called.add(mention.code)
        if mention.kind != "citizen":
            for a, b in mention.offices:
                e.roles[self.text[a:b]] = None
        deputy = any(is_deputy(self.text[a:b]) for a, b in mention.offices)
        if mention.kind != "office" or mention.office_kind != "chair" or entity == self.chair:
            # else "Der Vorsitzende" is a deputy who presides for a while
            (e.deputises if deputy else e.lemmas).update(_stem(lemma) for lemma in mention.lemmas)
        if mention.office_kind and not (deputy and mention.office_kind == "chair"):
            e.office_kinds.add(mention.office_kind)
        for a, b in mention.parties[:1]:
            e.party = e.party or self.text[a:b]

    def _named(self, i: int) -> int:
        """The person of this family name whose given name and gender do not speak against it.

        Of several the one who bears the office or the party, else the one last spoken of outside of the attendance
        list; where nothing tells them apart, an ambiguous entity.
        """
        mention = self.mentions[i]
        assert mention.name is not None
        coded = next((k for k, e in enumerate(self.entities) if mention.code and mention.code in e.called), None)
        if coded is not None:
            return coded
        same = [k for k, e in enumerate(self.entities) if e.name.casefold() == mention.name.casefold()]
        fitting = [k for k in same if self._agrees(k, mention)]
        if not fitting and i not in self.listed:
            for written in (self._misspelt, self._genitive, self._halved):
                fitting = [k for k, e in enumerate(self.entities) if written(e, mention) and self._agrees(k, mention)]
                if len(fitting) == 1:
                    break
                fitting = []
        if len(fitting) > 1:
            return self._one_of(fitting, mention)
        if fitting:
            return fitting[0]
        called = [k for k, e in enumerate(self.entities) if e.kind == "person" and e.given == mention.name]
        if called and not mention.given_name and not mention.honorific and not mention.name.endswith("."):
            return called[0]  # clubs: "Jochen schätzt"
        self.entities.append(Entity("person", mention.name, mention.gender))
        return len(self.entities) - 1

    def _agrees(self, k: int, mention: Mention) -> bool:
        e = self.entities[k]
        if e.kind != "person" or e.candidates:
            return False
        if mention.given_name and e.given and not _same_given(mention.given_name, e.given):
            return False
        return agree(mention.gender, e.gender) or "pl" in (mention.gender, e.gender)

    def _misspelt(self, e: Entity, mention: Mention) -> bool:
        """ "Braunlich" is "Bräunlich", whom the attendance list has."""
        return self._in_list(e) and mention.name is not None and same_spelling(mention.name, e.name)

    def _genitive(self, e: Entity, mention: Mention) -> bool:
        """ "Herr Lux' Frage", "Herrn Zehs Frage": a noun behind the genitive of a name of the list."""
        behind = self.text[mention.end : mention.end + 2]
        return self._in_list(e) and mention.name == e.name + "s" and behind[:1] == " " and behind[1:].isupper()

    def _halved(self, e: Entity, mention: Mention) -> bool:
        """ "Frau Lux" is "Frau Lux-Zeh" where a list of several has her and nobody of the shorter name."""
        return (
            len(self.listed) >= _FEWEST_LISTED
            and self._in_list(e)
            and not mention.given_name
            and mention.name is not None
            and mention.name in e.name.split("-")[:: len(e.name.split("-")) - 1 or 1]
            and "-" in e.name
        )

    def _in_list(self, e: Entity) -> bool:
        return bool(e.mentions) and e.mentions[0] in self.listed

    def _one_of(self, fitting: Sequence[int], mention: Mention) -> int:
        stems = {_stem(lemma) for lemma in mention.lemmas}
        parties = {self.text[a:b] for a, b in mention.parties}
        for told in (
            [k for k in fitting if mention.given_name and self.entities[k].given == mention.given_name],
            [k for k in fitting if mention.gender and self.entities[k].gender == mention.gender],
            [k for k in fitting if self.entities[k].party in parties],
            [k for k in fitting if stems & self.entities[k].lemmas],
        ):
            if told:
                fitting = told
            if len(fitting) == 1:
                return fitting[0]
        nearest = max(fitting, key=lambda k: self.entities[k].mentions[-1])
        return (
            nearest if self.entities[nearest].mentions[-1] not in self.listed else self.ambiguous(fitting, mention.name)
        )

    def ambiguous(self, candidates: Iterable[int], name: str | None) -> int:
        """The entity that stands for one of several of whom nothing tells which."""
        among = tuple(sorted(candidates))
        for k, e in enumerate(self.entities):
            if e.candidates == among:
                return k
        genders = {self.entities[k].gender for k in among}
        gender = genders.pop() if len(genders) == 1 else None
        name = name or self.entities[among[0]].name
        self.entities.append(Entity("person", name, gender, certainty="ambiguous", candidates=among))
        return len(self.entities) - 1

    def _office(self, mention: Mention) -> int:
        """Whoever bears the office by name; the chair for "Der Vorsitzende"; else the office itself."""
        called = self._called(mention)
        if called is not None:
            return called
        if mention.article not in _INDEFINITE:
            stems = {_stem(lemma) for lemma in mention.lemmas} or {_stem(mention.head or "")}
            named = [k for k, e in enumerate(self.entities) if e.kind == "person" and agree(e.gender, mention.gender)]
            if is_deputy(self.text[mention.start : mention.end]):
                deputies = [k for k in named if stems & self.entities[k].deputises]
                return deputies[0] if deputies else self._keyed("office", mention)
            chair = mention.office_kind == "chair" and self._of_this_body(mention)
            if chair and (deputy := self._deputy_at(mention.start, mention.gender)) is not None:
                return deputy
            bearers = [k for k in named if stems & self.entities[k].lemmas]
            if not bearers:  # "die Stadträtin" for "BzStR'in Frau Lux", "der Präsident" for the "Gemeindepräsident"
                bearers = [k for k in named if any(lemma.endswith(tuple(stems)) for lemma in self.entities[k].lemmas)]
            if mention.gender and len(bearers) > 1:  # "die Ratsfrau" among "Ratsherr Lux" and "RH Zeh"
                bearers = [k for k in bearers if self.entities[k].gender == mention.gender] or bearers
            if len(bearers) == 1:
                return bearers[0]
            presides = not bearers and (mention.head or "").lower() in _PRESIDES and self._of_this_body(mention)
            if (chair or presides) and self.chair is not None:
                return self.chair
            if bearers and mention.office_kind != "mandate":
                return bearers[0]
        return self._keyed("office", mention)

    def _called(self, mention: Mention) -> int | None:
        """The one person who is called by the head of a mention: "AL 61", "der Kirchmeister"."""
        called = [k for k, e in enumerate(self.entities) if mention.head and mention.head in e.called]
        return called[0] if len(called) == 1 and mention.article not in _INDEFINITE else None

    def chair_at(self, offset: int) -> int | None:
        """Who presides at an offset of the text: a deputy who took over, else the chair."""
        deputy = self._deputy_at(offset, None)
        return self.chair if deputy is None else deputy

    def _deputy_at(self, offset: int, gender: str | None) -> int | None:
        handover = next((found for found in reversed(self._handovers) if found.start <= offset), None)
        if handover is None or (handover.end is not None and offset >= handover.end):
            return None
        deputy = self.of.get(handover.by)
        return deputy if deputy is not None and agree(self.entities[deputy].gender, gender) else None

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
        certainty: Certainty = "unknown" if kind == "office" else "known"  # who bears the office is not said
        self.entities.append(Entity(kind, name, mention.gender, certainty=certainty))
        return len(self.entities) - 1

    def _citizen(self, mention: Mention) -> int:
        name = mention.head or self.text[mention.start : mention.end]
        same = [k for k, e in enumerate(self.entities) if e.kind == "citizen" and _stem(e.name) == _stem(name)]
        if same and mention.article not in ("ein", "eine"):
            return same[-1]
        self.entities.append(Entity("citizen", name, mention.gender, certainty="unknown"))
        return len(self.entities) - 1


@lru_cache(maxsize=4096)
def _stem(name: str) -> str:
    return _INFLECTION.sub("", re.sub(r"^(?:erste|stellvertretende)[rnms]?\s+", "", name.casefold()))


def agree(one: str | None, other: str | None) -> bool:
    """Tell whether two genders can be those of one person."""
    return one is None or other is None or one == other


def _same_given(one: str, other: str) -> bool:
    return one == other or (one[0] == other[0] and (one.endswith(".") or other.endswith(".")))

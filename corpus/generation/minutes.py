"""Generated documents: sittings of drawn houses, with exchanges in the orders in which minutes have them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from corpus.collection import Document
from corpus.generation.grammar import Clause, Matter, Pattern, Question, matters
from corpus.generation.house import House, Person, draw_house
from corpus.generation.noise import damaged, paged, wrapped
from corpus.generation.orders import OF_ANSWER, OF_FACT, OF_OPINION, OF_QUESTION, sentence
from corpus.gold import Gold
from corpus.record import Label

_DOCUMENTS_OF_A_HOUSE = 6
_SLOT = re.compile(r"\[([^|\]]*)\|([^\]]*)\]|\{(\w+)\}")
_STRONG = re.compile(r"(?<=nde|ete)r$")
_PRONOUN = {"f": "Sie", "m": "Er"}
_DATIVE = {"f": "Frau", "m": "Herrn"}
_NOMINATIVE = {"f": "Frau", "m": "Herr"}

_AnyClause = TypeVar("_AnyClause", bound=Clause)


def generate(turns: int, seed: int = 0, *, surnames: Sequence[str]) -> Iterator[Document]:
    """Yield documents with their annotation until they hold at least so many turns.

    The same arguments give the same documents. `surnames` are those that people may bear; at least 16. Everything is
    marked as generated and belongs to the train split.
    """
    generator = random.Random(seed)
    done = number = 0
    while done < turns:
        house = draw_house(number, generator, surnames)
        for sitting in range(1, _DOCUMENTS_OF_A_HOUSE + 1):
            gold = _with_noise(_Clerk(house, generator).sitting(sitting), house, generator)
            yield Document(f"{house.id}-{sitting}", gold)
            done += len(gold.turns)
            if done >= turns:
                return
        number += 1


def _with_noise(gold: Gold, house: House, generator: random.Random) -> Gold:
    if house.damaged:
        gold = damaged(gold, generator)
    if house.wrap:
        gold = wrapped(gold, house.wrap, house.hyphens, generator)
    return paged(gold, generator.randint(38, 52), house.page) if house.page else gold


@dataclass
class _Floor:
    """Who spoke last in the item, which questions are open (turn numbers and askers), and what has been said."""

    last: Person | None = None
    open: list[tuple[int, Person | None]] = field(default_factory=list)
    said: set[Clause] = field(default_factory=set)


class _Clerk:
    """Writes one sitting: text grows, and the annotation of what is written grows with it."""

    def __init__(self, house: House, generator: random.Random) -> None:
        self.house, self.random = house, generator
        self.text = ""
        self.turns: list[dict[str, Any]] = []
        self.agenda: list[dict[str, Any]] = []
        self.attendance: list[dict[str, Any]] = []
        self.sentences: list[tuple[int, int]] = []
        self.floor = _Floor()

    def sitting(self, number: int) -> Gold:
        """Return one sitting with head, attendance list and three to six items."""
        house = self.house
        day, month, year = self.random.randint(1, 28), self.random.randint(1, 12), self.random.randint(2005, 2025)
        hour = self.random.randint(15, 20)
        meeting: dict[str, Any] = {"chair": house.of_rank("chair")[0].name, "public": True}
        self._write(f"{house.town}\n\nNiederschrift über die {number}. öffentliche Sitzung: ")
        meeting["body"] = self._fact(house.body, house.body)
        self._write("\nam ")
        meeting["date"] = self._fact(f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}")
        self._write(", Beginn: ")
        meeting["start_time"] = self._fact(f"{hour}:00 Uhr", f"{hour}:00")
        self._write("\n\nAnwesend:\n")
        for person in house.people:
            self._attend(person)
        self._write("\n")
        chosen = self.random.sample(matters(), self.random.randint(3, 6))
        for n, matter in enumerate(chosen, 1):
            self._item(n, matter)
        self._write("\n")
        self._say("other", chosen[-1], house.of_rank("chair")[0])
        self._write("\n\nEnde: ")
        meeting["end_time"] = self._fact(f"{hour + 2}:15 Uhr", f"{hour + 2}:15")
        self._write("\n")
        data = {
            "text": self.text,
            "origin": {"style": house.id, "place": house.town, "split": "train", "generated": True},
            "meeting": meeting,
            "attendance": self.attendance,
            "agenda": self.agenda,
            "turns": self.turns,
            "sentences": self.sentences,
        }
        return Gold.model_validate(data)

    # The head

    def _write(self, text: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += text
        return start, len(self.text)

    def _fact(self, written: str, value: str) -> dict[str, Any]:
        start, end = self._write(written)
        return {"value": value, "start": start, "end": end}

    def _attend(self, person: Person) -> None:
        named = " ".join(x for x in (person.title, person.given, person.name) if x)
        start, end = self._write(f"{named}{f' ({person.party})' if person.party else ''}, {person.office}")
        entry: dict[str, Any] = {"start": start, "end": end, "person": person.name, "roles": [person.office]}
        self.attendance.append(entry | ({"parties": [person.party]} if person.party else {}))
        self._write("\n")

    # Items and the exchanges in them

    def _item(self, number: int, matter: Matter) -> None:
        self.floor = _Floor()
        heading = self.house.heading.format(n=number, t=matter.title)
        start, end = self._write(heading)
        numbered = str(number) if "{n}" in self.house.heading else None
        self.agenda.append({"start": start, "end": end, "number": numbered, "title": matter.title})
        self.sentences.append((start, end))
        self._write("\n\n")
        chair = self.house.of_rank("chair")[0]
        if self.random.random() < 0.3:
            self._say("other", matter, chair)
        if self.random.random() < 0.2:
            self._decide(matter)
        if self.random.random() < 0.7:
            self._say("addition", matter, self._official())
        exchanges: list[Callable[[Matter], None]] = [
            self._asked_and_answered,
            self._followed_up,
            self._collected,
            self._debated,
            self._left_open,
            self._interrupted,
            self._led_up_to,
        ]
        for exchange in self.random.choices(exchanges, weights=(4, 2, 2, 5, 1, 2, 2), k=self.random.randint(1, 4)):
            exchange(matter)
        if self.random.random() < 0.7:
            self._decide(matter)
        self._write("\n")

    def _asked_and_answered(self, matter: Matter) -> None:
        question = self._question(matter)
        self._ask(matter, question)
        self._reply(matter, question)

    def _followed_up(self, matter: Matter) -> None:
        asker = self._member()
        for _ in range(2):
            question = self._question(matter)
            self._ask(matter, question, asker)
            self._reply(matter, question)

    def _collected(self, matter: Matter) -> None:
        questions = [self._question(matter) for _ in range(self.random.randint(2, 3))]
        for question in questions:
            self._ask(matter, question)
        self._reply(matter, questions[-1], others=questions[:-1])

    def _interrupted(self, matter: Matter) -> None:
        question = self._question(matter)
        self._ask(matter, question)
        self._say("addition", matter, self._member())
        self._reply(matter, question)

    def _led_up_to(self, matter: Matter) -> None:
        """A member gives an opinion, then asks; the clerk may go on with a pronoun."""
        member, question = self._member(), self._question(matter)
        self._say("addition", matter, member)
        self._ask(matter, question, member)
        self._reply(matter, question)

    def _left_open(self, matter: Matter) -> None:
        self._ask(matter, self._question(matter))
        self._say("addition", matter, self._member())
        self.floor.open.clear()

    def _debated(self, matter: Matter) -> None:
        for _ in range(self.random.randint(2, 4)):
            speaker = self._member() if self.random.random() < 0.7 else self._official()
            self._say("addition", matter, speaker)

    def _ask(self, matter: Matter, question: Question, asker: Person | None = None) -> None:
        speaker = asker or self._member()
        pattern = self._pattern("question")
        self._turn("question", pattern, matter, speaker, question=question, to=self._official())
        self.floor.open.append((len(self.turns) - 1, speaker if self.turns[-1].get("speakers") else None))

    def _reply(self, matter: Matter, question: Question, *, others: Sequence[Question] = ()) -> None:
        """Answer the last question, and in further sentences the others that were asked before it."""
        open_ = self.floor.open[-1 - len(others) :]
        asker = open_[-1][1] if open_ else None
        pattern = self._pattern("answer", without_addressee=asker is None)
        self._turn("answer", pattern, matter, self._official(), question=question, to=asker, others=others)
        self.turns[-1]["replies_to"] = [number for number, _ in open_]
        self.floor.open.clear()

    def _say(self, label: Label, matter: Matter, speaker: Person) -> None:
        self._turn(label, self._pattern(label), matter, speaker, to=self._other_than(speaker))

    def _decide(self, matter: Matter) -> None:
        pattern = self._pattern("decision")
        self._turn("decision", pattern, matter, None)
        self.floor.open.clear()

    def _pattern(self, label: Label, *, without_addressee: bool = False) -> Pattern:
        fitting = [x for x in self.house.preferred[label] if not (without_addressee and "{to}" in x.text)]
        return self.random.choice(fitting or self.house.preferred[label])

    def _question(self, matter: Matter) -> Question:
        return self._new(matter.questions)

    def _new(self, clauses: Sequence[_AnyClause]) -> _AnyClause:
        """Choose a clause that was not said in this item, as long as there is one."""
        chosen = self.random.choice([x for x in clauses if x not in self.floor.said] or clauses)
        self.floor.said.add(chosen)
        return chosen

    def _member(self) -> Person:
        return self.random.choice([x for x in self.house.of_rank("member") if x != self.floor.last])

    def _official(self) -> Person:
        officials = self.house.of_rank("executive", "officer", "chair")
        return self.random.choice([x for x in officials if x != self.floor.last])

    def _other_than(self, person: Person) -> Person:
        return self.random.choice([x for x in self.house.people if x not in (person, self.floor.last)])

    # Turns

    def _turn(
        self,
        label: Label,
        pattern: Pattern,
        matter: Matter,
        speaker: Person | None,
        *,
        question: Question | None = None,
        to: Person | None = None,
        others: Sequence[Question] = (),
    ) -> None:
        """Write one turn by a pattern, with sentences that carry it on, and note what it says."""
        turn: dict[str, Any] = {"start": len(self.text), "label": label}
        self.turns.append(turn)
        numbers = {"j": self.random.randint(9, 31), "n": self.random.randint(1, 8), "e": self.random.randint(0, 4)}
        at = 0
        for m in _SLOT.finditer(pattern.text):
            self._write(pattern.text[at : m.start()])
            at = m.end()
            if m[3] is None:
                self._write(m[2] if self.house.past else m[1])
            elif m[3] in ("M", "m", "L"):
                if speaker:
                    self._mention(turn, speaker, m[3])
            elif m[3] in ("to", "tn"):
                self._address(turn, to or self._official(), m[3])
            else:
                self._write(self._filled(m[3], matter, question, numbers))
        self._write(pattern.text[at:])
        self.sentences.append((turn["start"], len(self.text)))
        reported = pattern.register == "reported"
        for other in others:
            self._go_on(self._new(other.answers), reported)
        if label in ("question", "answer", "addition"):
            self._carry_on(label, matter, reported)
        turn["end"] = len(self.text)
        if label == "decision":
            turn |= {"outcome": pattern.outcome, "unanimous": True if pattern.unanimous else None}
            given = {
                name: numbers[key]
                for name, key in (("yes", "j"), ("no", "n"), ("abstain", "e"))
                if f"{{{key}}}" in pattern.text
            }
            turn |= {"votes": given} if given else {}
        self.floor.last = speaker if turn.get("speakers") else None
        self._write(self.house.separator)

    def _carry_on(self, label: Label, matter: Matter, reported: bool) -> None:
        """Write up to three sentences that go on without naming the speaker."""
        lengths = (0, 0, 0, 1) if label == "question" else (0, 0, 1, 1, 2, 3)
        sources = {"addition": matter.facts + matter.opinions, "question": matter.opinions}
        for _ in range(self.random.choice(lengths)):
            self._go_on(self._new(sources.get(label, matter.facts)), reported)

    def _go_on(self, clause: Clause, reported: bool) -> None:
        self._write(" ")
        self.sentences.append(self._write(sentence(clause.main(self.house.subjunctive and reported))))

    def _filled(self, slot: str, matter: Matter, question: Question | None, numbers: dict[str, int]) -> str:
        """Return the text for a slot that names nobody."""
        mood = self.house.subjunctive
        if slot in numbers:
            return str(numbers[slot])
        if slot in OF_QUESTION:
            asked = question or self._question(matter)
            return OF_QUESTION[slot](asked, mood)
        if slot in OF_ANSWER:
            answers = (question or self._question(matter)).answers
            return OF_ANSWER[slot](self._new(answers), mood)
        if slot in OF_FACT:
            return OF_FACT[slot](self._new(matter.facts), mood)
        if slot in OF_OPINION:
            return OF_OPINION[slot](self._new(matter.opinions), mood)
        named = {"T": matter.named, "B": self.house.body, "V": self.house.vote_label}
        return named.get(slot) or self.random.choice(matter.motions if slot == "zu" else matter.resolutions)

    def _mention(self, turn: dict[str, Any], person: Person, slot: str) -> None:
        """Write the name of the speaker as the house does, or a pronoun for who has just spoken."""
        turn["speakers"] = [person.name]
        if slot == "M" and person == self.floor.last and self.random.random() < 0.6:
            turn["speaker_mentions"] = [self._write(_PRONOUN[person.gender])]
            return
        naming = self.house.naming[person.rank]
        if slot == "m":
            naming = naming.rstrip(",")
        self._named(turn, person, naming, article="der" if slot == "m" else "Der")
        if slot == "L":
            self._write(":")

    def _named(self, turn: dict[str, Any], person: Person, naming: str, article: str) -> None:
        mention, name, behind = naming.partition("N")
        if person.party is None and "P" in behind:
            behind = ""
        start = len(self.text)
        for letter in (*mention.split(), name):
            written = _part(letter, person, article, weak="D" in mention)
            self._write(f"{' ' if written and len(self.text) > start else ''}{written}")
            if letter == "R":
                turn["roles"] = [written]
        turn["speaker_mentions"] = [(start, len(self.text))]
        for sign in re.split(r"([RP])", behind):
            if sign == "R":
                turn["roles"] = [person.office]
            elif sign == "P":
                turn["parties"] = [person.party]
            self._write(_part(sign, person, article) if sign in ("R", "P") else sign)

    def _address(self, turn: dict[str, Any], person: Person, slot: str) -> None:
        turn["addressees"] = [person.name]
        honorific = (_NOMINATIVE if slot == "tn" else _DATIVE)[person.gender]
        self._write(f"{honorific} {person.name}")


def _part(letter: str, person: Person, article: str, *, weak: bool = False) -> str:
    """Return what a letter of a naming stands for; behind an article "Vorsitzender" is "Vorsitzende"."""
    if letter == "D":
        return article if person.gender == "m" else article.replace("er", "ie")
    office = _STRONG.sub("", person.office) if weak else person.office
    named = {"H": _NOMINATIVE[person.gender], "R": office, "T": person.title, "G": person.given, "N": person.name}
    return named.get(letter, person.party if letter == "P" else None) or ""

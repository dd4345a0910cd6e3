"""A record as the page shows it: in German, with the places to which links lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from corpus.captions import addressee_caption, one_line, person_caption, speaker_caption
from corpus.german import ATTENDANCE, CAPACITIES, LABELS, NO_LABEL, german_date, german_times
from corpus.joining import encodable
from corpus.page.cutting import Part, Piece, parts, pieces
from corpus.page.resolution import Resolution, resolution_of
from corpus.record import Attendance, Decision, Label, Minutes, Person, Turn

UNSURE = 0.8
"""Below this probability of its label a turn is shown as unsure."""


@dataclass(frozen=True)
class Link:
    """A turn to jump to."""

    target: str
    text: str


@dataclass(frozen=True)
class Block:
    """A part of the text: `id` of its element, and what a turn shows besides its text."""

    id: str
    part: Part
    text: str
    shown: ShownTurn | None = None


@dataclass(frozen=True)
class ShownTurn:
    """What stands at a turn. `state` is "open" or "deferred" for a question, "deferred" for an answer, else "".

    `names` are the speakers to choose by, `answers` the turns that answer it.
    """

    number: str
    label: Label | None
    label_word: str
    speakers: str
    names: tuple[str, ...]
    addressees: str
    pieces: tuple[Piece, ...]
    page: int | None
    percent: int | None
    unsure: bool
    state: str
    replies: tuple[Link, ...]
    answers: tuple[Link, ...]
    extends: tuple[Link, ...]
    resolution: Resolution | None


@dataclass(frozen=True)
class Entry:
    """An item of the agenda: where it begins, and the labels of its turns with their numbers."""

    target: str
    number: str
    title: str
    level: int
    counts: tuple[tuple[Label, str, int], ...]


@dataclass(frozen=True)
class Sheet:
    """One meeting on the page; `id` begins the ids of all its elements."""

    id: str
    minutes: Minutes

    @property
    def name(self) -> str:
        """The name that its gold must have, so that it is joined with its record."""
        return encodable(PurePath(self.minutes.source).stem) or "protokoll"

    @property
    def file(self) -> str:
        """The name of the document without its folder."""
        return one_line(PurePath(self.minutes.source).name)

    @cached_property
    def title(self) -> str:
        meeting = self.minutes.meeting
        date = german_date(meeting.date) if meeting.date else None
        return one_line(", ".join(x for x in (meeting.body, date) if x)) or one_line(self.name)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the head says of the sitting: name and value, "nicht angegeben" where it says nothing."""
        meeting = self.minutes.meeting
        chair = self._caption(meeting.chair) if meeting.chair else ""
        rows = (
            ("Gremium", meeting.body),
            ("Sitzung", meeting.number),
            ("Datum", german_date(meeting.date) if meeting.date else ""),
            ("Uhrzeit", german_times(meeting.start_time, meeting.end_time)),
            ("Ort", meeting.place),
            ("Vorsitz", chair),
            ("Öffentlich", {True: "ja", False: "nein", None: ""}[meeting.public]),
        )
        return tuple((name, one_line(value or "") or "nicht angegeben") for name, value in rows)

    @property
    def attendance(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The attendance list by status, each entry as one line."""
        groups = (
            (word, tuple(self._attendee(x) for x in self.minutes.meeting.attendance if x.status == status))
            for status, word in ATTENDANCE.items()
        )
        return tuple((word, entries) for word, entries in groups if entries)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The parts of the text, all of it, but for those that hold only white space."""
        text, found = encodable(self.minutes.text), []
        for n, part in enumerate(parts(self.minutes)):
            written = text[part.start : part.end]
            if part.kind == "turn":
                turn = self.minutes.turns[part.number]
                found.append(Block(self._turn_ids[turn.id], part, written, self._shown(turn, text)))
            elif written.strip():
                id = f"{self.id}-a{part.number + 1}" if part.kind == "heading" else f"{self.id}-x{n}"
                found.append(Block(id, part, written.strip("\r\n")))
        return tuple(found)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The agenda; an item whose heading lies in a turn begins with this turn."""
        headings = {x.part.number: x.id for x in self.blocks if x.part.kind == "heading"}
        counts = Counter((turn.agenda_item, turn.label) for turn in self.minutes.turns)
        return tuple(
            Entry(
                target=headings.get(n) or self._holder(item.start),
                number=one_line(item.number or ""),
                title=one_line(item.title or "") or "ohne Titel",
                level=min(item.level, 4),
                counts=tuple((x, word, counts[item.id, x]) for x, word in LABELS.items() if counts[item.id, x]),
            )
            for n, item in enumerate(self.minutes.agenda)
        )

    @property
    def open_questions(self) -> tuple[tuple[Link, bool], ...]:
        """The questions without an answer, and whether one was put off."""
        answered = {id for turn in self.minutes.turns for id in turn.replies_to}
        return tuple((self._link(turn), turn.id in answered) for turn in self.minutes.unanswered())

    @property
    def counts(self) -> tuple[tuple[Label, str, int], ...]:
        """How many turns have each label."""
        found = Counter(turn.label for turn in self.minutes.turns)
        return tuple((label, word, found[label]) for label, word in LABELS.items())

    def _shown(self, turn: Turn, text: str) -> ShownTurn:
        decision = self._decisions.get(turn.id)
        persons = self._persons
        return ShownTurn(
            number=one_line(turn.id),
            label=turn.label,
            label_word=LABELS[turn.label] if turn.label else NO_LABEL,
            speakers=speaker_caption(self.minutes, turn),
            names=tuple(dict.fromkeys(one_line(persons[id].name) for id in turn.speakers)),
            addressees=addressee_caption(self.minutes, turn),
            pieces=pieces(text, turn, decision),
            page=self.minutes.page(turn.start),
            percent=None if turn.confidence is None else round(100 * turn.confidence),
            unsure=turn.label is None or (turn.confidence is not None and turn.confidence < UNSURE),
            state=self._state(turn),
            replies=self._links(turn.replies_to),
            answers=tuple(self._link(x) for x in self._answers.get(turn.id, ())),
            extends=self._links(turn.extends),
            resolution=resolution_of(self.minutes, decision) if decision else None,
        )

    def _state(self, turn: Turn) -> str:
        if turn.status or (turn.label == "question" and turn.id in self._unanswered and turn.id in self._answers):
            return "deferred"
        return "open" if turn.label == "question" and turn.id in self._unanswered else ""

    def _links(self, ids: Iterable[str]) -> tuple[Link, ...]:
        wanted = set(ids)
        return tuple(self._link(turn) for turn in self.minutes.turns if turn.id in wanted)

    def _link(self, turn: Turn) -> Link:
        names = ", ".join(dict.fromkeys(one_line(self._persons[id].name) for id in turn.speakers))
        return Link(self._turn_ids[turn.id], " · ".join(x for x in (one_line(turn.id), names) if x))

    def _holder(self, offset: int) -> str:
        turns = (turn.id for turn in self.minutes.turns if turn.start <= offset < turn.end)
        return next((self._turn_ids[id] for id in turns), self.id)

    def _caption(self, person: str) -> str:
        found = self._persons[person]
        return person_caption(found, found.roles[:1], found.party)

    def _attendee(self, entry: Attendance) -> str:
        more = (
            CAPACITIES[entry.capacity] if entry.capacity and entry.capacity != "member" else "",
            f"ab {entry.from_}" if entry.from_ else "",
            f"bis {entry.until}" if entry.until else "",
        )
        stated = "; ".join(x for x in more if x)
        return one_line(f"{self._caption(entry.person)} – {stated}" if stated else self._caption(entry.person))

    @cached_property
    def _turn_ids(self) -> dict[str, str]:
        return {turn.id: f"{self.id}-t{n}" for n, turn in enumerate(self.minutes.turns, 1)}

    @cached_property
    def _persons(self) -> dict[str, Person]:
        return {person.id: person for person in self.minutes.persons}

    @cached_property
    def _decisions(self) -> dict[str, Decision]:
        return {decision.turn: decision for decision in self.minutes.decisions}

    @cached_property
    def _unanswered(self) -> set[str]:
        return {turn.id for turn in self.minutes.unanswered()}

    @cached_property
    def _answers(self) -> dict[str, list[Turn]]:
        found: dict[str, list[Turn]] = {}
        for turn in self.minutes.turns:
            for id in turn.replies_to:
                found.setdefault(id, []).append(turn)
        return found

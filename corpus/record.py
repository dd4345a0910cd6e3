"""The record of one document: who said what, in which office, to whom, and what was decided.

Offsets are half-open character offsets into `Minutes.text`, and `text[start:end]` is the evidence. `None` and
empty tuples mean "not stated". All types are frozen; unknown keys are refused; what a record promises is
checked when it is built, so a record that exists can be trusted.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt, model_validator

from corpus.joining import joined

if TYPE_CHECKING:
    import pandas

SCHEMA_VERSION: Literal[1] = 1

Label = Literal["question", "answer", "addition", "decision", "other"]
Outcome = Literal["adopted", "rejected", "noted", "amended", "postponed", "referred", "withdrawn", "elected", "other"]
PersonKind = Literal["person", "office", "group", "citizen"]
Certainty = Literal["known", "ambiguous", "unknown"]
Gender = Literal["female", "male"]
Form = Literal["reported", "verbatim", "summary"]
Mood = Literal["subjunctive", "indicative"]
AttendanceStatus = Literal["present", "excused", "absent"]
Capacity = Literal["member", "administration", "guest", "minutes"]
Stated = Literal["body", "number", "date", "start_time", "end_time", "place", "chair", "public"]

LABELS: tuple[Label, ...] = ("question", "answer", "addition", "decision", "other")


def _forwards(span: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= span[0] < span[1]:
        raise ValueError(f"span {span} does not run forwards")
    return span


Span = Annotated[tuple[int, int], AfterValidator(_forwards)]
Probability = Annotated[float, Field(ge=0, le=1)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Generator(_Record):
    """What made the record: version of the package, models by name, fingerprint of the settings."""

    package: str
    models: dict[str, str] = {}
    config: str


class Attendance(_Record):
    """One entry of the attendance list; `from` and `until` as written ("18:20 Uhr", "ab TOP 3").

    `capacity` is that in which the list names the person; `None` where it does not say.
    """

    person: str
    status: AttendanceStatus
    capacity: Capacity | None = None
    from_: str | None = Field(default=None, alias="from")
    until: str | None = None
    span: Span


class Meeting(_Record):
    """What the head of the minutes says about the sitting. `chair` is the id of a person, `number` as written.

    `evidence` has the span that states it for every field but `attendance` that is not `None`.
    """

    body: str | None = None
    number: str | None = None
    date: dt.date | None = None
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    place: str | None = None
    chair: str | None = None
    public: bool | None = None
    attendance: tuple[Attendance, ...] = ()
    evidence: dict[Stated, Span] = {}

    @model_validator(mode="after")
    def _evident(self) -> Meeting:
        for name in self.evidence:
            if getattr(self, name) is None:
                raise ValueError(f"the meeting has evidence for {name}, which it does not state")
        return self


class Person(_Record):
    """Somebody who speaks, is addressed or attends: a person, an unnamed office, a group or a citizen.

    An "ambiguous" one is one of `candidates` (ids), of whom the text does not tell which.
    """

    id: str
    kind: PersonKind
    name: str
    given_name: str | None = None
    title: str | None = None
    honorific: str | None = None
    roles: tuple[str, ...] = ()
    party: str | None = None
    mentions: tuple[Span, ...] = ()
    certainty: Certainty = "known"
    candidates: tuple[str, ...] = ()
    gender: Gender | None = None

    @model_validator(mode="after")
    def _candid(self) -> Person:
        if self.candidates and (self.certainty != "ambiguous" or len(self.candidates) < 2):
            raise ValueError(f"person {self.id}: only an ambiguous person has candidates, at least two")
        return self


class AgendaItem(_Record):
    """An item that is dealt with: its heading is `start:heading_end`, everything under it `start:end`."""

    id: str
    number: str | None = None
    title: str | None = None
    paper: str | None = None
    start: NonNegativeInt
    heading_end: NonNegativeInt
    end: NonNegativeInt
    level: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _ordered(self) -> AgendaItem:
        if not self.start < self.heading_end <= self.end:
            raise ValueError(f"agenda item {self.id}: offsets are not start < heading_end <= end")
        return self


class Turn(_Record):
    """One contribution of one speaker (or of several together) with one function.

    `content` are the spans of what is said, cut where a page mark or a hyphen at a line end stands in between; `mood`
    is that of its finite verbs. `speakers` and `addressees` are ids of persons, `replies_to` ids of earlier
    questions, `extends` of the earlier answers or additions that an addition carries on, `roles` and `parties`
    stand as written in this turn. An answer that puts off is "deferred". `probabilities` sum to one where the
    classifier gives them. There is no label where none was probable enough for the run.
    """

    id: str
    agenda_item: str | None = None
    start: NonNegativeInt
    end: NonNegativeInt
    label: Label | None
    confidence: Probability | None = None
    probabilities: dict[Label, Probability] = {}
    speakers: tuple[str, ...] = ()
    speaker_mentions: tuple[Span, ...] = ()
    roles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    cue: Span | None = None
    addressees: tuple[str, ...] = ()
    content: tuple[Span, ...] = ()
    form: Form = "reported"
    mood: Mood | None = None
    replies_to: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    status: Literal["deferred"] | None = None

    @property
    def likeliest(self) -> Label | None:
        """The label, or the most probable one where none was probable enough to be given."""
        if self.label or not self.probabilities:
            return self.label
        return max(self.probabilities.items(), key=lambda item: item[1])[0]

    @model_validator(mode="after")
    def _ordered(self) -> Turn:
        if not self.start < self.end:
            raise ValueError(f"turn {self.id}: start {self.start} is not before end {self.end}")
        if self.replies_to and self.label != "answer":
            raise ValueError(f"turn {self.id}: only an answer replies to a question")
        if self.extends and self.label != "addition":
            raise ValueError(f"turn {self.id}: only an addition extends another turn")
        if self.status and self.label != "answer":
            raise ValueError(f"turn {self.id}: only an answer is deferred")
        return self


class Votes(_Record):
    """Counted votes; `None` where the text gives no number."""

    yes: NonNegativeInt | None = None
    no: NonNegativeInt | None = None
    abstain: NonNegativeInt | None = None


class PartialVote(_Record):
    """The vote on a part of what is decided; `label` as written ("Ziffer 2", "Änderungsantrag SPD")."""

    span: Span
    label: str
    outcome: Outcome
    votes: Votes | None = None


class Decision(_Record):
    """What the turn with the id `turn` decides.

    `movers`, `seconders` and `excluded` are ids of persons, `amends` the turn of the decision on the main motion.
    """

    turn: str
    agenda_item: str | None = None
    wording: Span | None = None
    outcome: Outcome
    votes: Votes | None = None
    unanimous: Literal[True] | None = None
    by_party: dict[str, Votes] = {}
    movers: tuple[str, ...] = ()
    seconders: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    amends: str | None = None
    rounds: tuple[Votes, ...] = ()
    parts: tuple[PartialVote, ...] = ()
    evidence: tuple[Span, ...] = ()


class Minutes(_Record):
    """The record of one document. Building it checks every promise; `ValueError` names the first broken."""

    source: str
    sha256: str
    schema_version: Literal[1] = SCHEMA_VERSION
    generator: Generator
    text: str
    pages: tuple[Span, ...] | None = None
    meeting: Meeting = Meeting()
    persons: tuple[Person, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    turns: tuple[Turn, ...] = ()
    decisions: tuple[Decision, ...] = ()
    warnings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _holds(self) -> Minutes:
        persons = _unique("person", (p.id for p in self.persons))
        items = _unique("agenda item", (a.id for a in self.agenda))
        turns = {t.id: t for t in self.turns}
        _unique("turn", (t.id for t in self.turns))
        for owner, spans in self._spans():
            for _, end in spans:
                if end > len(self.text):
                    raise ValueError(f"{owner}: a span ends at {end}, the text at {len(self.text)}")
        _known("meeting", (x for x in (self.meeting.chair,) if x), persons)
        _known("attendance", (a.person for a in self.meeting.attendance), persons)
        for person in self.persons:
            _known(f"person {person.id}", person.candidates, persons - {person.id})
        earlier: set[str] = set()
        last = 0
        for turn in self.turns:
            if turn.start < last:
                raise ValueError(f"turn {turn.id} begins before the turn before it ends")
            last = turn.end
            _known(f"turn {turn.id}", (*turn.speakers, *turn.addressees), persons)
            _known(f"turn {turn.id}", (x for x in (turn.agenda_item,) if x), items)
            for reply in turn.replies_to:
                if reply not in earlier or turns[reply].label != "question":
                    raise ValueError(f"turn {turn.id} replies to {reply}, which is no earlier question")
            for other in turn.extends:
                if other not in earlier or turns[other].label not in ("answer", "addition"):
                    raise ValueError(f"turn {turn.id} extends {other}, which is no earlier answer or addition")
            earlier.add(turn.id)
        decided = _unique("decision of the turn", (decision.turn for decision in self.decisions))
        for decision in self.decisions:
            if decision.turn not in turns or turns[decision.turn].label != "decision":
                raise ValueError(f"a decision names {decision.turn}, which is no turn labelled decision")
            _known(f"decision of {decision.turn}", (x for x in (decision.agenda_item,) if x), items)
            _known(f"decision of {decision.turn}", (*decision.movers, *decision.seconders, *decision.excluded), persons)
            _known(f"decision of {decision.turn}", (x for x in (decision.amends,) if x), decided)
        return self

    def _spans(self) -> Iterable[tuple[str, Iterable[tuple[int, int]]]]:
        yield "pages", self.pages or ()
        yield "meeting", self.meeting.evidence.values()
        yield "attendance", (a.span for a in self.meeting.attendance)
        for person in self.persons:
            yield f"person {person.id}", person.mentions
        for item in self.agenda:
            yield f"agenda item {item.id}", ((item.start, item.end),)
        for turn in self.turns:
            cue = (turn.cue,) if turn.cue else ()
            yield f"turn {turn.id}", ((turn.start, turn.end), *turn.speaker_mentions, *turn.content, *cue)
        for decision in self.decisions:
            wording = (decision.wording,) if decision.wording else ()
            yield (
                f"decision of {decision.turn}",
                (*decision.evidence, *wording, *(part.span for part in decision.parts)),
            )

    def page(self, offset: int) -> int | None:
        """Return the number of the page, from 1, on which the character at an offset stands; `None` without pages."""
        if not self.pages:
            return None
        return max(bisect_right(self.pages, offset, key=lambda page: page[0]), 1)

    def person(self, id: str) -> Person:
        """Return the person with this id; `KeyError` if there is none."""
        for person in self.persons:
            if person.id == id:
                return person
        raise KeyError(id)

    def unanswered(self) -> tuple[Turn, ...]:
        """Return the questions that nobody answers, those with nothing but deferred answers among them."""
        answered = {question for turn in self.turns if turn.status is None for question in turn.replies_to}
        return tuple(turn for turn in self.turns if turn.label == "question" and turn.id not in answered)

    def content(self, turn: Turn | str) -> str:
        """Return what a turn (or the turn with this id) says, without its frame, as one line of text.

        "Frau Lux erklärt, dass der Weg frei sei." says "der Weg frei sei."; page marks and hyphens at line ends are
        left out. Empty where nothing is reported; `KeyError` if there is no such turn.
        """
        if isinstance(turn, str):
            found = next((t for t in self.turns if t.id == turn), None)
            if found is None:
                raise KeyError(turn)
            turn = found
        return joined(self.text, turn.content)

    def to_json(self) -> str:
        """Return the record as one line of JSON; `Minutes.model_validate_json` reads it back."""
        return self.model_dump_json(by_alias=True)

    def to_frame(self, *, content: bool = False) -> pandas.DataFrame:
        """Return a data frame with one turn a row, in the columns of the CSV output (extra `notebook`).

        With `content` two more: `mood`, and `content` as of `Minutes.content`.
        """
        from corpus.frame import frame

        return frame(self, content=content)

    def exchanges(self) -> pandas.DataFrame:
        """Return a data frame with one question a row and what answers it (extra `notebook`)."""
        from corpus.frame import exchanges

        return exchanges(self)

    def _repr_html_(self) -> str:
        from corpus.view import html

        return html(self, most=50)


def _unique(what: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise ValueError(f"the {what} {id} stands twice")
        seen.add(id)
    return seen


def _known(owner: str, ids: Iterable[str], known: set[str]) -> None:
    for id in ids:
        if id not in known:
            raise ValueError(f"{owner} names {id}, which does not exist")

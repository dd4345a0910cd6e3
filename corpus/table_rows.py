"""The rows of the tables of a record: fields are columns, annotations their types. What each means: docs/tables.md."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from corpus.record import AttendanceStatus, Capacity, Certainty, Form, Gender, Mood, Outcome, PersonKind


class MeetingRow(NamedTuple):
    """One document and its meeting."""

    source: str
    sha256: str
    body: str | None
    number: str | None
    date: dt.date | None
    start_time: dt.time | None
    end_time: dt.time | None
    place: str | None
    public: bool | None
    chair: str | None
    chair_id: str | None
    characters: int
    pages: int | None
    persons: int
    agenda_items: int
    turns: int
    decisions: int
    warnings: tuple[str, ...]
    package: str
    config: str


class PersonRow(NamedTuple):
    """One person of one document."""

    source: str
    person: str
    register_id: str | None
    kind: PersonKind
    name: str
    given_name: str | None
    title: str | None
    honorific: str | None
    gender: Gender | None
    roles: tuple[str, ...]
    party: str | None
    certainty: Certainty
    candidate_ids: tuple[str, ...]
    surface_forms: tuple[str, ...]
    mentions: int
    turns: int


class AgendaRow(NamedTuple):
    """One agenda item that is dealt with."""

    source: str
    agenda_item: str
    number: str | None
    title: str | None
    paper: str | None
    level: int
    page: int | None
    turns: int
    start: int
    heading_end: int
    end: int


class TurnDetail(NamedTuple):
    """What the table of turns has beyond the columns of `corpus.frame.TurnRow`."""

    agenda_item: str | None
    speaker_ids: tuple[str, ...]
    addressee_ids: tuple[str, ...]
    extends: tuple[str, ...]
    status: Literal["deferred"] | None
    form: Form
    mood: Mood | None
    cue: str | None
    content: str | None
    page: int | None
    p_question: float | None
    p_answer: float | None
    p_addition: float | None
    p_decision: float | None
    p_other: float | None


class DecisionRow(NamedTuple):
    """One decision; single parties, ballots and parts stand in the table of votes."""

    source: str
    turn: str
    agenda_item: str | None
    agenda_number: str | None
    agenda_title: str | None
    outcome: Outcome
    yes: int | None
    no: int | None
    abstain: int | None
    unanimous: bool | None
    wording: str | None
    movers: tuple[str, ...]
    mover_ids: tuple[str, ...]
    seconders: tuple[str, ...]
    seconder_ids: tuple[str, ...]
    excluded: tuple[str, ...]
    excluded_ids: tuple[str, ...]
    amends: str | None
    evidence: tuple[str, ...]
    page: int | None
    start: int | None
    end: int | None


class VoteRow(NamedTuple):
    """The votes of one party, of one ballot of several, or on one part of a decision."""

    source: str
    turn: str
    kind: Literal["party", "round", "part"]
    label: str
    outcome: Outcome | None
    yes: int | None
    no: int | None
    abstain: int | None


class LinkRow(NamedTuple):
    """A link from a turn to an earlier one, or from an amendment to the main motion."""

    source: str
    kind: Literal["replies_to", "extends", "amends"]
    turn: str
    target: str


class AttendanceRow(NamedTuple):
    """One entry of the attendance list."""

    source: str
    person: str
    name: str
    given_name: str | None
    party: str | None
    status: AttendanceStatus
    capacity: Capacity | None
    from_: str | None
    until: str | None
    start: int
    end: int

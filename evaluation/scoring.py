"""The scores of one document.

Matched turns are those of `evaluation.matching`. Everything is end to end: a turn that is not found counts as
missing, and a turn that should not be there as wrong.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from corpus.gold import Gold, GoldTurn
from corpus.record import Decision, Minutes, Person, Turn, Votes
from evaluation.alignment import Alignment, align
from evaluation.counts import UNLABELLED, Confusion, Counts, Share
from evaluation.identity import compare_persons, compare_speakers, identity
from evaluation.matching import Matching, assign, compare_spans, match_turns, touching
from evaluation.names import all_named, is_person, same
from evaluation.scores import Facts, Scores, Spans


@dataclass(frozen=True)
class JudgedTurn:
    """A gold turn, the turn found for it (if any), and what of it is right.

    `speakers` is right where gold's speakers are all among the predicted ones, or where neither side has any.
    """

    gold: GoldTurn
    turn: Turn | None
    label: bool = False
    speakers: bool = False

    @property
    def right(self) -> bool:
        """Whether span, label and speakers are right."""
        return self.label and self.speakers


def score(gold: Gold, minutes: Minutes) -> Scores:
    """Score the record of one document against its gold."""
    return score_document(gold, minutes).scores


@dataclass(frozen=True)
class Scored:
    """The scores of one document, what was found for each gold turn, and the share of its letters in the record."""

    scores: Scores
    judged: tuple[JudgedTurn, ...] = ()
    letters: float = 1.0


def score_document(gold: Gold, minutes: Minutes) -> Scored:
    """Score the record of one document, and judge every gold turn, in their order."""
    alignment = align(gold.text, minutes.text)
    matching = match_turns(gold, minutes, alignment)
    persons = {person.id: person for person in minutes.persons}
    judged = _judged(gold, minutes, matching, persons)
    pairs = [(x.gold, x.turn) for x in judged if x.turn]
    decisions = _decisions(judged, minutes)
    scores = Scores(
        confusion=_confusion(gold, minutes, matching),
        spans=_spans(gold, minutes, alignment),
        speaker=Counts.among(
            sum(bool(x.gold.speakers) and x.speakers for x in judged),
            predicted=sum(bool(turn.speakers) for turn in minutes.turns),
            gold=sum(bool(turn.speakers) for turn in gold.turns),
        ),
        turn=Counts.among(sum(x.right for x in judged), predicted=len(minutes.turns), gold=len(gold.turns)),
        each_speaker=compare_speakers(gold, minutes, matching, persons),
        addressee=Counts.among(
            sum(bool(a.addressees) and all_named(a.addressees, (persons[x] for x in b.addressees)) for a, b in pairs),
            predicted=sum(bool(turn.addressees) for turn in minutes.turns),
            gold=sum(bool(turn.addressees) for turn in gold.turns),
        ),
        role=_written((x.roles for x in gold.turns), (x.roles for x in minutes.turns), matching),
        party=_written((x.parties for x in gold.turns), (x.parties for x in minutes.turns), matching),
        link=_links(gold, minutes, matching, judged, whole=False),
        answered=_links(gold, minutes, matching, judged, whole=True),
        person=compare_persons(gold, minutes, persons),
        identity=identity(gold, minutes, matching, persons),
        agenda=_agenda(gold, minutes, alignment),
        outcome=decisions.outcome,
        votes=decisions.votes,
        unanimous=decisions.unanimous,
        decision=decisions.decision,
        attendance=_attendance(gold, minutes, persons),
        facts=_facts(gold, minutes, persons),
    )
    return Scored(scores, judged, alignment.common)


def speakers_right(gold: GoldTurn, turn: Turn, persons: dict[str, Person]) -> bool:
    """Say whether a turn has all speakers of gold (others do no harm), or none where gold has none."""
    if not gold.speakers:
        return not turn.speakers
    return all_named(gold.speakers, (persons[x] for x in turn.speakers))


def _judged(gold: Gold, minutes: Minutes, matching: Matching, persons: dict[str, Person]) -> tuple[JudgedTurn, ...]:
    found = {i: minutes.turns[j] for i, j in matching.pairs}
    return tuple(
        JudgedTurn(truth, turn, truth.label == turn.label, speakers_right(truth, turn, persons))
        if (turn := found.get(i))
        else JudgedTurn(truth, None)
        for i, truth in enumerate(gold.turns)
    )


def written(value: str) -> str:
    """Return what is compared of an office or a party: case and white space do not count."""
    return " ".join(value.split()).casefold()


def _confusion(gold: Gold, minutes: Minutes, matching: Matching) -> Confusion:
    return Confusion.of(
        [
            *((gold.turns[i].label, minutes.turns[j].label or UNLABELLED) for i, j in matching.pairs),
            *((gold.turns[i].label, None) for i in matching.missed),
            *((None, minutes.turns[j].label or UNLABELLED) for j in matching.spurious),
        ]
    )


def _spans(gold: Gold, minutes: Minutes, alignment: Alignment) -> Spans:
    def theirs(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(alignment.gold[start], alignment.gold[end]) for start, end in spans]

    def ours(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(alignment.record[start], alignment.record[end]) for start, end in spans]

    turns = theirs((x.start, x.end) for x in gold.turns), ours((x.start, x.end) for x in minutes.turns)
    labels = [x.label for x in gold.turns], [x.label for x in minutes.turns]
    contents = [span for x in gold.turns for span in x.content]
    wordings = [x.wording for x in gold.turns if x.wording]
    return Spans(
        turn=compare_spans(*turns),
        labelled=compare_spans(*turns, labels),
        mention=compare_spans(
            theirs(span for x in gold.turns for span in x.speaker_mentions),
            ours(span for x in minutes.turns for span in x.speaker_mentions),
        ),
        heading=compare_spans(
            theirs((x.start, x.end) for x in gold.agenda), ours((x.start, x.heading_end) for x in minutes.agenda)
        ),
        content=compare_spans(theirs(contents), ours(span for x in minutes.turns for span in x.content if contents)),
        wording=compare_spans(theirs(wordings), ours(x.wording for x in minutes.decisions if x.wording and wordings)),
    )


def _written(gold: Iterable[tuple[str, ...]], minutes: Iterable[tuple[str, ...]], matching: Matching) -> Counts:
    """Count what stands written in turns: right only in the turn that it stands in."""
    theirs, ours = (
        [Counter(" ".join(x.split()).casefold() for x in turn) for turn in side] for side in (gold, minutes)
    )
    return Counts.among(
        sum((theirs[i] & ours[j]).total() for i, j in matching.pairs),
        predicted=sum(x.total() for x in ours),
        gold=sum(x.total() for x in theirs),
    )


def _links(gold: Gold, minutes: Minutes, matching: Matching, judged: tuple[JudgedTurn, ...], *, whole: bool) -> Counts:
    """Count pairs of answer and question; `whole` ones only where labels and speakers of both are right as well."""
    number = {turn.id: j for j, turn in enumerate(minutes.turns)}
    wanted = {(i, question) for i, turn in enumerate(gold.turns) for question in turn.replies_to}
    found = {(j, number[x]) for j, turn in enumerate(minutes.turns) for x in turn.replies_to}
    predicted_as = dict(matching.pairs)
    right = sum(
        (predicted_as.get(i), predicted_as.get(k)) in found and (not whole or (judged[i].right and judged[k].right))
        for i, k in wanted
    )
    return Counts.among(right, predicted=len(found), gold=len(wanted))


def _agenda(gold: Gold, minutes: Minutes, alignment: Alignment) -> Counts:
    theirs = [(alignment.gold[x.start], alignment.gold[x.end]) for x in gold.agenda]
    ours = [(alignment.record[x.start], alignment.record[x.heading_end]) for x in minutes.agenda]
    return Counts.among(len(assign(touching(theirs, ours))), predicted=len(ours), gold=len(theirs))


@dataclass(frozen=True)
class _Decisions:
    outcome: Share
    votes: Share
    unanimous: Counts
    decision: Counts


def _decisions(judged: tuple[JudgedTurn, ...], minutes: Minutes) -> _Decisions:
    by_turn = {decision.turn: decision for decision in minutes.decisions}
    decisions = [(x.gold, by_turn.get(x.turn.id) if x.turn else None) for x in judged if x.gold.label == "decision"]
    found = [(truth, decision) for truth, decision in decisions if decision]
    return _Decisions(
        outcome=Share(sum(a.outcome == b.outcome for a, b in found), len(decisions)),
        votes=Share(
            sum(a.votes is not None and numbers_of(a.votes) == numbers_of(b.votes) for a, b in found),
            sum(truth.votes is not None for truth, _ in decisions),
        ),
        unanimous=Counts.among(
            sum(bool(a.unanimous and b.unanimous) for a, b in found),
            predicted=sum(bool(decision.unanimous) for decision in minutes.decisions),
            gold=sum(bool(truth.unanimous) for truth, _ in decisions),
        ),
        decision=Counts.among(
            sum(_same_decision(a, b) for a, b in found), predicted=len(minutes.decisions), gold=len(decisions)
        ),
    )


def _same_decision(truth: GoldTurn, decision: Decision) -> bool:
    return (truth.outcome, numbers_of(truth.votes), truth.unanimous) == (
        decision.outcome,
        numbers_of(decision.votes),
        decision.unanimous,
    )


def _attendance(gold: Gold, minutes: Minutes, persons: dict[str, Person]) -> Counts:
    if not gold.attendance:
        return Counts()
    listed = minutes.meeting.attendance
    fits = [[a.status == b.status and is_person(a.person, persons[b.person]) for b in listed] for a in gold.attendance]
    right = len(assign(np.array(fits, dtype=np.float64).reshape(len(gold.attendance), len(listed))))
    return Counts.among(right, predicted=len(listed), gold=len(gold.attendance))


def _facts(gold: Gold, minutes: Minutes, persons: dict[str, Person]) -> Facts:
    found, facts = minutes.meeting, gold.meeting.facts
    exact = {"date": str(found.date), "start_time": _clock(found.start_time), "end_time": _clock(found.end_time)}
    named = {"body": found.body, "place": found.place}
    right = {name: facts[name].value == value for name, value in exact.items() if name in facts}
    right |= {name: same(facts[name].value, (value or "",)) for name, value in named.items() if name in facts}
    if gold.meeting.chair is not None:
        right["chair"] = found.chair is not None and is_person(gold.meeting.chair, persons[found.chair])
    if gold.meeting.public is not None:
        right["public"] = found.public == gold.meeting.public
    return Facts(**{name: Share(int(value), 1) for name, value in right.items()})


def _clock(time: dt.time | None) -> str | None:
    return time.strftime("%H:%M") if time else None


def numbers_of(votes: Votes | None) -> tuple[int, int, int]:
    """Return yes, no and abstentions; "bei 1 Nein-Stimme" says as much as "0 Ja, 1 Nein" here."""
    return (votes.yes or 0, votes.no or 0, votes.abstain or 0) if votes else (0, 0, 0)

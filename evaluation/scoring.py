"""The scores of one document, in counts that add up over documents.

Matched turns are those of `evaluation.matching`. Everything is end to end: a turn that is not found counts as
missing, and a turn that should not be there as wrong.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields

from corpus.gold import Gold, GoldTurn
from corpus.record import LABELS, Minutes, Person, Turn, Votes
from evaluation.alignment import Alignment, align
from evaluation.counts import UNLABELLED, Confusion, Counts, Share
from evaluation.matching import Matching, match_turns
from evaluation.names import all_named, is_person, same

CONTENT_LABELS = LABELS[:4]
"""The labels that carry content; `other` only moves the meeting along."""


@dataclass(frozen=True)
class Scores:
    """What of the gold was found.

    - `confusion`: labels of matched, missed and spurious turns; span F1 and the F1 of the labels come from it
    - `speaker`: turns with speakers, right where gold's speakers are all among the predicted ones
    - `turn`: turns with span, label and speakers right; no speaker is right where gold has none
    - `addressee`: turns with addressees, as `speaker`
    - `link`: pairs of answer and question
    - `agenda`: headings of items, right where the spans touch
    - `outcome`: gold decisions with the right outcome
    - `votes`: gold decisions with counted votes that have the same numbers; zero and not stated are the same
    - `attendance`: entries of the attendance list, right where person and status are
    - `meeting`: what gold states of the sitting (body, date, times, place, chair, public or not) that is the same

    The last two count only where gold has these layers.
    """

    confusion: Confusion = field(default_factory=Confusion)
    speaker: Counts = field(default_factory=Counts)
    turn: Counts = field(default_factory=Counts)
    addressee: Counts = field(default_factory=Counts)
    link: Counts = field(default_factory=Counts)
    agenda: Counts = field(default_factory=Counts)
    outcome: Share = field(default_factory=Share)
    votes: Share = field(default_factory=Share)
    attendance: Counts = field(default_factory=Counts)
    meeting: Share = field(default_factory=Share)

    def __add__(self, other: Scores) -> Scores:
        return Scores(**{x.name: getattr(self, x.name) + getattr(other, x.name) for x in fields(self)})

    @property
    def counted(self) -> dict[str, Counts | Share]:
        """The counts behind every metric but the macro averages, by the metric's name."""
        return {
            "span_f1": self.confusion.span,
            "label_f1": self.confusion.label,
            "speaker_f1": self.speaker,
            "turn_f1": self.turn,
            "addressee_f1": self.addressee,
            "link_f1": self.link,
            "outcome_acc": self.outcome,
            "votes_acc": self.votes,
            "agenda_f1": self.agenda,
            "attendance_f1": self.attendance,
            "meeting_acc": self.meeting,
            **{f"f1_{label}": self.confusion.of_label(label) for label in LABELS},
        }

    @property
    def parts(self) -> dict[str, tuple[Counts | Share, ...]]:
        """The counts of every metric, which is the mean of their ratios, without the undefined; ordered as `metrics`.

        Counts add up over documents, so a metric of any sample of documents comes from the sums of its parts.
        """
        of_label = {label: self.confusion.of_label(label) for label in LABELS}
        return {
            **{name: (x,) for name, x in self.counted.items()},
            "macro4_f1": tuple(of_label[label] for label in CONTENT_LABELS),
            "macro5_f1": tuple(of_label.values()),
        }

    @property
    def metrics(self) -> dict[str, float | None]:
        """Every metric by name, in the order of the report; `None` where it is undefined."""
        values = {name: x.f1 if isinstance(x, Counts) else x.ratio for name, x in self.counted.items()}
        return {
            **values,
            "macro4_f1": self.confusion.macro_f1(CONTENT_LABELS),
            "macro5_f1": self.confusion.macro_f1(LABELS),
        }


METRICS = tuple(Scores().metrics)
"""The names of all metrics."""


def score(gold: Gold, minutes: Minutes) -> Scores:
    """Score the record of one document against its gold."""
    alignment = align(gold.text, minutes.text)
    matching = match_turns(gold, minutes, alignment)
    persons = {person.id: person for person in minutes.persons}
    pairs = [(gold.turns[i], minutes.turns[j]) for i, j in matching.pairs]
    return Scores(
        confusion=_confusion(gold, minutes, matching),
        speaker=Counts.among(
            sum(bool(a.speakers) and speakers_right(a, b, persons) for a, b in pairs),
            predicted=sum(bool(turn.speakers) for turn in minutes.turns),
            gold=sum(bool(turn.speakers) for turn in gold.turns),
        ),
        turn=Counts.among(
            sum(a.label == b.label and speakers_right(a, b, persons) for a, b in pairs),
            predicted=len(minutes.turns),
            gold=len(gold.turns),
        ),
        addressee=Counts.among(
            sum(bool(a.addressees) and all_named(a.addressees, (persons[x] for x in b.addressees)) for a, b in pairs),
            predicted=sum(bool(turn.addressees) for turn in minutes.turns),
            gold=sum(bool(turn.addressees) for turn in gold.turns),
        ),
        link=_links(gold, minutes, matching),
        agenda=_agenda(gold, minutes, alignment),
        outcome=_outcomes(gold, minutes, matching),
        votes=_votes(gold, minutes, matching),
        attendance=_attendance(gold, minutes, persons),
        meeting=_meeting(gold, minutes, persons),
    )


def speakers_right(gold: GoldTurn, turn: Turn, persons: dict[str, Person]) -> bool:
    """Say whether a turn has all speakers of gold (others do no harm), or none where gold has none."""
    if not gold.speakers:
        return not turn.speakers
    return all_named(gold.speakers, (persons[x] for x in turn.speakers))


def _confusion(gold: Gold, minutes: Minutes, matching: Matching) -> Confusion:
    return Confusion.of(
        [
            *((gold.turns[i].label, minutes.turns[j].label or UNLABELLED) for i, j in matching.pairs),
            *((gold.turns[i].label, None) for i in matching.missed),
            *((None, minutes.turns[j].label or UNLABELLED) for j in matching.spurious),
        ]
    )


def _links(gold: Gold, minutes: Minutes, matching: Matching) -> Counts:
    number = {turn.id: j for j, turn in enumerate(minutes.turns)}
    wanted = {(i, question) for i, turn in enumerate(gold.turns) for question in turn.replies_to}
    found = {(j, number[x]) for j, turn in enumerate(minutes.turns) for x in turn.replies_to}
    predicted_as = dict(matching.pairs)
    right = sum((predicted_as.get(i), predicted_as.get(k)) in found for i, k in wanted)
    return Counts.among(right, predicted=len(found), gold=len(wanted))


def _agenda(gold: Gold, minutes: Minutes, alignment: Alignment) -> Counts:
    headings = [(alignment.record[x.start], alignment.record[x.heading_end]) for x in minutes.agenda]
    right = sum(
        any(start <= a <= end or a <= start <= b for a, b in headings)
        for start, end in ((alignment.gold[x.start], alignment.gold[x.end]) for x in gold.agenda)
    )
    # Touching is not one to one: two items of gold can touch the same heading.
    return Counts.among(min(right, len(headings)), predicted=len(headings), gold=len(gold.agenda))


def _outcomes(gold: Gold, minutes: Minutes, matching: Matching) -> Share:
    decided = {decision.turn: decision.outcome for decision in minutes.decisions}
    return Share(
        right=sum(
            gold.turns[i].label == "decision" and decided.get(minutes.turns[j].id) == gold.turns[i].outcome
            for i, j in matching.pairs
        ),
        total=sum(turn.label == "decision" for turn in gold.turns),
    )


def _votes(gold: Gold, minutes: Minutes, matching: Matching) -> Share:
    counted = {decision.turn: _numbers(decision.votes) for decision in minutes.decisions}
    return Share(
        right=sum(
            gold.turns[i].votes is not None
            and gold.turns[i].label == "decision"
            and counted.get(minutes.turns[j].id) == _numbers(gold.turns[i].votes)
            for i, j in matching.pairs
        ),
        total=sum(turn.votes is not None for turn in gold.turns),
    )


def _attendance(gold: Gold, minutes: Minutes, persons: dict[str, Person]) -> Counts:
    if not gold.attendance:
        return Counts()
    left = [(persons[entry.person], entry.status) for entry in minutes.meeting.attendance]
    right = 0
    for entry in gold.attendance:
        found = next((x for x in left if x[1] == entry.status and is_person(entry.person, x[0])), None)
        if found:
            left.remove(found)
            right += 1
    return Counts.among(right, predicted=len(minutes.meeting.attendance), gold=len(gold.attendance))


def _meeting(gold: Gold, minutes: Minutes, persons: dict[str, Person]) -> Share:
    found, facts = minutes.meeting, gold.meeting.facts
    exact = {"date": str(found.date), "start_time": _clock(found.start_time), "end_time": _clock(found.end_time)}
    named = {"body": found.body, "place": found.place}
    right = [facts[name].value == value for name, value in exact.items() if name in facts]
    right += (same(facts[name].value, (value or "",)) for name, value in named.items() if name in facts)
    if gold.meeting.chair is not None:
        right.append(found.chair is not None and is_person(gold.meeting.chair, persons[found.chair]))
    if gold.meeting.public is not None:
        right.append(found.public == gold.meeting.public)
    return Share(sum(right), len(right))


def _clock(time: dt.time | None) -> str | None:
    return time.strftime("%H:%M") if time else None


def _numbers(votes: Votes | None) -> tuple[int, int, int]:
    """Return yes, no and abstentions; "bei 1 Nein-Stimme" says as much as "0 Ja, 1 Nein" here."""
    return (votes.yes or 0, votes.no or 0, votes.abstain or 0) if votes else (0, 0, 0)

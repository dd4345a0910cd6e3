"""Every metric of the evaluation, derived from counts that add up over documents."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from statistics import fmean, harmonic_mean
from typing import Any, Literal, TypeVar

from corpus.record import LABELS
from evaluation.counts import Confusion, Counts, Fraction, Share, SpanCounts
from evaluation.identity import Identity

CONTENT_LABELS = LABELS[:4]
"""The labels that carry content; `other` only moves the meeting along."""

_Sum = TypeVar("_Sum", "Scores", "Spans", "Facts")


@dataclass(frozen=True)
class Metric:
    """A figure: the mean of the fractions that are defined.

    In a harmonic mean (of precision and recall) one that is undefined counts as 0 beside one that is not, as in F1.
    """

    fractions: tuple[Fraction, ...]
    mean: Literal["arithmetic", "harmonic"] = "arithmetic"

    @property
    def value(self) -> float | None:
        ratios = [x.ratio for x in self.fractions if x.ratio is not None]
        if not ratios:
            return None
        if self.mean == "harmonic":
            return harmonic_mean(ratios) if len(ratios) == len(self.fractions) else 0.0
        return fmean(ratios)


@dataclass(frozen=True)
class Spans:
    """The layers of spans by every way of matching. Texts are aligned, white space and hyphens do not count.

    - `turn`: turns, whatever their label
    - `labelled`: turns with their label
    - `mention`: the names of speakers
    - `heading`: headings of agenda items
    - `content`: what is reported; only documents whose gold has it
    - `wording`: the wording of decisions, as `content`
    """

    turn: SpanCounts = field(default_factory=SpanCounts)
    labelled: SpanCounts = field(default_factory=SpanCounts)
    mention: SpanCounts = field(default_factory=SpanCounts)
    heading: SpanCounts = field(default_factory=SpanCounts)
    content: SpanCounts = field(default_factory=SpanCounts)
    wording: SpanCounts = field(default_factory=SpanCounts)

    def __add__(self, other: Spans) -> Spans:
        return _added(self, other)

    @property
    def layers(self) -> dict[str, SpanCounts]:
        return _fields(self)


@dataclass(frozen=True)
class Facts:
    """What gold states of the sitting that the record states alike, field by field."""

    body: Share = field(default_factory=Share)
    date: Share = field(default_factory=Share)
    start_time: Share = field(default_factory=Share)
    end_time: Share = field(default_factory=Share)
    place: Share = field(default_factory=Share)
    chair: Share = field(default_factory=Share)
    public: Share = field(default_factory=Share)

    def __add__(self, other: Facts) -> Facts:
        return _added(self, other)

    @property
    def by_field(self) -> dict[str, Share]:
        return _fields(self)


@dataclass(frozen=True)
class Scores:
    """What of the gold was found.

    - `confusion`: labels of matched, missed and spurious turns; span F1 and the F1 of the labels come from it
    - `spans`: layers of spans by exact, boundary, overlap and partial matching
    - `speaker`: turns with speakers, right where gold's speakers are all among the predicted ones
    - `turn`: turns with span, label and speakers right; no speaker is right where gold has none
    - `each_speaker`: speakers of turns, one to one
    - `addressee`: turns with addressees, as `speaker`
    - `role`, `party`: offices and parties of the speakers of turns, as written
    - `link`: pairs of answer and question
    - `answered`: links whose question, asker, answer and answerer are all right
    - `person`: persons of the document, one to one
    - `identity`: turns of one person held for one person's
    - `agenda`: headings of items, right where the spans touch
    - `outcome`: gold decisions with the right outcome
    - `votes`: gold decisions with counted votes that have the same numbers; zero and not stated are the same
    - `unanimous`: decisions that are called unanimous
    - `decision`: decisions with outcome, votes and unanimity right
    - `attendance`: entries of the attendance list, right where person and status are
    - `facts`: what gold states of the sitting

    The last two count only where gold has these layers.
    """

    confusion: Confusion = field(default_factory=Confusion)
    spans: Spans = field(default_factory=Spans)
    speaker: Counts = field(default_factory=Counts)
    turn: Counts = field(default_factory=Counts)
    each_speaker: Counts = field(default_factory=Counts)
    addressee: Counts = field(default_factory=Counts)
    role: Counts = field(default_factory=Counts)
    party: Counts = field(default_factory=Counts)
    link: Counts = field(default_factory=Counts)
    answered: Counts = field(default_factory=Counts)
    person: Counts = field(default_factory=Counts)
    identity: Identity = field(default_factory=Identity)
    agenda: Counts = field(default_factory=Counts)
    outcome: Share = field(default_factory=Share)
    votes: Share = field(default_factory=Share)
    unanimous: Counts = field(default_factory=Counts)
    decision: Counts = field(default_factory=Counts)
    attendance: Counts = field(default_factory=Counts)
    facts: Facts = field(default_factory=Facts)

    def __add__(self, other: Scores) -> Scores:
        return _added(self, other)

    @property
    def meeting(self) -> Share:
        """What gold states of the sitting, all fields together."""
        return sum(self.facts.by_field.values(), Share())

    @property
    def counted(self) -> dict[str, Counts | Share]:
        """The metrics that are one ratio of counts, in the order of the report."""
        return {
            "span_f1": self.confusion.span,
            "label_f1": self.confusion.label,
            "speaker_f1": self.speaker,
            "turn_f1": self.turn,
            "each_speaker_f1": self.each_speaker,
            "addressee_f1": self.addressee,
            "role_f1": self.role,
            "party_f1": self.party,
            "link_f1": self.link,
            "answered_f1": self.answered,
            "person_f1": self.person,
            "decision_f1": self.decision,
            "outcome_acc": self.outcome,
            "votes_acc": self.votes,
            "unanimous_f1": self.unanimous,
            "agenda_f1": self.agenda,
            "attendance_f1": self.attendance,
            "meeting_acc": self.meeting,
        }

    @property
    def composed(self) -> dict[str, Metric]:
        """The metrics that are means of several ratios."""
        of_label = {label: self.confusion.of_label(label).fraction for label in LABELS}
        return {
            "macro4_f1": Metric(tuple(of_label[label] for label in CONTENT_LABELS)),
            "macro5_f1": Metric(tuple(of_label.values())),
            "b3_f1": Metric((self.identity.b3_precision, self.identity.b3_recall), "harmonic"),
            "ceaf_e_f1": Metric((self.identity.ceaf_e,)),
        }

    @property
    def detailed(self) -> dict[str, Metric]:
        """The metrics of single labels, layers of spans and fields of the meeting."""
        return {
            **{f"f1_{label}": Metric((self.confusion.of_label(label).fraction,)) for label in LABELS},
            **{
                f"{layer}_{matched}": Metric((fraction,))
                for layer, counts in self.spans.layers.items()
                for matched, fraction in counts.fractions.items()
            },
            **{f"meeting_{name}": Metric((share.fraction,)) for name, share in self.facts.by_field.items()},
        }

    @property
    def tallies(self) -> dict[str, Metric]:
        """Every metric in the order of the report."""
        counted = {name: Metric((x.fraction,)) for name, x in self.counted.items()}
        return {**counted, **self.composed, **self.detailed}

    @property
    def metrics(self) -> dict[str, float | None]:
        """The value of every metric by name; `None` where it is undefined."""
        return {name: metric.value for name, metric in self.tallies.items()}


def _fields(counts: Spans | Facts) -> dict[str, Any]:
    return {x.name: getattr(counts, x.name) for x in fields(counts)}


def _added(a: _Sum, b: _Sum) -> _Sum:
    return type(a)(**{x.name: getattr(a, x.name) + getattr(b, x.name) for x in fields(a)})


METRICS = tuple(Scores().tallies)
"""The names of all metrics."""
